import LuaSandbox

/// Where a value stands in a reply: `data.price`, alternatives `cost|price`, an item `sms[0].code`
/// counted from 0, from the end `sms[-1]`, or `$` for all of it.
package struct FieldPath: Sendable, Hashable {
    /// As the file writes it.
    let source: String
    private let alternatives: [[Step]]

    private enum Step: Sendable, Hashable {
        case key(String)
        case item(Int)
    }

    /// Each is looked up in every item of a reply.
    private static let alternativesMaximum = 16

    init(_ text: String) {
        source = text
        let texts = text.split(separator: "|").prefix(Self.alternativesMaximum)
        alternatives = texts.map { alternative in
            alternative == "$" ? [] : alternative.split(separator: ".").flatMap(Self.steps)
        }
    }

    /// What is wrong with a path; `nil` when nothing is.
    static func problem(in text: String) -> String? {
        let alternatives = text.split(separator: "|", omittingEmptySubsequences: false)
        guard alternatives.count <= alternativesMaximum else {
            return "the path '\(text)' has more than \(alternativesMaximum) alternatives"
        }
        for alternative in alternatives {
            let parts = alternative.split(separator: ".", omittingEmptySubsequences: false)
            if parts.contains("") { return "the path '\(text)' has an empty step" }
            if parts.contains(where: { $0.contains("[]") }) {
                return "the path '\(text)' means a whole list; name an item, such as [0] or [-1]"
            }
        }
        return nil
    }

    /// The first alternative that is there; JSON's null counts as not there.
    func value(in root: JSON) -> JSON? {
        var looks = 0
        return value(in: root, counting: &looks)
    }

    /// - Parameter looks: grows by the keys that may have to be compared for it.
    func value(in root: JSON, counting looks: inout Int) -> JSON? {
        for steps in alternatives {
            var value: JSON? = root
            for step in steps {
                guard let parent = value else { break }
                if case .object(let members) = parent { looks += members.count }
                value = Self.taken(step, of: parent)
            }
            if let value, value != .null { return value }
        }
        return nil
    }

    // `sms[0]` is the key and then the item; brackets that hold no number belong to the name.
    private static func steps(_ part: Substring) -> [Step] {
        guard let open = part.firstIndex(of: "["), part.hasSuffix("]") else {
            return [.key(String(part))]
        }
        let texts = part[open...].dropFirst().dropLast()
            .split(separator: "][", omittingEmptySubsequences: false)
        let items = texts.compactMap { Int($0) }
        guard items.count == texts.count else { return [.key(String(part))] }
        let key = part[..<open]
        return (key.isEmpty || key == "$" ? [] : [.key(String(key))]) + items.map(Step.item)
    }

    private static func taken(_ step: Step, of value: JSON) -> JSON? {
        switch step {
        case .key(let key): return value[key]
        case .item(let index):
            guard case .array(let items) = value else { return nil }
            let position = index < 0 ? items.count + index : index
            return items.indices.contains(position) ? items[position] : nil
        }
    }
}
