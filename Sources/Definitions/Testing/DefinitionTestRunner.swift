import LuaSandbox
import OrderKernel
import Synchronization

/// Runs the tests of a definition offline, against the replies that they hold.
package struct DefinitionTestRunner: Sendable {
    private let definition: ProviderDefinition

    package init(_ definition: ProviderDefinition) { self.definition = definition }

    /// Runs all tests, in the order of the file.
    package func run() async -> [DefinitionTestOutcome] {
        var outcomes: [DefinitionTestOutcome] = []
        let budget = LuaBudget(Self.limits)
        for test in definition.tests { outcomes.append(await run(test, budget)) }
        return outcomes
    }

    /// All tests of a file together: a program that takes an edited file over waits for them.
    private static let limits = LuaLimits(processorTime: .seconds(5), hostCallsMaximum: 20_000)

    private func run(
        _ test: DefinitionTest,
        _ budget: LuaBudget
    ) async -> DefinitionTestOutcome {
        let exchange = Exchange(replies: test.replies)
        let environment = OperationEnvironment(
            send: { request throws(MoonlineError) in try exchange.answer(request) },
            sleep: { _ in }
        )
        let runner = OperationRunner(definition, environment: environment, budget: budget)
        var differences: [String] = []
        do {
            let given = try await runner.perform(test.operation, test.arguments)
            let result = given.json
            differences += given.unread
            if let failure = test.fails {
                differences.append(
                    "should fail with \(failure.code.rawValue), gave "
                        + result.serialized)
            } else if let gives = test.gives {
                differences += Difference.between(gives, Self.single(result, gives), at: "")
            }
        } catch {
            differences += compare(error, test.fails)
        }
        differences += compare(exchange.requests, test)
        return DefinitionTestOutcome(test: test, differences: differences)
    }

    // An operation that gives a list of one may be compared with its only item, and one that gives
    // nothing with an empty table.
    private static func single(_ result: JSON, _ gives: JSON) -> JSON {
        guard case .object = gives else { return result }
        if case .array(let items) = result, items.count == 1, let item = items.first { return item }
        return result == .null ? .object([]) : result
    }

    private func compare(
        _ error: MoonlineError,
        _ expected: DefinitionTest.Failure?
    ) -> [String] {
        guard let expected else { return ["failed with \(error)"] }
        var differences: [String] = []
        if error.code != expected.code {
            differences.append("should fail with \(expected.code.rawValue), failed with \(error)")
        }
        if let delay = expected.retryAfter, delay != error.retryAfter {
            let found = error.retryAfter?.text ?? "none"
            differences.append("retry_after should be \(delay.text), is \(found)")
        }
        if let message = expected.message, !error.message.contains(message) {
            differences.append("the message should contain '\(message)', is '\(error.message)'")
        }
        return differences
    }

    private func compare(_ requests: [ProviderRequest], _ test: DefinitionTest) -> [String] {
        guard !test.sends.isEmpty else { return [] }
        guard requests.count >= test.sends.count else {
            return ["should send \(test.sends.count) requests, sent \(requests.count)"]
        }
        let scheme = definition.auth.scheme(settings: test.settings)
        return zip(test.sends, requests).flatMap { expected, request in
            expected.differences(
                from: request, basePath: definition.baseURL.path,
                auth: request.sendsCredential ? scheme.label : AuthScheme.noneLabel
            )
        }
    }
}

/// The replies of a test, handed out one by one; the last one answers all further requests.
private final class Exchange: Sendable {
    private let state: Mutex<(replies: [ProviderResponse], requests: [ProviderRequest])>

    init(replies: [ProviderResponse]) { state = Mutex((replies, [])) }

    var requests: [ProviderRequest] { state.withLock { $0.requests } }

    func answer(_ request: ProviderRequest) throws(MoonlineError) -> ProviderResponse {
        let reply = state.withLock { state in
            state.requests.append(request)
            return state.replies.count > 1 ? state.replies.removeFirst() : state.replies.first
        }
        guard let reply else {
            throw MoonlineError(.network, "the test has no reply for \(request.target)")
        }
        return reply
    }
}

extension DefinitionTest.Sent {
    func differences(from request: ProviderRequest, basePath: String, auth: String) -> [String] {
        var found: [String] = []
        func expect(_ what: String, _ wanted: String?, _ is: String) {
            guard let wanted, wanted != `is` else { return }
            found.append("\(what) should be \(wanted), is \(`is`)")
        }
        expect("the method", method?.uppercased(), request.method.verb)
        expect("the path", path, basePath + request.target)
        expect("auth", self.auth, auth)
        let body = request.body.map { String(decoding: $0, as: UTF8.self) } ?? ""
        if let json {
            let sent = (try? JSON(parsing: body)) ?? .null
            found += Difference.between(json, sent, at: "json")
            if case .object(let wanted) = json, case .object(let members) = sent {
                for member in members where !wanted.contains(where: { $0.key == member.key }) {
                    found.append("json.\(member.key) should not be there")
                }
            }
        }
        if let form {
            let pairs = form.sorted { $0.key < $1.key }.map {
                PercentEncoding.encode($0.key) + "=" + PercentEncoding.encode($0.value)
            }
            let sent = body.split(separator: "&").sorted().joined(separator: "&")
            expect(
                "the form", pairs.sorted().joined(separator: "&"),
                sent.isEmpty ? "no form" : sent)
        }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            let sent = request.headers.first { $0.name.lowercased() == name.lowercased() }
            expect("the header \(name)", value, sent?.value ?? "missing")
        }
        return found
    }
}
