package import LuaSandbox
package import OrderKernel

/// A result in the normal form: fields by name, typed by their names.
package struct Record: Sendable, Hashable {
    package private(set) var fields: [String: JSON]
    /// Whether its status is no word of the provider's, but follows from what came.
    package internal(set) var infersStatus = false

    /// Why fields are left out that the reply has, and that nothing depends on.
    package internal(set) var unread: [String] = []

    package init(_ fields: [String: JSON] = [:]) { self.fields = fields }

    package subscript(field: String) -> JSON? {
        get { fields[field] }
        set { fields[field] = newValue }
    }

    /// Takes a field over, but no price below nothing: it would pay for other orders in the sums of
    /// the caps, so that it counts as not told.
    mutating func note(_ value: JSON, as field: String) {
        guard field != "price" || value.text?.hasPrefix("-") != true else { return }
        fields[field] = value
    }

    package func text(_ field: String) -> String? { fields[field]?.text }

    package func instant(_ field: String) -> Instant? {
        text(field).flatMap { Instant(iso8601: $0) }
    }

    /// When the order ends: `expires_at`, or `expires_in` from now.
    ///
    /// - Parameter known: an end that is known; a counted one beside it says nothing new, as
    ///   replies travel for a while and count whole seconds.
    package func end(after now: Instant, known: Instant? = nil) -> Instant? {
        if let end = instant("expires_at") { return end }
        guard let end = count("expires_in").map({ now + .seconds($0) }) else { return nil }
        guard let known else { return end }
        return abs((end - known).milliseconds) <= Self.endTolerance.milliseconds ? known : end
    }

    /// As long as a request may take.
    private static let endTolerance = Duration.seconds(30)

    package func count(_ field: String) -> Int? { text(field).flatMap(Int.init) }

    /// An amount with the record's currency, or with the definition's.
    package func money(_ field: String, currency: String?) -> Money? {
        guard let amount = text(field).flatMap({ ExactDecimal($0) }),
            let currency = text("currency") ?? currency
        else { return nil }
        if PlantedFault.roundsPrices.isPlanted, let millionths = amount.millionths {
            return Money(ExactDecimal(units: millionths / 10_000, scale: 2), currency)
        }
        return Money(amount, currency)
    }

    /// The record as JSON, keys in order.
    package var json: JSON {
        .object(fields.sorted { $0.key < $1.key }.map { JSON.Member($0.key, $0.value) })
    }
}

/// What an operation gave.
package enum OperationResult: Sendable, Hashable {
    case nothing
    case record(Record)
    /// The items that could be read, why others could not, the first few reasons, and the ids of
    /// those others; `nil` when one has none that can be read.
    case list([Record], unread: [String] = [], unreadIDs: Set<String>? = [])
    /// The whole reply of an operation outside the common set.
    case value(JSON)

    package var record: Record {
        if case .record(let record) = self { record } else { Record() }
    }

    package var list: [Record] {
        switch self {
        case .list(let records, _, _): records
        case .record(let record): [record]
        case .nothing, .value: []
        }
    }

    /// Why fields or items are left out that the reply has.
    package var unread: [String] {
        switch self {
        case .list(_, let unread, _): unread
        case .record(let record): record.unread
        case .nothing, .value: []
        }
    }

    /// The ids of the items that could not be read; `nil` when not all of them are known.
    package var unreadIDs: Set<String>? { if case .list(_, _, let ids) = self { ids } else { [] } }

    package var json: JSON {
        switch self {
        case .nothing: .null
        case .record(let record): record.json
        case .list(let records, _, _): .array(records.map(\.json))
        case .value(let value): value
        }
    }
}
