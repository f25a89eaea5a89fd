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
        reader.refuseUnknownKeys(of: node, known: [FormatTable.authSetting.name] + choices)
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
        reader.refuseUnknownKeys(of: node, known: .auth)
        guard let table = reader.table(node) else { return nil }
        let login = node.child("login", table["login"])
        let scheme = login.value == .nil ? nil : LoginSchema.read(login, credentials, &reader)
        let known = credentials + (login.value == .nil ? [] : [LoginScheme.credential])
        let parts = parts(node, table, known, &reader)
        if Set(parts.compactMap(\.place.contentType)).count > 1 {
            reader.report(node, "a body is either json or form")
        }
        var signer: String?
        if table["hmac"] != .nil {
            signer = credential(node.child("hmac", table["hmac"]), credentials, &reader)
        }
        if parts.isEmpty, signer == nil, reader.problems.isEmpty {
            reader.report(
                node, "say where the credential goes: bearer, basic, header, query, json or form")
        }
        return AuthScheme(parts, login: scheme, signer: signer)
    }

    /// The places that a table names: `bearer`, `basic`, and the members of `header`, `query`,
    /// `json` and `form`.
    ///
    /// - Parameter takesConstants: whether a member of a body may be a text of its own.
    static func parts(
        _ node: SchemaNode,
        _ table: LuaTable,
        _ credentials: [String],
        takesConstants: Bool = false,
        _ reader: inout SchemaReader
    ) -> [AuthScheme.Part] {
        var parts: [AuthScheme.Part] = []
        if table["bearer"] != .nil {
            let name = credential(node.child("bearer", table["bearer"]), credentials, &reader)
            parts += name.map { [AuthScheme.Part(.bearer, $0)] } ?? []
        }
        if table["basic"] != .nil {
            parts += basic(node.child("basic", table["basic"]), credentials, &reader)
        }
        for (key, value) in reader.named(node.child("header", table["header"])) {
            if !HeaderRules.isName(key) {
                reader.report(value, "'\(key)' is no name for a header")
            } else if key.lowercased() != "authorization", !HeaderRules.isAllowed(key) {
                reader.report(value, "'\(key)' is set by the core, so it cannot carry a key")
            }
            let prefix = prefix(of: value)
            let name = credential(value, credentials, after: prefix, &reader)
            parts += name.map { [AuthScheme.Part(.header(key), $0, prefix: prefix)] } ?? []
        }
        for (key, value) in reader.named(node.child("query", table["query"])) {
            let name = credential(value, credentials, &reader)
            parts += name.map { [AuthScheme.Part(.query(key), $0)] } ?? []
        }
        for (key, value) in reader.named(node.child("json", table["json"]))
        where !takesConstants || !isConstant(value) {
            let name = credential(value, credentials, &reader)
            parts += name.map { [AuthScheme.Part(.json(key), $0)] } ?? []
        }
        for (key, value) in reader.named(node.child("form", table["form"]))
        where !takesConstants || !isConstant(value) {
            let name = credential(value, credentials, &reader)
            parts += name.map { [AuthScheme.Part(.form(key), $0)] } ?? []
        }
        return parts
    }

    // `{user}:{password}`, or `{api_key}:` where a key is the user and there is no password.
    private static func basic(
        _ node: SchemaNode,
        _ credentials: [String],
        _ reader: inout SchemaReader
    ) -> [AuthScheme.Part] {
        guard let text = reader.text(node) else { return [] }
        let names = text.split(separator: ":", omittingEmptySubsequences: false).map { half in
            credentials.first { half == "{\($0)}" }
        }
        guard names.count == 2, let user = names[0], names[1] != nil || text.hasSuffix(":") else {
            reader.report(
                node,
                "\"{user}:{password}\" or \"{api_key}:\" was expected, with names of credentials, "
                    + "not '\(text)'")
            return []
        }
        return [AuthScheme.Part(.basic, user, password: names[1])]
    }

    /// The members of a body that are no credentials.
    static func constants(
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> [(name: String, value: String)] {
        node.namedFields.filter { isConstant($0.node) }.compactMap { name, value in
            reader.text(value).map { (name, $0) }
        }
    }

    private static func isConstant(_ node: SchemaNode) -> Bool {
        !(node.value.text ?? "{").contains { $0 == "{" || $0 == "}" }
    }

    // `Token {api_key}` is the word that some providers want before the key.
    private static func prefix(of node: SchemaNode) -> String {
        let text = node.value.text ?? ""
        let prefix = text.prefix { $0 != "{" }
        return prefix.count < text.count && HeaderRules.isValue(String(prefix))
            ? String(prefix) : ""
    }

    private static func credential(
        _ node: SchemaNode,
        _ credentials: [String],
        after prefix: String = "",
        _ reader: inout SchemaReader
    ) -> String? {
        guard let text = reader.text(node) else { return nil }
        let name = String(text.dropFirst(prefix.count + 1).dropLast())
        if text == "\(prefix){\(name)}", credentials.contains(name) { return name }
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
        "te", "trailer", "upgrade", "expect", "content-type", "keep-alive", "accept-encoding",
        "cookie2", "set-cookie", "forwarded", "via", "http2-settings", "x-http-method-override",
        "x-http-method", "x-method-override", "x-original-url", "x-rewrite-url",
        "content-encoding",
    ]

    /// Headers of one request that a function makes, and bytes of each: what servers take.
    static let countMaximum = 32
    static let valueBytesMaximum = 4096

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

    /// Why a definition may not set a header.
    static func reason(against name: String) -> String {
        guard isName(name) else { return "is no name for a header" }
        return name.lowercased() == "authorization"
            ? "is set by the core; a key goes into auth" : "is set by the core"
    }

    static func isAllowed(_ name: String) -> Bool {
        // Some servers read both signs alike.
        let lower = String(name.lowercased().map { $0 == "_" ? "-" : $0 })
        return isName(name) && !refused.contains(lower) && !lower.hasPrefix("proxy-")
            && !lower.hasPrefix("x-forwarded-")
    }
}
