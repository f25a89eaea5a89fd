import Definitions
import Foundation
import Synchronization

/// Takes every known secret out of text: as it is, percent-encoded, within JSON and in base64.
package final class Redactor: Sendable {
    package static let mask = "‹redacted›"

    // Longest first, so that a form that contains another is taken as a whole.
    private let known = Mutex<[String]>([])

    package init(_ secrets: [Secret]) {
        for secret in secrets { learn(secret) }
    }

    /// Takes a secret out of all text from now on.
    package func learn(_ secret: Secret) {
        let forms = secret.withText { text in
            let base64 = Data(text.utf8).base64EncodedString()
            let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
            let query = text.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed)
            return [text, encoded ?? text, query ?? text, base64, PercentEncoding.encode(text)]
                + Self.escaped(text)
        }
        known.withLock { known in
            known = Set(known + forms).sorted { ($0.count, $0) > ($1.count, $1) }
        }
    }

    // As JSON writes it, with and without a backslash before slashes.
    private static func escaped(_ text: String) -> [String] {
        let plain = JSONEncoder()
        plain.outputFormatting = .withoutEscapingSlashes
        return [plain, JSONEncoder()].compactMap { try? $0.encode(text) }
            .map { String(decoding: $0, as: UTF8.self).dropFirst().dropLast() }.map(String.init)
    }

    private var forms: [String] { known.withLock { $0 } }

    /// The text without secrets.
    package func redact(_ text: String) -> String {
        forms.reduce(text) { text, form in
            text.contains(form) ? text.replacingOccurrences(of: form, with: Self.mask) : text
        }
    }

    /// The bytes without secrets: servers echo keys. Binary content is left as it is.
    package func redact(_ bytes: [UInt8]) -> [UInt8] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return bytes
        }
        let clean = redact(text)
        return clean == text ? bytes : Array(clean.utf8)
    }
}
