import LuaSandbox

/// Finds the arguments of an operation in a sample request, by the names of its parameters.
struct DraftArguments {
    private let operation: CommonOperation

    init(_ operation: CommonOperation) { self.operation = operation }

    private static let names: [(argument: String, names: Set<String>)] = [
        (
            "service",
            [
                "service", "serviceid", "servicecode", "servicename", "svc", "product",
                "productid", "app", "appid", "application", "target",
            ]
        ),
        ("country", ["country", "countryid", "countrycode", "countryiso", "geo", "region"]),
        ("operator", ["operator", "carrier"]),
        ("max_price", ["maxprice", "maxcost", "maxamount", "pricelimit", "pricecap", "cap"]),
        (
            "id",
            [
                "id", "orderid", "activationid", "requestid", "purchaseid", "order", "oid", "ref",
                "reference",
            ]
        ),
    ]

    private func argument(_ name: String) -> String? {
        let key = name.lowercased().filter { $0.isLetter || $0.isNumber }
        let found = Self.names.first { $0.names.contains(key) }?.argument
        return found.flatMap { operation.arguments.contains($0) ? $0 : nil }
    }

    /// A parameter's value: an argument in braces, or the value as it is.
    func text(_ name: String, _ value: String, _ examples: inout [String: String]) -> String {
        guard let argument = argument(name) else { return value }
        if !value.contains("{"), !value.contains("<") { examples[argument] = value }
        return "{\(argument)\(Self.optional.contains(argument) ? "?" : "")}"
    }

    private static let optional: Set<String> = ["operator", "max_price"]

    /// Whether one of these parameters is the order's id.
    func hasID(among names: [String]) -> Bool { names.contains { argument($0) == "id" } }

    /// The path, with the order's id in braces where the operation has one: its last part with a
    /// digit that is more than the name of a version.
    func path(_ path: String, _ examples: inout [String: String]) -> String {
        guard operation.arguments.contains("id") else { return path }
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let found =
            parts.lastIndex { Self.mayBeID($0) && !Self.mayBeVersion($0) }
            // What stands behind another part is rather an id than a version.
            ?? parts.indices.last.flatMap { $0 > 1 && Self.mayBeID(parts[$0]) ? $0 : nil }
        guard let found else { return path }
        if parts[found].allSatisfy({ $0.isNumber || $0.isLetter || $0 == "-" }) {
            examples["id"] = parts[found]
        }
        parts[found] = "{id}"
        return parts.joined(separator: "/")
    }

    private static func mayBeID(_ part: String) -> Bool {
        part.contains { $0.isNumber || $0 == "{" || $0 == ":" }
    }

    // `v1`, `p3` and `api2` are names of versions and hosts.
    private static func mayBeVersion(_ part: String) -> Bool {
        let letters = part.prefix { $0.isLetter }
        let digits = part.dropFirst(letters.count)
        return (1...4).contains(letters.count) && (1...2).contains(digits.count)
            && digits.allSatisfy(\.isNumber)
    }

    /// A body with its arguments in braces; numbers keep their kind.
    ///
    /// - Parameter isOwn: whether a name is that of a credential, which is left out.
    func json(
        _ value: JSON,
        _ name: String,
        _ examples: inout [String: String],
        without isOwn: (String) -> Bool
    ) -> JSON {
        switch value {
        case .object(let members):
            var filled: [JSON.Member] = []
            for member in members where !isOwn(member.key) {
                filled.append(
                    .init(
                        member.key, json(member.value, member.key, &examples, without: isOwn)))
            }
            return .object(filled)
        case .array(let items):
            return .array(items.map { json($0, name, &examples, without: isOwn) })
        case .number(let digits):
            guard let argument = argument(name) else { return value }
            examples[argument] = digits
            let mark = Self.optional.contains(argument) ? "?" : ""
            return .string("{\(argument):\(digits.contains(".") ? "number" : "int")\(mark)}")
        case .string(let text): return .string(self.text(name, text, &examples))
        default: return value
        }
    }
}
