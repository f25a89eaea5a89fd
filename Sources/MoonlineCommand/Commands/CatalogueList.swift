import LuaSandbox
import Moonline

/// Rows of a catalogue as a table whose columns are the fields that occur, or as JSON Lines.
struct CatalogueList {
    let rows: [CatalogueRow]

    /// The order of the columns; others follow by name.
    private static let order = ["id", "name", "iso", "prefix", "country", "service", "price"]

    /// More are not read by anybody, and a provider may name as many as it likes.
    private static let columnsMaximum = 24

    func show(_ invocation: Invocation) {
        guard !invocation.console.isJSON else {
            for row in rows { invocation.console.print(row.json) }
            return
        }
        let names = Set(rows.flatMap(\.fields.keys))
        let all = Self.order.filter(names.contains) + names.subtracting(Self.order).sorted()
        let columns = all.prefix(Self.columnsMaximum)
        if columns.count < all.count {
            invocation.console.note("\(all.count - columns.count) more fields are in --json")
        }
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
