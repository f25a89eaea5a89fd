package import OrderKernel

/// What the processes of one host know of each other: who lives, and who owns a token's pace.
///
/// The seam between the engine and the kernel's locks and sockets.
package protocol ProcessHost: Sendable {
    /// Marks a run as alive, until `end` or until its process is gone.
    ///
    /// - Throws: `MoonlineError` with `internal` when that cannot be noted.
    func begin(run: String) throws(MoonlineError)

    /// The run has ended.
    func end(run: String)

    /// Whether the process of a run is still there.
    func isAlive(run: String) -> Bool

    /// Makes this process the owner of a token's pace when nobody is; then other processes have
    /// their turns told by `answer`, until the token is released.
    ///
    /// - Returns: whether this process owns it now.
    /// - Throws: `MoonlineError` with `internal` when nothing can be locked.
    func claim(
        _ token: String,
        answer: @escaping @Sendable (TurnMessage) async -> TurnAnswer
    ) async throws(MoonlineError) -> TokenClaim

    /// Leaves the last owner's note where the next owner on this host finds it, whatever its home.
    func note(_ record: PaceRecord, of token: String)

    /// Gives a token back.
    func release(_ token: String) async

    /// Asks the owner of a token.
    ///
    /// - Returns: `nil` when it is gone.
    /// - Throws: `MoonlineError` with `unavailable` when the owner lives but does not answer.
    func ask(_ token: String, _ message: TurnMessage) async throws(MoonlineError) -> TurnAnswer?
}

/// What became of a claim.
package enum TokenClaim: Sendable, Hashable {
    /// The token is ours; with the note of its last owner on this host.
    case owner(PaceRecord?)
    /// Another process owns it.
    case taken
}

/// What a process tells the owner of its token.
///
/// Only the turn is asked for: requests leave from the process that runs their definition, so that
/// neither credentials nor definitions cross a socket, and a permit stays where it was handed out.
package enum TurnMessage: Sendable, Hashable, Codable {
    /// A request wants to leave.
    case turn(TurnRequest)
    /// It no longer does.
    case leave(id: UInt64)
    /// The provider answered 429.
    case refused(delay: Duration?)
    /// The provider took a request; its headers said how much is left.
    case answered(remaining: Int?, reset: Duration)
}

/// A request that wants to leave.
package struct TurnRequest: Sendable, Hashable, Codable {
    package let id: UInt64
    package let lane: Lane
    package let operation: String
    /// The limits of the definition that it comes from.
    package let limits: [RateLimit]
    package var look: LookRequest?
    /// The longest pause that it sits out.
    package var patience: Duration?
}

/// A look at something that wants to leave, in durations.
package struct LookRequest: Sendable, Hashable, Codable {
    /// What is looked at.
    package let subject: String
    /// The minimum between two looks.
    package let every: Duration
    /// How long ago it was bought, where it is an order.
    package let age: Duration?
    /// How long ago the last look was that the asking process knows of.
    package var knownAgo: Duration?
}

/// What the owner says; in durations, since clocks of processes may differ.
package enum TurnAnswer: Sendable, Hashable, Codable {
    /// It leaves within that time, and is counted; later it has to ask again.
    case go(within: Duration)
    /// It asks again after that time.
    case wait(Duration)
    /// The provider asked for a pause that goes on for longer than it would wait.
    case paused(Duration)
    /// The order was looked at so long ago, by somebody else.
    case looked(ago: Duration)
    /// The message is understood.
    case done
    /// The owner's journal failed.
    case failed(message: String)
}
