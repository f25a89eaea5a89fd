/// The code of a message bound to a web origin: its last line is `@example.com #583920`.
///
/// The form is that of "Origin-bound one-time codes delivered via SMS" (WICG): the host, the
/// code after "#", and perhaps the host of an embedded frame after them.
enum DomainBoundCode {
    /// The lengths a code may have; longer words after "#" are tags, not codes.
    private static let lengths = 3...12

    /// The code of the last line, without dashes, or nil when the line has another form.
    static func find(in message: CodeText) -> String? {
        let text = message.shown
        guard let last = text.lastIndex(where: { $0 != " " && $0 != "\n" }) else { return nil }
        let lineStart = text[...last].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let line = text[lineStart...last].drop { $0 == " " }
        guard line.first == "@" else { return nil }
        let host = line.dropFirst().prefix { isHostScalar($0) }
        guard host.count >= 3, host.contains("."), host.first != ".", host.last != "." else {
            return nil
        }
        let rest = line[host.endIndex...].drop { $0 == " " }
        guard rest.startIndex > host.endIndex, rest.first == "#" else { return nil }
        let word = rest.dropFirst().prefix { $0 != " " && $0 != "%" }
        guard word.allSatisfy({ $0.isASCIIDigit || $0.isASCIILetter || $0 == "-" }) else {
            return nil
        }
        let code = word.filter { $0 != "-" }
        guard lengths.contains(code.count) else { return nil }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: code)
        return String(result)
    }

    private static func isHostScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCIIDigit || scalar.isASCIILetter || scalar == "." || scalar == "-"
            || scalar == ":"
    }
}
