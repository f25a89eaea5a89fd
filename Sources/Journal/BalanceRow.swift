import GRDB
import OrderKernel

/// What an account must have, as far as the journal knows: a reading, and what was charged and seen
/// to come back since.
struct BalanceRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "balance"

    var account: String
    /// Counts everything that may have changed the balance.
    var activity: Int64
    var amount: String?
    var currency: String?
    /// When the reading was taken.
    var readAt: Int64?
    /// The key that it was taken with: under another one the balance may be another account's.
    var token: String?
    /// How many readings were answered while a purchase waited for one.
    var readings: Int64

    var money: Money? { Money(amount, currency) }

    init(account: String) {
        self.account = account
        (activity, readings) = (0, 0)
    }

    mutating func use(_ token: String) {
        if self.token != token { set(nil) }
        self.token = token
    }

    mutating func take(_ money: Money, at now: Instant) {
        set(money)
        readAt = now.milliseconds
        activity += 1
    }

    mutating func set(_ money: Money?) {
        amount = money?.amount.description
        currency = money?.currency
    }
}
