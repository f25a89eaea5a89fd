import OrderKernel

/// How long requests wait for the end of a pause that their provider asked for.
///
/// Whoever has a deadline sets it for all that it starts, as far down as requests leave: a pause
/// that ends later is told at once instead of being sat out. Turns behind others are waited for,
/// and a limit or an interval for two minutes at least.
enum TurnPatience {
    @TaskLocal private static var deadline: Instant?

    /// The longest pause that is sat out where nobody set a deadline: two of the minutes over which
    /// most documents count.
    private static let standard = Duration.seconds(120)
    /// The longest pause that is sat out although the time is over: what is under way then, or is
    /// attempted once more, concerns money.
    private static let attempt = Duration.seconds(30)

    /// The longest that a limit or an interval of a definition keeps back whatever the deadline:
    /// documents count over a minute, and after two a person wants to know.
    static let turnStandard = Duration.seconds(120)

    /// Until when a request waits for its limit or its interval that wants to leave now.
    static func turn(at now: Instant) -> Instant { max(end(at: now), now + turnStandard) }

    /// Until when a request waits for the end of a pause that wants to leave now.
    static func end(at now: Instant) -> Instant {
        deadline.map { max($0, now + attempt) } ?? now + standard
    }

    /// Does work whose requests sit out no pause that is longer.
    ///
    /// - Throws: what the work throws.
    static func until<Value>(
        _ deadline: Instant,
        _ work: () async throws(MoonlineError) -> Value
    ) async throws(MoonlineError) -> Value {
        let result = await $deadline.withValue(deadline) {
            () async -> Result<Value, MoonlineError> in
            do throws(MoonlineError) {
                return .success(try await work())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The pause is longer.
    static func isTooShort(for pause: Duration, at now: Instant) -> MoonlineError {
        MoonlineError(
            .rateLimited,
            "nothing may be sent before \((now + pause).rfc3339), for a pause that it asked for or "
                + "for its limits; try again then",
            retryAfter: pause, isUnsent: true)
    }
}
