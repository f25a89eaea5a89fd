import LuaSandbox
import OrderKernel

/// The host primitives that a definition's function may use.
struct FunctionHost: Sendable {
    /// The names; `provider` marks the definition and returns it.
    static let names = LuaHost(
        operations: [
            "http.get", "http.post", "http.request", "sleep",
            "log.debug", "log.info", "log.warn", "log.error",
        ] + signing,
        families: ["call"],
        markers: ["provider"]
    )

    let runner: OperationRunner
    let environment: OperationEnvironment
    let operation: String
    let trace: FunctionTrace

    var handler: LuaHost.Handler {
        { name, arguments in
            switch name {
            case "sleep": return try await sleep(arguments)
            case "call": return [try await call(arguments)]
            case "http.get", "http.post", "http.request": return try await http(name, arguments)
            case let name where Self.signing.contains(name): return try sign(name, arguments)
            default:
                let level = String(name.dropFirst("log.".count))
                guard trace.takeLogLine() else { return [] }
                let text = (arguments.first?.plainText ?? "").cut(to: Self.lineBytes)
                environment.log(level, text.oneLine)
                return []
            }
        }
    }

    /// Longer texts are no lines, durations, names and URLs: looking through them takes time that
    /// nobody counts.
    private static let lineBytes = 4096
    static let wordBytes = 256
    private static let targetBytes = 8192
    static let signedBytes = 65_536

    private func sleep(_ arguments: [LuaValue]) async throws -> [LuaValue] {
        let text = (arguments.first?.plainText ?? "").cut(to: Self.wordBytes)
        let seconds = ExactDecimal(text)?.millionths.map { Duration.microseconds($0) }
        guard let duration = Duration(text: text) ?? seconds, duration >= .zero else {
            throw LuaHostError("sleep: '\(text)' is no duration, write sleep(\"2s\")")
        }
        guard trace.takeSleep(duration) else {
            throw LuaHostError(
                code: "timeout",
                message: "a function may not sleep longer than "
                    + FunctionTrace.sleepMaximum.text + " altogether")
        }
        do {
            try await environment.sleep(duration)
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            throw Self.raised(error)
        }
        return []
    }

    private func call(_ arguments: [LuaValue]) async throws -> LuaValue {
        let name = (arguments.first?.text ?? "").cut(to: Self.wordBytes)
        if let called = runner.definition.operations[name], called.costs, name != operation {
            throw LuaHostError(
                code: "unsupported",
                message: "call.\(name) would cost money; "
                    + "purchases are made by the core alone")
        }
        var values: [String: LuaValue] = [:]
        if arguments.count > 1, let table = arguments[1].table {
            for (key, value) in table.namedFields { values[key] = value }
        }
        do throws(MoonlineError) {
            let result = try await runner.perform(name, Arguments(values))
            // The function takes what it gets for all that there is.
            if case .list(_, let unread, _) = result {
                trace.note(unread: unread.map { "call.\(name): \($0)" })
            }
            return result.json.luaValue
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            throw Self.raised(error)
        }
    }

    private func http(_ name: String, _ arguments: [LuaValue]) async throws -> [LuaValue] {
        var arguments = arguments[...]
        var method = name == "http.post" ? HTTPMethod.post : .get
        if name == "http.request" {
            let verb = (arguments.popFirst()?.text ?? "").cut(to: Self.wordBytes)
            guard let known = HTTPMethod(rawValue: verb.lowercased()) else {
                throw LuaHostError(
                    "http.request: '\(verb)' is no verb, write "
                        + "http.request(\"get\", \"/path\")")
            }
            method = known
        }
        let options = arguments.dropFirst().first?.table ?? LuaTable()
        let path = arguments.first?.text ?? ""
        guard path.utf8.count <= Self.targetBytes else {
            throw LuaHostError("http: a path has at most \(Self.targetBytes) bytes")
        }
        let request = try FunctionRequest(
            method: method, path: path, options: options,
            baseURL: runner.definition.baseURL, operation: operation
        ).request()
        if let place = runner.definition.auth.places.first(where: { !request.takes($0) }) {
            throw LuaHostError(
                "\(name): the credential goes as \(place.label), which this request cannot carry; "
                    + "send a post with such a body")
        }
        do {
            return [try await environment.send(request).luaValue]
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            return [.nil, Self.raised(error).value]
        }
    }

    static func raised(_ error: MoonlineError) -> LuaHostError {
        var fields: [String: LuaValue] = [
            "code": .string(error.code.rawValue),
            "message": .string(error.message),
            "retry": .string(error.code.retry.rawValue),
        ]
        if let milliseconds = error.retryAfter?.milliseconds {
            fields["after"] =
                milliseconds % 1000 == 0
                ? .integer(milliseconds / 1000) : .number(Double(milliseconds) / 1000)
        }
        if error.isUnsent { fields["unsent"] = true }
        return LuaHostError(.table(LuaTable(fields)))
    }

    // What was raised without a code.
    private static func story(of value: LuaValue, _ operation: String) -> String {
        if value.plainText == nil, value.table?["message"].text == nil {
            return "the function of \(operation) failed without a message; write "
                + "fail(\"no_numbers\", \"message\")"
        }
        let line = LuaAdvice.adding(to: value.failureLine).oneLine
        return value.hasFailurePlace
            ? "the definition failed at \(line)" : "the function of \(operation) failed: \(line)"
    }

    private static func overspent(
        _ what: String,
        at place: LuaPlace?,
        _ definition: ProviderDefinition,
        _ operation: String
    ) -> MoonlineError {
        MoonlineError(
            .protocol,
            "\(place?.description ?? definition.file): the function of \(operation) "
                + "\(what); look for a loop in it")
    }

    /// What an error of Lua code means to the caller.
    static func error(
        _ failure: LuaFailure,
        definition: ProviderDefinition,
        operation: String
    ) -> MoonlineError {
        switch failure {
        case .cancelled: return MoonlineError(.cancelled, "the call was cancelled")
        case .outOfTime(let place):
            return overspent("computes for too long", at: place, definition, operation)
        case .tooManyCalls(let place):
            return overspent("calls the host too often", at: place, definition, operation)
        case .outOfMemory(let place):
            return overspent("needs too much memory", at: place, definition, operation)
        case .raised(let value):
            guard let table = value.table, let name = table["code"].text else {
                return MoonlineError(.protocol, story(of: value, operation))
            }
            guard let code = ErrorCode(rawValue: name) else {
                let known = ErrorCode.allCases.filter(\.isProviders).map(\.rawValue)
                return MoonlineError(
                    .protocol,
                    "the function of \(operation) failed with '\(name)', which is no error code; "
                        + "known are \(known.joined(separator: ", "))")
            }
            let message = table["message"].plainText.map(\.oneLine)
            var error = MoonlineError(code, message ?? code.meaning)
            error.retryAfter = table["after"].plainText
                .flatMap { RetryAfterHeader.delay(seconds: $0) }
            error.isUnsent = table["unsent"] == true
            return error
        }
    }
}
