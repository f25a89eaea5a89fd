import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import X509

/// An authority that a test makes up, and certificates of it.
struct TestAuthority {
    private let key: P256.Signing.PrivateKey
    private let root: X509.Certificate

    init() throws {
        key = P256.Signing.PrivateKey()
        root = try Self.certificate(
            of: "Test authority", issuedBy: "Test authority", until: Self.later,
            Certificate.PublicKey(key.publicKey), signedWith: key
        ) {
            Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
            Critical(KeyUsage(keyCertSign: true))
        }
    }

    /// What makes a client believe it.
    var trustRoots: NIOSSLTrustRoots {
        get throws { .certificates([try Self.nio(root)]) }
    }

    /// A server with a certificate for a name.
    ///
    /// - Parameters:
    ///   - end: when the certificate ends.
    ///   - maximum: the newest version that the server speaks.
    func server(
        named name: String,
        until end: Date = later,
        maximum: TLSVersion? = nil
    ) throws -> TLSConfiguration {
        let key = P256.Signing.PrivateKey()
        let certificate = try Self.certificate(
            of: name, issuedBy: "Test authority", until: end,
            Certificate.PublicKey(key.publicKey), signedWith: self.key
        ) {
            SubjectAlternativeNames([.dnsName(name)])
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try Self.nio(certificate))],
            privateKey: .privateKey(
                try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)))
        configuration.minimumTLSVersion = .tlsv1
        configuration.maximumTLSVersion = maximum
        return configuration
    }

    private static func certificate(
        of subject: String,
        issuedBy issuer: String,
        until end: Date,
        _ publicKey: Certificate.PublicKey,
        signedWith key: P256.Signing.PrivateKey,
        @ExtensionsBuilder extensions: () throws -> Result<Certificate.Extensions, any Error>
    ) throws -> X509.Certificate {
        try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey,
            notValidBefore: end.addingTimeInterval(-4 * day), notValidAfter: end,
            issuer: try DistinguishedName { CommonName(issuer) },
            subject: try DistinguishedName { CommonName(subject) },
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions(builder: extensions),
            issuerPrivateKey: Certificate.PrivateKey(key)
        )
    }

    private static func nio(_ certificate: X509.Certificate) throws -> NIOSSLCertificate {
        let text = try certificate.serializeAsPEM().pemString
        return try NIOSSLCertificate(bytes: Array(text.utf8), format: .pem)
    }

    private static let day: TimeInterval = 86_400
    /// Two days ahead.
    static let later = Date(timeIntervalSinceNow: 2 * day)
    /// Yesterday.
    static let earlier = Date(timeIntervalSinceNow: -day)
}
