import LuaSandbox
import OrderKernel

/// Reads the top level of a definition.
struct DefinitionSchema {
    /// The newest format that this version reads.
    static let apiVersion = 1

    private let root: LuaTable
    private let node: SchemaNode
    var reader: SchemaReader

    init(_ root: LuaTable, maps: [SourceMap]) {
        self.root = root
        node = SchemaNode(.table(root), [])
        reader = SchemaReader(maps: maps)
    }

    func field(_ key: String) -> SchemaNode { SchemaNode(root[key], [key]) }

    /// The definition, or `nil` when there are problems.
    mutating func definition(
        fileID: String,
        file: String,
        source: String,
        machine: LuaMachine
    ) -> ProviderDefinition? {
        guard isOfReadableSize() else { return nil }
        reader.refuseUnknownKeys(of: node, known: .definition)
        reader.reportDuplicates()
        readVersion()
        if root["quirks"] != .nil, root["dialect"] == .nil {
            reader.report(
                ["quirks"], "a file without a dialect has none; add dialect = \"sms_activate\"")
        }
        let id = readID(fileID: fileID)
        let name = reader.required(field("name"), "name = \"Example SMS\"")
        let baseURL = readBaseURL()
        let credentials = readCredentials()
        let settings = readSettings()
        let auth = AuthSchema.read(
            field("auth"), credentials: credentials.map(\.name), settings: settings, &reader
        )
        let limits = readLimits()
        let polling = readPolling()
        let operations = OperationSchema.readAll(self, &reader)
        checkOperationNames(in: field("cache"), operations)
        checkOperationNames(in: field("holds"), operations)
        let tests = TestSchema.readAll(field("tests"), operations: operations, &reader)
        let version = reader.text(field("version")) ?? "0"
        let docs = reader.text(field("docs"))
        let cache = readDurations("cache")
        let currency = readCurrency()
        let lifetime = reader.duration(field("lifetime"))
        let holds = readDurations("holds")
        let settles = reader.duration(field("settles_within"), atMost: Self.settlingMaximum)
        let refunds = reader.duration(field("refunds_within"))
        let idempotency = readIdempotency()
        if idempotency != nil { refuseReads(among: operations) }
        let reuse = readReuse()
        let names = readNames()
        let retry = RetrySchema.read(field("retry"), &reader)
        let amountUnit = reader.word(
            field("amounts"), among: ProviderDefinition.AmountUnit.allCases)
        let timeZone = readTimeZone()
        refuseBodyless(auth, operations)
        guard reader.problems.isEmpty, let id, let name, let baseURL, let auth else { return nil }
        var definition = ProviderDefinition(
            id: id, name: name, version: version, docs: docs, baseURL: baseURL,
            credentials: credentials, auth: auth, limits: limits, polling: polling, cache: cache,
            currency: currency, lifetime: lifetime ?? PurchaseTerms.lifetimeDefault,
            holds: holds, reuseWithin: reuse,
            settlesWithin: settles ?? PurchaseTerms.settlesWithinDefault,
            refundsWithin: refunds ?? ProviderDefinition.refundsWithinDefault,
            idempotency: idempotency,
            names: names, retry: retry, operations: operations, tests: tests, file: file,
            source: source, machine: machine
        )
        (definition.amountUnit, definition.timeZone) = (amountUnit ?? .decimal, timeZone ?? .zero)
        return definition
    }

    /// The largest known file has under two thousand; each takes some work here.
    private static let valuesMaximum = 20_000
    /// The largest known file has 31.
    private static let operationsMaximum = 200
    /// As many that each takes its two seconds, tests go on for a quarter of an hour.
    private static let testsMaximum = 500

    private mutating func isOfReadableSize() -> Bool {
        if LuaValue.table(root).count(atMost: Self.valuesMaximum) == nil {
            reader.report([], "has more than \(Self.valuesMaximum) values; look for a loop")
        }
        if root["operations"].table?.fields.count ?? 0 > Self.operationsMaximum {
            reader.report(["operations"], "are more than \(Self.operationsMaximum)")
        }
        if root["tests"].table?.items.count ?? 0 > Self.testsMaximum {
            reader.report(["tests"], "are more than \(Self.testsMaximum)")
        }
        return reader.problems.isEmpty
    }

    private mutating func readVersion() {
        switch root["api"] {
        case .nil: reader.report(["api"], "is missing, write api = \(Self.apiVersion)")
        case .integer(Int64(Self.apiVersion)): break
        case .integer(let version) where version > Self.apiVersion:
            reader.report(
                ["api"],
                "this file needs a newer Moonline (format \(version); this one "
                    + "reads \(Self.apiVersion))")
        default: reader.report(["api"], "is no version, write api = \(Self.apiVersion)")
        }
    }

    private mutating func readID(fileID: String) -> String? {
        guard let id = reader.required(field("id"), "id = \"\(fileID)\"") else { return nil }
        if !ProviderDefinition.isID(id) {
            reader.report(["id"], "'\(id)' may hold only a-z, 0-9 and _, and begins with a letter")
        } else if id != fileID {
            reader.report(["id"], "'\(id)' has to be the name of the file, '\(fileID)'")
        }
        return id
    }

    private mutating func readBaseURL() -> BaseURL? {
        let node = field("base_url")
        guard let text = reader.required(node, "base_url = \"https://api.example.com/v1\"") else {
            return nil
        }
        do {
            let url = try BaseURL(parsing: text)
            if url.scheme != "https" {
                reader.report(
                    node,
                    "has to be https; for a test server on http set "
                        + "MOONLINE_<ACCOUNT>_BASE_URL instead")
            } else if !HostName.isPublic(url.host) {
                reader.report(
                    node,
                    "'\(url.host)' is no name of the Internet; for a server of yours set "
                        + "MOONLINE_<ACCOUNT>_BASE_URL instead")
            }
            return url
        } catch {
            reader.report(node, error.reason)
            return nil
        }
    }

    private mutating func readCredentials() -> [ProviderDefinition.Credential] {
        guard reader.table(field("credentials")) != nil else { return [] }
        return field("credentials").namedFields.compactMap { name, node in
            if !name.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }) {
                reader.report(node, "'\(name)' may hold only a-z, 0-9 and _")
            }
            reader.refuseUnknownKeys(of: node, known: .credential)
            guard let table = reader.table(node) else { return nil }
            return ProviderDefinition.Credential(
                name: name,
                label: reader.text(node.child("label", table["label"])) ?? name,
                help: reader.text(node.child("help", table["help"]))
            )
        }
    }

    private mutating func readSettings() -> [String: [String]] {
        var settings: [String: [String]] = [:]
        for (name, node) in reader.named(field("settings")) {
            let choices = node.items.compactMap { reader.text($0) }
            if choices.isEmpty {
                reader.report(node, "a list of choices was expected, for example { \"a\", \"b\" }")
            }
            settings[name] = choices
        }
        return settings
    }

    /// Somebody waits for what these keep back: a lost answer, a turn, the next look.
    private static let settlingMaximum = Duration.seconds(3600)
    private static let windowMaximum = Duration.seconds(86_400)
    private static let pollingMaximum = Duration.seconds(600)
    /// Documents name two or three; each is counted for every request, and told to the process that
    /// owns the key in one message.
    private static let limitsMaximum = 16
    private static let limitedNamesMaximum = 64

    private mutating func readLimits() -> [RateLimit] {
        guard reader.table(field("limits")) != nil else { return [ProviderDefinition.limitDefault] }
        if field("limits").items.isEmpty {
            reader.report(
                ["limits"], "is a list: write limits = { { requests = 60, per = \"1m\" } }")
            return []
        }
        reader.refuseUnknownKeys(of: field("limits"), known: ["[1]"])
        if field("limits").items.count > Self.limitsMaximum {
            reader.report(["limits"], "\(Self.limitsMaximum) limits are the most")
            return []
        }
        return field("limits").items.compactMap { node in
            reader.refuseUnknownKeys(of: node, known: .limit)
            guard let table = reader.table(node) else { return nil }
            let operations = node.child("operations", table["operations"])
            if operations.value != .nil, operations.items.isEmpty {
                reader.report(operations, "a list was expected, for example { \"buy\" }")
            }
            checkOperationNames(in: operations, nil)
            if operations.items.count > Self.limitedNamesMaximum {
                reader.report(operations, "\(Self.limitedNamesMaximum) operations are the most")
                return nil
            }
            let names = operations.items.compactMap { reader.text($0) }
            guard let requests = reader.count(node.child("requests", table["requests"])),
                let window = reader.duration(
                    node.child("per", table["per"]), atMost: Self.windowMaximum)
            else {
                reader.report(node, "write { requests = 60, per = \"1m\" }")
                return nil
            }
            return RateLimit(
                requests: requests, window: window,
                operations: names.isEmpty ? nil : Set(names)
            )
        }
    }

    private mutating func checkOperationNames(
        in node: SchemaNode,
        _ operations: [String: Operation]?
    ) {
        let declared = root["operations"].table?.namedFields.map(\.key) ?? []
        let names =
            operations == nil
            ? node.items.map { ($0.value.text ?? "", $0) }
            : node.namedFields.map { ($0.key, $0.node) }
        let known = Set(declared)
        for (name, node) in names where !known.contains(name) && !reader.isFull {
            let near = NearestNames.of(name, among: declared, limit: 1).first
            let hint = near.map { ", did you mean '\($0)'?" } ?? ""
            reader.report(node, "there is no operation '\(name)'\(hint)")
        }
    }

    private mutating func readPolling() -> ProviderDefinition.Polling {
        let node = field("polling")
        reader.refuseUnknownKeys(of: node, known: .polling)
        guard let table = reader.table(node) else { return ProviderDefinition.pollingDefault }
        let every =
            reader.duration(node.child("every", table["every"]), atMost: Self.pollingMaximum)
            ?? ProviderDefinition.pollingDefault.every
        let first =
            reader.duration(node.child("first", table["first"]), atMost: Self.pollingMaximum)
            ?? max(every, .seconds(5))
        return ProviderDefinition.Polling(first: max(first, every), every: every)
    }

    private mutating func readDurations(_ key: String) -> [String: Duration] {
        var durations: [String: Duration] = [:]
        for (name, node) in reader.named(field(key)) {
            durations[name] = reader.duration(node)
        }
        return durations
    }

    private mutating func readCurrency() -> String? {
        guard let text = reader.text(field("currency")) else { return nil }
        if text.count != 3 || !text.allSatisfy({ $0.isASCII && $0.isUppercase }) {
            reader.report(["currency"], "'\(text)' is no ISO 4217 code such as \"USD\"")
        }
        return text
    }

    private mutating func readTimeZone() -> Duration? {
        guard let text = reader.text(field("time_zone")) else { return nil }
        guard let offset = Duration(zone: text) else {
            reader.report(
                ["time_zone"], "'\(text)' is no offset from UTC such as \"+03:00\"")
            return nil
        }
        return offset
    }

    // A credential that goes into the body needs one of its kind.
    private mutating func refuseBodyless(
        _ auth: ProviderDefinition.Auth?,
        _ operations: [String: Operation]
    ) {
        let places = (auth?.places ?? []).filter(\.isInBody).sorted { $0.label < $1.label }
        for (name, operation) in operations.sorted(by: { $0.key < $1.key }) {
            guard case .request(let template, _) = operation.body, template.sendsCredential,
                let place = places.first(where: { !template.takes($0) })
            else { continue }
            reader.report(
                ["operations", name],
                "carries its credential as \(place.label), so it needs such a body and no get, or "
                    + "auth = false")
        }
    }

    // A GET carries no key, so that sending it again would buy again.
    private mutating func refuseReads(among operations: [String: Operation]) {
        for (name, operation) in operations.sorted(by: { $0.key < $1.key }) where operation.costs {
            guard case .request(let template, _) = operation.body, template.method == .get,
                operation.common != nil
            else { continue }
            reader.report(
                ["operations", name],
                "is a GET, which carries no idempotency key; leave idempotency out, then the list "
                    + "or the balance settles a lost purchase")
        }
    }

    private mutating func readIdempotency() -> ProviderDefinition.Idempotency? {
        let node = field("idempotency")
        reader.refuseUnknownKeys(of: node, known: .idempotency)
        guard let table = reader.table(node) else { return nil }
        let header = node.child("header", table["header"])
        guard let name = reader.required(header, "header = \"Idempotency-Key\"") else { return nil }
        if !HeaderRules.isName(name) || !HeaderRules.isAllowed(name) {
            reader.report(header, "'\(name)' \(HeaderRules.reason(against: name))")
        }
        return ProviderDefinition.Idempotency(
            header: name,
            within: reader.duration(node.child("within", table["within"]))
                ?? PurchaseTerms.keyLifetimeDefault
        )
    }

    private mutating func readReuse() -> Duration? {
        let node = field("reuse")
        reader.refuseUnknownKeys(of: node, known: .reuse)
        guard let table = reader.table(node) else { return nil }
        return reader.duration(node.child("within", table["within"]))
    }

    private mutating func readNames() -> ProviderDefinition.Names {
        var names = ProviderDefinition.Names()
        let node = field("names")
        for (key, value) in namings(node) {
            guard let text = reader.text(value) else { continue }
            if text != "sms_activate" {
                reader.report(value, "'\(text)' is not known, only \"sms_activate\" is")
            }
            if key != "services" { names.countriesAreSMSActivate = true }
            if key != "countries" { names.servicesAreSMSActivate = true }
        }
        let aliases = field("aliases")
        reader.refuseUnknownKeys(of: aliases, known: .aliases)
        let table = reader.table(aliases) ?? LuaTable()
        for (name, node) in reader.named(aliases.child("countries", table["countries"])) {
            if CountryTable.country(alpha2: name) == nil {
                reader.report(node, "'\(name)' is no ISO 3166 country code such as ID or GB")
            }
            names.countryAliases[name.uppercased()] = reader.text(node)
        }
        for (name, node) in reader.named(aliases.child("services", table["services"])) {
            names.serviceAliases[name] = reader.text(node)
        }
        return names
    }

    private mutating func namings(_ node: SchemaNode) -> [(String, SchemaNode)] {
        guard node.value.table != nil else { return node.value == .nil ? [] : [("", node)] }
        reader.refuseUnknownKeys(of: node, known: .names)
        return node.namedFields.map { ($0.key, $0.node) }
    }
}

extension LuaValue {
    /// How many values it has in all, itself among them; `nil` beyond a maximum.
    fileprivate func count(atMost maximum: Int) -> Int? {
        var count = 1
        guard count <= maximum else { return nil }
        for child in table.map({ $0.items + $0.fields.values }) ?? [] {
            guard let more = child.count(atMost: maximum - count) else { return nil }
            count += more
        }
        return count
    }
}
