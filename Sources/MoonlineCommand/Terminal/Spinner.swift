import Moonline
import OrderKernel
import Synchronization

/// The live line: what goes on and how long it may still take.
///
/// In a pipe it is silent.
final class Spinner: Sendable {
    private struct State {
        var text = ""
        var until: Instant?
        var frame = 0
    }

    private static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
    private let console: Console
    private let clock: any EngineClock
    private let state = Mutex(State())
    private let isDone = Atomic(false)

    init(console: Console, clock: any EngineClock) {
        self.console = console
        self.clock = clock
    }

    func set(_ text: String, until: Instant? = nil) {
        state.withLock { state in
            state.text = text
            state.until = until
        }
    }

    /// Turns while the work runs.
    ///
    /// - Throws: what the work throws.
    func spinning<Value: Sendable, Failure: Error>(
        _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        guard console.hasLiveProgress else { return try await work() }
        async let turning: Void = run()
        let result: Result<Value, Failure>
        do throws(Failure) {
            result = .success(try await work())
        } catch {
            result = .failure(error)
        }
        isDone.store(true, ordering: .relaxed)
        await turning
        return try result.get()
    }

    private func run() async {
        while !isDone.load(ordering: .relaxed) {
            let line = state.withLock { state -> String in
                state.frame = (state.frame + 1) % Self.frames.count
                guard !state.text.isEmpty else { return "" }
                let left = state.until.map { $0 - clock.now() }
                let countdown = left.map { "  \(Self.clockText(max($0, .zero)))" } ?? ""
                return Self.frames[state.frame] + " " + state.text + countdown
            }
            if !line.isEmpty { console.show(status: line) }
            do {
                try await clock.sleep(until: clock.now() + .milliseconds(120))
            } catch {
                break
            }
        }
        console.clearStatus()
    }

    /// `1:05`.
    static func clockText(_ duration: Duration) -> String {
        let seconds = (duration.milliseconds + 999) / 1000
        return "\(seconds / 60):" + (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
    }
}
