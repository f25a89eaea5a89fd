/// Reads tables that are written as text: one row a line, columns separated by `|`.
enum TableText {
    /// The lines of the tables, blank ones left out.
    static func lines(of texts: [String]) -> [String] {
        texts.flatMap { $0.split(separator: "\n").map(String.init) }
    }

    /// The columns of a line; an empty column is an empty string.
    static func columns(of line: String) -> [String] {
        line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }

    /// The entries of a column that holds a list.
    static func list(_ column: String, separator: Character) -> [String] {
        column.split(separator: separator).map(String.init)
    }
}
