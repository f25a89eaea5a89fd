import LuaSandbox

/// Where a value stands in a reply: `data.price`, alternatives `cost|price`, or `$` for all of it.
package struct FieldPath: Sendable, Hashable {
    private let alternatives: [[String]]

    init(_ text: String) {
        alternatives = text.split(separator: "|").map { alternative in
            alternative == "$" ? [] : alternative.split(separator: ".").map(String.init)
        }
    }

    /// The first alternative that is there; JSON's null counts as not there.
    func value(in root: JSON) -> JSON? {
        for keys in alternatives {
            var value: JSON? = root
            for key in keys { value = value?[key] }
            if let value, value != .null { return value }
        }
        return nil
    }
}
