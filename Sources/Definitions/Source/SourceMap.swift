/// Where the keys of a definition stand in its file: Lua tables carry no lines.
///
/// It follows the table constructor behind a name, such as `provider`, or else behind `return`, key
/// by key. What is computed elsewhere gets the line of the nearest key above.
package struct SourceMap: Sendable {
    package let file: String
    private var lines: [KeyPath: Int] = [:]
    /// Keys that a table has twice, with the line of the first: Lua keeps only the last.
    package let duplicates: [(path: KeyPath, first: Int)]

    /// A path of keys as it is written: `operations.check.reply`, `tests[2]`.
    package typealias KeyPath = [LuaTableKeyText]

    package init(file: String, source: String, behind marker: String = "provider") {
        self.file = file
        var walker = ConstructorWalker(tokens: LuaTokenizer.tokens(of: source), marker: marker)
        lines = walker.lines()
        duplicates = walker.duplicates
    }

    /// The line of exactly this path.
    func line(of path: KeyPath) -> Int? { lines[path] }

    /// The line of the longest known beginning of the path.
    package func nearestLine(of path: KeyPath) -> Int {
        var path = path
        while !path.isEmpty {
            if let line = lines[path] { return line }
            path.removeLast()
        }
        return lines[[]] ?? 1
    }
}

/// A key as text: names as they are, positions and other keys in brackets.
package typealias LuaTableKeyText = String

/// Walks over a table constructor and notes the line of every key.
private struct ConstructorWalker {
    private let tokens: [LuaToken]
    private let marker: String
    private var offset = 0
    private var found: [SourceMap.KeyPath: Int] = [:]
    private(set) var duplicates: [(path: SourceMap.KeyPath, first: Int)] = []

    /// Deeper tables cannot leave the machine, and the walk must not exhaust the stack.
    private static let depthMaximum = 64
    /// Each key of a table costs as much as the path to it is long.
    private static let pathBytesMaximum = 1024
    /// Those behind them get the line of the table that holds them.
    private static let keysMaximum = 10_000

    init(tokens: [LuaToken], marker: String) {
        self.tokens = tokens
        self.marker = marker
    }

    mutating func lines() -> [SourceMap.KeyPath: Int] {
        let named = tokens.indices.first { index in
            tokens[index].isName(marker) && index + 1 < tokens.count
                && (tokens[index + 1].isSymbol("{") || tokens[index + 1].isSymbol("("))
        }
        guard let start = named ?? mainReturn else { return [:] }
        offset = start + 1
        if current?.isSymbol("(") == true { offset += 1 }
        guard let token = current, token.isSymbol("{") else { return [:] }
        found[[]] = token.line
        table(at: [])
        return found
    }

    // The chunk's own `return`, not one of a function in it.
    private var mainReturn: Int? {
        var depth = 0
        for (index, token) in tokens.enumerated() {
            if token.isName("return"), depth == 0 { return index }
            depth += token.nesting
        }
        return nil
    }

    private var current: LuaToken? { offset < tokens.count ? tokens[offset] : nil }

    private func token(_ distance: Int) -> LuaToken? {
        offset + distance < tokens.count ? tokens[offset + distance] : nil
    }

    private mutating func table(at path: SourceMap.KeyPath) {
        offset += 1
        var position = 0
        while let token = current, !token.isSymbol("}") {
            var key = path
            if case .name(let name) = token.kind, self.token(1)?.isSymbol("=") == true,
                self.token(2)?.isSymbol("=") != true
            {
                key.append(name)
                offset += 2
            } else if token.isSymbol("["), let literal = self.token(1)?.literalKey,
                self.token(2)?.isSymbol("]") == true
            {
                key.append(literal)
                offset += 4
            } else {
                position += 1
                key.append("[\(position)]")
            }
            if found.count < Self.keysMaximum {
                if let first = found[key] { duplicates.append((key, first)) }
                found[key] = token.line
            }
            value(at: key)
            while let token = current, token.isSymbol(",") || token.isSymbol(";") { offset += 1 }
        }
        offset += 1
    }

    private mutating func value(at path: SourceMap.KeyPath) {
        if let token = current, token.isSymbol("{"), path.count < Self.depthMaximum,
            found.count < Self.keysMaximum,
            path.reduce(0, { $0 + $1.utf8.count }) < Self.pathBytesMaximum
        {
            table(at: path)
        }
        skipExpression()
    }

    // To the comma or brace that ends the value; functions and brackets nest.
    private mutating func skipExpression() {
        var depth = 0
        while let token = current {
            let ends = token.isSymbol(",") || token.isSymbol(";") || token.isSymbol("}")
            if ends && depth == 0 { return }
            depth += token.nesting
            offset += 1
        }
    }
}

extension LuaToken {
    /// How the token changes the depth of brackets and blocks.
    fileprivate var nesting: Int {
        switch kind {
        case .symbol("("), .symbol("["), .symbol("{"): 1
        case .name("function"), .name("if"), .name("do"), .name("repeat"): 1
        case .symbol(")"), .symbol("]"), .symbol("}"), .name("end"), .name("until"): -1
        default: 0
        }
    }

    fileprivate var literalKey: String? {
        switch kind {
        case .string(let text): text
        case .number(let digits): "[\(digits)]"
        case .name("true"): "[true]"
        case .name("false"): "[false]"
        default: nil
        }
    }
}
