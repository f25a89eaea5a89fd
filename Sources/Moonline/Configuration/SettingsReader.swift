import Definitions
import OrderKernel
import Yams

/// Walks over the YAML of the settings.
struct SettingsReader {
    let path: String

    mutating func settings(_ node: Node) throws(MoonlineError) -> Settings {
        var settings = Settings()
        for (key, value) in try entries(node, known: ["accounts", "caps", "rates"]) {
            switch key {
            case "accounts":
                for (name, node) in try entries(value, known: nil) {
                    settings.accounts[name] = try account(node)
                }
            case "caps": try caps(value, into: &settings.caps)
            default: settings.rates = settings.rates.overridden(by: try rates(value))
            }
        }
        return settings
    }

    private func account(_ node: Node) throws(MoonlineError) -> Settings.AccountSettings {
        var account = Settings.AccountSettings()
        let known = [
            "provider", "base_url", "limit", "poll_every", "settings", "aliases",
            "credential_files", "caps",
        ]
        for (key, value) in try entries(node, known: known) {
            switch key {
            case "provider": account.provider = try text(value)
            case "base_url": account.baseURL = try text(value)
            case "limit": account.limit = try text(value)
            case "poll_every": account.pollEvery = try text(value)
            case "settings": account.choices = try texts(value)
            case "caps": try caps(value, into: &account.caps)
            case "credential_files": account.credentialFiles = try texts(value)
            default:
                for (kind, aliases) in try entries(value, known: ["countries", "services"]) {
                    if kind == "countries" { account.countryAliases = try texts(aliases) }
                    if kind == "services" { account.serviceAliases = try texts(aliases) }
                }
            }
        }
        return account
    }

    private func caps(_ node: Node, into caps: inout SpendCaps) throws(MoonlineError) {
        for (key, value) in try entries(
            node, known: ["per_order", "per_run", "per_day", "at_once"]
        ) {
            if key == "at_once" {
                guard let count = Int(try text(value)), count > 0 else {
                    throw error(value, "'at_once' has to be a number of orders such as 10")
                }
                caps.atOnce = count
                continue
            }
            guard let amount = ExactDecimal(try text(value))?.millionths, amount >= 0 else {
                throw error(value, "'\(key)' has to be an amount in USD such as 5 or 2.50")
            }
            switch key {
            case "per_order": caps.perOrder = amount
            case "per_run": caps.perRun = amount
            default: caps.perDay = amount
            }
        }
    }

    private func rates(_ node: Node) throws(MoonlineError) -> [String: ExactDecimal] {
        var rates: [String: ExactDecimal] = [:]
        for (currency, value) in try entries(node, known: nil) {
            guard currency.count == 3, let rate = ExactDecimal(try text(value)), rate.units > 0
            else {
                throw error(
                    value,
                    "a rate is a currency and what one unit is worth in USD, such "
                        + "as IDR: 0.000061")
            }
            rates[currency.uppercased()] = rate
        }
        return rates
    }

    private func texts(_ node: Node) throws(MoonlineError) -> [String: String] {
        var texts: [String: String] = [:]
        for (key, value) in try entries(node, known: nil) { texts[key] = try text(value) }
        return texts
    }

    private func text(_ node: Node) throws(MoonlineError) -> String {
        guard let scalar = node.scalar, !scalar.string.isEmpty else {
            throw error(node, "text was expected here")
        }
        return scalar.string
    }

    private func entries(
        _ node: Node,
        known: [String]?
    ) throws(MoonlineError) -> [(String, Node)] {
        guard let mapping = node.mapping else {
            throw error(node, "names with values were expected here")
        }
        var entries: [(String, Node)] = []
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            if let known, !known.contains(name) {
                let near = NearestNames.of(name, among: known, limit: 1).first
                let hint =
                    near.map { "did you mean '\($0)'?" }
                    ?? "known are \(known.joined(separator: ", "))"
                throw error(key, "unknown key '\(name)', \(hint)")
            }
            entries.append((name, value))
        }
        return entries
    }

    private func error(_ node: Node, _ message: String) -> MoonlineError {
        MoonlineError(.invalid, "\(path):\(node.mark?.line ?? 1): \(message)")
    }
}
