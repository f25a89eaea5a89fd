import Foundation
import Testing

/// The house style, as far as a machine can check it.
struct StyleTests {
    private static let all = SourceTree.sources + SourceTree.tests + SourceTree.native

    @Test func `no file is longer than 400 lines, and the median is near 120`() {
        for file in Self.all { #expect(file.lines.count <= 401, "\(file)") }
        let counts = SourceTree.sources.map(\.lines.count).sorted()
        #expect(counts[counts.count / 2] <= 120)
    }

    @Test func `no line is longer than 100 columns`() {
        for file in Self.all {
            for (number, line) in file.lines.enumerated() where line.count > 100 {
                Issue.record("\(file):\(number + 1) has \(line.count) columns")
            }
        }
    }

    @Test func `no function is longer than 60 lines`() {
        for file in SourceTree.sources + SourceTree.tests {
            for (start, length) in FunctionScan(file.lines).functions where length > 60 {
                Issue.record("\(file):\(start) is \(length) lines long")
            }
        }
    }

    /// A banned piece of text, where it is allowed all the same, and what to write instead.
    struct Ban: Sendable, CustomStringConvertible {
        let text: String
        var allowed: [String] = []
        let instead: String
        var description: String { text }

        /// Whether it stands there as a word of its own: `addTask {` is no `Task {`.
        func occurs(in line: String) -> Bool {
            line.ranges(of: text).contains { range in
                guard range.lowerBound > line.startIndex else { return true }
                return !line[line.index(before: range.lowerBound)].isLetter
            }
        }
    }

    static let bans = [
        Ban(text: "try!", instead: "throw"),
        Ban(text: "as!", instead: "as? with a guard"),
        Ban(text: "@unchecked Sendable", instead: "Mutex"),
        Ban(text: "nonisolated(unsafe)", instead: "an actor or Mutex"),
        Ban(text: "fatalError(", instead: "throw"),
        Ban(text: "Task.detached", instead: "a task group"),
        Ban(text: "Task {", instead: "a task group"),
        Ban(
            text: "Task(",
            allowed: ["DrainingExecutor.swift", "EngineSimulation.swift", "SimulatedLife.swift"],
            instead: "a task group"),
        Ban(
            text: "Date()", allowed: ["Instant+WallClock.swift", "SimulatorClock.swift"],
            instead: "EngineClock"
        ),
        Ban(text: "Task.sleep", allowed: ["AttackBench.swift"], instead: "EngineClock"),
        Ban(
            text: "ContinuousClock()",
            allowed: [
                "AttackBench.swift", "Benchmark.swift", "EngineClock.swift",
                "HostTime+Machine.swift", "SimulatorClock.swift",
            ],
            instead: "EngineClock"
        ),
        Ban(text: "UUID()", instead: "RandomSource"),
        Ban(text: "TO" + "DO", instead: "an issue"),
        Ban(text: "FIX" + "ME", instead: "an issue"),
    ]

    @Test(arguments: bans)
    func `banned text does not occur in the sources`(_ ban: Ban) {
        for file in SourceTree.sources where !ban.allowed.contains(file.name) {
            for (number, line) in file.lines.enumerated() {
                let code = line.drop { $0 == " " }
                guard !code.hasPrefix("//"), ban.occurs(in: line) else { continue }
                Issue.record("\(file):\(number + 1) has \(ban.text); use \(ban.instead)")
            }
        }
    }

    @Test func `the kernel imports nothing`() {
        for file in SourceTree.sources where file.module == "OrderKernel" {
            for line in file.lines where line.contains("import ") && !line.hasPrefix("//") {
                let words = line.split(separator: " ")
                let isImport = words.first == "import" || words.dropFirst().first == "import"
                #expect(!isImport, "\(file): \(line)")
            }
        }
    }

    /// What each module may import of the others: downwards only.
    static let allowed: [String: Set<String>] = [
        "LuaSandbox": ["CLuaVM"],
        "OrderKernel": [],
        "Definitions": ["LuaSandbox", "OrderKernel"],
        "Journal": ["OrderKernel"],
        "Transport": ["Definitions", "OrderKernel"],
        "Moonline": ["Definitions", "Journal", "LuaSandbox", "OrderKernel", "Transport"],
        "MoonlineTestKit": [
            "CSimulatedDisk", "Definitions", "Journal", "LuaSandbox", "Moonline", "OrderKernel",
            "Transport",
        ],
        "SimulationCommand": ["MoonlineTestKit", "OrderKernel"],
        "Simulator": [],
        "Fuzzing": ["CLuaVM", "CStockLua", "Definitions", "LuaSandbox", "OrderKernel"],
        "SettingsFuzzing": ["Moonline", "OrderKernel"],
        "Benchmarks": ["LuaSandbox", "MoonlineTestKit", "OrderKernel"],
        "Scripting": ["Definitions", "LuaSandbox", "Moonline", "OrderKernel", "Transport"],
        "MoonlineCommand": [
            "Definitions", "LuaSandbox", "Moonline", "OrderKernel", "Scripting", "Simulator",
        ],
    ]

    @Test func `imports point down only`() {
        let modules = Set(Self.allowed.keys).union(["CLuaVM", "CSimulatedDisk", "CStockLua"])
        for file in SourceTree.sources {
            let allowed = Self.allowed[file.module] ?? []
            for line in file.lines where !line.hasPrefix(" ") {
                let words = line.split(separator: " ").map(String.init)
                guard let at = words.firstIndex(of: "import"), at <= 1, words.count > at + 1 else {
                    continue
                }
                let name = words[at + 1]
                #expect(!modules.contains(name) || allowed.contains(name), "\(file): \(line)")
            }
        }
    }

    @Test func `every public symbol has a documentation comment`() {
        for file in SourceTree.sources {
            for (number, line) in file.lines.enumerated() {
                let code = line.drop { $0 == " " }
                guard code.hasPrefix("public "), !code.hasPrefix("public import") else { continue }
                var above = number - 1
                while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") {
                    above -= 1
                }
                let comment = above >= 0 ? file.lines[above].drop { $0 == " " } : ""
                #expect(comment.hasPrefix("///"), "\(file):\(number + 1): \(code)")
            }
        }
    }

    @Test func `no name is Manager, Helper or Utils`() {
        for file in SourceTree.sources + SourceTree.tests {
            for word in ["Manager", "Helper", "Utils"] {
                #expect(!file.name.contains(word), "\(file)")
            }
        }
    }

    @Test func `the top level holds no more than it should`() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: SourceTree.root.path)
            .filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
        #expect(
            Set(found) == [
                "LICENSE", "Package.swift", "README.md", "Sources", "Tests", "providers", "scripts",
            ])
    }

    @Test func `the README has at most 150 lines`() {
        let readme = SourceTree.files(under: ".", endings: ["README.md"])
            .first { $0.path == "./README.md" }
        #expect((readme?.lines.count ?? 999) <= 151)
    }
}
