import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Loopback
import NIOCore
import Simulator
import Testing
import Transport

/// Every way to send a credential, against a server that repeats all keys it knows, also those that
/// it was never sent, in every answer but the login's.
@Suite(.serialized)
struct CanarySchemeTests {
    private static let secret = "CanarySecret+01/~?~?~?23=="
    private static let user = "CanaryUser+4567/~?~?~?89"
    private static let token = "CanaryToken+01/~?~?~?23=="
    private static let marks = CanaryMarks(of: [secret, user, token])

    /// How credentials are sent, and what a balance asks.
    private static let schemes: [(id: String, auth: String, balance: String)] = [
        ("cbasic", #"basic = "{user}:{secret}""#, #"get = "/basic""#),
        ("cbearer", #"bearer = "{secret}""#, #"get = "/bearer""#),
        ("cheader", #"header = { ["X-Key"] = "Token {secret}" }"#, #"get = "/header""#),
        ("cquery", #"query = { key = "{secret}", user = "{user}" }"#, #"get = "/query""#),
        ("cjson", #"json = { key = "{secret}" }"#, #"post = "/json", json = { a = 1 }"#),
        ("cform", #"form = { key = "{secret}" }"#, #"post = "/form", form = { a = "1" }"#),
        (
            "clogin",
            #"login = { post = "/login", json = { user = "{user}", key = "{secret}" }, "#
                + #"token = "token" }, bearer = "{login}""#,
            #"get = "/login-balance""#
        ),
        (
            "crefused",
            #"login = { post = "/refused", form = { user = "{user}", key = "{secret}" }, "#
                + #"token = "token" }, bearer = "{login}""#,
            #"get = "/never""#
        ),
        ("csigned", #"header = { ["X-User"] = "{user}" }, hmac = "{secret}""#, ""),
    ]

    private static func definition(_ id: String, _ auth: String, _ balance: String) -> String {
        let hmac = """
            function()
              local sign = crypto.hmac("sha256", "{secret}", "text")
              local reply = http.get("/signed", { headers = { ["X-Sign"] = sign } })
              log.info(reply.body) log.error(json.encode(reply.headers))
              return { amount = reply.body }
            end
            """
        let operation = balance.isEmpty ? hmac : "{ \(balance), reply = { amount = \"amount\" } }"
        let isPost = balance.hasPrefix("post")
        let body = balance.contains("form =") ? "form" : "json"
        let buy =
            (isPost ? "post = \"/buy\", \(body) = { s = \"{service}\" }" : "get = \"/buy\"")
            + ", reply = { id = \"id\", phone = \"phone\", price = \"price\" }"
        return """
            return provider {
              api = 1, id = "\(id)", name = "Canary", base_url = "https://canary.example",
              credentials = { user = { label = "User" }, secret = { label = "Secret" } },
              auth = { \(auth) }, currency = "USD", errors = { "code", message = "message" },
              limits = { { requests = 600, per = "1m" } },
              polling = { first = "5s", every = "5s" },
              operations = { balance = \(operation), buy = { \(buy) } },
            }
            """
    }

    private static func server(_ arrivals: Counter) -> Router<BasicRequestContext> {
        let router = Router()
        router.post("login") { _, _ in #"{"token":"\#(token)"}"# }
        router.get("**") { request, _ in try await answer(request, arrivals.next()) }
        router.post("**") { request, _ in try await answer(request, arrivals.next()) }
        return router
    }

    private static func answer(
        _ request: Request, _ turn: Int
    ) async throws -> Response {
        let sent = try await request.body.collect(upTo: 1 << 16)
        var values = ["secret": secret, "user": user]
        values["body"] = String(buffer: sent)
        values["uri"] = "\(request.uri)"
        for header in request.headers { values[header.name.canonicalName] = header.value }
        // Whoever never logged in cannot know what a token is.
        let hasToken = request.headers[.authorization]?.contains(token) ?? false
        if hasToken { values["token"] = token }
        let message = Echo.message(of: values, turn: turn)
        let document = try JSONEncoder().encode([
            "message": message, "amount": message, "token": message, "phone": message, "id": "7",
        ])
        var headers = HTTPFields()
        if let name = HTTPField.Name("X-Echo") { headers[name] = secret + (hasToken ? token : "") }
        let status: HTTPResponse.Status = turn % 2 == 0 ? .badRequest : .ok
        return Response(
            status: request.uri.path == "/refused" ? .unauthorized : status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document)))
    }

    private static let script = """
        for _, name in ipairs(otp.providers()) do
          local rows, why = otp.balance(name)
          print(name, rows and rows[1].error and rows[1].error.message, why and why.message)
          local number, why = otp.buy { service = "whatsapp", country = "ID", provider = name }
          print(number and number.phone, why and why.message)
        end
        """

    /// What asks the server, which repeats everything.
    private static func asking(_ script: String) -> [[String]] {
        [["balance"], ["balance", "--json"], ["doctor"], ["run", script]]
            + schemes.flatMap { id, _, _ in
                [
                    ["call", id, "balance"], ["provider", "test", id, "--live", "balance"],
                    ["provider", "record", id, "balance"],
                    ["buy", "--service", "whatsapp", "--country", "ID", "--provider", id],
                ]
            }
    }

    /// What tells of the journal and of the files, after everything has been asked.
    private static let telling =
        [["orders"], ["orders", "--open"], ["sweep", "--settle", "0"], ["provider", "list"]]
        + schemes.map { ["provider", "explain", $0.id] }

    /// A home with a definition and an account for each scheme; every second key is in a file.
    private static func environment(_ home: URL, _ port: Int) throws -> [String: String] {
        let providers = home.appending(path: "providers")
        try FileManager.default.createDirectory(at: providers, withIntermediateDirectories: true)
        var environment = ["MOONLINE_HOME": home.path]
        for (place, scheme) in schemes.enumerated() {
            let file = providers.appending(path: "\(scheme.id).lua")
            try Data(definition(scheme.id, scheme.auth, scheme.balance).utf8).write(to: file)
            let prefix = "MOONLINE_\(scheme.id.uppercased())_"
            environment[prefix + "BASE_URL"] = "http://127.0.0.1:\(port)"
            environment[prefix + "USER"] = user
            if place.isMultiple(of: 2) {
                environment[prefix + "SECRET"] = secret
            } else {
                let key = home.deletingLastPathComponent().appending(path: "\(scheme.id).key")
                try Data((secret + "\n").utf8).write(to: key)
                environment[prefix + "SECRET_FILE"] = key.path
            }
        }
        return environment
    }

    private static func written(
        by command: [String],
        _ environment: [String: String]
    ) async throws -> String {
        // What stands behind a script is the script's.
        let arguments = command.prefix(1) + ["--log-level", "trace"] + command.dropFirst()
        let isNested = command.first == "provider"
        let run = try await ProgramRun.run(
            isNested ? command + ["--log-level", "trace"] : Array(arguments), environment)
        #expect(run.status != 70 && run.status < 128, "\(command): \(run.errors)")
        #expect(marks.leaks(in: run.output + run.errors) == [], "\(command)")
        return run.output + run.errors
    }

    @Test func `no way to send a credential lets a byte of it be written`() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "moonline-\(UUID().uuidString)")
        let home = folder.appending(path: "home")
        defer { try? FileManager.default.removeItem(at: folder) }
        let arrivals = Counter()
        try await LoopbackServer.run(Self.server(arrivals)) { port in
            let environment = try Self.environment(home, port)
            let script = home.appending(path: "canary.lua").path
            try Data(Self.script.utf8).write(to: URL(filePath: script))
            for command in Self.asking(script) {
                let written = try await Self.written(by: command, environment)
                // Nothing is proved by a command to which nothing was repeated. Of the answer to a
                // login that is refused, nothing is shown at all.
                let isShown = !command.contains("crefused")
                #expect(written.contains(Redactor.mask) == isShown, "\(command): \(written)")
            }
            for command in Self.telling { _ = try await Self.written(by: command, environment) }
            #expect(Self.marks.leaks(in: CanaryMarks.written(below: home.path)) == [])
        }
        #expect(arrivals.next() > 4 * Self.schemes.count)
    }
}
