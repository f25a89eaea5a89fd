import LuaSandbox
import OrderKernel

/// Compares what a test expects with what came out: only the named fields count.
enum Difference {
    static func between(_ wanted: JSON, _ found: JSON, at path: String) -> [String] {
        switch (wanted, found) {
        case (.object(let members), .object):
            return members.flatMap { member in
                between(member.value, found[member.key] ?? .null, at: join(path, member.key))
            }
        // An empty Lua table cannot say whether it is a list.
        case (.object([]), .array([])): return []
        case (.array(let wantedItems), .array(let foundItems)):
            guard wantedItems.count == foundItems.count else {
                return [
                    "\(name(path)) should have \(wantedItems.count) items, has "
                        + "\(foundItems.count)"
                ]
            }
            return zip(wantedItems, foundItems).enumerated().flatMap { index, pair in
                between(pair.0, pair.1, at: "\(path)[\(index + 1)]")
            }
        default:
            if equal(wanted, found) { return [] }
            return ["\(name(path)) should be \(wanted.serialized), is \(found.serialized)"]
        }
    }

    private static func equal(_ wanted: JSON, _ found: JSON) -> Bool {
        if wanted == found { return true }
        guard let left = wanted.text, let right = found.text else { return false }
        if left == right { return true }
        if let first = ExactDecimal(left), let second = ExactDecimal(right),
            left.contains(".") || right.contains(".")
        {
            return first == second
        }
        guard let first = Instant(iso8601: left), let second = Instant(iso8601: right) else {
            return false
        }
        return first == second
    }

    private static func join(_ path: String, _ key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    private static func name(_ path: String) -> String { path.isEmpty ? "the result" : path }
}
