/// A plain-text reply: `STATUS_OK:{code}` with the fields that it stands for.
struct TextPattern: Sendable, Hashable {
    private let template: Template
    let fields: [String: String]

    init(_ text: String, fields: [String: String]) throws(Template.SyntaxError) {
        template = try Template(parsing: text)
        self.fields = fields
    }

    /// The names of its captures.
    var names: [String] { template.arguments.map(\.name) }

    /// More definite patterns are tried first.
    var literalCount: Int {
        template.parts.reduce(0) { sum, part in
            if case .literal(let text) = part { sum + text.count } else { sum }
        }
    }

    /// The captures of a text that fits, with the fixed fields; `nil` when it does not fit. A
    /// capture is never empty, and the last one takes the rest.
    func match(_ text: String) -> [String: String]? {
        var rest = Substring(text)
        var found = fields
        var open: String?
        for part in template.parts {
            switch part {
            case .argument(let argument): open = argument.name
            case .literal(let literal):
                guard let name = open else {
                    guard rest.hasPrefix(literal) else { return nil }
                    rest = rest.dropFirst(literal.count)
                    continue
                }
                guard let range = rest.firstRange(of: literal), range.lowerBound > rest.startIndex
                else { return nil }
                found[name] = String(rest[..<range.lowerBound])
                rest = rest[range.upperBound...]
                open = nil
            }
        }
        guard let name = open else { return rest.isEmpty ? found : nil }
        guard !rest.isEmpty else { return nil }
        found[name] = String(rest)
        return found
    }
}
