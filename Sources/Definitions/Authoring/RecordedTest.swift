package import LuaSandbox
package import OrderKernel
import Synchronization

/// A call that was made, as a test for a definition file.
package struct RecordedTest: Sendable {
    private let operation: String
    private let arguments: Arguments
    private let exchanges: [Exchange]
    /// As a test of the file makes them: with other times and signatures than the call's own.
    private let requests: [ProviderRequest]
    private let basePath: String
    /// What the definition makes of the answers.
    package let outcome: Result<JSON, MoonlineError>

    /// A request and its answer.
    package struct Exchange: Sendable, Hashable {
        package let request: ProviderRequest
        package let response: ProviderResponse

        package init(request: ProviderRequest, response: ProviderResponse) {
            self.request = request
            self.response = response
        }
    }

    /// A call whose outcome is found by having the definition read the answers again.
    package init(
        _ definition: ProviderDefinition,
        operation: String,
        arguments: Arguments,
        exchanges: [Exchange]
    ) async {
        self.operation = operation
        self.arguments = arguments
        self.exchanges = exchanges
        basePath = definition.baseURL.path
        let answers = Mutex(exchanges.map(\.response))
        let sent = Mutex<[ProviderRequest]>([])
        let runner = OperationRunner(
            definition,
            environment: OperationEnvironment(
                send: { request throws(MoonlineError) in
                    sent.withLock { $0.append(request) }
                    let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                    if let answer { return answer }
                    throw MoonlineError(.network, "no answer was recorded for \(request.target)")
                },
                sleep: { _ in }))
        do throws(MoonlineError) {
            outcome = .success(try await runner.perform(operation, arguments).json)
        } catch {
            outcome = .failure(error)
        }
        requests = sent.withLock { $0 }
    }

    /// The test's text, to be put into `tests = { … }`.
    package var text: String {
        let given = arguments.names.map { name in
            "\(LuaText.key(name)) = \(LuaText.quoted(arguments[name]?.plainText ?? ""))"
        }
        var entries = ["\(LuaText.quoted(operation)), \(LuaText.table(given, Self.indent))"]
        let sent = requests.map { Self.sent($0, basePath) }
        let answers = exchanges.map { Self.reply($0.response) }
        entries.append("sends = " + (sent.count == 1 ? sent[0] : LuaText.table(sent, Self.indent)))
        entries.append(
            answers.count == 1
                ? "reply = \(answers[0])" : "replies = \(LuaText.table(answers, Self.indent))")
        entries += expectation.map { [$0] } ?? []
        let margin = String(repeating: " ", count: Self.indent)
        return String(repeating: " ", count: Self.indent - 2) + "{ "
            + entries.joined(separator: ",\n" + margin) + " },"
    }

    private var expectation: String? {
        switch outcome {
        case .success(.null): nil
        case .success(let value): "gives = " + LuaText.value(value, indent: Self.indent)
        case .failure(let error): "fails = " + LuaText.quoted(error.code.rawValue)
        }
    }

    private static func sent(_ request: ProviderRequest, _ basePath: String) -> String {
        var entries = [
            "method = \(LuaText.quoted(request.method.verb))",
            "path = \(LuaText.quoted(basePath + request.target))",
        ]
        if let body = request.body, let json = try? JSON(parsing: body) {
            entries.append("json = \(LuaText.value(json, indent: indent + 2))")
        }
        return LuaText.table(entries, indent)
    }

    private static func reply(_ response: ProviderResponse) -> String {
        var entries = response.status == 200 ? [] : ["status = \(response.status)"]
        if let json = try? JSON(parsing: response.body) {
            entries.append("json = \(LuaText.value(json, indent: indent + 2))")
        } else {
            let text = String(decoding: response.body, as: UTF8.self)
            entries.append("text = \(LuaText.quoted(text))")
        }
        return LuaText.table(entries, indent)
    }

    private static let indent = 6
}
