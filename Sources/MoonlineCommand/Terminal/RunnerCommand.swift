/// Commands that CI runners read from what a step prints: GitHub Actions takes a line that begins
/// with `::`, blanks before it left aside, and `##[` anywhere in one; Azure Pipelines takes
/// `##vso[` and `##[`.
///
/// What Moonline shows is never meant as one.
enum RunnerCommand {
    /// The text with a blank within each command, so that it is read, and not obeyed.
    static func broken(_ text: String) -> String {
        guard text.contains("::") || text.contains("##") else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                let words = line.drop { $0.isWhitespace }
                let isCommand = words.hasPrefix("::")
                let plain = isCommand ? line.dropLast(words.count) + ": " + words.dropFirst() : line
                return plain.contains("##") ? parted(plain) : String(plain)
            }
            .joined(separator: "\n")
    }

    // A pattern would be made anew for each of many lines.
    private static func parted(_ line: Substring) -> String {
        let bytes = Array(line.utf8)
        var out: [UInt8] = []
        for (place, byte) in bytes.enumerated() {
            out.append(byte)
            guard byte == UInt8(ascii: "#"), bytes[place...].dropFirst().first == byte else {
                continue
            }
            let rest = String(decoding: bytes[place...].dropFirst(2).prefix(4), as: UTF8.self)
            let isCommand = rest.hasPrefix("[") || rest.lowercased() == "vso["
            if isCommand { out.append(UInt8(ascii: " ")) }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
