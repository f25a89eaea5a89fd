import Foundation

/// Takes every known secret out of text: as it is, percent-encoded and in base64.
package struct Redactor: Sendable {
    package static let mask = "‹redacted›"

    // Longest first, so that a form that contains another is taken as a whole.
    private let forms: [String]

    package init(_ secrets: [Secret]) {
        let forms = secrets.flatMap { secret in
            secret.withText { text in
                let base64 = Data(text.utf8).base64EncodedString()
                let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
                let query = text.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed)
                return [text, encoded ?? text, query ?? text, base64]
            }
        }
        self.forms = Set(forms).sorted { $0.count > $1.count }
    }

    /// The text without secrets.
    package func redact(_ text: String) -> String {
        forms.reduce(text) { text, form in
            text.contains(form) ? text.replacingOccurrences(of: form, with: Self.mask) : text
        }
    }

    /// The bytes without secrets: servers echo keys. Binary content is left as it is.
    package func redact(_ bytes: [UInt8]) -> [UInt8] {
        guard !forms.isEmpty, let text = String(validating: bytes, as: UTF8.self) else {
            return bytes
        }
        let clean = redact(text)
        return clean == text ? bytes : Array(clean.utf8)
    }
}
