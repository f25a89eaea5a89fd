/// A currency of the simulated accounts.
enum Currency: String, Sendable {
    case dollar = "USD"
    case rupiah = "IDR"

    /// How many digits of an amount in minor units stand after the point.
    var minorDigits: Int {
        switch self {
        case .dollar: 2
        case .rupiah: 0
        }
    }
}
