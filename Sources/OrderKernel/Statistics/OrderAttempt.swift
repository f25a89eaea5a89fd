/// One number that was bought, as statistics see it.
public struct OrderAttempt: Sendable, Hashable {
    /// The account that sold it.
    public let account: String
    /// Moonline's name of the service.
    public let service: String
    /// ISO 3166 alpha-2, or the verbatim id.
    public let country: String
    /// When it was bought.
    public let boughtAt: Instant
    /// How long its first code took; `nil` when none came.
    public let timeToCode: Duration?
    /// Its price, in millionths of a US dollar.
    public let priceMicroUSD: Int64
    /// Whether the money came back, or is about to.
    public let isRefunded: Bool

    /// A number that is over, or that got a code.
    public init(
        account: String, service: String, country: String, boughtAt: Instant,
        timeToCode: Duration?, priceMicroUSD: Int64, isRefunded: Bool
    ) {
        self.account = account
        self.service = service
        self.country = country
        self.boughtAt = boughtAt
        self.timeToCode = timeToCode
        self.priceMicroUSD = priceMicroUSD
        self.isRefunded = isRefunded
    }

    var costMicroUSD: Int64 { isRefunded ? 0 : priceMicroUSD }
}
