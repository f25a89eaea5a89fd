import Foundation

/// Shows many lines page by page on a terminal, and at once everywhere else.
struct Pager {
    let console: Console
    let environment: [String: String]

    func show(_ lines: [String]) {
        guard console.isTerminal, lines.count > Console.rows - 1, page(lines) else {
            for line in lines { console.print(line) }
            return
        }
    }

    // Whether a pager could be run: `$PAGER`, else less.
    private func page(_ lines: [String]) -> Bool {
        let words = (environment["PAGER"] ?? "less").split(separator: " ").map(String.init)
        guard let name = words.first, name != "cat" else { return false }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        // It runs what the user likes, and has no use for keys.
        process.environment = environment.filter { name, _ in
            !name.hasPrefix("MOONLINE_") && name != "CREDENTIALS_DIRECTORY"
        }.merging(["LESS": "-FRSX"]) { own, _ in own }
        let pipe = Pipe()
        process.standardInput = pipe
        do {
            try process.run()
        } catch {
            return false
        }
        let text = lines.map(console.style.written).joined(separator: "\n") + "\n"
        try? pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try? pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        // env says 127 when there is no such program.
        return process.terminationStatus != 127
    }
}
