import LuaSandbox
import OrderKernel

/// Brings what a reply or a function gave into the normal form, and checks that nothing is missing.
struct RecordNormalizer: Sendable {
    private let currency: String?
    private let unit: ProviderDefinition.AmountUnit
    private let timeZone: Duration
    private let operation: Operation

    init(_ definition: ProviderDefinition, _ operation: Operation) {
        currency = definition.currency
        unit = definition.amountUnit
        timeZone = definition.timeZone
        self.operation = operation
    }

    /// The fields of one item of a reply.
    func record(
        _ item: JSON,
        keys: [String],
        _ rules: [FieldRule],
        _ room: inout RecordRoom,
        _ call: ReplyReader.Call
    ) async throws(MoonlineError) -> Record {
        var record = Record()
        // All functions get the same, however many there are.
        let isForLua = rules.contains { if case .function = $0.source { true } else { false } }
        let item = Item(json: item, keys: keys, luaValue: isForLua ? item.luaValue : .nil)
        for rule in rules {
            guard let raw = try await value(of: rule, item, &room, call) else { continue }
            guard !Self.isBlank(raw, field: rule.name) else { continue }
            let value = try readable(rule.name, &room) { () throws(MoonlineError) in
                rule.source.isAuthors
                    ? try normalized(raw, field: rule.name) : try read(raw, field: rule.name)
            }
            guard let value else { continue }
            try room.take(value)
            record.note(value, as: rule.name)
            // A constant is the author's word.
            if rule.name == "status", case .constant = rule.source { record.infersStatus = true }
        }
        return record
    }

    /// What the fields of a record are read from.
    private struct Item {
        let json: JSON
        let keys: [String]
        let luaValue: LuaValue
    }

    private func found(
        _ path: FieldPath,
        _ item: Item,
        _ room: inout RecordRoom
    ) throws(MoonlineError) -> JSON? {
        var looks = 0
        let value = path.value(in: item.json, counting: &looks)
        try room.take(looks: looks)
        return value
    }

    private func value(
        of rule: FieldRule,
        _ item: Item,
        _ room: inout RecordRoom,
        _ call: ReplyReader.Call
    ) async throws(MoonlineError) -> JSON? {
        switch rule.source {
        case .path(let path): return try found(path, item, &room)
        case .key(let position):
            return position <= item.keys.count ? .string(item.keys[position - 1]) : nil
        case .constant(let text): return .string(text)
        case .translation(let path, let meanings):
            guard let raw = try found(path, item, &room) else { return nil }
            guard let meaning = raw.text.flatMap({ meanings[$0] }) else {
                throw MoonlineError(
                    .protocol,
                    "the reply has \(rule.name) "
                        + "'\(raw.text?.firstLine ?? "?")', which the definition does not list; "
                        + "add what it means to \(rule.name) = { … }")
            }
            return .string(meaning)
        case .function(let function):
            let values: [LuaValue]
            do throws(MoonlineError) {
                values = try await call(function, [item.luaValue])
            } catch {
                room.noteFailure()
                throw error
            }
            guard let value = values.first, value != .nil else { return nil }
            return try json(value)
        case .messages(let each, let rules, let newest):
            guard let items = try? each.items(in: item.json) else { return nil }
            try room.take(items: items.count, fields: rules.count)
            var messages: [JSON] = []
            for message in newest == .first ? items.reversed() : items {
                messages.append(try await record(message.value, keys: [], rules, &room, call).json)
            }
            return .array(messages)
        }
    }

    /// The fields of a text reply.
    func record(_ fields: [String: String]) throws(MoonlineError) -> Record {
        var record = Record()
        for (name, text) in fields { record.note(try read(.string(text), field: name), as: name) }
        return try completed(record)
    }

    /// What a function returned: a record, a list of records, or any value for an operation
    /// outside the common set.
    func result(_ value: LuaValue) async throws(MoonlineError) -> OperationResult {
        guard let common = operation.common else { return .value(try json(value)) }
        guard common.isList else {
            guard case .object(let members) = try json(value) else {
                throw MoonlineError(.protocol, "\(operation.name) has to give a table of fields")
            }
            return .record(
                try completed(try record(members), isReturned: true))
        }
        // An empty Lua table is an empty list here.
        let items = value.table?.items ?? []
        guard let table = value.table, table.fields.isEmpty else {
            throw MoonlineError(.protocol, "\(operation.name) has to give a list")
        }
        return try await list(of: items, 0, id: { (try? JSON($0.table?["id"] ?? .nil)) ?? nil }) {
            item, _ throws(MoonlineError) in
            guard case .object(let members) = try json(item) else {
                throw MoonlineError(.protocol, "\(operation.name) has to give a list of tables")
            }
            return try completed(try record(members), isReturned: true)
        }
    }

    /// The items of a list.
    ///
    /// One that cannot be read, of a status that is new or without a price, does not cost the
    /// others.
    ///
    /// - Parameters:
    ///   - fields: the most that one has.
    ///   - id: what one that cannot be read has for its id.
    /// - Throws: `MoonlineError` with `protocol` when none can be read, or nothing more.
    func list<Source>(
        of items: [Source],
        _ fields: Int,
        id: (Source) -> JSON?,
        _ read: (Source, inout RecordRoom) async throws(MoonlineError) -> Record
    ) async throws(MoonlineError) -> OperationResult {
        var room = RecordRoom()
        try room.take(items: items.count, fields: fields)
        var records: [Record] = []
        var failure: MoonlineError?
        var unreadIDs: Set<String>? = []
        for (index, item) in items.enumerated() {
            do throws(MoonlineError) {
                records.append(try await read(item, &room))
            } catch {
                guard !room.isOver else { throw error }
                failure = failure ?? error
                room.note(unread: "item \(index + 1) of \(items.count): \(error.message)")
                if let id = readable(id: id(item)) {
                    unreadIDs?.insert(id)
                } else {
                    unreadIDs = nil
                }
            }
        }
        if records.isEmpty, let failure { throw failure }
        return .list(records, unread: room.unread, unreadIDs: unreadIDs)
    }

    private func readable(id: JSON?) -> String? {
        guard let id, id != .null, !Self.isBlank(id, field: "id") else { return nil }
        return (try? normalized(id, field: "id"))?.text
    }

    private func record(_ members: [JSON.Member]) throws(MoonlineError) -> Record {
        var record = Record()
        var room = RecordRoom()
        for member in members
        where member.value != .null && !Self.isBlank(member.value, field: member.key) {
            let value = try readable(member.key, &room) { () throws(MoonlineError) in
                try normalized(member.value, field: member.key)
            }
            if let value { record.note(value, as: member.key) }
        }
        record.unread = room.unread
        return record
    }

    private func lacking(
        _ field: String,
        _ rules: [FieldRule],
        isReturned: Bool
    ) -> MoonlineError {
        if case .path(let path)? = rules.first(where: { $0.name == field })?.source {
            return MoonlineError(
                .protocol,
                "the reply has nothing at '\(path.source)', where \(operation.name) takes its "
                    + "field '\(field)'")
        }
        let what = isReturned ? "what the function returned" : "the reply"
        return MoonlineError(
            .protocol, "\(what) lacks the field '\(field)' that \(operation.name) needs")
    }

    // Providers write an empty text, `false` or 0 for a code that is not there yet.
    private static func isBlank(_ value: JSON, field: String) -> Bool {
        guard ["id", "phone", "code", "message", "text"].contains(field) else { return false }
        switch value {
        case .bool: return true
        case .number(let digits): return field == "code" && digits == "0"
        case .string(let text): return text.allSatisfy { $0.isWhitespace }
        default: return false
        }
    }

    private func readable(
        _ field: String,
        _ room: inout RecordRoom,
        _ read: () throws(MoonlineError) -> JSON
    ) throws(MoonlineError) -> JSON? {
        do throws(MoonlineError) {
            return try read()
        } catch {
            guard isBeside(field) else { throw error }
            room.note(unread: error.message)
            return nil
        }
    }

    // Of an order that was paid, a time or price that cannot be read must not cost the rest: its
    // id, its phone number, its code.
    private func isBeside(_ field: String) -> Bool {
        guard let common = operation.common, common.isOfOrder else { return false }
        return !common.requiredFields.contains(field)
            && [.amount, .count, .time, .remaining].contains(FieldType(field: field))
    }

    private func normalized(_ value: JSON, field: String) throws(MoonlineError) -> JSON {
        try FieldType(field: field).normalized(value, field: field, timeZone: timeZone)
    }

    // As the provider writes it; functions give amounts in the normal form.
    private func read(_ value: JSON, field: String) throws(MoonlineError) -> JSON {
        let plain = try normalized(value, field: field)
        guard unit == .cents, FieldType(field: field) == .amount,
            let cents = plain.text.flatMap({ ExactDecimal($0) })
        else { return plain }
        let whole = ExactDecimal(units: cents.units, scale: cents.scale + 2)
        return try normalized(.string(whole.description), field: field)
    }

    private func json(_ value: LuaValue) throws(MoonlineError) -> JSON {
        do {
            return try JSON(value)
        } catch {
            throw MoonlineError(
                .protocol,
                "the definition returned a value that is no data "
                    + "(\(error.reason))")
        }
    }

    /// The record with what follows from it: a code from the text, a status from the messages.
    ///
    /// - Parameters:
    ///   - rules: how the fields were found, where that is known.
    ///   - isReturned: whether a function of the file made the record.
    /// - Throws: `MoonlineError` with `protocol` when a field is missing that has to be there.
    func completed(
        _ record: Record,
        _ rules: [FieldRule] = [],
        isReturned: Bool = false
    ) throws(MoonlineError) -> Record {
        var record = record
        for field in operation.common?.requiredFields ?? [] where record[field] == nil {
            throw lacking(field, rules, isReturned: isReturned)
        }
        if record["amount"] != nil, record["currency"] == nil, let currency {
            record["currency"] = .string(currency)
        }
        guard operation.common == .check || operation.common == .list else { return record }
        let evidence = MessageEvidence(record)
        // Without a rule for the status, an order waits until its code or text is there.
        let waits =
            !rules.isEmpty
            && !rules.contains { $0.name == "status" || $0.name == "messages" }
        guard record["status"] != nil || evidence.isPresent || waits else {
            throw MoonlineError(
                .protocol,
                "\(isReturned ? "what the function returned" : "the reply") has neither a status "
                    + "nor messages")
        }
        if record["code"] == nil, let code = evidence.code { record["code"] = .string(code) }
        if record["message"] == nil, let text = evidence.text { record["message"] = .string(text) }
        if record["status"] == nil {
            let status: OrderStatus = evidence.hasArrived ? .received : .waiting
            record["status"] = .string(status.rawValue)
            record.infersStatus = true
        }
        return record
    }
}
