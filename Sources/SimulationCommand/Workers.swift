import Foundation

/// Threads that each take one simulation after another, in a folder of their own.
struct Workers: Sendable {
    let folder: String
    let count: Int

    /// A thread's stack: an engine's calls are deep in a debug build.
    private static let stackBytes = 8 << 20

    /// Runs the work on all threads and returns when every one is done.
    func run(_ work: @escaping @Sendable (_ folder: String) -> Void) {
        let group = DispatchGroup()
        for number in 0..<count {
            let thread = Thread { [folder] in
                work("\(folder)/\(number)")
                group.leave()
            }
            thread.stackSize = Self.stackBytes
            group.enter()
            thread.start()
        }
        group.wait()
    }

    /// Tells people how far it is; the figures go to standard output.
    static func tell(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}

/// Says every ten seconds how far something is.
struct Progress: Sendable {
    private let began = DispatchTime.now().uptimeNanoseconds
    private var toldAt = 0

    /// Since it began.
    var seconds: Int { Int((DispatchTime.now().uptimeNanoseconds - began) / 1_000_000_000) }

    mutating func tell(_ line: @autoclosure () -> String) {
        guard seconds >= toldAt + 10 else { return }
        toldAt = seconds
        Workers.tell(line())
    }
}
