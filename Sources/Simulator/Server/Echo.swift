import Foundation

/// An error that repeats the request with its key, as some servers do for whoever looks for
/// mistakes.
enum Echo {
    static func reply(to call: Call) -> Reply {
        let values = call.headers.merging(call.query) { first, _ in first }
            .merging(call.form) { first, _ in first }
            .sorted { $0.key < $1.key }
        let texts = values.flatMap { name, value in
            ["\(name): \(value)"] + forms(of: value).map { "\(name): \($0)" }
        }
        let message = texts.joined(separator: " | ")
        // Wherever a document has its message, and in a text protocol the whole line.
        return .json(
            .object([
                ("success", .boolean(false)), ("status", .string("error")),
                ("message", .string(message)),
                ("error", .object([("code", .string("ECHO")), ("message", .string(message))])),
                ("detail", .string(message)), ("error_code", .string("ECHO")),
            ]), status: 400)
    }

    private static func forms(of value: String) -> [String] {
        let bytes = Array(value.utf8)
        let percent = bytes.map { "%" + hexadecimal($0) }.joined()
        let escaped = bytes.map { "\\u00" + hexadecimal($0) }.joined()
        return [
            percent, percent.replacing("%", with: "%25"), escaped,
            Data(bytes).base64EncodedString(), Data(("x" + value).utf8).base64EncodedString(),
            bytes.map(hexadecimal).joined(), value.lowercased(), String(value.prefix(20)),
            value + "\u{301}",
        ]
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
