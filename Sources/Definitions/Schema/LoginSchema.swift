import LuaSandbox

/// Reads how an account logs in before its other requests.
enum LoginSchema {
    static func read(
        _ node: SchemaNode,
        _ credentials: [String],
        _ reader: inout SchemaReader
    ) -> LoginScheme? {
        reader.refuseUnknownKeys(of: node, known: .login)
        guard let table = reader.table(node) else { return nil }
        let method = table["get"] == .nil ? HTTPMethod.post : .get
        let path = reader.required(
            node.child(method.rawValue, table[method.rawValue]), "post = \"/auth\"")
        let token = reader.required(node.child("token", table["token"]), "token = \"data.token\"")
        let expiresAt = reader.text(node.child("expires_at", table["expires_at"]))
        let expiresIn = reader.text(node.child("expires_in", table["expires_in"]))
        let lifetime = reader.duration(node.child("lifetime", table["lifetime"]))
        let parts = AuthSchema.parts(node, table, credentials, takesConstants: true, &reader)
        let body = body(node, table, &reader)
        if method == .get, parts.contains(where: \.place.isInBody) || body != nil {
            reader.report(node, "a GET has no body; write post = \"…\"")
        }
        guard let path, let token else { return nil }
        guard path.hasPrefix("/"), (try? BaseURL(parsing: "https://host" + path)) != nil else {
            reader.report(
                node.child(method.rawValue, table[method.rawValue]),
                "'\(path)' is no plain path such as \"/auth\"")
            return nil
        }
        if parts.isEmpty {
            reader.report(
                node,
                "carries no credential, for example header = { [\"X-Api-Key\"] = \"{api_key}\" }")
        }
        return LoginScheme(
            method: method, path: path, parts: parts, body: body,
            bodyType: table["json"] != .nil
                ? ProviderRequest.jsonType : table["form"] != .nil ? ProviderRequest.formType : nil,
            token: FieldPath(token),
            expiresAt: expiresAt.map { FieldPath($0) },
            expiresIn: expiresIn.map { FieldPath($0) },
            lifetime: lifetime ?? LoginScheme.lifetimeDefault
        )
    }

    // What is no credential, such as `grant_type = "password"`.
    private static func body(
        _ node: SchemaNode,
        _ table: LuaTable,
        _ reader: inout SchemaReader
    ) -> [UInt8]? {
        let json = AuthSchema.constants(node.child("json", table["json"]), &reader)
        let form = AuthSchema.constants(node.child("form", table["form"]), &reader)
        if table["json"] != .nil, table["form"] != .nil {
            reader.report(node, "a body is either json or form")
        }
        if !json.isEmpty {
            let members = json.map { JSON.Member($0.name, .string($0.value)) }
            return Array(JSON.object(members).serialized.utf8)
        }
        let pairs = form.map {
            PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value)
        }
        return pairs.isEmpty ? nil : Array(pairs.joined(separator: "&").utf8)
    }
}
