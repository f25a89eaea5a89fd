import LuaSandbox

/// Puts a definition over its dialect: tables of entries are merged, all else replaces.
enum DialectMerge {
    private static let merged = [
        "operations", "errors", "polling", "cache", "aliases", "holds", "credentials", "retry",
    ]

    static func merge(_ file: LuaTable, over dialect: LuaTable) -> LuaTable {
        var result = file
        for (key, base) in dialect.fields {
            guard let own = file.fields[key] else {
                result.fields[key] = base
                continue
            }
            guard case .string(let name) = key, merged.contains(name),
                let ownTable = own.table, let baseTable = base.table
            else { continue }
            // The texts of errors are entries too.
            result.fields[key] = .table(
                merge(ownTable, over: baseTable, depth: name == "operations" ? 1 : 2)
            )
        }
        return result
    }

    private static func merge(_ own: LuaTable, over base: LuaTable, depth: Int) -> LuaTable {
        var result = own
        if own.items.isEmpty { result.items = base.items }
        for (key, value) in base.fields {
            guard let ownValue = own.fields[key] else {
                result.fields[key] = value
                continue
            }
            guard depth > 1, let ownTable = ownValue.table, let baseTable = value.table else {
                continue
            }
            result.fields[key] = .table(merge(ownTable, over: baseTable, depth: depth - 1))
        }
        return result
    }
}
