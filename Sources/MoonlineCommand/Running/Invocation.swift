import Foundation
import Logging
import Moonline
import OrderKernel
import UnixSignals

/// One run of a command: its console, its engine, its signals and its exit status.
struct Invocation: Sendable {
    let console: Console
    let logger: Logger
    let environment: [String: String]
    let clock: any EngineClock

    init(_ options: GlobalOptions) {
        environment = ProcessInfo.processInfo.environment
        let console = Console(isJSON: options.json, environment: environment)
        self.console = console
        let level = options.logLevel.level
        logger = Logger(label: "moonline") { _ in StandardErrorLog(console: console, level: level) }
        clock = SystemClock()
    }

    var configuration: EngineConfiguration {
        EngineConfiguration(environment: environment, logger: logger, clock: clock)
    }

    /// Runs the body with an engine, and ends the process with the right status.
    ///
    /// The first signal cancels the body, which then tidies up; a second one leaves at once.
    ///
    /// - Parameter afterwards: tidies up; a first signal does not stop it.
    func run(
        _ body: @escaping @Sendable (Engine) async throws(MoonlineError) -> Void,
        afterwards: @escaping @Sendable (Engine) async -> Void = { _ in }
    ) async -> Never {
        await runBare { work async throws(MoonlineError) in
            let engine = try await Engine(configuration: configuration)
            let error = await Self.watching(engine) {
                await work.run { () async throws(MoonlineError) in try await body(engine) }
            }
            await afterwards(engine)
            await engine.shutDown()
            if let error { throw error }
        }
    }

    /// What was stopped half-way is no result, even where each account answers or fails for itself.
    ///
    /// - Throws: `MoonlineError` with `cancelled`.
    static func checkGoesOn() throws(MoonlineError) {
        if Task.isCancelled { throw MoonlineError(.cancelled, "the command was stopped") }
    }

    // A command that takes its time takes over definition files that are edited meanwhile.
    private static func watching(
        _ engine: Engine,
        _ body: @escaping @Sendable () async -> MoonlineError?
    ) async -> MoonlineError? {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await engine.watchDefinitions() }
            defer { group.cancelAll() }
            return await body()
        }
    }

    /// Runs a body that needs no engine, and ends the process with the right status.
    ///
    /// What a signal is to stop, the body hands to the stoppable work.
    func runBare(
        _ body: @escaping @Sendable (StoppableWork) async throws(MoonlineError) -> Void
    ) async -> Never {
        signal(SIGPIPE, SIG_IGN)
        let outcome = await SignalWatch.run(
            onSecond: { [console] in
                console.note("stopped at once; `moonline sweep` settles what is open")
            }, body)
        console.clearStatus()
        // A signal that comes when all is done but the tidying up makes no failure of it.
        let loss = console.isUnread ? nil : console.loss
        guard var error = outcome.error ?? loss else { Foundation.exit(0) }
        if let signal = outcome.signal, error.code == .cancelled {
            error.message = "stopped by \(signal == SIGINT ? "SIGINT" : "SIGTERM")"
        }
        Failure.report(error, console)
        Foundation.exit(outcome.signal.map { 128 + $0 } ?? error.code.exitStatus)
    }
}
