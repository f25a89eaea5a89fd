import OrderKernel
import Synchronization

/// When the provider of each account answered last.
final class ActivityBook: Sendable {
    private let answers = Mutex<[String: Instant]>([:])

    func note(_ account: String, at now: Instant) { answers.withLock { $0[account] = now } }

    func last(of account: String) -> Instant? { answers.withLock { $0[account] } }
}
