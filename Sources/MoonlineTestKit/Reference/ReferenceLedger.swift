/// All movements of an account, and what follows from them.
public struct ReferenceLedger: Sendable {
    /// The movements in the order of their booking.
    public private(set) var entries: [LedgerEntry] = []
    /// Their sum, in millionths.
    public private(set) var balance: Int64 = 0
    /// How many charges each authorisation caused.
    public private(set) var chargesPerAuthorisation: [String: Int] = [:]
    /// How many charges named no authorisation.
    public private(set) var chargesWithoutAuthorisation = 0

    /// Books a movement.
    mutating func book(_ entry: LedgerEntry) {
        entries.append(entry)
        balance += entry.amount
        guard entry.kind == .charge else { return }
        if let authorisation = entry.authorisation {
            chargesPerAuthorisation[authorisation, default: 0] += 1
        } else {
            chargesWithoutAuthorisation += 1
        }
    }

    /// The sum of all movements of a kind, in millionths.
    public func total(of kind: LedgerEntry.Kind) -> Int64 {
        entries.reduce(0) { $1.kind == kind ? $0 + $1.amount : $0 }
    }
}
