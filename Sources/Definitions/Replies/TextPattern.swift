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

    /// The captures of a text that fits, with the fixed fields; `nil` when it does not fit.
    ///
    /// A capture is never empty, and the last one takes the rest.
    func match(_ text: String) -> [String: String]? {
        let text = Array(text.utf8)
        var offset = 0
        var found = fields
        var open: String?
        for part in template.parts {
            switch part {
            case .argument(let argument): open = argument.name
            case .literal(let literal):
                let literal = Array(literal.utf8)
                if let name = open {
                    guard let begin = LiteralSearch.first(literal, in: text, from: offset),
                        begin > offset
                    else { return nil }
                    found[name] = String(decoding: text[offset..<begin], as: UTF8.self)
                    (offset, open) = (begin, nil)
                } else if !LiteralSearch.stands(literal, in: text, at: offset) {
                    return nil
                }
                offset += literal.count
            }
        }
        guard let name = open else { return offset == text.count ? found : nil }
        guard offset < text.count else { return nil }
        found[name] = String(decoding: text[offset...], as: UTF8.self)
        return found
    }
}
