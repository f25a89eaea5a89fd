import Definitions
import OrderKernel
import Synchronization

/// A provider's list of orders, or why it could not be read.
struct Listing: Sendable {
    /// When it was asked for: what it shows may be as old.
    let askedAt: Instant
    let rows: Result<[Record], MoonlineError>
    /// Why some rows are missing in it: it proves of no order that there is none.
    var unread: MoonlineError?
    /// The orders of those rows; `nil` when not all of them are known.
    var unreadIDs: Set<String>? = []

    /// Whether one of those rows may be that of an order.
    func hides(_ remoteID: String) -> Bool { unreadIDs?.contains(remoteID) ?? true }
}

/// The lists that were read last, so that all that look in one share it.
final class ListingBook: Sendable {
    private let readers = Turnstile()
    private let listings = Mutex<[String: Listing]>([:])

    /// A list that was asked for at an instant or later, by whoever came first.
    ///
    /// - Returns: `nil` when another process read it meanwhile.
    /// - Throws: why it was not asked for, or `MoonlineError` with `cancelled`.
    func listing(
        of list: String,
        since instant: Instant,
        _ read: () async throws(MoonlineError) -> Listing?
    ) async throws(MoonlineError) -> Listing? {
        while true {
            if let known = known(list, since: instant) { return known }
            guard try await readers.enter(list) else { continue }
            defer { readers.leave(list) }
            // Another one may have ended just before this one was to begin.
            if let known = known(list, since: instant) { return known }
            guard let listing = try await read() else { return nil }
            listings.withLock { $0[list] = listing }
            return listing
        }
    }

    private func known(_ list: String, since instant: Instant) -> Listing? {
        listings.withLock { $0[list].flatMap { $0.askedAt >= instant ? $0 : nil } }
    }
}
