/// Rows under headings, each column as wide as its widest cell.
struct Table {
    private let headings: [String]
    private let rightAligned: Set<Int>
    private var rows: [[String]] = []

    init(_ headings: [String], rightAligned: Set<Int> = []) {
        self.headings = headings.map(Self.cell)
        self.rightAligned = rightAligned
    }

    mutating func add(_ row: [String]) { rows.append(row.map(Self.cell)) }

    /// Every row is as long as the longest cell of each column, and what is in them is a
    /// provider's: `--json` has all of it.
    private static let cellMaximum = 200

    // One line of the table each.
    private static func cell(_ text: String) -> String {
        let start = text.prefix(cellMaximum)
        let isWhole = start.endIndex == text.endIndex
        return String(start.map { $0.isNewline ? " " : $0 }) + (isWhole ? "" : "…")
    }

    /// The lines, headings first; without headings when they are empty.
    func lines(_ style: Style) -> [String] {
        let all = [headings] + rows
        let widths = headings.indices.map { column in
            all.map { $0[column].displayWidth }.max() ?? 0
        }
        func line(_ row: [String]) -> String {
            let cells = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.displayWidth)
                if rightAligned.contains(column) { return padding + cell }
                return column == row.count - 1 ? cell : cell + padding
            }
            return cells.joined(separator: "  ")
        }
        return [style.bold(line(headings))] + rows.map(line)
    }
}

extension String {
    /// Columns on a terminal: East Asian letters and emoji take two.
    var displayWidth: Int {
        unicodeScalars.reduce(0) { width, scalar in
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: width
            case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: width
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
                0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
                0x20000...0x3FFFD:
                width + 2
            default: width + 1
            }
        }
    }
}
