package import LuaSandbox

extension ProviderResponse {
    /// The answer as Lua code sees it: status, headers by their names in lower case, and the body.
    package var luaValue: LuaValue {
        let named = headers.map { ($0.name.lowercased(), LuaValue.string($0.value)) }
        return .table(
            LuaTable([
                "status": .integer(Int64(status)),
                "headers": .table(LuaTable(Dictionary(named, uniquingKeysWith: { $1 }))),
                "body": .string(plainText),
            ]))
    }

    // Comparing texts that are full of zeros takes Lua a call for each, which no budget sees.
    var plainText: String {
        guard body.contains(0) else { return text }
        return String(decoding: body.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }
}
