import Crypto
import Foundation

/// A hash function of FIPS 180-4 with which providers want requests signed.
package enum DigestAlgorithm: String, Sendable, CaseIterable {
    case sha1, sha256, sha512

    /// The digest of a text.
    package func digest(of text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return switch self {
        case .sha1: Array(Insecure.SHA1.hash(data: bytes))
        case .sha256: Array(SHA256.hash(data: bytes))
        case .sha512: Array(SHA512.hash(data: bytes))
        }
    }

    /// The code that proves that who made the text has the key: HMAC, RFC 2104.
    package func authenticationCode(of text: String, key: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        let key = SymmetricKey(data: Array(key.utf8))
        return switch self {
        case .sha1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: bytes, using: key))
        case .sha256: Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
        case .sha512: Array(HMAC<SHA512>.authenticationCode(for: bytes, using: key))
        }
    }
}

/// How the bytes of a digest are written.
package enum DigestEncoding: String, Sendable, CaseIterable {
    case hex, base64

    /// The bytes as text; hexadecimal digits are lower-case.
    package func text(of bytes: [UInt8]) -> String {
        switch self {
        case .hex: bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        case .base64: Data(bytes).base64EncodedString()
        }
    }
}
