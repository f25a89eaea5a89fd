import Foundation

/// Runs the built program, as a user would.
struct ProgramRun: Sendable {
    let status: Int32
    let output: String
    let errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }

    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The program, which is built into the folder of the tests.
    static var binary: String {
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let executable = URL(filePath: link ?? CommandLine.arguments[0])
        return executable.deletingLastPathComponent().appending(path: "moonline").path
    }

    /// Starts a process whose streams are pipes.
    static func process(
        _ executable: String,
        _ arguments: [String],
        _ environment: [String: String]
    ) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.environment = base.merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = Pipe()
        process.standardError = Pipe()
        return process
    }

    // Sanitizers watch the program as they watch the tests.
    private static var base: [String: String] {
        let own = ProcessInfo.processInfo.environment
        return own.filter { name, _ in
            ["PATH", "HOME", "LANG", "TMPDIR"].contains(name) || name.hasSuffix("SAN_OPTIONS")
        }
    }

    /// Waits for the first byte of a stream, without a thread on which others wait as well.
    static func firstByte(of handle: FileHandle) async -> UInt8? {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: (try? handle.read(upToCount: 1))?.first)
            }
        }
    }

    /// Runs to the end, and collects both streams.
    static func run(
        _ arguments: [String],
        _ environment: [String: String] = [:],
        executable: String = binary
    ) async throws -> ProgramRun {
        let process = process(executable, arguments, environment)
        let output = Task.readAll(process.standardOutput)
        let errors = Task.readAll(process.standardError)
        try process.run()
        let text = (await output.value, await errors.value)
        process.waitUntilExit()
        return ProgramRun(status: process.terminationStatus, output: text.0, errors: text.1)
    }
}

extension Task where Success == String, Failure == Never {
    /// Reads a pipe to its end, beside everything else.
    fileprivate static func readAll(_ stream: Any?) -> Task<String, Never> {
        let handle = (stream as? Pipe)?.fileHandleForReading
        return Task {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    let data = (try? handle?.readToEnd()) ?? Data()
                    continuation.resume(returning: String(decoding: data, as: UTF8.self))
                }
            }
        }
    }
}
