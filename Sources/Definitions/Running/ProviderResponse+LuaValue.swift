package import LuaSandbox

extension ProviderResponse {
    /// The answer as Lua code sees it: status, headers by their names in lower case, and the body.
    package var luaValue: LuaValue {
        let named = headers.map { ($0.name.lowercased(), LuaValue.string($0.value)) }
        return .table(
            LuaTable([
                "status": .integer(Int64(status)),
                "headers": .table(LuaTable(Dictionary(named, uniquingKeysWith: { $1 }))),
                "body": .string(text),
            ]))
    }
}
