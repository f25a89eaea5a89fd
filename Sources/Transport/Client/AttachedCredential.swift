package import Definitions

/// A credential in the place where a request carries it.
package struct AttachedCredential: Sendable, Hashable {
    package let place: CredentialPlace
    package let secret: Secret

    package init(_ place: CredentialPlace, _ secret: Secret) {
        self.place = place
        self.secret = secret
    }
}
