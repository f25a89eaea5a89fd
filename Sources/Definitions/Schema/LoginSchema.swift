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
        let lifetime = reader.duration(node.child("lifetime", table["lifetime"]))
        let parts = AuthSchema.parts(node, table, credentials, &reader)
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
            method: method, path: path, parts: parts, token: FieldPath(token),
            expiresAt: expiresAt.map { FieldPath($0) },
            lifetime: lifetime ?? LoginScheme.lifetimeDefault
        )
    }
}
