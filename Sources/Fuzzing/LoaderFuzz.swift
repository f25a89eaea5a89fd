import Definitions
import LuaSandbox

/// The definition loader: it ends with a definition or with problems that have a line, whatever
/// the file holds.
///
/// An input is the text of a file; `dialect = "words"` gives it a small dialect.
enum LoaderFuzz {
    // A file that loops ends like any other, only later, and keeps the next inputs waiting.
    private static let limits = LuaLimits(
        processorTime: .milliseconds(20), hostCallsMaximum: LuaLimits.load.hostCallsMaximum)

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        let source = String(decoding: bytes, as: UTF8.self)
        switch try load(source) {
        case .success(let definition): try check(definition)
        case .failure(let problems): try check(problems, lines: bytes.count { $0 == 0x0A } + 1)
        }
    }

    private static func load(
        _ source: String
    ) throws(FuzzFinding) -> Result<ProviderDefinition, DefinitionProblems> {
        let result = DrainingExecutor().run {
            await outcome { () async throws(DefinitionProblems) in
                let loader = DefinitionLoader(limits: limits) {
                    $0 == "words" ? ReplyDefinitions.dialect : nil
                }
                return try await loader.load(source, id: "acme", file: "acme.lua")
            }
        }
        guard let result else { throw FuzzFinding("loading waits for something") }
        return result
    }

    private static func outcome(
        _ load: () async throws(DefinitionProblems) -> ProviderDefinition
    ) async -> Result<ProviderDefinition, DefinitionProblems> {
        do throws(DefinitionProblems) {
            return .success(try await load())
        } catch {
            return .failure(error)
        }
    }

    private static func check(_ problems: DefinitionProblems, lines: Int) throws(FuzzFinding) {
        try require(!problems.problems.isEmpty, "a file is refused without a problem")
        for problem in problems.problems {
            // Lua counts "\r" as the end of a line as well.
            try require(problem.line >= 1, "a problem stands on line \(problem.line)")
            try require(!problem.message.isEmpty, "a problem has no message")
            try require(
                problem.description.unicodeScalars.allSatisfy { $0.value >= 0x20 },
                "a problem has control characters: \(problem)")
        }
    }

    // What a journal keeps of a definition has to give the same definition again.
    private static func check(_ definition: ProviderDefinition) throws(FuzzFinding) {
        try require(definition.id == "acme", "the id is \(definition.id)")
        _ = definition.advice
        let text = definition.source
        let kept = DrainingExecutor().run {
            await outcome { () async throws(DefinitionProblems) in
                try await DefinitionLoader.load(kept: text, id: "acme")
            }
        }
        guard case .success(let again) = kept else {
            throw FuzzFinding("what was kept of a definition is refused")
        }
        try require(again.source == text, "what was kept of a definition has another text")
        try require(
            again.operations.keys.sorted() == definition.operations.keys.sorted(),
            "what was kept of a definition has other operations")
    }
}
