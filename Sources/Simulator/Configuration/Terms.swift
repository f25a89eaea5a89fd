/// The configured durations and exceptions of one market, in milliseconds after `speed`.
struct Terms: Sendable {
    let codeDelay: ClosedRange<Int64>
    let lifetime: Int64
    let hold: Int64
    /// LegitSMS: "within the provider's reuse time limit (14 days)".
    let reuseLimit: Int64
    /// How long a new SMSCode order is `pending` before it is `active`.
    let pendingPhase: Int64
    let silentServices: Set<String>
    let emptiedOffers: Set<String>

    init(configuration: SimulatorConfiguration, market: Market) {
        let speed = Int64(max(1, configuration.speed))
        func scaled(_ duration: Duration) -> Int64 {
            duration.wholeMilliseconds / speed
        }
        let delay = configuration.codeDelay
        codeDelay = scaled(delay.lowerBound)...scaled(delay.upperBound)
        lifetime = scaled(market.lifetime)
        // SMSCode's document knows no hold; the contract of its libraries has one of two minutes.
        let isContract = configuration.speaksContract && market.provider == .smsCode
        hold = scaled(isContract ? .seconds(120) : market.hold)
        reuseLimit = scaled(.seconds(14 * 24 * 60 * 60))
        pendingPhase = scaled(.seconds(2))
        silentServices = configuration.silentServices
        emptiedOffers = configuration.emptiedOffers
    }

    func isSilent(_ offer: Offer) -> Bool {
        silentServices.contains(offer.service) || silentServices.contains(offer.name)
    }
}

extension Duration {
    var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
