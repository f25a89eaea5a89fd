import OrderKernel

/// The idempotency keys that a provider remembers, with what they were answered.
struct ReferenceKeys: Sendable {
    /// What is remembered of a key.
    struct Record: Sendable {
        /// What the request was.
        let fingerprint: String
        /// Until when it is being worked on.
        let processingUntil: Instant
        /// Its reply.
        let reply: ReferenceReply
    }

    private var records: [String: Record] = [:]
    private var uses: [(key: String, at: Instant)] = []
    private var head = 0

    /// What is remembered of a key.
    func record(of key: String) -> Record? { records[key] }

    /// Remembers a key from its first use on.
    mutating func remember(_ key: String, _ record: Record, at now: Instant) {
        records[key] = record
        uses.append((key, now))
    }

    /// Forgets the keys that were first used so long ago.
    mutating func forget(olderThan memory: Duration, at now: Instant) {
        while head < uses.count, now - uses[head].at >= memory {
            records[uses[head].key] = nil
            head += 1
        }
    }
}
