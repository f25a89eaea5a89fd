import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

/// What a definition signs its requests with, without seeing the key.
struct SigningTests {
    private static let changes = [
        "credentials": "{ key = { label = \"Key\" }, secret = { label = \"Secret\" } }",
        "auth": "{ header = { [\"X-Key\"] = \"{key}\" }, hmac = \"{secret}\" }",
    ]

    // RFC 2202 §3 and RFC 4231 §4.3, test case 2 of each.
    @Test(arguments: [
        (DigestAlgorithm.sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        (.sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (
            .sha512,
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
        ),
    ])
    func `a code is the one of its RFC`(_ row: (algorithm: DigestAlgorithm, code: String)) {
        let code = row.algorithm.authenticationCode(of: "what do ya want for nothing?", key: "Jefe")
        #expect(DigestEncoding.hex.text(of: code) == row.code)
    }

    // FIPS 180-4 by `sha256sum` and its like; the codes by `openssl dgst -hmac secret`.
    @Test(arguments: [
        (
            #"crypto.hash("sha256", "")"#,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        ),
        (#"crypto.hash("sha1", "abc")"#, "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (#"crypto.hash("sha1", "abc", "base64")"#, "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
        (#"crypto.hash("sha1", "abc", nil)"#, "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (#"crypto.hash("sha1", 7)"#, "902ba3cda1883801594b6e1b452790cc53948fda"),
        (
            #"crypto.hmac("sha256", "{secret}", "1767225600/orders")"#,
            "16c3d3a0c637a30dcbbed3f9e9aaef7768348e8a40af6a542cc46fa63438b49e"
        ),
        (#"crypto.hmac("sha1", "{secret}", "ü", "base64")"#, "Vqwudp28WdugcxRmyo0SStrZvCE="),
        ("time.now()", "1767225600"),
    ])
    func `a function gets digests, codes and the time`(
        _ row: (call: String, result: String)
    ) async throws {
        let trial = try await OperationTrial(
            "run = function() return tostring(\(row.call)) end", Self.changes)
        #expect(await trial.perform("run").text == "\"\(row.result)\"")
    }

    @Test(arguments: [
        (#"crypto.hmac("md5", "{secret}", "x")"#, "'md5' is no name of a hash"),
        (#"crypto.hmac("sha256", "{key}", "x")"#, #""{secret}" was expected, not '{key}'"#),
        (#"crypto.hmac("sha256", "secret", "x")"#, #""{secret}" was expected, not 'secret'"#),
        (#"crypto.hmac("sha256")"#, #""{secret}" was expected, not ''"#),
        (#"crypto.hmac("sha256", "{secret}")"#, "a text was expected after the key"),
        (#"crypto.hash("sha256", {})"#, "a text was expected after the hash"),
        (#"crypto.hash("sha256", "x", "hx")"#, "known are hex, base64"),
        (#"crypto.hash("sha256", ("x"):rep(65537))"#, "a text has at most 65536 bytes"),
    ])
    func `a wrong call says what is right`(_ row: (call: String, message: String)) async throws {
        let trial = try await OperationTrial(
            "run = function() return \(row.call) end", Self.changes)
        let outcome = await trial.perform("run")
        #expect(outcome.error?.message.contains(row.message) == true, "\(outcome.text)")
    }

    @Test func `without a key the file is told how to name one`() async throws {
        let trial = try await OperationTrial(
            #"run = function() return crypto.hmac("sha256", "{api_key}", "x") end"#)
        let outcome = await trial.perform("run")
        #expect(outcome.error?.message.contains(#"write hmac = "{secret}" into auth"#) == true)
    }

    // What is signed has to be what is sent.
    @Test(arguments: [
        "{ b = 1, a = \"x\" }", "{ 1, 2.5, 1e20, -0.0, 9007199254740993 }",
        "{ t = \"\\\"\\\\/\\n\\u{1F600}\\u{7F}ü\\1\" }", "{}", "json.array {}",
        "{ 0.1, 1e-7, 5e-324, 1e15, 1e16, 1e17, 2^53, 100.0, 1/3, -1e300, 123456789012345680.0 }",
        "{ b = 1, B = 2, a1 = 3, a10 = 4, a2 = 5, [\"é\"] = 6, z = 7, [\"\\t\"] = 8, _ = 9 }",
        "{ n = json.null, l = { true, false } }", "\"text\"", "{ [\"é\"] = { [\"\"] = 0 } }",
    ])
    func `the body of a request is what json.encode gives`(_ value: String) async throws {
        let trial = try await OperationTrial(
            "run = function() http.post(\"/a\", { json = \(value) }) "
                + "return json.encode(\(value)) end")
        let outcome = await trial.perform("run")
        let body = outcome.requests.first?.body.map { String(decoding: $0, as: UTF8.self) }
        #expect(outcome.result?.json == body.map(JSON.string))
    }

    @Test func `a test signs with the name of the credential, at a fixed time`() async throws {
        var changes = Self.changes
        changes["operations"] = """
            { order = { costs = false, run = function(args)
              local body = json.encode({ id = args.id })
              local at = tostring(time.now())
              local sign = crypto.hmac("sha256", "{secret}", at .. body)
              return http.post("/o", { json = { id = args.id },
                headers = { ["X-Time"] = at, ["X-Sign"] = sign } }).status
            end } }
            """
        changes["tests"] = """
            { { "order", { id = "7" }, reply = { json = {} }, sends = { headers = {
              ["X-Time"] = "1767225600", ["X-Sign"] =
              "6ddc761ee11acdafe385473a3156d21c7889acca5c5072aabfc788cce83adc0b" } } } }
            """
        let definition = try await DefinitionText.load(DefinitionText.of(changes))
        let outcomes = await DefinitionTestRunner(definition).run()
        #expect(outcomes.flatMap(\.differences) == [])
    }

    @Test func `an account needs the key, and says that functions sign with it`() async throws {
        let definition = try await DefinitionText.load(DefinitionText.of(Self.changes))
        #expect(definition.auth.scheme(settings: [:]).credentials == ["key", "secret"])
        let facts = definition.facts.map(\.text)
        #expect(facts.contains { $0.contains("functions sign with secret") }, "\(facts)")
    }

    @Test(arguments: [
        ("{ hmac = \"{secret}\" }", ""),
        ("{ hmac = \"secret\" }", "\"{key}\" or \"{secret}\" was expected, not 'secret'"),
        ("{ hmac = \"{other}\" }", "\"{key}\" or \"{secret}\" was expected, not '{other}'"),
        ("{ hmac = {} }", "text was expected"),
    ])
    func `a key for signing is one of the credentials`(
        _ row: (auth: String, problem: String)
    ) async {
        var changes = Self.changes
        changes["auth"] = row.auth
        let problems = await DefinitionText.problems(DefinitionText.of(changes))
        let isRight = row.problem.isEmpty ? problems.isEmpty : problems.contains(row.problem)
        #expect(isRight, "\(problems)")
    }
}
