import Foundation

/// An error that repeats the request with its key, as some servers do for whoever looks for
/// mistakes.
package enum Echo {
    static func reply(to call: Call) -> Reply {
        let values = call.headers.merging(call.query) { first, _ in first }
            .merging(call.form) { first, _ in first }
        // Requests of other lengths begin with other forms.
        let message = message(of: values, turn: values.reduce(0) { $0 + $1.value.utf8.count })
        // Wherever a document has its message, and in a text protocol the whole line.
        return .json(
            .object([
                ("success", .boolean(false)), ("status", .string("error")),
                ("message", .string(message)),
                ("error", .object([("code", .string("ECHO")), ("message", .string(message))])),
                ("detail", .string(message)), ("error_code", .string("ECHO")),
            ]), status: 400)
    }

    /// Values in all their forms.
    ///
    /// Messages are shown in part: each turn begins with another form.
    package static func message(of values: [String: String], turn: Int) -> String {
        let sorted = values.sorted { (isUsual($0.key), $0.key) < (isUsual($1.key), $1.key) }
        return sorted.flatMap { name, value in
            let forms = [value] + forms(of: value)
            return forms.indices.map { "\(name): \(forms[(turn + $0) % forms.count])" }
        }.joined(separator: " | ")
    }

    // What every client sends says nothing, so that it comes last.
    private static func isUsual(_ name: String) -> Int {
        let usual = [
            "accept", "accept-encoding", "connection", "content-length", "content-type",
            "host", "user-agent",
        ]
        return usual.contains(name) ? 1 : 0
    }

    private static func forms(of value: String) -> [String] {
        let bytes = Array(value.utf8)
        let percent = bytes.map { "%" + hexadecimal($0) }.joined()
        let escaped = bytes.map { "\\u00" + hexadecimal($0) }.joined()
        return [
            percent, percent.replacing("%", with: "%25"), escaped,
            Data(bytes).base64EncodedString(), Data(("x" + value).utf8).base64EncodedString(),
            bytes.map(hexadecimal).joined(), value.lowercased(), String(value.prefix(20)),
            value + "\u{301}", String(value.dropFirst()), String(value.reversed()),
            value.map { "\($0)\u{200E}" }.joined(), value.map { "\($0)\u{1}" }.joined(),
        ]
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
