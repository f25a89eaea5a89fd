import Foundation
import Testing

/// Runs the built program on a terminal, as a person would: 80 columns wide, and ten lines high, so
/// that most lists take more than one page.
struct TerminalRun: Sendable {
    let status: Int32
    /// What the terminal got of both streams.
    let shown: String

    static func run(
        _ arguments: [String],
        _ environment: [String: String]
    ) async throws -> TerminalRun {
        let (screen, line) = try pair()
        defer { close(screen) }
        var size = winsize(ws_row: 10, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(line, UInt(TIOCSWINSZ), &size)
        let process = ProgramRun.process(
            ProgramRun.binary, arguments,
            environment.merging(["TERM": "xterm"]) { own, _ in own })
        let handle = FileHandle(fileDescriptor: line, closeOnDealloc: false)
        (process.standardOutput, process.standardError) = (handle, handle)
        async let shown = everything(on: screen)
        do {
            defer { close(line) }
            try process.run()
        }
        let text = await shown
        process.waitUntilExit()
        return TerminalRun(status: process.terminationStatus, shown: text)
    }

    // Not for other programs that are started meanwhile.
    private static let flags = O_RDWR | O_NOCTTY | O_CLOEXEC

    // What the program writes to comes second.
    private static func pair() throws -> (Int32, Int32) {
        let screen = open("/dev/ptmx", flags)
        try #require(screen >= 0)
        #if os(Linux)
            // TIOCSPTLCK and TIOCGPTN (ioctl_tty(2)), which are not imported.
            var (isLocked, number) = (Int32(0), UInt32(0))
            try #require(ioctl(screen, 0x4004_5431, &isLocked) == 0)
            try #require(ioctl(screen, 0x8004_5430, &number) == 0)
            let path = "/dev/pts/\(number)"
        #else
            try #require(grantpt(screen) == 0 && unlockpt(screen) == 0)
            let path = try #require(ptsname(screen).map { String(cString: $0) })
        #endif
        let line = open(path, flags)
        try #require(line >= 0)
        return (screen, line)
    }

    // To the end of the last program that writes there, which reads as an error (EIO).
    private static func everything(on screen: Int32) async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var bytes: [UInt8] = []
                var part = [UInt8](repeating: 0, count: 1 << 12)
                while true {
                    let count = read(screen, &part, part.count)
                    guard count > 0 else { break }
                    bytes += part[..<count]
                }
                continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
            }
        }
    }
}
