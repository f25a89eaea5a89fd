import Testing

@testable import Definitions

struct NameMistakeTests {
    private static let dialect = """
        return { quirks = { cancel = { 8, -1 }, style = { "a", "b" } } }
        """

    @Test(arguments: [
        (
            "names", #""smsactivate""#,
            #"example.lua:9: names: 'smsactivate' is not known, only "sms_activate" is"#
        ),
        (
            "names", #"{ services = "five_sim" }"#,
            #"example.lua:9: names.services: 'five_sim' is not known, only "sms_activate" is"#
        ),
    ])
    func `a list of names is one that the core has`(
        _ row: (key: String, value: String, said: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            "aliases", #"{ countries = { UK = "16" } }"#,
            """
            example.lua:9: aliases.countries.UK: 'UK' is no ISO 3166 country code such as ID or GB
            """
        ),
        (
            "aliases", #"{ countries = { Indonesia = "6" } }"#,
            """
            example.lua:9: aliases.countries.Indonesia: 'Indonesia' is no ISO 3166 country code \
            such as ID or GB
            """
        ),
        (
            "aliases", #"{ country = { ID = "6" } }"#,
            "example.lua:9: aliases.country: unknown key; known are services, countries"
        ),
        (
            "aliases", #"{ servces = { whatsapp = "wa" } }"#,
            "example.lua:9: aliases.servces: unknown key, did you mean 'services'?"
        ),
    ])
    func `a country is named by its ISO code`(
        _ row: (key: String, value: String, said: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        ("{ cancl = -1 }", "example.lua:10: quirks.cancl: unknown key, did you mean 'cancel'?"),
        ("{ wait = 5 }", "example.lua:10: quirks.wait: unknown key; known are cancel, style"),
        ("{ cancel = 7 }", "example.lua:10: quirks.cancel: 7 is not known, one of 8, -1"),
        (#"{ cancel = "8" }"#, "example.lua:10: quirks.cancel: '8' is not known, one of 8, -1"),
        (#"{ style = "c" }"#, "example.lua:10: quirks.style: 'c' is not known, one of 'a', 'b'"),
    ])
    func `a quirk is one that the dialect declares`(_ row: (quirks: String, said: String)) async {
        let text = DefinitionText.of(["dialect": #""words""#, "quirks": row.quirks])
        let problems = await DefinitionText.problems(text, dialects: ["words": Self.dialect])
        #expect(problems == row.said)
    }

    @Test(arguments: [
        (
            """
            return {
              limits = { {} },
            }
            """,
            #"dialects/words.lua:2: limits[1]: write { requests = 60, per = "1m" }"#
        ),
        (
            """
            return {
              lifetime = "soon",
              errors = {
                "code",
                GONE = "closd",
              },
            }
            """,
            """
            dialects/words.lua:2: lifetime: a duration such as "5s", "2m" or "14d" was expected, \
            not 'soon'
            dialects/words.lua:5: errors.GONE: 'closd' is not known, did you mean 'closed'?
            """
        ),
        (
            """
            return {
              operations = {
                check = {},
              },
            }
            """,
            """
            dialects/words.lua:3: operations.check: has no request: add get, post, put, patch or \
            delete, for example get = "/balance"
            """
        ),
        (
            """
            local quirk = ...
            error("no quirk")
            """,
            "dialects/words.lua:2: no quirk"
        ),
    ])
    func `a mistake in a dialect is reported with its own file and line`(
        _ row: (dialect: String, said: String)
    ) async {
        let text = DefinitionText.of(["dialect": #""words""#])
        let problems = await DefinitionText.problems(text, dialects: ["words": row.dialect])
        #expect(problems == row.said)
    }

    @Test(arguments: [
        ("dialect", "true", "example.lua:9: dialect: the name of a dialect was expected, not true"),
        (
            "dialect", "{}",
            "example.lua:9: dialect: the name of a dialect was expected, not a table"
        ),
    ])
    func `the name of a dialect is text`(_ row: (key: String, value: String, said: String)) async {
        let text = DefinitionText.of([row.key: row.value])
        #expect(await DefinitionText.problems(text) == row.said)
    }
}
