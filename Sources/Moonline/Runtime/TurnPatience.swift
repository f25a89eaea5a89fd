import OrderKernel

/// Until when requests wait for their turn, and for a pause that their provider asked for.
///
/// Whoever has a deadline sets it for all that it starts, as far down as requests leave: a pause
/// that ends later is told at once instead of being sat out.
enum TurnPatience {
    @TaskLocal private static var deadline: Instant?

    /// How long a request waits that nobody set a deadline for: two of the minutes over which most
    /// documents count.
    static let standard = Duration.seconds(120)
    /// How long an attempt waits that is made although its time is over: five turns of the slowest
    /// limit in the documents (ten a minute).
    static let attempt = Duration.seconds(30)

    /// Until when a request waits that wants to leave now.
    ///
    /// - Parameter interval: how long it has to wait anyhow.
    static func end(at now: Instant, and interval: Duration = .zero) -> Instant {
        deadline ?? now + standard + interval
    }

    /// No turn came in time.
    static let isOver = MoonlineError(
        .deadline, "a request had to wait too long for its turn, behind others of its key",
        isUnsent: true)

    /// No turn can come in time.
    static func isTooShort(by wait: Duration, at now: Instant) -> MoonlineError {
        MoonlineError(
            .rateLimited,
            "nothing may be sent before \((now + wait).rfc3339), by its limits or a pause that "
                + "it asked for; try again then",
            retryAfter: wait, isUnsent: true)
    }

    /// Does work whose requests wait no longer than that.
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
}
