import LuaSandbox
import OrderKernel

/// Reads one reply of one operation: an error of the closed list, or a result in the normal form.
struct ReplyReader: Sendable {
    let definition: ProviderDefinition
    let operation: Operation
    let rule: ReplyRule

    /// Calls a function of the definition.
    typealias Call = (LuaFunction, [LuaValue]) async throws(MoonlineError) -> [LuaValue]

    /// Longest text of a provider that an error message repeats.
    static let messageCharactersMaximum = 200

    func read(
        _ response: ProviderResponse,
        call: Call
    ) async throws(MoonlineError) -> OperationResult {
        let isSuccess = (200..<300).contains(response.status)
        let text = response.text.trimmed
        if case .text(let patterns) = rule.shape, isSuccess,
            text.utf8.count <= ErrorMap.plainBytesMaximum
        {
            for pattern in patterns {
                guard let fields = pattern.match(text) else { continue }
                let normalizer = RecordNormalizer(definition, operation)
                return .record(try normalizer.record(fields))
            }
        }
        if let meaning = rule.errors.meaning(of: text) {
            var failure = error(meaning.code, text, response)
            failure.retryAfter = failure.retryAfter ?? meaning.retryAfter
            throw failure
        }
        let parsed = parsed(response.body)
        guard case .success(let body) = parsed else {
            return try await readUnparsed(response, text, parsed, call)
        }
        let accepted = rule.success?.holds(for: body) ?? true
        let finds = rule.shape.finds(in: value(in: body))
        let isRefused =
            rule.errors.isError(body, any: isToldByCode(finds))
            || rule.success == nil && !finds && rule.errors.matches(body)
        guard isSuccess, accepted, !isRefused else {
            throw await failure(body, response, call)
        }
        return try await result(body, response, call)
    }

    // A message that was cut within a character does not cost its code. What is bought is read
    // as it is: an id that was mended would be another one.
    private func parsed(_ body: [UInt8]) -> Result<JSON, JSONError> {
        // A byte order mark may be ignored (RFC 8259 §8.1).
        let mark = Array("\u{FEFF}".utf8)
        let body = body.starts(with: mark) ? Array(body.dropFirst(mark.count)) : body
        do throws(JSONError) {
            return .success(try JSON(parsing: body))
        } catch {
            guard operation.common?.isRead ?? !operation.costs,
                let mended = try? JSON(parsing: JSONMending.mended(body))
            else { return .failure(error) }
            return .success(mended)
        }
    }

    // Where no field is read, a code is all that tells a refusal; of an order that is given back
    // too, unless the definition says what a success looks like.
    private func isToldByCode(_ findsFields: Bool) -> Bool {
        if rule.shape == .nothing && rule.success == nil { return true }
        let endsOrder = [.cancel, .finish].contains(operation.common)
        return endsOrder && !findsFields && rule.success?.accepted.isEmpty ?? true
    }

    // What a status means where the body is no word of the provider's interface: of orders, the
    // page of a front that has lost its way says nothing. A look may be made of own operations.
    private func meaning(ofStatus status: Int, under text: String) -> ErrorCode {
        let listed = rule.errors.statuses[status]
        let isHTML = text.hasPrefix("<")
        let isOfOrders = [.check, .list, .cancel, .finish, .resend].contains(operation.common)
        let isOwn = operation.common == nil && !operation.costs
        let isPage = isOfOrders && (isHTML || listed == nil && !text.isEmpty) || isOwn && isHTML
        if isPage, [401, 403, 404].contains(status) { return .unavailable }
        return listed ?? ErrorMap.meaning(ofStatus: status)
    }

    // Not JSON: an error by its status, plain text for a function, or an empty body that is enough.
    private func readUnparsed(
        _ response: ProviderResponse,
        _ text: String,
        _ parsed: Result<JSON, JSONError>,
        _ call: Call
    ) async throws(MoonlineError) -> OperationResult {
        guard (200..<300).contains(response.status) else {
            let code = meaning(ofStatus: response.status, under: text)
            throw error(code, text.hasPrefix("<") ? "" : text, response)
        }
        if case .function(let function) = rule.shape {
            return try await evaluate(
                function, .string(response.plainText.trimmed), response, call)
        }
        // "No Content" is all that such an answer can say.
        if text.isEmpty, rule.success == nil || response.status == 204 {
            if case .nothing = rule.shape { return .nothing }
            if case .whole = rule.shape { return .nothing }
        }
        var reason = "'\(text.firstLine)'"
        if text.isEmpty {
            let isChange = operation.common?.isRead == false
            reason =
                "an empty answer"
                + (isChange ? "; where that is a success, leave reply and success out" : "")
        } else if text.hasPrefix("<") {
            reason = "an HTML page"
        } else if case .failure(let error) = parsed, !rule.shape.isText, !text.isEmpty {
            reason = "no JSON (\(error))"
        }
        throw MoonlineError(.protocol, "\(definition.id) answered \(operation.name) with \(reason)")
    }

    private func result(
        _ body: JSON,
        _ response: ProviderResponse,
        _ call: Call
    ) async throws(MoonlineError) -> OperationResult {
        if case .function(let function) = rule.shape {
            return try await evaluate(function, value(in: body) ?? .null, response, call)
        }
        if case .nothing = rule.shape { return .nothing }
        guard let value = value(in: body) else {
            throw MoonlineError(
                .protocol,
                "the reply has nothing at '\(rule.value?.source ?? "$")', where \(operation.name) "
                    + "has its value")
        }
        let normalizer = RecordNormalizer(definition, operation)
        switch rule.shape {
        case .record(let rules):
            var room = RecordRoom()
            var record = try await normalizer.record(value, keys: [], rules, &room, call)
            record.unread = room.unread
            try check(value, says: record)
            let checked = try normalizer.completed(record, rules)
            return operation.common?.isList == true ? .list([checked]) : .record(checked)
        case .list(let each, let rules):
            let items = try each.items(in: value)
            let rule = rules.first { $0.name == "id" }
            return try await normalizer.list(
                of: items, rules.count, id: { rule?.plainValue(of: $0.value, keys: $0.keys) }
            ) { item, room throws(MoonlineError) in
                let record = try await normalizer.record(
                    item.value, keys: item.keys, rules, &room, call)
                return try normalizer.completed(record, rules)
            }
        case .text:
            throw MoonlineError(
                .protocol,
                "\(definition.id) answered \(operation.name) with "
                    + "'\(response.text.firstLine)'")
        case .nothing, .whole, .function: return .value(value)
        }
    }

    // A front's "[]" is no proof that an order was cancelled, where the definition says what the
    // provider answers then; a read without anything in it may well be empty.
    private func check(_ value: JSON, says record: Record) throws(MoonlineError) {
        if case .object = value { return }
        guard record.fields.isEmpty, operation.common?.isRead == false else { return }
        throw MoonlineError(
            .protocol, "\(definition.id)'s answer to \(operation.name) is no object with its fields"
        )
    }

    private func value(in body: JSON) -> JSON? {
        guard let path = rule.value else { return body }
        return path.value(in: body)
    }

    private func evaluate(
        _ function: LuaFunction,
        _ body: JSON,
        _ response: ProviderResponse,
        _ call: Call
    ) async throws(MoonlineError) -> OperationResult {
        let described: LuaValue = .table(LuaTable(["status": .integer(Int64(response.status))]))
        let values = try await call(function, [body.luaValue, described])
        guard let value = values.first, !value.isAbsent else {
            throw MoonlineError(
                .protocol,
                "the reply function of \(operation.name) returned "
                    + "nothing")
        }
        return try await RecordNormalizer(definition, operation).result(value)
    }

    private func failure(
        _ body: JSON,
        _ response: ProviderResponse,
        _ call: Call
    ) async -> MoonlineError {
        let isSuccess = (200..<300).contains(response.status)
        let code =
            rule.errors.meaning(of: body, status: response.status)
            ?? (isSuccess ? .protocol : ErrorMap.meaning(ofStatus: response.status))
        let text =
            rule.errors.message?.value(in: body)?.text
            ?? rule.errors.code?.value(in: body)?.text ?? ""
        var failure = error(code, text, response)
        let said = rule.errors.code?.value(in: body)?.text
        if let said, rule.nothingBought.contains(said) { failure.provesNothingBought = true }
        if failure.retryAfter == nil, let rule = rule.errors.retryAfter {
            failure.retryAfter = await delay(rule, body, call)
        }
        return failure
    }

    private func delay(
        _ rule: ErrorMap.RetryAfter,
        _ body: JSON,
        _ call: Call
    ) async -> Duration? {
        let text: String?
        switch rule {
        case .path(let path): text = path.value(in: body)?.text
        case .function(let function):
            text = try? await call(function, [body.luaValue]).first?.plainText
        }
        return text.flatMap { RetryAfterHeader.delay(seconds: $0) }
    }

    private func error(
        _ code: ErrorCode,
        _ text: String,
        _ response: ProviderResponse
    ) -> MoonlineError {
        var said = text.firstLine.isEmpty ? "HTTP \(response.status)" : text.firstLine
        if let target = response.header("location"), (300..<400).contains(response.status) {
            said = "HTTP \(response.status) to \(target.firstLine), and no redirect is followed"
        }
        var error = MoonlineError(
            code,
            "\(definition.id): \(code.meaning) (\(said))",
            retryAfter: RetryAfterHeader.delay(in: response)
        )
        error.provesNothingBought =
            rule.nothingBought.contains(String(response.status))
            || rule.nothingBought.contains(text)
        return error
    }
}

extension String {
    /// Without blanks and line ends around it.
    var trimmed: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return String(self[start..<end])
    }

    /// Without control characters, which end lines and move cursors; blanks stand for them.
    package var oneLine: String {
        var plain = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            let isPrintable =
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator: false
                default: true
                }
            plain.append(isPrintable ? scalar : " ")
        }
        return String(plain)
    }

    /// One line that fits a message: not too long.
    var firstLine: String {
        let start = unicodeScalars.prefix(4 * ReplyReader.messageCharactersMaximum)
        let line = String(String.UnicodeScalarView(start)).oneLine.trimmed
        let limit = ReplyReader.messageCharactersMaximum
        return line.count > limit ? line.prefix(limit) + "…" : line
    }
}
