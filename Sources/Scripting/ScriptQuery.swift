import Definitions
import LuaSandbox
import OrderKernel

/// What a script asks `otp.offers` and `otp.buy` for.
struct ScriptQuery: Sendable {
    let service: String
    let countries: [String]
    let providers: [String]
    let operatorName: String?
    let maximumPrice: Money?
    let strategy: OfferStrategy

    private static let keys = [
        "service", "country", "countries", "provider", "providers", "operator", "max_price",
        "strategy",
    ]

    /// - Throws: `MoonlineError` with `invalid`.
    init(_ value: LuaValue?, of function: String) throws(MoonlineError) {
        guard let table = value?.table,
            let service = table["service"].text?.cut(to: ScriptHost.wordBytes)
        else {
            throw MoonlineError(
                .invalid,
                "\(function) takes a table with a service: "
                    + "\(function) { service = \"whatsapp\", country = \"ID\" }")
        }
        for (key, _) in table.namedFields where !Self.keys.contains(key) {
            let near = NearestNames.of(key, among: Self.keys, limit: 1).first
            let hint = near.map { ", did you mean '\($0)'?" } ?? ""
            throw MoonlineError(.invalid, "\(function): unknown key '\(key)'\(hint)")
        }
        for (one, many) in [("country", "countries"), ("provider", "providers")]
        where table[one] != .nil && table[many] != .nil {
            throw MoonlineError(
                .invalid, "\(function): \(one) and \(many) mean the same; write one of them")
        }
        self.service = service
        countries =
            try Self.names("country", of: table, function)
            + Self.names("countries", of: table, function)
        providers =
            try Self.names("provider", of: table, function)
            + Self.names("providers", of: table, function)
        operatorName = table["operator"].text?.cut(to: ScriptHost.wordBytes)
        for key in ["countries", "providers"] where table[key].table?.items.isEmpty == true {
            throw MoonlineError(
                .invalid, "\(function): \(key) is an empty list; leave it out to mean all")
        }
        let price = table["max_price"]
        maximumPrice = Money(price)
        if price != .nil, maximumPrice == nil {
            throw MoonlineError(.invalid, "\(function): max_price is no amount, write \"1.50\"")
        }
        let word = table["strategy"] == .nil ? "cheapest" : table["strategy"].plainText ?? "?"
        guard let strategy = OfferStrategy(rawValue: word) else {
            let known = OfferStrategy.allCases.map(\.rawValue).joined(separator: ", ")
            throw MoonlineError(
                .invalid, "\(function): strategy '\(word)' is not known, one of \(known)")
        }
        self.strategy = strategy
    }

    private static func names(
        _ key: String,
        of table: LuaTable,
        _ function: String
    ) throws(MoonlineError) -> [String] {
        var names: [String] = []
        if let text = table[key].text?.cut(to: 4096) {
            names = text.split(separator: ",").map(String.init)
        } else if let items = table[key].table?.items {
            guard items.count <= Self.namesMaximum else {
                throw MoonlineError(
                    .invalid,
                    "\(function): \(key) has \(items.count) names, \(Self.namesMaximum) are the "
                        + "most")
            }
            names = items.compactMap { $0.text?.cut(to: ScriptHost.wordBytes) }
        }
        return names
    }

    /// There are 249 countries (ISO 3166-1).
    private static let namesMaximum = 300
}
