import LuaSandbox

/// Reads how credentials are sent.
enum AuthSchema {
    static func read(
        _ node: SchemaNode,
        credentials: [String],
        settings: [String: [String]],
        _ reader: inout SchemaReader
    ) -> ProviderDefinition.Auth? {
        guard let table = reader.table(node) else {
            if !credentials.isEmpty {
                reader.report(
                    node,
                    "is missing: say where the credential goes, for example "
                        + "auth = { bearer = \"{\(credentials[0])}\" }")
            }
            return ProviderDefinition.Auth(choices: [""], schemes: ["": .none])
        }
        guard let setting = reader.text(node.child("setting", table["setting"])) else {
            guard let scheme = scheme(node, credentials, &reader) else { return nil }
            return ProviderDefinition.Auth(choices: [""], schemes: ["": scheme])
        }
        guard let choices = settings[setting] else {
            reader.report(
                node.child("setting", table["setting"]),
                "'\(setting)' is not declared; add settings = { \(setting) = { … } }")
            return nil
        }
        reader.refuseUnknownKeys(of: node, known: ["setting"] + choices)
        var schemes: [String: AuthScheme] = [:]
        for choice in choices {
            let child = node.child(choice, table[choice])
            if child.value == .nil {
                reader.report(node, "the choice '\(choice)' of the setting is missing")
            }
            schemes[choice] = scheme(child, credentials, &reader)
        }
        return ProviderDefinition.Auth(setting: setting, choices: choices, schemes: schemes)
    }

    private static func scheme(
        _ node: SchemaNode,
        _ credentials: [String],
        _ reader: inout SchemaReader
    ) -> AuthScheme? {
        reader.refuseUnknownKeys(of: node, known: ["bearer", "header", "query"])
        guard let table = reader.table(node) else { return nil }
        if table["bearer"] != .nil {
            let name = credential(node.child("bearer", table["bearer"]), credentials, &reader)
            return name.map { .bearer(credential: $0) }
        }
        for kind in ["header", "query"] {
            let child = node.child(kind, table[kind])
            guard let (key, value) = child.namedFields.first else { continue }
            guard let name = credential(value, credentials, &reader) else { return nil }
            guard kind == "query" || HeaderRules.isName(key) else {
                reader.report(value, "'\(key)' is no name for a header")
                return nil
            }
            return kind == "header"
                ? .header(name: key, credential: name) : .query(name: key, credential: name)
        }
        reader.report(node, "say where the credential goes: bearer, header or query")
        return nil
    }

    private static func credential(
        _ node: SchemaNode,
        _ credentials: [String],
        _ reader: inout SchemaReader
    ) -> String? {
        guard let text = reader.text(node) else { return nil }
        let name = String(text.dropFirst().dropLast())
        if text == "{\(name)}", credentials.contains(name) { return name }
        let known = credentials.map { "\"{\($0)}\"" }.joined(separator: " or ")
        reader.report(
            node,
            known.isEmpty
                ? "declare the credential: credentials = { api_key = { label = \"API key\" } }"
                : "\(known) was expected, not '\(text)'")
        return nil
    }
}

/// Which headers a definition may set itself.
enum HeaderRules {
    private static let refused: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "cookie", "authorization",
        "te", "trailer", "upgrade", "expect", "content-type",
    ]

    static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                byte > 0x20 && byte < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains(byte)
            }
    }

    /// Whether the text fits into one header: a line end would begin another one.
    static func isValue(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }

    static func isAllowed(_ name: String) -> Bool {
        let lower = name.lowercased()
        return isName(name) && !refused.contains(lower) && !lower.hasPrefix("proxy-")
    }
}
