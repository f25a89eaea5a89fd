import OrderKernel
import Testing

@testable import Definitions

/// Files that are written from samples.
struct DefinitionDraftTests {
    private static let auth = CredentialPlace.header("X-Api-Key")

    private static func operation(
        _ operation: CommonOperation,
        _ curl: String,
        _ sample: String
    ) throws -> DraftOperation {
        let base = try BaseURL(parsing: "https://api.acme.example/v1")
        var draft = try DraftOperation(
            operation, curl: try CurlLine(parsing: "curl https://api.acme.example/v1" + curl),
            base: base, auth: auth)
        draft.sample = ProviderResponse(status: 200, body: Array(sample.utf8))
        return draft
    }

    private static func file(_ operations: [DraftOperation]) async throws -> DefinitionDraft.File {
        await DefinitionDraft(
            id: "acme", name: "Acme", baseURL: try BaseURL(parsing: "https://api.acme.example/v1"),
            auth: auth, operations: operations
        ).file()
    }

    private static let key = " -H 'X-Api-Key: s3cr3t'"

    @Test func `a file of samples loads, and its tests pass`() async throws {
        let file = try await Self.file([
            Self.operation(.balance, "/me" + Self.key, #"{"ok":true,"data":{"balance":"1.50"}}"#),
            Self.operation(
                .buy, #"/orders -d '{"service":"wa","country_id":6}'"# + Self.key,
                #"{"ok":true,"data":{"order_id":7,"phone_number":"6281","cost":0.5}}"#),
            Self.operation(
                .check, "/orders/7" + Self.key,
                #"{"ok":true,"data":{"state":"PENDING","sms":[{"text":"Code 123456"}]}}"#),
            Self.operation(.cancel, "/orders/7 -X DELETE" + Self.key, #"{"ok":true}"#),
            Self.operation(
                .list, "/orders" + Self.key,
                #"{"ok":true,"data":[{"order_id":7,"state":"PENDING"}]}"#),
        ])
        #expect(file.remarks == [])
        #expect(!file.text.contains("s3cr3t"))
        let loader = DefinitionLoader { _ in nil }
        let definition = try await loader.load(file.text, id: "acme", file: "acme.lua")
        #expect(definition.operations.count == 5)
        let outcomes = await DefinitionTestRunner(definition).run()
        #expect(outcomes.flatMap(\.differences) == [])
        #expect(outcomes.count == 5)
        #expect(definition.operations["buy"]?.argumentNames == ["country", "service"])
        #expect(definition.operations["check"]?.argumentNames == ["id"])
    }

    @Test(arguments: [
        "/me -H 'x-api-key: s3cr3t'", "/me?api_key=s3cr3t", "/me -H 'Cookie: session=s3cr3t'",
        "/me -H 'Authorization: Bearer s3cr3t'", #"/me -d '{"api_key":"s3cr3t","a":1}'"#,
        "/me -d 'a=1&token=s3cr3t'", #"/me -d '[{"token":"s3cr3t"}]'"#,
        #"/me -d '{"token":"s3cr3t","service":<service>}'"#, #"/me -d '{"app_key":"s3cr3t"}'"#,
        "/me -H 'X-Auth-Token: s3cr3t'",
    ])
    func `a secret of a sample is not in the file, wherever it stood`(
        _ curl: String
    ) async throws {
        let file = try await Self.file([
            Self.operation(.balance, curl, #"{"balance":"1.50"}"#)
        ])
        #expect(!file.text.contains("s3cr3t"))
    }

    @Test func `a key whose place is named is left out whatever it is called`() async throws {
        let base = try BaseURL(parsing: "https://api.acme.example/v1")
        let line =
            #"curl https://api.acme.example/v1/me -d '{"app":{"zeta":"s3cr3t"},"zeta":"s3cr3t"}'"#
        let draft = try DraftOperation(
            .balance, curl: try CurlLine(parsing: line), base: base, auth: .json("zeta"))
        #expect(!draft.text(without: nil).contains("s3cr3t"))
        let plain = try DraftOperation(.balance, request: "GET ?api_key=s3cr3t&action=getBalance")
        let text = plain.text(without: nil)
        #expect(!text.contains("s3cr3t") && text.contains("?action=getBalance"))
    }

    @Test func `a mark of one request is not in the file`() async throws {
        let file = try await Self.file([
            Self.operation(.buy, "/orders -d 'service=wa' -H 'X-Request-Id: 3f0c'", "{}")
        ])
        #expect(!file.text.contains("3f0c"))
    }

    @Test func `a form stays a form`() async throws {
        let file = try await Self.file([
            Self.operation(.buy, "/orders -d 'service=wa&country=6' -H 'Idempotency-Key: 1'", "{}")
        ])
        #expect(file.text.contains(#"form = { service = "{service}", country = "{country}" }"#))
        #expect(file.text.contains(#"idempotency = { header = "Idempotency-Key" }"#))
    }

    @Test(arguments: [
        (CommonOperation.balance, "ACCESS_BALANCE:12.5", #""ACCESS_BALANCE:{amount}""#),
        (.buy, "ACCESS_NUMBER:7:62812", #""ACCESS_NUMBER:{id}:{phone}""#),
        (.check, "STATUS_OK:1234", #"["STATUS_OK:{code}"] = { status = "received" }"#),
        (.check, "STATUS_WAIT_CODE", #"["STATUS_WAIT_CODE"] = { status = "waiting" }"#),
    ])
    func `plain text becomes a pattern`(
        _ row: (operation: CommonOperation, sample: String, text: String)
    ) async throws {
        var draft = try DraftOperation(row.operation, request: "GET /api?id={id}")
        if row.operation == .balance || row.operation == .buy {
            draft = try DraftOperation(row.operation, request: "GET /api")
        }
        draft.sample = ProviderResponse(status: 200, body: Array(row.sample.utf8))
        let file = try await Self.file([draft])
        #expect(file.text.contains(row.text))
        #expect(file.remarks == [])
        let loader = DefinitionLoader { _ in nil }
        let definition = try await loader.load(file.text, id: "acme", file: "acme.lua")
        #expect(await DefinitionTestRunner(definition).run().allSatisfy(\.passed))
    }

    @Test func `a sample that is not understood is named`() async throws {
        let file = try await Self.file([
            Self.operation(.balance, "/me" + Self.key, #"{"balance":"a lot"}"#)
        ])
        #expect(
            file.remarks == [
                "the sample of balance is not understood: the reply has 'a lot' as amount "
                    + "(expected: exact amount)"
            ])
    }

    @Test(arguments: [
        ("/p3/orders/77", #""/p3/orders/{id}""#), ("/p3/check?id=77", #""/p3/check?id={id}""#),
        ("/orders/o1", #""/orders/{id}""#), ("/v2/sms/9f2c-11", #""/v2/sms/{id}""#),
        ("/api2/order/:id/sms", #""/api2/order/{id}/sms""#),
    ])
    func `the id in a path is no version`(_ row: (path: String, template: String)) async throws {
        let file = try await Self.file([
            Self.operation(.check, row.path, #"{"state":"RCVD","otp":"1234"}"#)
        ])
        #expect(file.text.contains("get = " + row.template))
        // An order with a code has received it, whatever its word for it.
        #expect(file.text.contains(#"status = { "state", RCVD = "received" }"#))
        #expect(file.remarks == [])
    }

    @Test(arguments: [
        #"{"status":"success","data":{"order_id":12345,"state":"PENDING","sms":[]}}"#,
        #"{"status":"success","data":{"order_id":12345,"state":"OK","sms":null}}"#,
        #"{"status":"success","message":"waiting for sms","data":{"state":"PENDING"}}"#,
    ])
    func `a word that only says that a request succeeded is no status`(
        _ sample: String
    ) async throws {
        let file = try await Self.file([
            Self.operation(.check, "/orders/12345" + Self.key, sample),
            Self.operation(
                .cancel, "/orders/12345 -X DELETE" + Self.key, #"{"status":"success","data":{}}"#),
        ])
        #expect(!file.text.contains("received"), "\(file.text)")
        #expect(file.text.contains(#"status = { "data.state","#))
        #expect(file.remarks == [])
    }

    @Test func `a key that the provider repeats is not in the file`() async throws {
        let line = try CurlLine(
            parsing: "curl 'https://a.example/me?pin=s3%21cr3t' -H 'Authorization: Bearer s3cr3t'")
        #expect(line.secrets(at: .query("pin")).sorted() == ["s3!cr3t", "s3%21cr3t", "s3cr3t"])
        let sample = ProviderResponse(
            status: 200,
            body: Array(#"{"balance":1.5,"echo":"s3cr3t","user":{"token":"other"}}"#.utf8))
        let clean = sample.withoutSecrets(line.secrets(at: .bearer)).text
        #expect(clean == #"{"balance":1.5,"echo":"redacted","user":{"token":"redacted"}}"#)
    }

    @Test func `a pair in base64 is its two parts as well`() async throws {
        let line = try CurlLine(
            parsing: "curl https://a.example/me -H 'Authorization: Basic Ym9iOnM6M2NyM3Q='")
        let secrets = Set(line.secrets(at: .basic))
        #expect(secrets.isSuperset(of: ["bob", "s:3cr3t", "bob:s:3cr3t", "Ym9iOnM6M2NyM3Q="]))
    }

    @Test func `the word before a key stays`() async throws {
        let line = try CurlLine(
            parsing: "curl https://a.example/me -H 'Authorization: Token s3cr3t'")
        let place = try #require(CredentialPlace(in: line))
        #expect(line.prefix(at: place) == "Token ")
        let file = await DefinitionDraft(
            id: "acme", name: "Acme", baseURL: try BaseURL(parsing: "https://a.example"),
            auth: place, authPrefix: "Token ",
            operations: [try DraftOperation(.balance, request: "GET /me")]
        ).file()
        #expect(file.text.contains(#"auth = { header = { Authorization = "Token {api_key}" } }"#))
    }

    @Test(arguments: [
        ("curl -XDELETE https://a.example/o/7", HTTPMethod.delete),
        ("curl -sSXPUT https://a.example/o/7", .put),
        ("curl -s -XPOST -H'A: b' https://a.example/o/7", .post),
        ("curl -G -d a=b https://a.example/o", .get),
        ("curl -sG -d a=b https://a.example/o", .get),
        ("curl -d 'a -G b' https://a.example/o", .post),
    ])
    func `short options of curl may be glued`(_ row: (line: String, verb: HTTPMethod)) throws {
        #expect(try CurlLine(parsing: row.line).method == row.verb)
    }

    @Test(arguments: ["-Z x", "-F a=b", "-d @body.json", "--proxy p", "-b a=b"])
    func `an option of curl that is not understood is refused`(_ option: String) {
        #expect(throws: MoonlineError.self) {
            try CurlLine(parsing: "curl \(option) https://a.example/o")
        }
    }

    @Test func `short names of parameters are arguments`() async throws {
        let file = try await Self.file([
            Self.operation(.buy, "/buy?svc=wa&geo=6&cap=1.5", #"{"oid":"7","num":"62812"}"#)
        ])
        #expect(
            file.text.contains(#""/buy?svc={service}&geo={country}&cap={max_price?}""#), "\(file)")
        #expect(file.text.contains(#"reply = { id = "oid", phone = "num" }"#))
    }

    @Test func `an operation that is not complete keeps no other from its test`() async throws {
        let file = try await Self.file([
            Self.operation(.balance, "/me" + Self.key, #"{"balance":"1.50"}"#),
            DraftOperation(.buy, request: "POST /orders"),
        ])
        #expect(file.text.contains(#"{ "balance", {}"#), "\(file.text)")
    }

    @Test(arguments: [
        (#"{"error_code":0,"balance":"1"}"#, #"success = { "error_code", ["0"] = true }"#),
        (#"{"code":"0","balance":"1"}"#, #"success = { "code", ["0"] = true }"#),
        (#"{"error":false,"balance":"1"}"#, #"success = { "error", [false] = true }"#),
        (#"{"error":null,"balance":"1"}"#, nil), (#"{"code":"583","balance":"1"}"#, nil),
        (#"{"code":"","balance":"1"}"#, nil),
    ])
    func `a code that says that there is no error is the success`(
        _ row: (sample: String, text: String?)
    ) async throws {
        let file = try await Self.file([
            Self.operation(.balance, "/me" + Self.key, row.sample),
            Self.operation(.cancel, "/orders/7 -X DELETE" + Self.key, row.sample),
        ])
        #expect(file.remarks == [])
        #expect(row.text.map { file.text.contains($0) } ?? !file.text.contains("success"))
        let loader = DefinitionLoader { _ in nil }
        let definition = try await loader.load(file.text, id: "acme", file: "acme.lua")
        #expect(await DefinitionTestRunner(definition).run().allSatisfy(\.passed))
    }

    @Test(arguments: [
        (#"/orders -d '{"key":"s3cr3t","service":"wa"}'"#, CredentialPlace.json("key")),
        ("/orders -d 'service=wa&token=s3cr3t'", .form("token")),
        ("/orders?service=wa&key=s3cr3t", .query("key")),
    ])
    func `the place of the key is found in a sample`(
        _ row: (curl: String, place: CredentialPlace)
    ) throws {
        let line = try CurlLine(parsing: "curl https://api.acme.example/v1" + row.curl)
        #expect(CredentialPlace(in: line) == row.place)
    }

    @Test(arguments: [
        ("plain", #""plain""#), ("a \"b\" \\", #""a \"b\" \\""#), ("a\nb\u{1}", #""a\nb\u{1}""#),
    ])
    func `text is quoted as Lua reads it`(_ row: (text: String, quoted: String)) {
        #expect(LuaText.quoted(row.text) == row.quoted)
    }

    @Test(arguments: [
        ("name", "name"), ("end", #"["end"]"#), ("a-b", #"["a-b"]"#), ("", #"[""]"#),
        ("7", #"["7"]"#),
    ])
    func `keys are names where Lua takes them`(_ row: (key: String, text: String)) {
        #expect(LuaText.key(row.key) == row.text)
    }
}
