import Testing

@testable import Definitions

struct LimitMistakeTests {
    @Test(arguments: [
        ("{ {} }", #"example.lua:9: limits[1]: write { requests = 60, per = "1m" }"#),
        ("{ { requests = 5 } }", #"example.lua:9: limits[1]: write { requests = 60, per = "1m" }"#),
        (#"{ { per = "1m" } }"#, #"example.lua:9: limits[1]: write { requests = 60, per = "1m" }"#),
        (
            #"{ { requests = 0, per = "1m" } }"#,
            """
            example.lua:9: limits[1]: write { requests = 60, per = "1m" }
            example.lua:9: limits[1].requests: a whole number above 0 was expected, not 0
            """
        ),
        (
            #"{ { requests = "60", per = "1m" } }"#,
            """
            example.lua:9: limits[1]: write { requests = 60, per = "1m" }
            example.lua:9: limits[1].requests: a whole number above 0 was expected, not '60'
            """
        ),
        (
            #"{ { requests = 1.5, per = "1m" } }"#,
            """
            example.lua:9: limits[1]: write { requests = 60, per = "1m" }
            example.lua:9: limits[1].requests: a whole number above 0 was expected, not 1.5
            """
        ),
        (
            "{ { requests = 5, per = 60 } }",
            """
            example.lua:9: limits[1]: write { requests = 60, per = "1m" }
            example.lua:9: limits[1].per: a duration such as "5s", "2m" or "14d" was expected, \
            not 60
            """
        ),
        (
            #"{ { requests = 5, per = "1min" } }"#,
            """
            example.lua:9: limits[1]: write { requests = 60, per = "1m" }
            example.lua:9: limits[1].per: a duration such as "5s", "2m" or "14d" was expected, \
            not '1min'
            """
        ),
        (
            #"{ { request = 60, per = "1m" } }"#,
            """
            example.lua:9: limits[1]: write { requests = 60, per = "1m" }
            example.lua:9: limits[1].request: unknown key, did you mean 'requests'?
            """
        ),
        (
            #"{ { requests = 5, per = "1m", operations = { "balanc" } } }"#,
            """
            example.lua:9: limits[1].operations[1]: there is no operation 'balanc', did you mean \
            'balance'?
            """
        ),
    ])
    func `a limit is a number of requests in a time`(_ row: (limits: String, said: String)) async {
        let text = DefinitionText.of(["limits": row.limits])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            "idempotency", "{}",
            """
            example.lua:9: idempotency.header: is missing, for example header = "Idempotency-Key"
            """
        ),
        (
            "idempotency", #"{ headr = "Idempotency-Key" }"#,
            """
            example.lua:9: idempotency.header: is missing, for example header = "Idempotency-Key"
            example.lua:9: idempotency.headr: unknown key, did you mean 'header'?
            """
        ),
    ])
    func `the key of purchases goes into a header of its own`(
        _ row: (key: String, value: String, said: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            "cache", #"{ balanse = "1m" }"#,
            """
            example.lua:9: cache.balanse: there is no operation 'balanse', did you mean 'balance'?
            """
        ),
        (
            "holds", #"{ ballance = "1m" }"#,
            """
            example.lua:9: holds.ballance: there is no operation 'ballance', did you mean \
            'balance'?
            """
        ),
    ])
    func `a time binds an operation that is there`(
        _ row: (key: String, value: String, said: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test func `a purchase under a key is no GET`() async {
        let text = DefinitionText.of([
            "idempotency": #"{ header = "X-Key" }"#,
            "operations": #"{ reuse = { get = "/r", reply = { id = "i", phone = "p" } } }"#,
        ])
        #expect(
            await DefinitionText.problems(text) == """
                example.lua:8: operations.reuse: is a GET, which carries no idempotency key; \
                leave idempotency out, then the list or the balance settles a lost purchase
                """)
    }
}
