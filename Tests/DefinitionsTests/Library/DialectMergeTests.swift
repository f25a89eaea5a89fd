import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

struct DialectMergeTests {
    private static let dialect = """
        return {
          currency = "EUR", lifetime = "5m", value = "data",
          limits = { { requests = 5, per = "1m" }, { requests = 1, per = "1s" } },
          polling = { first = "10s", every = "7s" },
          cache = { balance = "1m", info = "2m" },
          holds = { balance = "1m" },
          retry = { network = { times = 9 } },
          aliases = { services = { whatsapp = "wa", telegram = "tg" } },
          errors = { "code", GONE = "closed", BUSY = "unavailable",
            text = { NO = "auth", A = "auth" } },
          operations = {
            balance = { get = "/dialect", reply = { amount = "a" } },
            info = { get = "/info" },
          },
          tests = { { "info", {}, gives = {} } },
        }
        """

    private func load(_ changes: [String: String] = [:]) async throws -> ProviderDefinition {
        var changes = changes
        changes["dialect"] = "\"words\""
        return try await DefinitionText.load(
            DefinitionText.of(changes), dialects: ["words": Self.dialect]
        )
    }

    @Test func `what the file does not say comes from the dialect`() async throws {
        let definition = try await load()
        #expect(definition.currency == "EUR" && definition.lifetime == .seconds(300))
        #expect(definition.limits.map(\.requests) == [5, 1])
        #expect(definition.polling == .init(first: .seconds(10), every: .seconds(7)))
        #expect(definition.cache == ["balance": .seconds(60), "info": .seconds(120)])
        #expect(definition.tests.count == 1 && definition.retry[.network]?.times == 9)
        #expect(definition.operations.keys.sorted() == ["balance", "info"])
        #expect(definition.source.contains("dialects/words.lua"))
    }

    @Test func `tables of entries are merged and all else replaces`() async throws {
        let definition = try await load([
            "currency": "\"USD\"", "limits": "{ { requests = 60, per = \"1m\" } }",
            "polling": "{ every = \"3s\" }", "cache": "{ balance = \"9s\" }",
            "aliases": "{ services = { whatsapp = \"ws\" } }", "tests": "{}",
        ])
        #expect(definition.currency == "USD" && definition.tests.isEmpty)
        #expect(definition.limits.map(\.requests) == [60])
        #expect(definition.polling == .init(first: .seconds(10), every: .seconds(3)))
        #expect(definition.cache == ["balance": .seconds(9), "info": .seconds(120)])
        #expect(definition.names.serviceAliases == ["whatsapp": "ws", "telegram": "tg"])
    }

    @Test func `an operation as a whole replaces the dialect's`() async throws {
        let definition = try await load()
        guard case .request(let request, _)? = definition.operations["balance"]?.body else {
            Issue.record("balance is no request")
            return
        }
        #expect(try request.request(Arguments(), operation: "balance").target == "/balance")
    }

    @Test(arguments: [
        ("{\"code\":\"GONE\"}", ErrorCode.refused), ("{\"code\":\"BUSY\"}", .unavailable),
        ("NO", .balance), ("A", .auth),
    ])
    func `errors are merged code by code`(_ row: (body: String, code: ErrorCode)) async throws {
        let definition = try await load([
            "errors": "{ GONE = \"refused\", text = { NO = \"balance\" } }"
        ])
        let environment = OperationEnvironment(
            send: { _ in ProviderResponse(status: 400, body: Array(row.body.utf8)) },
            sleep: { _ in }
        )
        let runner = OperationRunner(definition, environment: environment)
        await #expect {
            try await runner.perform("info", Arguments())
        } throws: { ($0 as? MoonlineError)?.code == row.code }
    }

    @Test func `a value of another type replaces the dialect's table`() {
        let file = LuaTable(["errors": 7])
        let base = LuaTable(["errors": .table(LuaTable(["A": "auth"])), "value": "data"])
        let merged = DialectMerge.merge(file, over: base)
        #expect(merged["errors"] == 7 && merged["value"] == "data")
    }
}
