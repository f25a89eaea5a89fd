import Foundation
import OrderKernel
import UnixSignals

/// Runs work until it is done or a signal came.
enum SignalWatch {
    /// How the work ended.
    struct Outcome: Sendable {
        var error: MoonlineError?
        /// SIGINT or SIGTERM, when one came before the work was done; what tidies up goes on.
        var signal: Int32?
    }

    private enum Event: Sendable {
        case done(MoonlineError?)
        case signal(Int32)
    }

    /// - Parameter onSecond: told before the process ends at once.
    static func run(
        onSecond: @Sendable () -> Void,
        _ body: @escaping @Sendable (StoppableWork) async throws(MoonlineError) -> Void
    ) async -> Outcome {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        return await withTaskGroup(of: Void.self, returning: Outcome.self) { group in
            let work = StoppableWork()
            group.addTask {
                do throws(MoonlineError) {
                    try await body(work)
                    continuation.yield(.done(nil))
                } catch {
                    continuation.yield(.done(error))
                }
            }
            group.addTask {
                for await signal in signals {
                    continuation.yield(.signal(signal == .sigint ? SIGINT : SIGTERM))
                }
            }
            var outcome = Outcome()
            var isFirst = true
            for await event in events {
                switch event {
                case .done(let error):
                    outcome.error = error
                    group.cancelAll()
                    return outcome
                case .signal(let number):
                    // A second signal means: at once, whatever is under way.
                    guard isFirst else {
                        onSecond()
                        _exit(128 + number)
                    }
                    isFirst = false
                    guard !work.isDone else { continue }
                    outcome.signal = number
                    work.stop()
                }
            }
            return outcome
        }
    }
}
