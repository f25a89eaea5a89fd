package import LuaSandbox

extension RequestTemplate {
    /// A request as the table of an operation of a file describes it; `nil` when a file with that
    /// table would be refused.
    package init?(_ table: LuaTable, operation: String) {
        var reader = SchemaReader(maps: [])
        let node = SchemaNode(.table(table), ["operations", operation])
        guard let request = RequestSchema.read(operation, node, table, &reader),
            reader.problems.isEmpty
        else { return nil }
        self = request
    }
}
