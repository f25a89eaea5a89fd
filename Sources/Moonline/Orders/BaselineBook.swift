import OrderKernel
import Synchronization

/// When this process last read the balance of each account: a purchase that only the balance can
/// settle needs a fresh reading before it.
final class BaselineBook: Sendable {
    private let readAt = Mutex<[String: Instant]>([:])

    /// Somebody else may have used the account since an older one.
    private static let age = Duration.seconds(600)

    func isFresh(_ account: String, at now: Instant) -> Bool {
        readAt.withLock { $0[account].map { now - $0 < Self.age } ?? false }
    }

    func note(_ account: String, at now: Instant) {
        readAt.withLock { $0[account] = now }
    }
}
