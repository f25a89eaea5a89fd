import LuaSandbox

/// Reads how a provider differs from its dialect: a choice for each difference that the dialect
/// knows.
///
/// A dialect gets the choices as its chunk's argument (`local quirk = ...`) and declares them in
/// its `quirks`: for each name its values, the usual one first. A quirk that a file does not name
/// is absent, and the dialect takes the usual value.
enum QuirkSchema {
    static func read(
        _ quirks: LuaValue,
        declared: LuaValue,
        _ reader: inout SchemaReader
    ) -> LuaTable {
        let node = SchemaNode(quirks, ["quirks"])
        let choices = declared.table?.namedFields ?? []
        reader.refuseUnknownKeys(of: node, known: choices.map(\.key))
        guard let table = reader.table(node) else { return LuaTable() }
        for (name, values) in choices {
            let value = table[name]
            let known = values.table?.items ?? []
            if value == .nil || known.contains(value) { continue }
            reader.report(
                node.child(name, value),
                "\(value.shown) is not known, one of "
                    + known.map(\.shown).joined(separator: ", "))
        }
        return table
    }
}
