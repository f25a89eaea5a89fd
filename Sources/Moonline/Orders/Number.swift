public import OrderKernel

/// A number that was bought: type it into the site, then wait for its code.
public struct Number: Sendable {
    /// The order as it stood when the number was made.
    public let order: Order
    let engine: Engine

    /// Moonline's id of the order, which works in a later process too.
    public var id: String { order.id }
    /// E.164.
    public var phone: String { order.phone }
    /// What it cost, where that is known.
    public var price: Money? { order.price }

    /// Waits for a code.
    ///
    /// - Throws: `MoonlineError` with `deadline`, `expired`, `closed`, or the last failure of a
    ///   look when the time ran out with one.
    public func code(within duration: Duration) async throws(MoonlineError) -> String {
        try await engine.code(of: id, within: duration)
    }

    /// Gives the number back.
    ///
    /// Inside the provider's hold the cancel is scheduled.
    ///
    /// - Throws: `MoonlineError`.
    @discardableResult
    public func cancel() async throws(MoonlineError) -> Order {
        try await engine.cancel(id)
    }

    /// Keeps the number for a later process: it is not given back when this one ends.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    @discardableResult
    public func keep() async throws(MoonlineError) -> Order {
        try await engine.keep(id)
    }

    /// Reports the code as used.
    ///
    /// - Throws: `MoonlineError`; a provider without such an operation is no failure.
    @discardableResult
    public func finish() async throws(MoonlineError) -> Order {
        try await engine.finish(id)
    }
}
