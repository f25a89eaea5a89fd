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
                return plain.replacing(/##(?=\[|vso\[)/.ignoresCase(), with: "# #")
            }
            .joined(separator: "\n")
    }
}
