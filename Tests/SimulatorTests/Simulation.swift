import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Simulator
import Testing

/// The simulated providers without sockets, and a clock to move.
struct Simulation: Sendable {
    let client: any TestClientProtocol
    let clock: TestClock

    struct Answer {
        let status: Int
        let text: String
        let retryAfter: String?

        /// The text of the first member with this name.
        func member(_ name: String) throws -> String {
            let start = try #require(text.firstRange(of: "\"\(name)\":\""), "\(text)")
            return String(text[start.upperBound...].prefix { $0 != "\"" })
        }
    }

    static func run<Value: Sendable>(
        _ configuration: SimulatorConfiguration = SimulatorConfiguration(),
        _ test: @Sendable (Simulation) async throws -> Value
    ) async throws -> Value {
        let clock = TestClock()
        let server = SimulatorServer(
            configuration: configuration, logger: Logger(label: "test"), now: clock.now)
        return try await server.application().test(.router) { client in
            try await test(Simulation(client: client, clock: clock))
        }
    }

    /// Sends `METHOD path`, the path without the provider's base, with the provider's default key.
    func send(
        _ provider: SimulatedProvider,
        _ line: String,
        json: String? = nil,
        form: String? = nil,
        key: String? = "default",
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        let parts = Self.parts(of: line)
        var headers = headers
        // SMSCode's contract has two versions in its paths.
        let isWhole = parts[1].hasPrefix("/v1/") || parts[1].hasPrefix("/v2/")
        var path = (isWhole ? "" : Self.base(of: provider)) + parts[1]
        if let key = key == "default" ? Self.key(of: provider) : key {
            switch provider {
            case .legitSMS, .virtualSMSLegacy:
                path += (path.contains("?") ? "&" : "?") + "api_key=\(key)"
            case .iSMScode, .smsCode:
                headers[.authorization] = "Bearer \(key)"
            case .virtualSMS:
                headers[try #require(HTTPField.Name("X-API-Key"))] = key
            }
        }
        if json != nil { headers[.contentType] = "application/json" }
        if form != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        return try await send(parts[0], path, headers, json ?? form)
    }

    /// Sends a request to the simulator's own endpoints.
    func control(_ line: String, json: String? = nil) async throws -> Answer {
        let parts = Self.parts(of: line)
        return try await send(parts[0], "/_simulator" + parts[1], [:], json)
    }

    /// Buys a WhatsApp number in Britain and returns the order's id.
    func buy(_ provider: SimulatedProvider) async throws -> String {
        let answer =
            switch provider {
            case .legitSMS:
                try await send(provider, "POST /order?service=wa&country=16")
            case .iSMScode:
                try await send(
                    provider, "POST /numbers/request",
                    json: #"{"country":"GB","service":"whatsapp"}"#)
            case .smsCode:
                try await send(
                    provider, "POST /orders", json: #"{"country_id":16,"platform_id":1}"#)
            case .virtualSMS:
                try await send(
                    provider, "POST /customer/purchase",
                    json: #"{"service":"wa","country":"GB"}"#)
            case .virtualSMSLegacy:
                try await send(provider, "GET ?action=getNumber&service=wa&country=16")
            }
        try #require(answer.status == 200, "\(answer.text)")
        if provider == .virtualSMSLegacy {
            return String(try #require(answer.text.split(separator: ":").dropFirst().first))
        }
        return try answer.member(provider == .iSMScode ? "id" : "order_id")
    }

    private func send(
        _ method: String, _ path: String, _ headers: HTTPFields, _ body: String?
    ) async throws -> Answer {
        let response = try await client.execute(
            uri: path,
            method: try #require(HTTPRequest.Method(rawValue: method)),
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        )
        return Answer(
            status: response.status.code, text: String(buffer: response.body),
            retryAfter: response.headers[.retryAfter])
    }

    private static func parts(of line: String) -> [String] {
        line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
    }

    private static func base(of provider: SimulatedProvider) -> String {
        switch provider {
        case .legitSMS: "/wp-json/legitsms/v1"
        case .iSMScode: "/api/v3"
        case .smsCode: "/v1"
        case .virtualSMS: "/api/v1"
        case .virtualSMSLegacy: "/stubs/handler_api.php"
        }
    }

    private static func key(of provider: SimulatedProvider) -> String? {
        SimulatorConfiguration().keys[provider.accountHolder]?.first
    }
}
