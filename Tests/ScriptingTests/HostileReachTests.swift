import Definitions
import Foundation
import Logging
import LuaSandbox
import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing
import Transport

@testable import Scripting

/// What hostile URLs, names, arguments and addresses reach: nothing that was not granted.
struct HostileReachTests {
    private static let origin = "https://api.acme.example"

    private static func definition(_ base: String) -> String {
        """
        return provider {
          api = 1, id = "acme", name = "Acme", version = "1", base_url = \(base),
          credentials = { token = { label = "Token" } }, auth = { bearer = "{token}" },
          limits = { { requests = 100000, per = "1m" } }, polling = { first = "2s", every = "2s" },
          currency = "USD",
          operations = {
            balance = { get = "/balance", reply = { amount = "amount" } },
            fetch = { costs = false, run = function(args)
              http.get(args.url)
              return { done = true }
            end },
            order = { get = "/orders/{id}?x={id}" },
          },
        }
        """
    }

    // Calls an operation with each value, and returns the requests that each led to.
    private func requests(
        of operation: String,
        _ argument: String,
        _ cases: [HostileCase]
    ) throws -> [(HostileCase, [SimulatedNetwork.Request])] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "moonline-reach-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder + "/providers", withIntermediateDirectories: true)
        try Data(Self.definition("\"\(Self.origin)/v1\"").utf8)
            .write(to: URL(filePath: folder + "/providers/acme.lua"))
        let simulation = EngineSimulation(
            seed: 1, providers: folder + "/providers",
            environment: ["MOONLINE_ACME_TOKEN": "s3cr3t-token-0123456789"])
        let found = Mutex<[(HostileCase, [SimulatedNetwork.Request])]>([])
        try simulation.run(
            home: folder + "/home", respond: { _ in .answer(status: 200, body: "{}") }
        ) { engine, network in
            for hostile in cases {
                let before = network.requests.count
                _ = try? await engine.call("acme", operation, [argument: hostile.value])
                let made = Array(network.requests.dropFirst(before))
                found.withLock { $0.append((hostile, made)) }
            }
        }
        return found.withLock { $0 }
    }

    @Test func `all cases are read`() {
        #expect(HostileCase.all.count > 1250)
        #expect(Set(HostileCase.all.map(\.kind)).count == 6)
    }

    // Without this, the others would hold for a client that sends nothing.
    @Test(arguments: [("fetch", "url", "/status"), ("order", "id", "abc-1")])
    func `a plain path and a plain argument make a request`(
        _ row: (operation: String, argument: String, value: String)
    ) throws {
        let plain = HostileCase(kind: "plain", value: row.value, why: "")
        let found = try requests(of: row.operation, row.argument, [plain])
        #expect(found.map { $0.1.count } == [1])
    }

    @Test func `I1 a definition's function reaches nothing by a hostile URL`() throws {
        for (hostile, made) in try requests(of: "fetch", "url", HostileCase.of("url")) {
            #expect(made.isEmpty, "\(hostile)")
        }
    }

    @Test func `I1 a hostile path stays under the base URL`() throws {
        let found = try requests(of: "fetch", "url", HostileCase.of("path"))
        for (hostile, made) in found {
            for request in made {
                #expect(request.origin == Self.origin, "\(hostile)")
                #expect(request.path == "/v1" || request.path.hasPrefix("/v1/"), "\(hostile)")
                let plain = request.path.removingPercentEncoding ?? ""
                let parts = plain.split { $0 == "/" || $0 == "\\" }.map { $0.prefix { $0 != ";" } }
                #expect(!parts.contains("..") && !parts.contains("."), "\(hostile)")
            }
        }
    }

    @Test func `an argument stays one segment and one value`() throws {
        for (hostile, made) in try requests(of: "order", "id", HostileCase.of("argument")) {
            if ["", ".", ".."].contains(hostile.value) {
                #expect(made.isEmpty, "\(hostile)")
            }
            for request in made {
                let allowed = CharacterSet(
                    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                )
                .union(CharacterSet(charactersIn: "-._~%"))
                let halves = request.target.split(separator: "?", omittingEmptySubsequences: false)
                #expect(request.origin == Self.origin && halves.count == 2, "\(hostile)")
                let id = halves[0].dropFirst("/v1/orders/".count)
                #expect(halves[0].hasPrefix("/v1/orders/"), "\(hostile)")
                #expect(halves.last.map { String($0) } == "x=" + id, "\(hostile)")
                #expect(id.unicodeScalars.allSatisfy(allowed.contains), "\(hostile)")
            }
        }
    }

    @Test func `I1 a script reaches no host that it was not granted`() throws {
        let cases = HostileCase.of("url")
        let list = JSON.array(cases.map { .string($0.value) }).serialized
        let source = """
            local refused = 0
            for _, url in ipairs(json.decode([========[\(list)]========])) do
              local ok, reply = pcall(http.get, url)
              if not ok or not reply then refused = refused + 1 end
            end
            return refused
            """
        let result = try ScriptStage.run(source, hosts: [Self.origin])
        #expect(result.text == String(cases.count))
        #expect(result.requests.isEmpty)
    }

    @Test(arguments: HostileCase.of("host"))
    func `what is no plain host cannot be granted`(_ hostile: HostileCase) {
        #expect(throws: MoonlineError.self) { try ScriptGrants([hostile.value]) }
    }

    @Test(arguments: HostileCase.of("base"))
    func `a definition names a host of the Internet`(_ hostile: HostileCase) async {
        let base =
            "\""
            + hostile.value.unicodeScalars.map { "\\u{\(String($0.value, radix: 16))}" }
            .joined() + "\""
        let loader = DefinitionLoader { _ in nil }
        await #expect(throws: DefinitionProblems.self) {
            _ = try await loader.load(Self.definition(base), id: "acme", file: "acme.lua")
        }
    }

    @Test func `no special address is dialled, whatever name leads to it`() async throws {
        let base = try BaseURL(parsing: Self.origin)
        for hostile in HostileCase.of("address") {
            guard let address = IPAddress(hostile.value) else { continue }
            let transport = NetworkTransport(
                redactor: Redactor([]), logger: Logger(label: "test"),
                resolver: AddressResolver { _, _ in [address] })
            let wire = WireRequest(
                request: ProviderRequest(method: .get, path: "/", operation: "balance"),
                baseURL: base, credentials: [], isUsersOrigin: false, timeout: .seconds(1))
            let error = await #expect(throws: MoonlineError.self) { try await transport.send(wire) }
            #expect(error?.code == .forbidden && error?.isUnsent == true, "\(hostile)")
            await transport.shutDown()
        }
    }

    @Test(arguments: [
        ("169.254.169.254", false), ("127.0.0.1", false), ("10.0.0.7", false), ("1.1.1.1", true),
    ])
    func `a name that was granted leads to the Internet only`(
        _ row: (address: String, isFine: Bool)
    ) async throws {
        let granted = try BaseURL(parsing: "http://app.example")
        let reach = WireRequest.reach(ofGranted: granted)
        let address = try #require(IPAddress(row.address))
        #expect((address.reach <= reach) == row.isFine)
        let local = WireRequest.reach(ofGranted: try BaseURL(parsing: "http://localhost:8080"))
        #expect(try #require(IPAddress("127.0.0.1")).reach <= local)
        #expect(try #require(IPAddress("169.254.169.254")).reach > local)
    }
}
