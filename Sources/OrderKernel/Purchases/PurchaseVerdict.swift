/// What the answer to a purchase proves.
public enum PurchaseVerdict: Sendable, Hashable {
    /// Nothing was bought, and the same purchase may be sent again.
    case unsent
    /// Nothing was bought; this offer is done with.
    case refused
    /// It may have been bought.
    case unknown

    /// The verdict on a failure: only a definite answer of the provider, or the certainty that no
    /// byte left, proves that nothing happened.
    public init(_ error: MoonlineError) {
        if error.isUnsent {
            self = .unsent
            return
        }
        if error.provesNothingBought {
            self = .refused
            return
        }
        let isTimeout = PlantedFault.takesTimeoutsForRefusals.isPlanted && error.code == .timeout
        let isServers =
            PlantedFault.takesServerErrorsForRefusals.isPlanted && error.code == .unavailable
        if isTimeout || isServers {
            self = .refused
            return
        }
        switch error.code {
        case .rateLimited: self = .unsent
        case .auth, .forbidden, .balance, .noNumbers, .notFound, .invalid, .closed, .refused,
            .tooEarly, .unsupported, .spendCap:
            self = .refused
        case .unavailable, .network, .timeout, .protocol, .expired, .deadline, .cancelled,
            .unknownPurchase, .internal:
            self = .unknown
        }
    }

    /// The verdict on a failure of a request that was sent again under its key: an answer that was
    /// given before the key was looked at proves nothing about the first attempt.
    ///
    /// - Parameter isOver: whether the first attempt can no longer be under way, so that
    ///   "in progress" is no explanation of a conflict any more.
    public init(ofRepetition error: MoonlineError, isOver: Bool) {
        var plain = error
        plain.provesNothingBought = false
        self.init(plain)
        switch error.code {
        case .auth, .forbidden, .unsupported, .spendCap, .invalid: self = .unknown
        // The first attempt may have taken the last number or the last of the money.
        case .closed, .refused, .tooEarly, .balance, .noNumbers, .notFound:
            if !isOver { self = .unknown }
        default: break
        }
        if error.isUnsent { self = .unsent }
    }
}
