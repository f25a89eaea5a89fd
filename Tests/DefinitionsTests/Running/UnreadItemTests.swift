import OrderKernel
import Testing

@testable import Definitions

/// An item of a list that cannot be read does not cost the others.
struct UnreadItemTests {
    private static let offers = """
        offers = { get = "/x", each = "[]", reply = { price = "p", available = "n" } }
        """

    private func read(_ operation: String, _ body: String) async throws -> OperationTrial.Outcome {
        let name = String(operation.prefix { $0 != " " })
        return await (try OperationTrial(operation, body: body)).perform(name)
    }

    @Test(arguments: [
        (
            offers, #"[{"p":1},{"n":4},{"p":2}]"#, #"[{"price":"1"},{"price":"2"}]"#,
            "item 2 of 3: the reply has nothing at 'p', where offers takes its field 'price'"
        ),
        (
            offers, #"[{"p":"soon"},{"p":2}]"#, #"[{"price":"2"}]"#,
            "item 1 of 2: the reply has 'soon' as price (expected: exact amount)"
        ),
        (
            "list = { get = \"/x\", each = \"[]\", reply = { id = \"i\", status = { \"s\", "
                + "P = \"waiting\" } } }",
            #"[{"i":1,"s":"P"},{"i":2,"s":"HELD"}]"#, #"[{"id":"1","status":"waiting"}]"#,
            """
            item 2 of 2: the reply has status 'HELD', which the definition does not list; add what \
            it means to status = { … }
            """
        ),
        (
            "countries = function() return { { id = 1 }, { name = \"x\" } } end", "",
            #"[{"id":"1"}]"#,
            """
            item 2 of 2: what the function returned lacks the field 'id' that countries needs
            """
        ),
    ])
    func `the others are there, and why it is not`(
        _ operation: String,
        _ body: String,
        _ gives: String,
        _ unread: String
    ) async throws {
        let outcome = try await read(operation, body)
        #expect(outcome.text == gives)
        #expect(outcome.result?.unread == [unread])
    }

    @Test func `the first few reasons are told, and how many more there are`() async throws {
        let outcome = try await read(
            Self.offers, #"[{"p":1},{"n":1},{"n":1},{"n":1},{"n":1},{"n":1},{"n":1}]"#)
        let unread = try #require(outcome.result?.unread)
        #expect(unread.count == 5 && unread.last == "and 2 more")
    }

    private static let list =
        """
        list = { get = "/x", each = "[]", reply = { id = "i", status = { "s", P = "waiting" } } }
        """

    @Test(
        arguments: [
            (list, #"[{"i":1,"s":"P"},{"i":2,"s":"HELD"},{"i":"3"}]"#, ["2", "3"]),
            (list, #"[{"i":2,"s":"HELD"},{"i":"c","s":"HELD"},{"i":1,"s":"P"}]"#, ["2", "c"]),
            (list, #"[{"i":1,"s":"P"}]"#, []), (list, "[]", []),
            (list, #"[{"i":1,"s":"P"},{"i":2,"s":"HELD"},{"s":"HELD"}]"#, nil),
            (list, #"[{"i":1,"s":"P"},{"i":" ","s":"HELD"}]"#, nil),
            (list, #"[{"i":1,"s":"P"},{"i":[],"s":"HELD"}]"#, nil),
            (list, #"[{"i":1,"s":"P"},7]"#, nil),
            (
                "list = function() return { { id = 1 }, { id = 2, status = \"waiting\" } } end", "",
                ["1"]
            ),
        ] as [(String, String, Set<String>?)])
    func `a list of orders tells which of them could not be read`(
        _ operation: String,
        _ body: String,
        _ ids: Set<String>?
    ) async throws {
        let outcome = try await read(operation, body)
        let result = try #require(outcome.result, "\(outcome.text)")
        #expect(result.unreadIDs == ids)
    }

    @Test(arguments: [
        (offers, #"[{"n":1},{"n":2}]"#, "the reply has nothing at 'p'"),
        // What a function says, or that its time is over, is no matter of one item.
        (
            """
            offers = { get = "/x", each = "[]", reply = { price = function(item)
              return item.p or error("no price") end } }
            """, #"[{"p":1},{}]"#, "no price"
        ),
        (
            """
            offers = { get = "/x", each = "[]", reply = { price = function(item)
              while item.n do end return item.p end } }
            """, #"[{"p":1},{"n":1}]"#, "too long"
        ),
    ])
    func `a list of which nothing more can be read is an error`(
        _ operation: String,
        _ body: String,
        _ said: String
    ) async throws {
        let outcome = try await read(operation, body)
        #expect(outcome.error?.code == .protocol)
        #expect(outcome.error?.message.contains(said) == true, "\(outcome.text)")
    }

    @Test func `a test of a definition tells of it`() async throws {
        let text = DefinitionText.of([
            "operations": "{ \(Self.offers) }",
            "tests": """
            { { "offers", {}, reply = { json = { { p = 1 }, { n = 1 } } },
                gives = { { price = "1" } } } }
            """,
        ])
        let outcomes = await DefinitionTestRunner(try await DefinitionText.load(text)).run()
        let differences = outcomes.flatMap(\.differences)
        #expect(differences.count == 1 && differences.first?.contains("item 2 of 2") == true)
    }
}
