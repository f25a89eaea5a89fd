/// Text with arguments in braces: `/orders/{id}`, `{country:int}`, `{page?}`, `{operator|any}`.
package struct Template: Sendable, Hashable {
    let parts: [Part]

    enum Part: Sendable, Hashable {
        case literal(String)
        case argument(Argument)
    }

    /// A place to be filled.
    package struct Argument: Sendable, Hashable {
        package let name: String
        /// How a JSON body writes it; text everywhere else, but for cents.
        package let kind: Kind
        /// Left out, with its parameter or key, when the caller gives no value.
        package let isOptional: Bool
        /// Written where the caller gives no value: `{operator|any}`.
        package var standard: String?

        package enum Kind: String, Sendable, Hashable, CaseIterable {
            case text, int, number, cents, bool, list
        }
    }

    /// What is wrong with a template's text.
    struct SyntaxError: Error { let reason: String }

    /// The text that it was made from.
    var source: String {
        parts.map { part in
            switch part {
            case .literal(let text): return text
            case .argument(let argument):
                let kind = argument.kind == .text ? "" : ":\(argument.kind.rawValue)"
                let standard = argument.standard.map { "|" + $0 } ?? ""
                return "{\(argument.name)\(kind)\(argument.isOptional ? "?" : "")\(standard)}"
            }
        }
        .joined()
    }

    init(parsing text: String) throws(SyntaxError) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
                throw SyntaxError(reason: "the braces do not match in '\(text)'")
            }
            if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
            parts.append(.argument(try Self.argument(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        self.parts = parts
    }

    private static func argument(_ text: Substring) throws(SyntaxError) -> Argument {
        if let bar = text.firstIndex(of: "|") {
            var argument = try argument(text[..<bar])
            argument.standard = String(text[text.index(after: bar)...])
            return argument
        }
        let isOptional = text.hasSuffix("?")
        let pieces = (isOptional ? text.dropLast() : text)
            .split(separator: ":", omittingEmptySubsequences: false)
        let name = pieces.first.map(String.init) ?? ""
        let isName =
            name.first.map { $0.isLetter || $0 == "_" } == true
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard isName, pieces.count <= 2 else {
            throw SyntaxError(
                reason:
                    "'{\(text)}' is no argument, write {name}, {name:int}, {name?} or "
                    + "{name|default}"
            )
        }
        guard let kind = Argument.Kind(rawValue: pieces.count == 2 ? String(pieces[1]) : "text")
        else {
            throw SyntaxError(
                reason: "'{\(text)}' has an unknown kind, use :int, :number, :cents, :bool or :list"
            )
        }
        return Argument(name: name, kind: kind, isOptional: isOptional)
    }

    /// The arguments that occur.
    var arguments: [Argument] {
        parts.compactMap { if case .argument(let argument) = $0 { argument } else { nil } }
    }

    /// The only argument, when the template is nothing else.
    var soleArgument: Argument? {
        if parts.count == 1, case .argument(let argument)? = parts.first { argument } else { nil }
    }
}
