import LuaSandbox
package import OrderKernel

/// An operation of a definition that is being drafted: its request, and a sample of its reply.
package struct DraftOperation: Sendable {
    package let operation: CommonOperation
    let method: HTTPMethod
    /// With arguments in braces.
    let path: String
    let query: [(name: String, value: String)]
    let headers: [ProviderRequest.Parameter]
    /// A body, with arguments in braces.
    let body: JSON?
    /// A body that is a form.
    let form: [(name: String, value: String)]
    /// The header that carries an idempotency key in the sample; the core makes the keys.
    let idempotencyHeader: String?
    /// Arguments for a test, as the sample has them.
    let examples: [String: String]
    /// What the provider answers; set where a sample is known.
    package var sample: ProviderResponse?

    /// From `POST /orders?service={service}`.
    ///
    /// - Throws: `MoonlineError` with `invalid`.
    package init(_ operation: CommonOperation, request: String) throws(MoonlineError) {
        let halves = request.split(separator: " ", maxSplits: 1)
        guard halves.count == 2, let method = HTTPMethod(rawValue: halves[0].lowercased()),
            halves[1].hasPrefix("/") || halves[1].hasPrefix("?")
        else {
            throw MoonlineError(
                .invalid, "'\(request)' is no request, write \(operation.rawValue)=GET /path")
        }
        let target = halves[1].split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.operation = operation
        self.method = method
        path = String(target[0])
        query = (target.count == 2 ? Self.pairs(target[1]) : [])
            .filter { !CredentialPlace.isSecret($0.name) }
        headers = []
        body = nil
        form = []
        idempotencyHeader = nil
        examples = [:]
    }

    /// From a request of the provider's page: values that are arguments are replaced by their
    /// names, and the credential is left out.
    ///
    /// - Throws: `MoonlineError` with `invalid`.
    package init(
        _ operation: CommonOperation,
        curl: CurlLine,
        base: BaseURL,
        auth: CredentialPlace?
    ) throws(MoonlineError) {
        let places = DraftArguments(operation)
        var examples: [String: String] = [:]
        let halves = curl.url.split(separator: "?", maxSplits: 1)
        guard halves[0].hasPrefix(base.description) else {
            throw MoonlineError(
                .invalid, "\(halves[0]) is not under the base URL \(base.description)")
        }
        self.operation = operation
        method = curl.method
        let isOwn = { (name: String) in
            CredentialPlace.isSecret(name)
                || [.query(name), .header(name), .json(name), .form(name)].contains(auth)
        }
        query = (halves.count == 2 ? Self.pairs(halves[1]) : []).compactMap { pair in
            isOwn(pair.name) ? nil : (pair.name, places.text(pair.name, pair.value, &examples))
        }
        headers = curl.headers.filter { header in
            !isOwn(header.name) && !Self.own.contains(header.name.lowercased())
                && !Self.isPerRequest(header.name)
        }
        idempotencyHeader = curl.headers.map(\.name).first(where: Self.isIdempotency)
        let json = curl.body.flatMap { try? JSON(parsing: Array($0.utf8)) }
        body = json.map { places.json($0, "", &examples, without: isOwn) }
        form = Self.formPairs(json == nil ? curl.body : nil).compactMap { pair in
            isOwn(pair.name) ? nil : (pair.name, places.text(pair.name, pair.value, &examples))
        }
        let target = String(halves[0].dropFirst(base.description.count))
        let names = query.map(\.name) + form.map(\.name) + (json?.keys ?? [])
        path = places.hasID(among: names) ? target : places.path(target, &examples)
        self.examples = examples
    }

    // Headers that the core sets, or that every client sends.
    private static let own: Set<String> = [
        "accept", "content-type", "authorization", "user-agent", "content-length", "host",
    ]

    /// Whether a header of that name is one request's own mark, which would make every purchase the
    /// same one.
    static func isPerRequest(_ name: String) -> Bool {
        ["request-id", "correlation", "trace", "nonce", "idempotency"]
            .contains { name.lowercased().contains($0) }
    }

    private static func isIdempotency(_ name: String) -> Bool {
        name.lowercased().contains("idempotency")
    }

    // What looks like JSON and cannot be read is no form: a key in it would stand in the file.
    private static func formPairs(_ body: String?) -> [(name: String, value: String)] {
        guard let body, !CredentialPlace.isJSONLike(body) else { return [] }
        return pairs(body[...])
    }

    private static func pairs(_ query: Substring) -> [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let halves = pair.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count == 2 ? halves[1] : ""
            return (String(halves[0]), PercentEncoding.decode(value) ?? String(value))
        }
    }

    /// The operation as a file writes it.
    ///
    /// - Parameter success: the key that says whether a request succeeded.
    func text(without success: String?) -> String {
        let pairs = query.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&")
        let target = path + (pairs.isEmpty ? "" : "?" + pairs)
        var entries = ["\(method.rawValue) = \(LuaText.quoted(target))"]
        if !headers.isEmpty {
            let texts = headers.map { "\(LuaText.key($0.name)) = \(LuaText.quoted($0.value))" }
            entries.append("headers = { \(texts.joined(separator: ", ")) }")
        }
        if !form.isEmpty {
            let texts = form.map { "\(LuaText.key($0.name)) = \(LuaText.quoted($0.value))" }
            entries.append("form = \(LuaText.table(texts, 6))")
        }
        if let body { entries.append("json = \(LuaText.value(body, indent: 6))") }
        if let sample, let json = try? JSON(parsing: sample.body) {
            entries += Self.reply(SampleReading(json, of: operation, without: success))
        } else if let sample {
            entries.append("text = { \(textPattern(sample.text)) }")
        }
        return "    \(operation.rawValue) = { " + entries.joined(separator: ",\n      ") + " },\n"
    }

    /// What one sample cannot tell.
    func advice(without success: String?) -> String? {
        guard let json = sample.flatMap({ try? JSON(parsing: $0.body) }) else { return nil }
        let reading = SampleReading(json, of: operation, without: success)
        guard reading.fields.contains(where: { $0.name == "status" }) else { return nil }
        let word = reading.text("status") ?? ""
        return "\(operation.rawValue): the sample has one status, '\(word)'; "
            + "add the provider's other words"
    }

    // Braces stand for arguments, everything else is encoded.
    private static func escaped(_ value: String) -> String {
        value.contains("{") ? value : PercentEncoding.encode(value)
    }

    // `ACCESS_NUMBER:12345:62812345` is the pattern `ACCESS_NUMBER:{id}:{phone}`.
    private func textPattern(_ sample: String) -> String {
        let fields: [String] =
            switch operation {
            case .balance: ["amount"]
            case .buy, .reuse: ["id", "phone"]
            case .check: ["code"]
            default: []
            }
        let parts = sample.firstLine.split(separator: ":").map(String.init)
        let holes = parts.dropFirst().enumerated().map { index, part in
            index < fields.count ? "{\(fields[index])}" : part
        }
        let pattern = ([parts.first ?? ""] + holes).joined(separator: ":")
        let fixed =
            operation != .check
            ? "{}"
            : holes.isEmpty
                ? #"{ status = "waiting" }"# : #"{ status = "received" }"#
        return "[\(LuaText.quoted(pattern))] = \(fixed)"
    }

    private static func reply(_ reading: SampleReading) -> [String] {
        var entries = reading.each.map { ["each = \(LuaText.quoted($0))"] } ?? []
        var fields = reading.fields.map { field in
            let path = LuaText.quoted(field.path)
            guard field.name == "status" else { return "\(field.name) = \(path)" }
            let raw = reading.text("status") ?? ""
            let guess = OrderStatus(guessedFrom: raw, hasMessage: reading.hasMessage)
            return "status = { \(path), \(LuaText.key(raw)) = \(LuaText.quoted(guess.rawValue)) }"
        }
        if let messages = reading.messages {
            fields.append(
                "messages = { each = \(LuaText.quoted(messages.each)), "
                    + "text = \(LuaText.quoted(messages.text)) }")
        }
        if !fields.isEmpty { entries.append("reply = \(LuaText.table(fields, 6))") }
        return entries
    }
}

extension OrderStatus {
    /// What a provider's word probably means; where nothing says otherwise, an order with a message
    /// has received it, and one without waits: whatever its word, it can be given back then.
    init(guessedFrom word: String, hasMessage: Bool) {
        let word = word.lowercased()
        func has(_ parts: [String]) -> Bool { parts.contains { word.contains($0) } }
        if has(["cancel", "refund"]) {
            self = .cancelled
        } else if has(["expire", "timeout"]) {
            self = .expired
        } else if has(["finish", "complete", "done"]) {
            self = .finished
        } else {
            self = hasMessage ? .received : .waiting
        }
    }
}
