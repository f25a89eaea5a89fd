/// One thing that is wrong with a definition file, and where.
package struct DefinitionProblem: Sendable, Hashable, CustomStringConvertible {
    /// The file's name.
    package let file: String
    /// From 1.
    package let line: Int
    /// Such as `operations.check.reply`; empty for the file as a whole.
    package let keyPath: String
    /// What is wrong, and where possible what would be right.
    package let message: String

    package var description: String {
        keyPath.isEmpty ? "\(file):\(line): \(message)" : "\(file):\(line): \(keyPath): \(message)"
    }
}

/// All that is wrong with a definition file.
package struct DefinitionProblems: Error, Sendable, Hashable, CustomStringConvertible {
    /// In the order of their lines; never empty.
    package let problems: [DefinitionProblem]

    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
