import Foundation
package import OrderKernel
import Synchronization

/// The processes of this machine, by locks of the kernel and Unix sockets.
package final class LocalHost: ProcessHost {
    private let runs: String
    private let patience: Duration
    private let folder: HostFolder
    private let held = Mutex<[String: LockFile]>([:])
    /// Several may wait for one number: each has a mark of its own, on the same file.
    private let marks = Mutex<[String: [LockFile]]>([:])
    private let servers = Mutex<[String: TurnServer]>([:])

    /// - Parameters:
    ///   - home: the state folder, where runs are marked.
    ///   - patience: how long another process may take to answer; ten seconds without one.
    /// - Throws: `MoonlineError` with `internal` when no private folder can be had.
    package init(
        home: String,
        environment: [String: String],
        patience: Duration? = nil
    ) throws(MoonlineError) {
        runs = home + "/runs"
        self.patience = patience ?? TurnClient.patienceDefault
        folder = try HostFolder(environment: environment)
        mkdir(runs, 0o700)
        removeDeadRuns()
    }

    package func begin(run: String) throws(MoonlineError) {
        do {
            for _ in 0..<Self.markAttempts {
                guard let file = try LockFile(taking: mark(of: run), isShared: true) else {
                    continue
                }
                return marks.withLock { $0[run, default: []].append(file) }
            }
        } catch {
            throw MoonlineError(
                .internal, "\(runs) cannot be written; check its permissions and disk space")
        }
        throw MoonlineError(
            .internal,
            "\(mark(of: run)) is held by another process; end it (`pgrep -a moonline` lists them)")
    }

    /// Others hold a mark alone for the moment in which they look at it.
    ///
    /// So many attempts take half a second, as a machine that is busy may need.
    private static let markAttempts = 100

    package func end(run: String) {
        let mark = marks.withLock { marks in
            defer { if marks[run]?.isEmpty == true { marks[run] = nil } }
            return marks[run]?.popLast()
        }
        mark?.remove()
    }

    package func isAlive(run: String) -> Bool {
        LockFile.isHeld(mark(of: run))
    }

    package func claim(
        _ token: String,
        answer: @escaping @Sendable (TurnMessage) async -> TurnAnswer
    ) async throws(MoonlineError) -> TokenClaim {
        let lock: LockFile
        do {
            guard let taken = try LockFile(taking: path(of: token, "lock")) else { return .taken }
            lock = taken
        } catch {
            throw MoonlineError(
                .internal, "\(folder.path) cannot be written; check its permissions and disk space")
        }
        held.withLock { $0[token] = lock }
        let server: TurnServer
        do throws(MoonlineError) {
            server = try await TurnServer(path: path(of: token, "sock"), answer: answer)
        } catch {
            // Whoever else waits for this lock would wait for an owner that answers nothing.
            await release(token)
            throw error
        }
        servers.withLock { $0[token] = server }
        return .owner(try? JSONDecoder().decode(PaceRecord.self, from: Data(lock.content)))
    }

    package func note(_ record: PaceRecord, of token: String) {
        guard let data = try? JSONEncoder().encode(record) else { return }
        held.withLock { $0[token] }?.write(Array(data))
    }

    package func release(_ token: String) async {
        await servers.withLock { $0.removeValue(forKey: token) }?.close()
        held.withLock { $0.removeValue(forKey: token) }?.release()
    }

    package func ask(
        _ token: String,
        _ message: TurnMessage
    ) async throws(MoonlineError) -> TurnAnswer? {
        switch await TurnClient.ask(message, path: path(of: token, "sock"), patience: patience) {
        case .answer(let answer): return answer
        case .gone: return nil
        case .silent:
            guard LockFile.isHeld(path(of: token, "lock")) else { return nil }
            throw MoonlineError(
                .unavailable,
                "another process of yours paces this key and does not answer; end it or let it go "
                    + "on (`pgrep -a moonline` lists them)")
        }
    }

    private func mark(of run: String) -> String { "\(runs)/\(run)" }
    private func path(of token: String, _ kind: String) -> String {
        "\(folder.path)/\(token).\(kind)"
    }

    // A killed process leaves its mark; nobody holds it any more.
    private func removeDeadRuns() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
        for name in names { LockFile.remove(dead: mark(of: name)) }
    }
}
