import LuaSandbox
import Moonline

/// Rows of a catalogue as a table whose columns are the fields that occur, or as JSON Lines.
struct CatalogueList {
    let rows: [CatalogueRow]

    /// The order of the columns; others follow by name.
    private static let order = ["id", "name", "iso", "prefix", "country", "service", "price"]

    func show(_ invocation: Invocation) {
        guard !invocation.console.isJSON else {
            for row in rows { invocation.console.print(row.json) }
            return
        }
        let names = Set(rows.flatMap(\.fields.keys))
        let columns =
            Self.order.filter(names.contains)
            + names.subtracting(Self.order).sorted()
        guard !columns.isEmpty else {
            invocation.console.note("the list is empty")
            return
        }
        var table = Table(columns.map { $0.uppercased() })
        for row in rows { table.add(columns.map { row.fields[$0] ?? "" }) }
        Pager(console: invocation.console, environment: invocation.environment)
            .show(table.lines(invocation.console.style))
    }
}
