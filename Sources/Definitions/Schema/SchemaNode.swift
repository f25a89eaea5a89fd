import LuaSandbox

/// A value of the file with the path of keys that leads to it.
struct SchemaNode {
    let value: LuaValue
    let path: SourceMap.KeyPath

    init(_ value: LuaValue, _ path: SourceMap.KeyPath) {
        self.value = value
        self.path = path
    }

    func child(_ key: String, _ value: LuaValue) -> SchemaNode {
        SchemaNode(value, path + [key])
    }

    /// The items of a list with their paths.
    var items: [SchemaNode] {
        (value.table?.items ?? []).enumerated().map { child("[\($0 + 1)]", $1) }
    }

    /// The named fields with their paths.
    var namedFields: [(key: String, node: SchemaNode)] {
        (value.table?.namedFields ?? []).map { ($0.key, child($0.key, $0.value)) }
    }
}
