package import Definitions

/// A credential in the place where a request carries it.
package struct AttachedCredential: Sendable, Hashable {
    package let place: CredentialPlace
    package let secret: Secret
    /// What stands before it in a header.
    package let prefix: String

    package init(_ place: CredentialPlace, _ secret: Secret, prefix: String = "") {
        self.place = place
        self.secret = secret
        self.prefix = prefix
    }
}
