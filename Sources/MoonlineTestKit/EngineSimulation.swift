import Foundation
public import Moonline
import OrderKernel
import Synchronization

/// Runs the real engine, journal and definitions in virtual time, on one thread.
///
/// ```swift
/// let simulation = EngineSimulation(seed: 7, providers: "providers", environment: variables)
/// try simulation.run(home: folder) { request in
///     .answer(status: 200, body: "{}")
/// } work: { engine, network in
///     _ = try await engine.balances()
/// }
/// ```
public struct EngineSimulation: Sendable {
    /// Runs everything.
    public let executor: SimulationExecutor
    /// Tells the virtual time.
    public let clock: SimulatedClock
    private let machine = SimulatedMachine()
    private let providers: EngineConfiguration.Providers
    private let environment: [String: String]

    /// A simulation that begins on 1 November 2026.
    ///
    /// - Parameter providers: the folder of the definitions; those that come with Moonline, and
    ///   then those in the folder `providers` of `home`, without one.
    public init(seed: UInt64, providers: String? = nil, environment: [String: String]) {
        executor = SimulationExecutor(seed: seed, start: Instant(milliseconds: 1_793_491_200_000))
        clock = SimulatedClock(executor)
        self.providers = providers.map { .folder($0) } ?? .standard
        self.environment = environment
    }

    /// A simulation in which everything waited for nothing.
    public struct Deadlock: Error {}

    /// Runs work with an engine over a simulated network, in the state folder `home`.
    ///
    /// - Throws: what the work throws, or `Deadlock`.
    public func run(
        home: String,
        respond: @escaping @Sendable (SimulatedNetwork.Request) -> SimulatedNetwork.Reply,
        work: @escaping @Sendable (Engine, SimulatedNetwork) async throws -> Void
    ) throws {
        let network = SimulatedNetwork(clock: clock, respond: respond)
        let configuration = EngineConfiguration(
            providers: providers, home: .folder(home), environment: environment,
            clock: clock, random: RandomSource { [executor] in executor.random() }
        )
        let result = Mutex<Result<Void, any Error>?>(nil)
        // The root of the simulation: the one task that no other task holds.
        Task(executorPreference: executor) { [executor, machine] in
            do {
                let engine = try await Engine(
                    configuration: configuration, transport: network, host: machine.process(),
                    journalExecutor: executor
                )
                do {
                    try await work(engine, network)
                    await engine.shutDown()
                } catch {
                    await engine.shutDown()
                    throw error
                }
                result.withLock { $0 = .success(()) }
            } catch {
                result.withLock { $0 = .failure(error) }
            }
        }
        let isDone = executor.drain { result.withLock { $0 != nil } }
        guard isDone, let result = result.withLock({ $0 }) else { throw Deadlock() }
        try result.get()
    }
}
