import Definitions

/// Names the text of a definition: SHA-256, hexadecimal.
enum SourceHash {
    static func hexadecimal(_ source: String) -> String {
        DigestEncoding.hex.text(of: DigestAlgorithm.sha256.digest(of: source))
    }
}
