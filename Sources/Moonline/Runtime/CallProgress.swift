import Synchronization

/// How far the requests of one call have come.
final class CallProgress: Sendable {
    private struct State {
        var isFirstLeft = true
        var isMoot = false
        var isHeldBack = false
        var answers = 0
        var isRenewalLeft = true
        var exchangeTime = Duration.zero
    }

    private let state = Mutex(State())

    /// True once: for the first request.
    func takeFirst() -> Bool {
        state.withLock { state in
            defer { state.isFirstLeft = false }
            return state.isFirstLeft
        }
    }

    /// True once: for a login in the place of a token that the provider did not take.
    ///
    /// What the first request needed a turn for, it needs one for again.
    func takeRenewal() -> Bool {
        state.withLock { state in
            guard state.isRenewalLeft else { return false }
            state.isRenewalLeft = false
            state.isFirstLeft = state.answers == 1
            return true
        }
    }

    /// There was no turn for the first request, so nothing is sent.
    func noteMoot() { state.withLock { $0.isMoot = true } }

    /// A request did not leave: what it failed with is no word of the provider.
    func noteHeldBack() { state.withLock { $0.isHeldBack = true } }

    /// A request was answered or failed after so long.
    func noteExchange(taking duration: Duration) {
        state.withLock { $0.exchangeTime += duration }
    }

    /// Whether its requests have taken as long as a call may wait for answers: a function may send
    /// many, and other accounts wait for it.
    var isSpent: Bool { state.withLock { $0.exchangeTime > Self.exchangeTimeMaximum } }

    /// The 300 requests of a long catalogue, a second each.
    private static let exchangeTimeMaximum = Duration.seconds(300)

    /// A request was answered: the call as a whole can no longer have stayed here.
    func noteAnswer() { state.withLock { $0.answers += 1 } }

    var isMoot: Bool { state.withLock { $0.isMoot } }
    var isHeldBack: Bool { state.withLock { $0.isHeldBack } }
    var isAnswered: Bool { state.withLock { $0.answers > 0 } }
}
