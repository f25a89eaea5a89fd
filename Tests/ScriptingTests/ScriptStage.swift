import Foundation
import LuaSandbox
import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization

@testable import Scripting

/// Runs scripts in virtual time, over a provider that sells, sends one code after ten seconds, and
/// another one after a resend.
struct ScriptStage {
    private static let definition = """
        return provider {
          api = 1, id = "acme", name = "Acme", version = "1",
          base_url = "https://acme.example",
          credentials = { token = { label = "Token" } },
          auth = { bearer = "{token}" },
          limits = { { requests = 600, per = "1m" } },
          polling = { first = "2s", every = "2s" },
          currency = "USD", lifetime = "10m",
          aliases = { services = { telegram = "tg" }, countries = { US = "us", GB = "gb" } },
          operations = {
            balance = { get = "/balance", reply = { amount = "amount" } },
            offers = { get = "/offers?country={country}", each = "$[]",
              reply = { service = "service", country = "country", price = "price",
                        available = "count" } },
            buy = { post = "/orders", json = { country = "{country}", limit = "{max_price?}" },
                    reply = { id = "id", phone = "phone" },
                    errors = { "error", empty = "no_numbers" } },
            check = { get = "/orders/{id}", reply = { status = "status", code = "code" } },
            cancel = { delete = "/orders/{id}", reply = {} },
            resend = { post = "/orders/{id}/resend" },
            finish = { post = "/orders/{id}/finish" },
          },
        }
        """

    /// What a script did.
    struct Result: Sendable {
        var outcome: ScriptRunner.Outcome?
        var printed: [String] = []
        var shown: [String] = []
        var logged: [String] = []
        var requests: [String] = []
        /// Where they went and which credentials they carried, such as `https://a.example none`.
        var ways: [String] = []
        /// The longest replies that they take, in bytes.
        var rooms: [Int] = []

        /// What it returned, as JSON, or why it failed.
        var text: String {
            outcome?.error.map { "\($0.code.rawValue): \($0.message)" }
                ?? outcome?.value?.serialized ?? ""
        }
    }

    private static func answer(
        _ request: SimulatedNetwork.Request,
        price: String,
        _ state: borrowing Mutex<(bought: [Instant], resent: Instant?)>
    ) -> SimulatedNetwork.Reply {
        let now = request.at
        switch (request.method, request.path) {
        case ("GET", "/balance"): return .answer(status: 200, body: #"{"amount":"9.50"}"#)
        case ("GET", "/offers"):
            let country = request.target.hasSuffix("gb") ? "gb" : "us"
            let price = country == "gb" ? "0.80" : price
            return .answer(
                status: 200,
                body: #"[{"service":"tg","country":"\#(country)","price":"\#(price)","count":9}]"#)
        case ("POST", "/orders"):
            if request.body.contains("gb") {
                return .answer(status: 404, body: #"{"error":"empty"}"#)
            }
            let number = state.withLock { state in
                state.bought.append(now)
                return state.bought.count
            }
            return .answer(
                status: 200, body: #"{"id":"\#(number)","phone":"+1202555010\#(number)"}"#)
        case ("POST", let path) where path.hasSuffix("/resend"):
            state.withLock { state in state.resent = now }
            return .answer(status: 200, body: "{}")
        case ("GET", _):
            let (bought, resent) = state.withLock { $0 }
            let isSecond = resent.map { now >= $0 + .seconds(5) } ?? false
            guard let first = bought.first, now >= first + .seconds(10) else {
                return .answer(status: 200, body: #"{"status":"waiting"}"#)
            }
            let code = isSecond ? "222222" : "111111"
            return .answer(status: 200, body: #"{"status":"received","code":"\#(code)"}"#)
        case ("DELETE", _):
            let first = state.withLock { $0.bought.first }
            let hasMessage = first.map { now >= $0 + .seconds(10) } ?? false
            return .answer(status: hasMessage ? 409 : 200, body: "{}")
        default: return .answer(status: 200, body: "{}")
        }
    }

    /// Runs a script to its end.
    static func run(
        _ source: String,
        _ arguments: [String: String] = [:],
        hosts: [String] = [],
        price: String = "0.50",
        limits: LuaLimits = LuaLimits(processorTime: Sanitizer.time(.milliseconds(500)))
    ) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "moonline-script-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder + "/providers", withIntermediateDirectories: true)
        try Data(definition.utf8).write(to: URL(filePath: folder + "/providers/acme.lua"))
        let simulation = EngineSimulation(
            seed: 1, providers: folder + "/providers",
            environment: ["MOONLINE_ACME_TOKEN": "secret"])
        let result = Recorder()
        let state = Box((bought: [Instant](), resent: Instant?.none))
        let grants = try ScriptGrants(hosts)
        try simulation.run(
            home: folder + "/home", respond: { answer($0, price: price, state.value) }
        ) { engine, network in
            let runner = ScriptRunner(
                source: source, file: "test.lua", limits: limits)
            let outcome = await runner.run(
                engine, arguments: arguments, grants: grants, output: result.output)
            result.value.withLock { result in
                result.outcome = outcome
                result.requests = network.requests.map { "\($0.method) \($0.target)" }
                result.ways = network.requests.map { "\($0.origin) \($0.credential)" }
                result.rooms = network.requests.map(\.replyBytesMaximum)
            }
        }
        return result.value.withLock { $0 }
    }

    private final class Box<Value: Sendable>: Sendable {
        let value: Mutex<Value>
        init(_ value: sending Value) { self.value = Mutex(value) }
    }

    private final class Recorder: Sendable {
        let value = Mutex(Result())

        var output: ScriptOutput {
            ScriptOutput(
                print: { [self] line in value.withLock { $0.printed.append(line) } },
                show: { [self] fields in
                    let words = fields.map { "\($0.name)=\($0.value.text ?? $0.value.serialized)" }
                    value.withLock { $0.shown.append(words.joined(separator: " ")) }
                },
                progress: { [self] text in value.withLock { $0.shown.append(text) } },
                log: { [self] level, text in value.withLock { $0.logged.append("\(level) \(text)") }
                }
            )
        }
    }
}
