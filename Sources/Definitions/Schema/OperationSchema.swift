import LuaSandbox

/// Reads the operations of a definition.
enum OperationSchema {
    static func readAll(
        _ schema: DefinitionSchema,
        _ reader: inout SchemaReader
    ) -> [String: Operation] {
        let node = schema.field("operations")
        guard reader.table(node) != nil else {
            reader.report(node, "is missing: a definition needs at least one operation")
            return [:]
        }
        if node.namedFields.isEmpty {
            reader.report(
                node, "has none: write operations = { balance = { get = \"/balance\", … } }")
        }
        let defaults = ReplyRule(
            shape: .nothing,
            value: reader.text(schema.field("value")).map { FieldPath($0) },
            success: ReplySchema.success(schema.field("success"), &reader),
            errors: ErrorSchema.read(schema.field("errors"), &reader)
        )
        var operations: [String: Operation] = [:]
        for (name, child) in node.namedFields {
            operations[name] = read(name, child, defaults, &reader)
        }
        return operations
    }

    private static func read(
        _ name: String,
        _ node: SchemaNode,
        _ defaults: ReplyRule,
        _ reader: inout SchemaReader
    ) -> Operation? {
        if !name.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }) {
            reader.report(node, "an operation's name may hold only a-z, 0-9 and _")
        }
        if case .function(let function) = node.value {
            let costs = CommonOperation(rawValue: name)?.costs ?? true
            return Operation(name: name, body: .function(function), costs: costs)
        }
        reader.refuseUnknownKeys(of: node, known: .operation)
        if case .function(let function)? = node.value.table?["run"] {
            let costs = reader.boolean(node.child("costs", node.value.table?["costs"] ?? .nil))
            let isCostly = CommonOperation(rawValue: name)?.costs ?? costs ?? true
            for (key, child) in node.namedFields where key != "run" && key != "costs" {
                reader.report(
                    child,
                    "means nothing beside run; leave it out, the function makes request and result")
            }
            return Operation(name: name, body: .function(function), costs: isCostly)
        }
        guard let table = reader.table(node),
            let request = RequestSchema.read(name, node, table, &reader)
        else { return nil }
        let costs = costs(name, request.method, node.child("costs", table["costs"]), &reader)
        var rule = ReplySchema.read(name, node, table, defaults, &reader)
        rule.nothingBought = nothingBought(
            node.child("nothing_bought", table["nothing_bought"]), costs: costs, &reader)
        let page = node.child("page", table["page"])
        if page.value != .nil, name != CommonOperation.list.rawValue {
            reader.report(page, "means something in 'list' only")
        }
        return Operation(
            name: name, body: .request(request, reply: rule), costs: costs,
            page: reader.count(page))
    }

    private static func costs(
        _ name: String,
        _ method: HTTPMethod,
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> Bool {
        let said = reader.boolean(node)
        if let common = CommonOperation(rawValue: name) {
            if let said, said != common.costs {
                reader.report(
                    node,
                    "the core knows that '\(name)' "
                        + (common.costs ? "costs money" : "costs nothing"))
            }
            return common.costs
        }
        if said == nil, method != .get {
            let near = NearestNames.of(
                name, among: CommonOperation.allCases.map(\.rawValue), limit: 1
            ).first
            let hint = near.map { " (if you mean the common operation, it is '\($0)')" } ?? ""
            reader.report(
                node,
                "is missing: an operation of your own that is no GET says "
                    + "costs = true or costs = false\(hint)")
        }
        return said ?? false
    }

    // Which answers prove that nothing was bought, although their meaning alone does not.
    private static func nothingBought(
        _ node: SchemaNode,
        costs: Bool,
        _ reader: inout SchemaReader
    ) -> Set<String> {
        guard reader.table(node) != nil else { return [] }
        if !costs { reader.report(node, "is of use only for an operation that costs money") }
        return Set(
            node.items.compactMap { item in
                if case .integer(let status) = item.value { return String(status) }
                return reader.text(item)
            })
    }
}
