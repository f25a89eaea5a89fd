import LuaSandbox
import Moonline
import OrderKernel
import Scripting
import Synchronization

/// What a script says while it runs and when it ends.
final class ScriptReport: Sendable {
    private let console: Console
    private let bought = Mutex<Set<String>>([])
    private let hasFailed = Mutex(false)

    init(_ console: Console) { self.console = console }

    /// The orders that the script bought.
    var orders: Set<String> { bought.withLock { $0 } }

    var output: ScriptOutput {
        ScriptOutput(
            print: { [console] line in
                if console.isJSON {
                    console.print(Documents.event("output", [.init("text", .string(line))]))
                } else {
                    console.print(line)
                }
            },
            show: { [console] fields in
                if console.isJSON {
                    // A name twice in an object would mean two things.
                    let members = fields.map { field in
                        JSON.Member(field.name == "event" ? "event_" : field.name, field.value)
                    }
                    console.print(Documents.event("show", members))
                } else {
                    let words = fields.map { "\($0.name) \($0.value.text ?? $0.value.serialized)" }
                    console.note(words.joined(separator: "  "))
                }
            },
            progress: { [console] text in
                if console.isJSON {
                    console.print(Documents.event("progress", [.init("text", .string(text))]))
                } else if console.hasLiveProgress {
                    console.show(status: text)
                } else {
                    console.note(text)
                }
            },
            log: { [console] level, message in console.note("\(level): \(message)") }
        )
    }

    func help(_ specification: ScriptSpecification?, file: String) {
        let lines =
            specification.map { Self.usage(of: $0, file, console.style) }
            ?? ["\(file) says nothing of its arguments"]
        console.print(text: lines.joined(separator: "\n"), as: "help")
    }

    private static func usage(
        of specification: ScriptSpecification,
        _ file: String,
        _ style: Style
    ) -> [String] {
        let required = specification.parameters.filter { !$0.isOptional }.map(\.usage)
        let example = (["moonline run \(file)"] + required).joined(separator: " ")
        var lines = specification.about.isEmpty ? [] : [specification.about]
        lines += ["", "Usage: \(example) [key=value …]"]
        guard !specification.parameters.isEmpty else { return lines }
        var table = Table(["", ""])
        for parameter in specification.parameters {
            table.add(["  " + parameter.usage, parameter.help])
        }
        return lines + [""] + table.lines(style).dropFirst()
    }

    /// Prints what a script returned.
    ///
    /// - Throws: its failure.
    func finish(_ outcome: ScriptRunner.Outcome) throws(MoonlineError) {
        bought.withLock { $0 = outcome.orders }
        if let error = outcome.error {
            hasFailed.withLock { $0 = true }
            let lines = outcome.traceback.map { String($0.drop { $0 == "\t" }) }
            if !console.isJSON {
                for line in lines { console.note("  " + line) }
            } else if !lines.isEmpty {
                console.print(
                    Documents.event("traceback", [.init("lines", .array(lines.map(JSON.string)))]))
            }
            throw error
        }
        guard let value = outcome.value, value != .null else { return }
        console.print(console.isJSON ? Documents.event("result", [.init("value", value)]) : value)
    }

    /// Marks what the script left open: used where a code came, to be given back elsewhere.
    func leave(_ engine: Engine) async {
        // What it did not return, it may not have shown either.
        if hasFailed.withLock(\.self) { engine.forgetHanded(orders) }
        for id in orders {
            guard let order = try? await engine.number(id).order, !order.state.isTerminal else {
                continue
            }
            if order.hasEvidence {
                _ = try? await engine.finishHanded(id)
            } else {
                try? await engine.abandon(id)
            }
        }
    }
}
