import OrderKernel
import Synchronization

/// What one call of a function has done so far, together with all that it called in turn.
final class FunctionTrace: Sendable {
    /// A function's share of time for sleeping: the design gives it 15 s altogether.
    static let sleepMaximum = Duration.seconds(15)
    /// Functions that call each other; deeper ones call themselves without an end.
    static let depthMaximum = 8

    private struct State {
        var slept = Duration.zero
        var hasSent = false
        var hasChanged = false
        var isAccepted = false
        var hasGoneOn = false
    }

    private let state = Mutex(State())

    /// Whether a byte of a request may have left.
    var hasSent: Bool { state.withLock { $0.hasSent } }

    /// Whether a request other than a GET may have left.
    var hasChanged: Bool { state.withLock { $0.hasChanged } }

    /// Whether a request that may have bought was accepted and others followed: what became of
    /// those says nothing about the purchase.
    var hasGoneOn: Bool { state.withLock { $0.hasGoneOn } }

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

    /// The environment, with every request noted.
    func noting(_ environment: OperationEnvironment) -> OperationEnvironment {
        var noting = environment
        noting.send = { request throws(MoonlineError) in
            self.state.withLock { $0.hasGoneOn = $0.isAccepted }
            do throws(MoonlineError) {
                let response = try await environment.send(request)
                let isAccepted = request.mayBuy && (200..<300).contains(response.status)
                self.note(request, mayHaveBought: isAccepted)
                return response
            } catch {
                if !error.isUnsent { self.note(request, mayHaveBought: request.mayBuy) }
                throw error
            }
        }
        return noting
    }

    private func note(_ request: ProviderRequest, mayHaveBought: Bool) {
        state.withLock { state in
            state.hasSent = true
            state.hasChanged = state.hasChanged || request.method != .get
            state.isAccepted = state.isAccepted || mayHaveBought
        }
    }
}
