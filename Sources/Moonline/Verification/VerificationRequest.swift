public import OrderKernel

/// The main job: one number that receives a code.
public struct VerificationRequest: Sendable, Hashable {
    /// Moonline's name, such as `whatsapp`; `=wa` hands the provider's own id over.
    public var service: String
    /// ISO 3166 alpha-2 codes, all of which will do.
    public var countries: [String]
    /// Accounts or providers to choose from; all when empty.
    public var providers: [String]
    /// The network, by the provider's name.
    public var operatorName: String?
    /// No number may cost more.
    public var maximumPrice: Money?
    /// In which order offers are tried.
    public var strategy: OfferStrategy
    /// How long a number is waited for before the next offer is tried.
    public var wait: Duration
    /// When the whole job gives up.
    public var deadline: Duration

    /// Waits 90 s for a number and 10 minutes altogether unless said otherwise: nine of
    /// ten codes come within 51 s in the model of `PollIndex`.
    public init(
        service: String,
        countries: [String],
        providers: [String] = [],
        operatorName: String? = nil,
        maximumPrice: Money? = nil,
        strategy: OfferStrategy = .cheapest,
        wait: Duration = .seconds(90),
        deadline: Duration = .seconds(600)
    ) {
        self.service = service
        self.countries = countries
        self.providers = providers
        self.operatorName = operatorName
        self.maximumPrice = maximumPrice
        self.strategy = strategy
        self.wait = wait
        self.deadline = deadline
    }
}

/// What happens during the main job, in order.
public enum VerificationEvent: Sendable {
    /// The accounts are asked for their offers.
    case searching
    /// An account is left out.
    case skipped(MoonlineError)
    /// The offers, in the order in which they are tried.
    case offers([Offer])
    /// An offer is being bought.
    case buying(Offer)
    /// An offer was refused; the next one is tried.
    case refused(Offer, MoonlineError)
    /// A number is there; its wait ends at that instant at the latest.
    case number(Order, until: Instant)
    /// The order was looked at; no code yet.
    case looked(Order)
    /// A number brought no code in time; the order tells whether it is given back by now.
    case gaveUp(Order, MoonlineError)
    /// A code is there, and durable.
    case code(Order, code: String)
    /// The provider was told that the code is used.
    case finished(Order)
    /// Telling it failed; the code is good all the same.
    case finishFailed(Order, MoonlineError)
}
