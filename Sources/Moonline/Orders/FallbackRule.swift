package import OrderKernel

/// When the next offer is tried, and what several failures together mean.
package enum FallbackRule {
    /// Whether another offer may be tried after a refusal of one.
    static func goesOn(after error: MoonlineError) -> Bool {
        switch error.code {
        case .noNumbers, .unavailable, .rateLimited, .deadline, .expired: true
        case .network, .timeout: error.isUnsent
        case .auth, .forbidden, .balance: true
        case .spendCap, .invalid, .unsupported, .notFound, .closed, .refused, .tooEarly, .protocol:
            true
        case .cancelled, .unknownPurchase, .internal: false
        }
    }

    /// Whether an account is of no use any more in this run.
    static func dropsAccount(_ error: MoonlineError) -> Bool {
        [.auth, .forbidden, .balance].contains(error.code)
    }

    /// The failure that stands for all of them: the first present in this order of exit statuses.
    package static func verdict(
        _ failures: [MoonlineError],
        service: String = ""
    ) -> MoonlineError {
        for status in [15, 10, 12, 13, 14, 11] as [Int32] {
            if let error = failures.first(where: { $0.code.exitStatus == status }) { return error }
        }
        return failures.first
            ?? MoonlineError(
                .noNumbers,
                "nobody sells a \(service) number there; see `moonline "
                    + "offers --service \(service)`")
    }
}
