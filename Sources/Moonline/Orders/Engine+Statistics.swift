import Journal
public import OrderKernel

extension Engine {
    /// What the numbers of the last time brought, by account, service and country.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    public func statistics(
        within duration: Duration = .seconds(30 * 86_400)
    ) async throws(MoonlineError) -> [OrderStatistics] {
        OrderStatistics.groups(
            of: try await journal.attempts(since: clock.now() - duration))
    }
}
