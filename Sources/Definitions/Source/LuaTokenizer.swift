/// Splits Lua source text into tokens, as far as finding the keys of table constructors needs it:
/// symbols come one character at a time, escapes in strings are not interpreted.
///
/// It goes by scalars, as Lua goes by bytes: a quote stays a quote before a combining accent.
struct LuaTokenizer {
    private let characters: [Character]
    private var offset = 0
    private var line = 1

    static func tokens(of source: String) -> [LuaToken] {
        var tokenizer = LuaTokenizer(characters: source.unicodeScalars.map { Character($0) })
        var tokens: [LuaToken] = []
        while let token = tokenizer.next() { tokens.append(token) }
        return tokens
    }

    private init(characters: [Character]) { self.characters = characters }

    private var current: Character? { offset < characters.count ? characters[offset] : nil }

    private mutating func advance() -> Character? {
        guard let character = current else { return nil }
        offset += 1
        // "\r\n" ends one line, not two.
        if character == "\n" || (character == "\r" && current != "\n") { line += 1 }
        return character
    }

    private mutating func next() -> LuaToken? {
        skipBlanks()
        guard let character = current else { return nil }
        let line = line
        if character.isLetter || character == "_" {
            return LuaToken(
                kind: .name(take { $0.isLetter || $0.isNumber || $0 == "_" }), line: line)
        }
        if character.isNumber {
            return LuaToken(kind: .number(take { $0.isHexDigit || ".xX".contains($0) }), line: line)
        }
        if character == "\"" || character == "'" {
            return LuaToken(kind: .string(quoted(by: character)), line: line)
        }
        if character == "[", let text = longBracket() {
            return LuaToken(kind: .string(text), line: line)
        }
        offset += 1
        return LuaToken(kind: .symbol(character), line: line)
    }

    private mutating func take(while accepts: (Character) -> Bool) -> String {
        let start = offset
        while let character = current, accepts(character) { offset += 1 }
        return String(characters[start..<offset])
    }

    private mutating func skipBlanks() {
        while let character = current {
            if character.isWhitespace {
                _ = advance()
            } else if character == "-", characters[offset...].starts(with: "--") {
                offset += 2
                if current == "[", longBracket() != nil { continue }
                while let character = current, character != "\n", character != "\r" { offset += 1 }
            } else {
                return
            }
        }
    }

    private mutating func quoted(by quote: Character) -> String {
        offset += 1
        var text = ""
        while let character = advance(), character != quote {
            text.append(character)
            if character == "\\", let escaped = advance() { text.append(escaped) }
        }
        return text
    }

    // `[[…]]` and `[==[…]==]`; nil, with nothing consumed, when it is not one.
    private mutating func longBracket() -> String? {
        var cursor = offset + 1
        while cursor < characters.count, characters[cursor] == "=" { cursor += 1 }
        guard cursor < characters.count, characters[cursor] == "[" else { return nil }
        let closing = "]" + String(repeating: "=", count: cursor - offset - 1) + "]"
        offset = cursor + 1
        var text = ""
        while offset < characters.count, !characters[offset...].starts(with: closing) {
            if let character = advance() { text.append(character) }
        }
        offset = min(offset + closing.count, characters.count)
        return text
    }
}
