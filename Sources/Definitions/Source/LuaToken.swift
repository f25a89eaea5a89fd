/// A token of Lua source text, with the line it stands on.
struct LuaToken: Equatable {
    enum Kind: Equatable {
        case name(String)
        case string(String)
        case number(String)
        case symbol(Character)
    }

    let kind: Kind
    let line: Int

    func isSymbol(_ character: Character) -> Bool { kind == .symbol(character) }
    func isName(_ name: String) -> Bool { kind == .name(name) }
}
