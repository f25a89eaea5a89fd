import Testing

@testable import Definitions

/// A file with one mistake, and how its problem begins.
struct BrokenFile: Sendable, CustomTestStringConvertible {
    let changes: [String: String]
    let problem: String

    init(_ changes: [String: String], _ problem: String) {
        self.changes = changes
        self.problem = problem
    }

    var testDescription: String { problem }
}

struct TopLevelProblemTests {
    @Test func `the file that the tables change has no problem`() async {
        #expect(await DefinitionText.problems(DefinitionText.of()) == "")
    }

    @Test(arguments: [
        BrokenFile(["api": ""], ":1: api: is missing"),
        BrokenFile(["api": "2"], ":2: api: this file needs a newer Moonline"),
        BrokenFile(["api": "0"], ":2: api: is no version, write api = 1"),
        BrokenFile(["api": "\"1\""], ":2: api: is no version, write api = 1"),
        BrokenFile(["id": ""], ":1: id: is missing"),
        BrokenFile(["id": "\"other\""], ":3: id: 'other' has to be the name of the file"),
        BrokenFile(["id": "\"9lives\""], ":3: id: '9lives' may hold only"),
        BrokenFile(["id": "\"Example\""], ":3: id: 'Example' may hold only"),
        BrokenFile(["name": ""], ":1: name: is missing"),
        BrokenFile(["name": "true"], ":4: name: text was expected"),
        BrokenFile(["base_url": ""], ":1: base_url: is missing"),
        BrokenFile(["base_url": "\"http://api.example.com\""], ":5: base_url: has to be https"),
        BrokenFile(["base_url": "\"api.example.com\""], ":5: base_url: "),
        BrokenFile(["base_url": "\"ftp://example.com\""], ":5: base_url: 'ftp' is no scheme"),
        BrokenFile(["base_url": "\"https://u@example.com\""], ":5: base_url: "),
        BrokenFile(["base_url": "\"https://example.com:99999\""], ":5: base_url: the port"),
        BrokenFile(["base_url": "\"https://example.com/../v1\""], ":5: base_url: "),
        BrokenFile(["base_url": "\"https://example.com/a\\1b\""], ":5: base_url: "),
        BrokenFile(["operations": ""], ":1: operations: is missing"),
        BrokenFile(["operations": "7"], ":8: operations: a table was expected"),
        BrokenFile(["auth": ""], ":1: auth: is missing"),
        BrokenFile(
            ["auth": "{ bearer = \"{token}\" }"],
            ":7: auth.bearer: \"{api_key}\" was expected, not '{token}'"),
        BrokenFile(
            ["auth": "{ header = { [\"X Key\"] = \"{api_key}\" } }"],
            ":7: auth.header.X Key: 'X Key' is no name for a header"),
        BrokenFile(
            ["auth": "{ setting = \"mode\", bearer = {} }"],
            ":7: auth.setting: 'mode' is not declared"),
        BrokenFile(["auth": "{ cookie = \"{api_key}\" }"], ":7: auth.cookie: unknown key"),
        BrokenFile(["credentials": ""], ":7: auth.bearer: declare the credential"),
        BrokenFile(["lifetime": "\"soon\""], ":9: lifetime: a duration"),
        BrokenFile(["lifetime": "20"], ":9: lifetime: a duration"),
        BrokenFile(["lifetime": "\"20 m\""], ":9: lifetime: a duration"),
        BrokenFile(["lifetime": "\"-5s\""], ":9: lifetime: a duration"),
        BrokenFile(["lifetime": "\"1e9d\""], ":9: lifetime: a duration"),
        BrokenFile(["lifetime": "\"99999999d\""], ":9: lifetime: a duration"),
        BrokenFile(["polling": "{ every = \"5\" }"], ":9: polling.every: a duration"),
        BrokenFile(
            ["polling": "{ every = \"11m\" }"], ":9: polling.every: '11m' is too long here"),
        BrokenFile(["polling": "{ first = \"300d\" }"], ":9: polling.first: '300d' is too long"),
        BrokenFile(["settles_within": "\"61m\""], ":9: settles_within: '61m' is too long here"),
        BrokenFile(["lifetime": "\"367d\""], ":9: lifetime: '367d' is too long here"),
        BrokenFile(
            ["limits": "{ { requests = 1, per = \"25h\" } }"],
            ":9: limits[1].per: '25h' is too long here, 1d is the most"),
        BrokenFile(
            ["retry": "{ network = { delays = { \"11m\" } } }"],
            ":9: retry.network.delays[1]: '11m' is too long here"),
        BrokenFile(
            [
                "limits": "{ "
                    + String(repeating: "{ requests = 5, per = \"1m\" }, ", count: 17) + "}"
            ], ":9: limits: 16 limits are the most"),
        BrokenFile(
            [
                "limits": "{ { requests = 5, per = \"1m\", operations = { "
                    + String(repeating: "\"balance\", ", count: 65) + "} } }"
            ], ":9: limits[1].operations: 64 operations are the most"),
        BrokenFile(["cache": "{ balance = 60 }"], ":9: cache.balance: a duration"),
        BrokenFile(
            ["cache": "{ ballance = \"1m\" }"],
            ":9: cache.ballance: there is no operation 'ballance', did you mean 'balance'?"),
        BrokenFile(
            ["holds": "{ cancel = \"2m\" }"],
            ":9: holds.cancel: there is no operation 'cancel'"),
        BrokenFile(["currency": "\"dollars\""], ":9: currency: 'dollars' is no ISO 4217"),
        BrokenFile(["names": "\"other\""], ":9: names: 'other' is not known"),
        BrokenFile(
            ["aliases": "{ countries = { QQ = \"6\" } }"],
            ":9: aliases.countries.QQ: 'QQ' is no ISO 3166"),
        BrokenFile(
            [
                "idempotency": "{ header = \"X-Key\" }",
                "operations": "{ buy = { get = \"/b\", reply = { id = \"i\", phone = \"p\" } } }",
            ], ":8: operations.buy: is a GET, which carries no idempotency key"),
        BrokenFile(["settings": "{ auth = {} }"], ":9: settings.auth: a list of choices"),
        BrokenFile(["limits": "{ requests = 5, per = \"1m\" }"], ":9: limits: is a list"),
        BrokenFile(
            ["limits": "{ { requests = 0, per = \"1m\" } }"],
            ":9: limits[1].requests: a whole number"),
        BrokenFile(["limits": "{ { requests = 5 } }"], ":9: limits[1]: write"),
        BrokenFile(
            ["limits": "{ { requests = 5, per = \"1m\", operations = { \"bla\", \"balanc\" } } }"],
            ":9: limits[1].operations[2]: there is no operation 'balanc', did you mean 'balance'?"),
        BrokenFile(["success": "{ \"status\" }"], ":9: success: no value is marked"),
        BrokenFile(["success": "{ \"status\", ok = 1 }"], ":9: success.ok: true or false"),
        BrokenFile(["success": "\"status\""], ":9: success: a table was expected"),
        BrokenFile(["dialect": "\"none\""], ":9: dialect: there is no dialect 'none'"),
        BrokenFile(["dialect": #""a\nb""#], ":9: dialect: there is no dialect 'a·b'"),
        BrokenFile(["dialect": "true"], ":9: dialect: the name of a dialect"),
    ])
    func `a mistake at the top level names its line, its key and what is wrong`(
        _ file: BrokenFile
    ) async {
        let problems = await DefinitionText.problems(DefinitionText.of(file.changes))
        #expect(problems.contains("example.lua" + file.problem))
    }

    @Test(arguments: [
        BrokenFile(["base_ulr": "\"x\""], "base_ulr: unknown key, did you mean 'base_url'?"),
        BrokenFile(
            ["polling": "{ frist = \"5s\" }"],
            "polling.frist: unknown key, did you mean 'first'?"),
        BrokenFile(
            ["credentials": "{ api_key = { lable = \"x\" } }"],
            "credentials.api_key.lable: unknown key, did you mean 'label'?"),
        BrokenFile(
            ["reuse": "{ withing = \"1d\" }"],
            "reuse.withing: unknown key, did you mean 'within'?"),
        BrokenFile(
            ["limits": "{ { request = 1, per = \"1m\" } }"],
            "limits[1].request: unknown key, did you mean 'requests'?"),
        BrokenFile(
            ["aliases": "{ service = {} }"],
            "aliases.service: unknown key, did you mean 'services'?"),
        BrokenFile(
            ["retry": "{ unavailabel = { times = 2 } }"],
            "retry.unavailabel: unknown key, did you mean 'unavailable'?"),
        BrokenFile(
            ["retry": "{ network = { time = 2 } }"],
            "retry.network.time: unknown key, did you mean 'times'?"),
        BrokenFile(
            ["operations": "{ balance = { gte = \"/b\" } }"],
            "operations.balance.gte: unknown key, did you mean 'get'?"),
        BrokenFile(
            [
                "operations": """
                { check = { get = "/c", reply = { messages = { each = "s[]", txt = "t" } } } }
                """
            ],
            "operations.check.reply.messages.txt: unknown key, did you mean 'text'?"),
        BrokenFile(
            ["tests": "{ { \"balance\", {}, give = {} } }"],
            "tests[1].give: unknown key, did you mean 'gives'?"),
        BrokenFile(
            ["tests": "{ { \"balance\", {}, sends = { pat = \"/\" }, gives = {} } }"],
            "tests[1].sends.pat: unknown key, did you mean 'path'?"),
        BrokenFile(
            ["tests": "{ { \"balance\", {}, reply = { statu = 2 }, gives = {} } }"],
            "tests[1].reply.statu: unknown key, did you mean 'status'?"),
        BrokenFile(
            ["tests": "{ { \"balance\", {}, fails = { cod = \"auth\" } } }"],
            "tests[1].fails.cod: unknown key, did you mean 'code'?"),
        BrokenFile(
            ["tests": "{ { \"balance\", {}, fails = { message = \"x\" } } }"],
            "tests[1].fails: the code is missing"),
        BrokenFile(
            ["tests": "{ { \"balanse\", {}, gives = {} } }"],
            "tests[1]: there is no operation 'balanse', did you mean 'balance'?"),
        BrokenFile(
            ["tests": "{ { \"balance\", {}, fails = \"autth\" } }"],
            "tests[1].fails: 'autth' is not known, did you mean 'auth'?"),
        BrokenFile(["tests": "{ { {}, gives = {} } }"], "tests[1]: begins with the operation"),
    ])
    func `an unknown key is an error at every level and suggests the known one`(
        _ file: BrokenFile
    ) async {
        let problems = await DefinitionText.problems(DefinitionText.of(file.changes))
        #expect(problems.contains(file.problem))
    }

    @Test func `all problems of a file come at once, in the order of their lines`() async {
        let text = DefinitionText.of([
            "api": "7", "name": "false", "currency": "\"usd\"", "lifetime": "1",
            "operations": "{ balance = { get = \"balance\" } }",
        ])
        let lines = await DefinitionText.problems(text).split(separator: "\n")
            .map { $0.split(separator: ":").prefix(3).joined(separator: ":") }
        #expect(
            lines == [
                "example.lua:2: api", "example.lua:4: name",
                "example.lua:8: operations.balance.get",
                "example.lua:8: operations.balance.reply", "example.lua:9: currency",
                "example.lua:10: lifetime",
            ])
    }
}
