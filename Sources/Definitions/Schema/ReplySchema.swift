import LuaSandbox
import OrderKernel

/// Reads how a reply becomes a result.
enum ReplySchema {
    static func read(
        _ name: String,
        _ node: SchemaNode,
        _ table: LuaTable,
        _ defaults: ReplyRule,
        _ reader: inout SchemaReader
    ) -> ReplyRule {
        var rule = defaults
        rule.shape = shape(name, node, table, &reader)
        if let value = reader.text(node.child("value", table["value"])) {
            rule.value = FieldPath(value)
        }
        rule.success =
            success(node.child("success", table["success"]), &reader)
            ?? defaults.success
        rule.errors = ErrorSchema.read(node.child("errors", table["errors"]), &reader)
            .over(defaults.errors)
        return rule
    }

    private static func shape(
        _ name: String,
        _ node: SchemaNode,
        _ table: LuaTable,
        _ reader: inout SchemaReader
    ) -> ReplyRule.Shape {
        let common = CommonOperation(rawValue: name)
        let reply = node.child("reply", table["reply"])
        let text = node.child("text", table["text"])
        let each = node.child("each", table["each"])
        if text.value != .nil {
            if reply.value != .nil { reader.report(reply, "a reply is either text or JSON") }
            return .text(patterns(text, common, &reader))
        }
        if case .function(let function) = reply.value { return .function(function) }
        guard reader.table(reply) != nil else {
            let needed = common == .check ? ["status"] : common?.requiredFields ?? []
            if !needed.isEmpty {
                let fields = needed.map { "\($0) = \"path\"" }
                reader.report(
                    reply,
                    "is missing: \(name) needs "
                        + "reply = { \(fields.joined(separator: ", ")) }")
            }
            return common == nil ? .whole : .nothing
        }
        let rules = fields(reply, isCommon: common != nil, &reader)
        requireFields(of: common, rules.map(\.name), reply, &reader)
        guard let path = reader.text(each) else {
            if let common, common.isList, common != .offers {
                reader.report(
                    node,
                    "each is missing: \(name) gives a list, so say where its items "
                        + "are, for example each = \"items[]\"")
            }
            return .record(rules)
        }
        guard let path = EachPath(path) else {
            reader.report(
                each,
                "'\(path)' is no list: write \"items[]\", \"[]\", \"items.*\" "
                    + "or \"*\"")
            return .record(rules)
        }
        if let common, !common.isList {
            reader.report(
                each,
                "\(name) gives one record, not a list; name its place by value = \"data\", or "
                    + "use a function as reply")
        }
        return .list(path, rules)
    }

    private static func requireFields(
        of common: CommonOperation?,
        _ names: [String],
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) {
        for field in common?.requiredFields ?? [] where !names.contains(field) {
            // One that is nearly it is reported as a slip, at its own line.
            if names.contains(where: { EditDistance.between($0, field, atMost: 1) != nil }) {
                continue
            }
            let near = NearestNames.of(field, among: names, limit: 1).first
            let hint = near.map { "; is '\($0)' meant?" } ?? ""
            reader.report(node, "the field '\(field)' is missing\(hint)")
        }
        let evidence = ["status", "code", "message", "messages"]
        if common == .check || common == .list, !names.contains(where: evidence.contains) {
            reader.report(node, "one of \(evidence.joined(separator: ", ")) is needed")
        }
    }

    private static func fields(
        _ node: SchemaNode,
        isCommon: Bool,
        _ reader: inout SchemaReader
    ) -> [FieldRule] {
        if let first = node.items.first {
            reader.report(first, "a field needs a name: field = \"path\"")
        }
        reader.refuseMany(node.namedFields.count, in: node)
        return node.namedFields.compactMap { name, child in
            if isCommon { refuseMisspelt(name, child, &reader) }
            return source(name, child, &reader).map { FieldRule(name: name, source: $0) }
        }
    }

    // Fields of other names are passed on as they are; one that is nearly known is a slip.
    private static func refuseMisspelt(
        _ name: String,
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) {
        guard ReplyField.byName[name] == nil, !["each", "newest"].contains(name) else { return }
        // Short names have too many neighbours.
        let known = ReplyField.all.map(\.name).filter { $0.count >= 5 }
        let isSlip = known.contains { EditDistance.between(name, $0, atMost: 1) != nil }
        guard isSlip, let near = NearestNames.of(name, among: known, limit: 1).first else { return }
        reader.report(node, "unknown field, did you mean '\(near)'?")
    }

    private static func source(
        _ name: String,
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> FieldRule.Source? {
        switch node.value {
        case .function(let function): return .function(function)
        case .string(let text) where text.hasPrefix("="):
            let constant = String(text.dropFirst())
            if name == "status" { checkStatus(constant, node, &reader) }
            return .constant(constant)
        case .string(let text) where text.hasPrefix("$") && text.count > 1:
            guard let position = Int(text.dropFirst()), position > 0 else {
                reader.report(node, "'\(text)' is no key: $1 is that of the first star")
                return nil
            }
            return .key(position)
        case .string(let text) where !text.isEmpty:
            if name != "each", let problem = FieldPath.problem(in: text) {
                reader.report(node, problem)
            }
            return .path(FieldPath(text))
        case .table(let table) where name == "messages": return messages(node, table, &reader)
        case .table: return translation(name, node, &reader)
        default:
            reader.report(
                node,
                "a path such as \"data.\(name)\" was expected, "
                    + "not \(node.value.shown)")
            return nil
        }
    }

    private static func checkStatus(
        _ text: String,
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) {
        let status = SchemaNode(.string(text), node.path)
        if OrderStatus(rawValue: text) == nil {
            _ = reader.word(status, among: OrderStatus.allCases)
        }
    }

    private static func messages(
        _ node: SchemaNode,
        _ table: LuaTable,
        _ reader: inout SchemaReader
    ) -> FieldRule.Source? {
        reader.refuseUnknownKeys(of: node, known: .messages)
        guard let each = reader.text(node.child("each", table["each"])),
            let path = EachPath(each)
        else {
            reader.report(node, "say where the messages are: each = \"messages[]\"")
            return nil
        }
        let order = node.child("newest", table["newest"])
        let newest =
            table["newest"].isAbsent ? nil : reader.word(order, among: MessagePlace.allCases)
        let rules = fields(node, isCommon: true, &reader)
            .filter { !["each", "newest"].contains($0.name) }
        if !rules.contains(where: { $0.name == "text" || $0.name == "code" }) {
            reader.report(node, "the field 'text' is missing")
        }
        return .messages(path, rules, newest: newest ?? .last)
    }

    private static func translation(
        _ name: String,
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> FieldRule.Source? {
        guard let table = reader.table(node), table.items.count == 1,
            let path = table.items.first?.text
        else {
            reader.report(
                node,
                "write { \"path\", raw = \"meaning\" }; numbers are written as text, "
                    + "[\"1\"] = \"meaning\"")
            return nil
        }
        var meanings: [String: String] = [:]
        for (key, value) in table.fields {
            let child = node.child(key.description, value)
            guard let meaning = reader.text(child) else { continue }
            if name == "status" { checkStatus(meaning, child, &reader) }
            meanings[key.raw] = meaning
        }
        return .translation(FieldPath(path), meanings)
    }

    private static func patterns(
        _ node: SchemaNode,
        _ common: CommonOperation?,
        _ reader: inout SchemaReader
    ) -> [TextPattern] {
        reader.refuseMany(node.namedFields.count, in: node)
        var patterns: [TextPattern] = []
        if node.value.table?.fields.isEmpty == true {
            reader.report(node, "has no pattern: write text = { [\"OK:{id}\"] = {} }")
        }
        for (text, child) in reader.named(node) {
            guard child.value.table != nil else {
                _ = reader.table(child)
                continue
            }
            var fixed: [String: String] = [:]
            for (field, value) in reader.named(child) {
                fixed[field] =
                    field == "status"
                    ? reader.word(value, among: OrderStatus.allCases)?.rawValue
                    : reader.text(value)
            }
            do {
                let pattern = try TextPattern(text, fields: fixed)
                let names = pattern.names + child.namedFields.map(\.key)
                requireFields(of: common, names, child, &reader)
                patterns.append(pattern)
            } catch {
                reader.report(child, error.reason)
            }
        }
        return patterns.sorted { $0.literalCount > $1.literalCount }
    }

    static func success(_ node: SchemaNode, _ reader: inout SchemaReader) -> SuccessRule? {
        guard let table = reader.table(node) else { return nil }
        guard table.items.count == 1, let path = table.items.first?.text else {
            reader.report(node, "write { \"path\", [true] = true } or { \"status\", ok = true }")
            return nil
        }
        var accepted: Set<String> = []
        var refused: Set<String> = []
        for (key, value) in table.fields {
            switch value {
            case .boolean(true): accepted.insert(key.raw)
            case .boolean(false): refused.insert(key.raw)
            default: reader.report(node.child(key.description, value), "true or false was expected")
            }
        }
        // A position that Lua lost, as in { "status", [1] = true }, must not pass as "any".
        if table.fields.isEmpty {
            reader.report(node, "no value is marked: write { \"status\", ok = true }")
        }
        return SuccessRule(path: FieldPath(path), accepted: accepted, refused: refused)
    }
}

extension LuaTable.Key {
    /// The key as the text that a reply holds.
    var raw: String {
        switch self {
        case .string(let text): text
        case .integer(let value): String(value)
        case .number(let value): "\(value)"
        case .boolean(let value): value ? "true" : "false"
        }
    }
}
