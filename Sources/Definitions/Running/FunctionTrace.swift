import OrderKernel
import Synchronization

/// What one call of a function has done so far, together with all that it called in turn.
final class FunctionTrace: Sendable {
    /// A function's share of time for sleeping: the design gives it 15 s altogether.
    static let sleepMaximum = Duration.seconds(15)
    /// Functions that call each other; deeper ones call themselves without an end.
    static let depthMaximum = 8

    private let state = Mutex<(slept: Duration, hasSent: Bool)>((.zero, false))

    /// Whether a byte of a request may have left.
    var hasSent: Bool { state.withLock { $0.hasSent } }

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
            do throws(MoonlineError) {
                let response = try await environment.send(request)
                self.noteSent()
                return response
            } catch {
                if !error.isUnsent { self.noteSent() }
                throw error
            }
        }
        return noting
    }

    private func noteSent() { state.withLock { $0.hasSent = true } }
}
