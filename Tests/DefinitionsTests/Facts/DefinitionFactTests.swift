import Testing

@testable import Definitions

/// What `explain` and `diff` tell of a file.
struct DefinitionFactTests {
    private func definition(_ changes: [String: String] = [:]) async throws -> ProviderDefinition {
        try await DefinitionText.load(DefinitionText.of(changes))
    }

    @Test(arguments: [
        (["base_url": "\"https://other.example/v1\""], DefinitionFact.Topic.host, "", true),
        (["auth": "{ query = { key = \"{api_key}\" } }"], .auth, "api_key", true),
        (["limits": "{ { requests = 7, per = \"1m\" } }"], .limit, "1", false),
        (["polling": "{ every = \"9s\" }"], .polling, "", false),
        (["lifetime": "\"9m\""], .order, "", false),
        (["currency": "\"EUR\""], .currency, "", false),
        (["amounts": "\"cents\""], .currency, "amounts", false),
        (["time_zone": "\"+03:00\""], .order, "times", false),
        (["idempotency": "{ header = \"X-Key\" }"], .settlement, "", false),
        (["refunds_within": "\"9m\""], .refund, "", false),
    ])
    func `a change is told under its topic, and marked where it touches keys or money`(
        _ row: (changes: [String: String], topic: DefinitionFact.Topic, name: String, mark: Bool)
    ) async throws {
        let (old, new) = (try await definition(), try await definition(row.changes))
        let changes = DefinitionChange.between(old, new)
        #expect(changes.map(\.topic) == [row.topic])
        #expect(changes.map(\.name) == [row.name])
        #expect(changes.allSatisfy { $0.isSensitive == row.mark && $0.before != $0.after })
        #expect(DefinitionChange.between(new, new).isEmpty)
    }

    @Test func `a status that means something else is told, and marked`() async throws {
        func checking(_ meaning: String) async throws -> ProviderDefinition {
            try await definition([
                "operations": "{ check = { get = \"/orders/{id}\", reply = { "
                    + "status = { \"state\", OPEN = \"\(meaning)\" } } } }"
            ])
        }
        let (old, new) = (try await checking("waiting"), try await checking("received"))
        let changes = DefinitionChange.between(old, new)
        #expect(changes.map(\.topic) == [.reply])
        #expect(changes.map(\.name) == ["check"])
        #expect(changes.allSatisfy { $0.isSensitive })
    }

    @Test func `hosts and credentials come before all else`() async throws {
        let new = try await definition([
            "base_url": "\"https://other.example/v1\"", "currency": "\"EUR\"",
            "operations": "{ rent = { post = \"/rent\", costs = true } }",
        ])
        let topics = DefinitionChange.between(try await definition(), new).map(\.topic)
        let order = DefinitionFact.Topic.allCases
        let places = topics.compactMap { order.firstIndex(of: $0) }
        #expect(topics.first == .host && places == places.sorted())
        #expect(topics.contains(.money) && topics.contains(.operation))
    }

    @Test func `every function of a file is told`() async throws {
        let definition = try await definition([
            "operations": """
            { balance = { get = "/b", reply = { amount = function(b) return b.x end } },
              cancel = { post = "/c", errors = { retry_after = function() return 1 end } },
              check = { get = "/d", reply = function(b) return b end },
              finish = function() end }
            """
        ])
        let told = definition.facts.filter { $0.topic == .function }.map { "\($0.name) \($0.text)" }
        #expect(
            told == [
                "balance reads amount", "cancel reads how long to wait", "check reads the reply",
                "finish makes the requests",
            ])
    }

    @Test(arguments: [
        ("post = \"/x\"", "POST /x"),
        ("post = \"/x\", form = { a = \"{id}\" }", "POST /x with the form a={id}"),
        (
            "post = \"/x?q={id}\", json = { a = { \"{id:int}\", 1 } }, auth = false",
            #"POST /x?q={id} with JSON {"a":["{id:int}",1]}, without the credential"#
        ),
    ])
    func `what an operation sends is shown whole`(
        _ row: (request: String, shown: String)
    ) async throws {
        let definition = try await definition(["operations": "{ cancel = { \(row.request) } }"])
        let fact = try #require(definition.facts.first { $0.topic == .operation })
        #expect(fact.text == row.shown)
    }

    @Test(arguments: [
        (
            "buy = { post = \"/b\", reply = { id = \"i\", phone = \"p\" } }",
            "does not say what is bought; use {service} or {country}"
        ),
        (
            """
            rent = { post = "/r", costs = true, headers = { ["X-Request-Id"] = "1" } }
            """,
            """
            sends the same X-Request-Id with every purchase, so that the second may be the first; \
            leave it out, or name it in idempotency
            """
        ),
        ("rent = { post = \"/r\", costs = true, headers = { [\"X-Client\"] = \"1\" } }", nil),
        (
            "cancel = { post = \"/c\" }",
            """
            takes every 2xx answer for done; if refusals come with 200, add success, reply or \
            errors with the place of the code
            """
        ),
        ("cancel = { post = \"/c\", success = { \"ok\", [true] = true } }", nil),
        ("cancel = { post = \"/c\", errors = { \"error\" } }", nil),
        ("cancel = { post = \"/c\", reply = { refund = \"r\" } }", nil),
        ("cancel = { post = \"/c\", text = { OK = {} } }", nil),
        ("balance = { get = \"/b\", reply = { amount = \"a\" } }", nil),
        (
            "buy = { get = \"/b?c={country?}\", reply = { id = \"i\", phone = \"p\" } }",
            """
            sends ISO codes of countries, such as ID; where the ids differ, add countries or \
            aliases = { countries = { … } }
            """
        ),
        (
            "buy = { get = \"/b?s={service}\", reply = { id = \"i\", phone = \"p\" } }",
            """
            sends Moonline's own names of services, such as whatsapp; where the ids differ, add \
            services or aliases = { services = { … } }
            """
        ),
    ])
    func `what a sound file leaves open is noted`(
        _ row: (operation: String, note: String?)
    ) async throws {
        let check = ", check = { get = \"/k\", \(Self.code) }"
        let look = row.operation.contains("check =") ? "" : check
        let definition = try await definition(["operations": "{ \(row.operation)\(look) }"])
        #expect(definition.advice.map(\.text) == (row.note.map { [$0] } ?? []))
    }

    private static let code = "reply = { code = \"c\" }"

    @Test(arguments: [
        ("", false),
        ("list = { get = \"/l\", each = \"$[]\", reply = { id = \"i\", status = \"s\" } }", false),
        ("list = { get = \"/l\", each = \"$[]\", reply = { id = \"i\", code = \"c\" } }", true),
        ("list = function() return {} end", true),
    ])
    func `a file that sells what nobody can ask codes for is noted`(
        _ row: (list: String, isFine: Bool)
    ) async throws {
        let buy = "buy = function() return { id = 1, phone = \"447123\" } end"
        let definition = try await definition(["operations": "{ \(buy), \(row.list) }"])
        let note =
            "sells numbers whose codes nobody can ask for; add check, or code or message to list"
        #expect(definition.advice.map(\.text) == (row.isFine ? [] : [note]))
    }
}
