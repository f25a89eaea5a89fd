import Crypto

/// Names the text of a definition: SHA-256, hexadecimal.
enum SourceHash {
    static func hexadecimal(_ source: String) -> String {
        SHA256.hash(data: Array(source.utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        .joined()
    }
}
