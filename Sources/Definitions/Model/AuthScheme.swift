/// Where an account's credentials go: attached after the request is built, never seen by Lua.
package struct AuthScheme: Sendable, Hashable {
    /// What every request carries, in the order of the file's text.
    package let parts: [Part]
    /// How the token is got that the part `login` stands for.
    package let login: LoginScheme?
    /// The credential with which functions may sign, beside what goes with every request.
    package let signer: String?

    /// One credential in its place.
    package struct Part: Sendable, Hashable {
        package let place: CredentialPlace
        package let credential: String
        /// What stands before it in a header, such as `Token `.
        package let prefix: String
        /// The password that stands behind a user's name; `nil` for an empty one.
        package let password: String?

        package init(
            _ place: CredentialPlace,
            _ credential: String,
            prefix: String = "",
            password: String? = nil
        ) {
            self.place = place
            self.credential = credential
            self.prefix = prefix
            self.password = password
        }
    }

    /// No credential at all.
    package static let none = AuthScheme([])

    package init(_ parts: [Part], login: LoginScheme? = nil, signer: String? = nil) {
        self.parts = parts
        self.login = login
        self.signer = signer
    }

    /// The names of the credentials that an account needs, each once.
    package var credentials: [String] {
        let names =
            ((login?.parts ?? []) + parts).flatMap { part in
                [part.credential] + (part.password.map { [$0] } ?? [])
            } + (signer.map { [$0] } ?? [])
        return names.enumerated().filter { index, name in
            name != LoginScheme.credential && !names[..<index].contains(name)
        }
        .map(\.element)
    }

    /// How a test in a file writes it.
    package var label: String {
        parts.isEmpty ? Self.noneLabel : parts.map(\.place.label).joined(separator: " and ")
    }

    /// How a test writes that nothing is sent.
    package static let noneLabel = "none"
}
