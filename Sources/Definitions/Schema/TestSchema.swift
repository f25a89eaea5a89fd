import LuaSandbox
import OrderKernel

/// Reads the tests of a definition.
enum TestSchema {
    static func readAll(
        _ node: SchemaNode,
        operations: [String: Operation],
        _ reader: inout SchemaReader
    ) -> [DefinitionTest] {
        guard reader.table(node) != nil else { return [] }
        reader.refuseUnknownKeys(of: node, known: ["[1]"])
        return node.items.enumerated().compactMap { index, child in
            read(index + 1, child, operations, &reader)
        }
    }

    private static func read(
        _ number: Int,
        _ node: SchemaNode,
        _ operations: [String: Operation],
        _ reader: inout SchemaReader
    ) -> DefinitionTest? {
        guard let table = reader.table(node) else { return nil }
        reader.refuseUnknownKeys(of: node, known: .test)
        guard let name = table.items.first?.text else {
            reader.report(node, "begins with the operation: { \"balance\", {}, reply = { … } }")
            return nil
        }
        if operations[name] == nil, !reader.isFull {
            let near = NearestNames.of(name, among: operations.keys.sorted(), limit: 1).first
            let hint = near.map { ", did you mean '\($0)'?" } ?? ""
            reader.report(node, "there is no operation '\(name)'\(hint)")
        }
        var arguments: [String: LuaValue] = [:]
        if table.items.count > 1 {
            for (key, child) in reader.named(node.child("[2]", table.items[1])) {
                arguments[key] = child.value
            }
        }
        if table.items.count > 2 {
            reader.report(
                node.path + ["[3]"], "is too much: a test has its operation and its arguments")
        }
        refuseUnknown(arguments, of: operations[name], node.path + ["[2]"], &reader)
        if table["gives"] != .nil, table["fails"] != .nil {
            reader.report(node, "either gives a result or fails, not both")
        }
        let replies = list(node, table, one: "reply", many: "replies").compactMap {
            reply($0, &reader)
        }
        let settings = node.child("settings", table["settings"]).namedFields
        return DefinitionTest(
            number: number,
            line: reader.line(of: node),
            operation: name,
            arguments: Arguments(arguments),
            settings: Dictionary(
                uniqueKeysWithValues: settings.map {
                    ($0.key, $0.node.value.plainText ?? "")
                }),
            sends: list(node, table, one: "sends", many: nil).compactMap { expected($0, &reader) },
            replies: replies,
            gives: table["gives"] == .nil
                ? nil : json(node.child("gives", table["gives"]), &reader),
            fails: fails(node.child("fails", table["fails"]), &reader)
        )
    }

    private static func refuseUnknown(
        _ arguments: [String: LuaValue],
        of operation: Operation?,
        _ path: SourceMap.KeyPath,
        _ reader: inout SchemaReader
    ) {
        guard let operation, !operation.isFunction else { return }
        let taken = operation.argumentNames.map { $0.hasSuffix("?") ? String($0.dropLast()) : $0 }
        let known = taken + (operation.common?.arguments ?? [])
        for name in arguments.keys.sorted() where !known.contains(name) && !reader.isFull {
            let near = NearestNames.of(name, among: known, limit: 1).first
            let hint = near.map { ", did you mean '\($0)'?" } ?? ""
            reader.report(path + [name], "is no argument of \(operation.name)\(hint)")
        }
    }

    // A table alone, or a list of them.
    private static func list(
        _ node: SchemaNode,
        _ table: LuaTable,
        one: String,
        many: String?
    ) -> [SchemaNode] {
        if let many, table[many] != .nil { return node.child(many, table[many]).items }
        let child = node.child(one, table[one])
        if child.value == .nil { return [] }
        let items = child.items
        return items.isEmpty ? [child] : items
    }

    private static func reply(
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> ProviderResponse? {
        reader.refuseUnknownKeys(of: node, known: .reply)
        guard let table = reader.table(node) else { return nil }
        var response = ProviderResponse(
            status: reader.count(node.child("status", table["status"])) ?? 200, body: []
        )
        response.headers = node.child("headers", table["headers"]).namedFields.map {
            .init($0.key, $0.node.value.plainText ?? "")
        }
        if table["json"] != .nil {
            let body = json(node.child("json", table["json"]), &reader)
            response.body = Array((body ?? .null).serialized.utf8)
        } else {
            let text = table["text"] == .nil ? table["body"] : table["text"]
            response.body = Array((text.text ?? "").utf8)
        }
        return response
    }

    private static func json(_ node: SchemaNode, _ reader: inout SchemaReader) -> JSON? {
        do {
            return try JSON(node.value)
        } catch {
            reader.report(node, error.reason)
            return nil
        }
    }

    private static func expected(
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> DefinitionTest.Sent? {
        reader.refuseUnknownKeys(of: node, known: .sent)
        guard let table = reader.table(node) else { return nil }
        return DefinitionTest.Sent(
            method: reader.text(node.child("method", table["method"])),
            path: reader.text(node.child("path", table["path"])),
            json: table["json"] == .nil ? nil : json(node.child("json", table["json"]), &reader),
            form: table["form"] == .nil ? nil : texts(node.child("form", table["form"])),
            headers: texts(node.child("headers", table["headers"])),
            auth: reader.text(node.child("auth", table["auth"]))
        )
    }

    private static func texts(_ node: SchemaNode) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: node.namedFields.map {
                ($0.key, $0.node.value.plainText ?? "")
            })
    }

    private static func fails(
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> DefinitionTest.Failure? {
        if node.value == .nil { return nil }
        guard let table = node.value.table else {
            return reader.errorCode(node).map { DefinitionTest.Failure(code: $0) }
        }
        reader.refuseUnknownKeys(of: node, known: .failure)
        if table["code"] == .nil {
            reader.report(node, "the code is missing, for example fails = { code = \"auth\" }")
        }
        guard let code = reader.errorCode(node.child("code", table["code"])) else { return nil }
        let seconds = table["retry_after"].plainText.flatMap { ExactDecimal($0) }
        return DefinitionTest.Failure(
            code: code,
            message: table["message"].text,
            retryAfter: seconds?.millionths.map { .microseconds($0) }
        )
    }
}
