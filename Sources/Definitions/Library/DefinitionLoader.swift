package import LuaSandbox
import OrderKernel

/// Turns the text of a definition file into a `ProviderDefinition`, or into all its problems.
package struct DefinitionLoader: Sendable {
    /// Finds the text of a dialect by its name.
    private let dialect: @Sendable (String) -> String?
    /// What a file may use while it is read.
    private let limits: LuaLimits

    /// A larger file is no definition.
    static let sourceBytesMaximum = 256 << 10
    /// As much of a line is looked at for advice: some patterns take quadratic time.
    private static let lineBytesMaximum = 200
    /// Places of a kept text that may be the seam are tried, each of which loads a file.
    private static let seamsMaximum = 4

    package init(
        limits: LuaLimits = .load,
        dialect: @escaping @Sendable (String) -> String?
    ) {
        self.limits = limits
        self.dialect = dialect
    }

    /// Loads a definition.
    ///
    /// - Parameters:
    ///   - id: the file's name without its ending.
    ///   - file: the file's name for messages.
    /// - Throws: `DefinitionProblems`, all at once.
    package func load(
        _ source: String,
        id: String,
        file: String
    ) async throws(DefinitionProblems) -> ProviderDefinition {
        guard source.utf8.count <= Self.sourceBytesMaximum else {
            throw Self.problem(file, 1, "the file is larger than 256 KiB")
        }
        let source = StreamSafeText.decode(source.withoutByteOrderMark.utf8)
        let machine = try Self.machine(file)
        var root = try await evaluate(source, file, machine)
        var maps = [SourceMap(file: file, source: source)]
        var text = source
        if root["dialect"] != .nil {
            let base = try await loadDialect(of: root, maps[0], machine)
            root = DialectMerge.merge(root, over: base.table)
            maps.append(base.map)
            text += Self.seam(base.map.file) + base.source
        }
        var schema = DefinitionSchema(root, maps: maps)
        let definition = schema.definition(
            fileID: id, file: file, source: text, machine: machine
        )
        guard let definition else {
            throw DefinitionProblems(problems: Self.ordered(schema.reader.problems, file))
        }
        return definition
    }

    /// Loads a text that a definition has as its `source`: the file, and its dialect behind it.
    ///
    /// - Throws: `DefinitionProblems`.
    package static func load(
        kept text: String,
        id: String
    ) async throws(DefinitionProblems) -> ProviderDefinition {
        for mark in text.ranges(of: Self.seam("dialects/")).reversed().prefix(seamsMaximum) {
            let dialect = text[mark.upperBound...].drop { $0 != "\n" }.dropFirst()
            let loader = DefinitionLoader { _ in String(dialect) }
            let file = String(text[..<mark.lowerBound])
            // A line of the file may look like the seam.
            if let whole = try? await loader.load(file, id: id, file: id + ".lua"),
                whole.source == text
            {
                return whole
            }
        }
        return try await DefinitionLoader { _ in nil }.load(text, id: id, file: id + ".lua")
    }

    // Stands between a file and its dialect; without its line end it begins such a line.
    private static func seam(_ file: String) -> String {
        "\n-- \(file)" + (file.hasSuffix("/") ? "" : "\n")
    }

    private struct Dialect {
        let table: LuaTable
        let map: SourceMap
        let source: String
    }

    private func loadDialect(
        of root: LuaTable,
        _ map: SourceMap,
        _ machine: LuaMachine
    ) async throws(DefinitionProblems) -> Dialect {
        let line = map.nearestLine(of: ["dialect"])
        guard let name = root["dialect"].text else {
            throw Self.problem(
                map.file, line,
                "dialect: the name of a dialect was expected, not " + root["dialect"].shown)
        }
        guard let source = dialect(name) else {
            throw Self.problem(map.file, line, "dialect: there is no dialect '\(name)'")
        }
        let file = "dialects/\(name).lua"
        guard source.utf8.count <= Self.sourceBytesMaximum else {
            throw Self.problem(file, 1, "the file is larger than 256 KiB")
        }
        var table = try await evaluate(source, file, machine, [.table(LuaTable())])
        if root["quirks"] != .nil {
            var reader = SchemaReader(maps: [map])
            let quirks = QuirkSchema.read(root["quirks"], declared: table["quirks"], &reader)
            guard reader.problems.isEmpty else {
                throw DefinitionProblems(problems: Self.ordered(reader.problems, map.file))
            }
            table = try await evaluate(source, file, machine, [.table(quirks)])
        }
        table.fields[.string("quirks")] = nil
        return Dialect(
            table: table, map: SourceMap(file: file, source: source), source: source)
    }

    // The file's own problems come before those of its dialect, each in the order of the lines.
    private static func ordered(
        _ problems: [DefinitionProblem],
        _ file: String
    ) -> [DefinitionProblem] {
        problems.sorted { left, right in
            (left.file == file ? 0 : 1, left.line, left.keyPath)
                < (right.file == file ? 0 : 1, right.line, right.keyPath)
        }
    }

    private static func machine(_ file: String) throws(DefinitionProblems) -> LuaMachine {
        do {
            return try LuaMachine(host: FunctionHost.names)
        } catch {
            throw problem(file, 1, "there is no memory for a Lua machine")
        }
    }

    private func evaluate(
        _ source: String,
        _ file: String,
        _ machine: LuaMachine,
        _ arguments: [LuaValue] = []
    ) async throws(DefinitionProblems) -> LuaTable {
        let values: [LuaValue]
        do {
            values = try await machine.run(
                source, name: file, arguments: arguments, limits: limits, exportsFunctions: true
            )
        } catch {
            throw Self.failure(error, file, source)
        }
        guard let table = values.first?.table else {
            throw Self.problem(file, 1, "a definition file ends with: return provider { … }")
        }
        return table
    }

    private static func failure(
        _ failure: LuaFailure,
        _ file: String,
        _ source: String
    ) -> DefinitionProblems {
        switch failure {
        case .outOfTime(let place), .tooManyCalls(let place):
            return problem(file, place?.line ?? 1, "takes too long to load; look for a loop")
        case .outOfMemory(let place):
            return problem(
                file, place?.line ?? 1, "needs too much memory to load; look for a loop")
        case .cancelled: return problem(file, 1, "loading was stopped")
        case .raised(let value):
            let line = value.failureLine
            // Lua writes "file:line: message".
            let parts = line.dropFirst(file.count + 1).split(separator: ":", maxSplits: 1)
            guard line.hasPrefix(file + ":"), parts.count == 2, let number = Int(parts[0]),
                number > 0
            else { return problem(file, 1, line) }
            let message = parts[1].drop { $0 == " " }.description
            let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
            let text = lines.indices.contains(number - 1) ? lines[number - 1] : ""
            let begin = String(text).cut(to: Self.lineBytesMaximum)
            return problem(file, number, LuaAdvice.adding(to: message, of: begin))
        }
    }

    private static func problem(
        _ file: String,
        _ line: Int,
        _ message: String
    ) -> DefinitionProblems {
        let message = message.isEmpty ? "failed without a message" : message.safe
        return DefinitionProblems(problems: [
            DefinitionProblem(file: file, line: line, keyPath: "", message: message)
        ])
    }
}

extension String {
    /// The text without the mark that some editors put before it, and that Lua does not know.
    package var withoutByteOrderMark: String {
        unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self
    }
}
