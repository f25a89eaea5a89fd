/// Faults that are compiled in on purpose, behind a switch that only tests use: the simulation has
/// to find each of them, else its silence means nothing.
///
/// A release build has none of them.
package enum PlantedFault: String, Sendable, Hashable, CaseIterable {
    /// A lost purchase counts as absent as soon as a look does not show it.
    case looksOnce
    /// A purchase that is sent again gets a key of its own.
    case freshKeyPerAttempt
    /// A purchase is sent before it is written down.
    case commitsAfterSending
    /// Commits are not synced one by one.
    case syncsNormally
    /// A process that finds an owner owns the token all the same.
    case forgetsOwnership
    /// A new owner begins with an unused limit.
    case losesPaceAtRestart
    /// What is reserved ahead is not written down.
    case reservesInMemory
    /// A 429 does not pause the token.
    case ignoresRetryAfter
    /// An order may be looked at at once after a restart.
    case looksEarlyAfterRestart
    /// A cancel that got no answer counts as carried out and paid back.
    case believesCancels
    /// A number is cancelled although a message came.
    case cancelsAfterEvidence
    /// A cancel does not wait for the hold.
    case ignoresHolds
    /// Unknown purchases do not count for the caps.
    case forgetsUnknownSpending
    /// The number of open orders is not capped.
    case ignoresCapAtOnce
    /// A lost purchase is followed by another.
    case buysAgainAfterLoss
    /// A time-out counts as a refusal.
    case takesTimeoutsForRefusals
    /// A fault of the server counts as a refusal.
    case takesServerErrorsForRefusals
    /// The order of a purchase that was found is not written down.
    case dropsFoundOrders
    /// A code is announced and not written down.
    case announcesBeforeWriting
    /// The balance is asked before the request can no longer be carried out.
    case readsBalanceAtOnce
    /// An order that was open at its last look counts as open when the balance is read.
    case trustsOldLooks
    /// A purchase that was being sent when its process ended is forgotten.
    case forgetsSending
    /// A list that could not be read counts as an empty one.
    case takesFailedListsForEmpty
    /// Lost purchases are not settled by later processes.
    case neverSettles
    /// Numbers of processes that have ended are not given back, nor closed.
    case forgetsAbandoned
    /// A refund counts as seen when it is only due.
    case seesRefundsOnFaith
    /// A refund that was seen is awaited again when its order is looked at.
    case refundsTwice
    /// An older word of the provider replaces a newer one.
    case overwritesRevisions
    /// A purchase that was held up on its way is sent all the same.
    case sendsLate
    /// Whoever came last is served first.
    case servesNewestFirst
    /// A code that came when nobody waited is told to nobody.
    case keepsLateCodes
    /// What happens after the end of an order gives it another end.
    case revivesEnded
    /// Prices are rounded to hundredths.
    case roundsPrices
    /// Requests are sent to another host than the definition's.
    case sendsElsewhere
    /// What a provider says is not masked.
    case showsKeys

    /// The fault that is planted in the present task; only tests set it.
    @TaskLocal package static var current: PlantedFault?

    /// Whether this build has them at all.
    package static var isCompiledIn: Bool {
        #if PLANTED_FAULTS
            true
        #else
            false
        #endif
    }

    /// Whether this one is planted.
    package var isPlanted: Bool {
        #if PLANTED_FAULTS
            Self.current == self
        #else
            false
        #endif
    }
}
