import LuaSandbox
import OrderKernel
import Synchronization

/// What one call of a function has done so far, together with all that it called in turn.
final class FunctionTrace: Sendable {
    /// A function sleeps no longer altogether: as long as a read may take.
    static let sleepMaximum = Duration.seconds(15)
    /// Requests of one call: one for each country of a catalogue is the most that is known.
    static let requestsMaximum = 300
    /// Lines that one call writes to the log; what comes after them is left out.
    static let logLinesMaximum = 100
    /// Functions that call each other; deeper ones call themselves without an end.
    static let depthMaximum = 8

    private struct State {
        var slept = Duration.zero
        var requests = 0
        var logLines = 0
        var unread: [String] = []
        var hasSent = false
        var hasChanged = false
        var hasLost = false
        /// Whether the answer to one that changes something is lost.
        var hasLostPurchase = false
        /// Requests that change something, and reads, which may buy where nothing else is sent.
        var changes = Progress()
        var reads = Progress()
    }

    /// How far the requests of a kind have come.
    private struct Progress {
        var isAccepted = false
        var hasGoneOn = false
    }

    private let state = Mutex(State())
    /// Processor time and host calls of all of it.
    let budget: LuaBudget

    init(budget: LuaBudget) { self.budget = budget }

    /// Whether a byte of a request may have left.
    var hasSent: Bool { state.withLock { $0.hasSent } }

    /// Whether all requests were reads that were answered.
    var hasOnlyRead: Bool { state.withLock { !$0.hasChanged && !$0.hasLost } }

    /// Whether a request that may have bought was accepted, or its answer is lost, so that what
    /// followed says nothing about the purchase.
    var hasGoneOn: Bool {
        state.withLock { state in
            state.hasChanged ? state.changes.hasGoneOn : state.reads.hasGoneOn
        }
    }

    /// Why items are missing in the lists that it was given, the first few reasons.
    var unread: [String] { state.withLock { $0.unread } }

    func note(unread reasons: [String]) {
        state.withLock { state in
            state.unread += reasons.prefix(Self.unreadMaximum - state.unread.count)
        }
    }

    private static let unreadMaximum = 8

    /// The request that buys was answered before the function began.
    func noteAccepted() {
        state.withLock { state in
            (state.hasSent, state.hasChanged, state.changes.isAccepted) = (true, true, true)
        }
    }

    /// Takes a part of the time for sleeping; `false` when there is not so much left.
    func takeSleep(_ duration: Duration) -> Bool {
        state.withLock { state in
            guard duration >= .zero, state.slept + duration <= Self.sleepMaximum else {
                return false
            }
            state.slept += duration
            return true
        }
    }

    /// Takes a line of the log; `false` when it is to be left out.
    func takeLogLine() -> Bool {
        state.withLock { state in
            state.logLines += 1
            return state.logLines <= Self.logLinesMaximum
        }
    }

    private func takeRequest() throws(MoonlineError) {
        let isWithin = state.withLock { state in
            state.requests += 1
            return state.requests <= Self.requestsMaximum
        }
        guard isWithin else {
            throw MoonlineError(
                .protocol,
                "a function may make \(Self.requestsMaximum) requests at most; look for a loop",
                isUnsent: true)
        }
    }

    /// The environment, with every request noted.
    func noting(_ environment: OperationEnvironment) -> OperationEnvironment {
        var noting = environment
        noting.send = { request throws(MoonlineError) in
            try self.takeRequest()
            try self.refuseAfterLoss(request)
            self.state.withLock { state in
                state.changes.hasGoneOn = state.changes.hasGoneOn || state.changes.isAccepted
                state.reads.hasGoneOn = state.reads.hasGoneOn || state.reads.isAccepted
            }
            do throws(MoonlineError) {
                let response = try await environment.send(request)
                // Only a refusal of the client's own doing proves that nothing was bought.
                let isRefused = (400..<500).contains(response.status) && response.status != 408
                self.note(request, isAccepted: !isRefused, isLost: false)
                return response
            } catch {
                if !error.isUnsent { self.note(request, isAccepted: true, isLost: true) }
                throw error
            }
        }
        return noting
    }

    // What was lost may have bought: another one would buy again.
    private func refuseAfterLoss(_ request: ProviderRequest) throws(MoonlineError) {
        let isRefused = state.withLock { $0.hasLostPurchase && Self.changes(request) }
        guard isRefused else { return }
        throw MoonlineError(
            .network,
            "\(request.method.verb) \(request.path) was not sent: the answer to an earlier request "
                + "is lost, which may have bought")
    }

    private static func changes(_ request: ProviderRequest) -> Bool {
        request.buys ?? (request.method != .get)
    }

    private func note(_ request: ProviderRequest, isAccepted: Bool, isLost: Bool) {
        let changes = Self.changes(request)
        state.withLock { state in
            state.hasLostPurchase = state.hasLostPurchase || isLost && changes
            state.hasSent = true
            state.hasChanged = state.hasChanged || changes
            guard request.buys != false else { return }
            state.hasLost = state.hasLost || isLost
            let path = changes ? \State.changes : \State.reads
            state[keyPath: path].isAccepted = state[keyPath: path].isAccepted || isAccepted
            state[keyPath: path].hasGoneOn = state[keyPath: path].hasGoneOn || isLost
        }
    }
}
