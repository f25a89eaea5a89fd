package import Moonline
package import OrderKernel
import Synchronization

/// A machine on which simulated processes find each other: its locks and its sockets.
public final class SimulatedMachine: Sendable {
    private struct Owner {
        let process: Int
        let answer: @Sendable (TurnMessage) async -> TurnAnswer
    }

    private struct State {
        var processes = 0
        var runs: [String: [Int]] = [:]
        var owners: [String: Owner] = [:]
        var notes: [String: PaceRecord] = [:]
        var dead: Set<Int> = []
        var stopped: Set<Int> = []
    }

    private let state = Mutex(State())

    /// A machine without processes.
    public init() {}

    /// A new process.
    package func process() -> SimulatedProcess {
        let number = state.withLock { state in
            state.processes += 1
            return state.processes
        }
        return SimulatedProcess(machine: self, number: number)
    }

    /// Ends a process as SIGKILL does: the kernel lets go of its locks.
    package func kill(_ number: Int) {
        state.withLock { state in
            state.dead.insert(number)
            state.stopped.remove(number)
            state.runs = state.runs.mapValues { $0.filter { $0 != number } }
            state.owners = state.owners.filter { $0.value.process != number }
        }
    }

    /// Stops a process as SIGSTOP does, or lets it go on: its locks stay, it does not answer.
    package func stop(_ number: Int, _ isStopped: Bool) {
        state.withLock { state in
            if isStopped { state.stopped.insert(number) } else { state.stopped.remove(number) }
        }
    }

    fileprivate func begin(_ run: String, _ number: Int) {
        state.withLock { $0.runs[run, default: []].append(number) }
    }

    fileprivate func end(_ run: String, _ number: Int) {
        state.withLock { state in
            if let mark = state.runs[run]?.firstIndex(of: number) {
                state.runs[run]?.remove(at: mark)
            }
        }
    }

    fileprivate func isAlive(_ run: String) -> Bool {
        state.withLock { $0.runs[run]?.isEmpty == false }
    }

    fileprivate func claim(
        _ token: String,
        _ number: Int,
        _ answer: @escaping @Sendable (TurnMessage) async -> TurnAnswer
    ) -> TokenClaim {
        state.withLock { state in
            if state.dead.contains(number) { return .taken }
            if let owner = state.owners[token], owner.process != number { return .taken }
            state.owners[token] = Owner(process: number, answer: answer)
            return .owner(state.notes[token])
        }
    }

    // A process that was killed unwinds in the simulation, but leaves nothing behind.
    fileprivate func note(_ record: PaceRecord, _ token: String, _ number: Int) {
        state.withLock { state in
            if !state.dead.contains(number) { state.notes[token] = record }
        }
    }

    fileprivate func release(_ token: String, _ number: Int) {
        state.withLock { state in
            if state.owners[token]?.process == number { state.owners[token] = nil }
        }
    }

    fileprivate func ask(
        _ token: String,
        _ message: TurnMessage,
        _ number: Int
    ) async throws(MoonlineError) -> TurnAnswer? {
        let (owner, isReachable) = state.withLock { state in
            let owner = state.owners[token]
            let isStopped = owner.map { state.stopped.contains($0.process) } ?? false
            return (owner, !isStopped && !state.dead.contains(number))
        }
        guard isReachable else {
            throw MoonlineError(.unavailable, "the process that paces this key does not answer")
        }
        guard let owner else { return nil }
        let answer = await owner.answer(message)
        // An owner that was killed meanwhile has not answered.
        return state.withLock { $0.owners[token]?.process } == owner.process ? answer : nil
    }
}

/// A process of a simulated machine.
package struct SimulatedProcess: ProcessHost {
    package let machine: SimulatedMachine
    package let number: Int
    /// Lets time pass for what does not answer.
    var clock: (any EngineClock)?

    package func begin(run: String) { machine.begin(run, number) }

    package func end(run: String) { machine.end(run, number) }

    package func isAlive(run: String) -> Bool { machine.isAlive(run) }

    package func claim(
        _ token: String,
        answer: @escaping @Sendable (TurnMessage) async -> TurnAnswer
    ) async throws(MoonlineError) -> TokenClaim {
        machine.claim(token, number, answer)
    }

    package func note(_ record: PaceRecord, of token: String) {
        machine.note(record, token, number)
    }

    package func release(_ token: String) async { machine.release(token, number) }

    package func ask(
        _ token: String,
        _ message: TurnMessage
    ) async throws(MoonlineError) -> TurnAnswer? {
        do throws(MoonlineError) {
            return try await machine.ask(token, message, number)
        } catch {
            // A socket that nobody answers takes its time.
            try? await clock?.sleep(until: (clock?.now() ?? .distantPast) + .seconds(10))
            throw error
        }
    }
}
