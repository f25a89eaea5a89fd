package import Definitions
public import OrderKernel
import Synchronization
package import Transport

/// A network without sockets: a function answers every request, in virtual time.
public final class SimulatedNetwork: Sendable {
    /// A request as a provider would see it.
    public struct Request: Sendable, Hashable {
        /// When it left.
        public let at: Instant
        /// Such as `GET`.
        public let method: String
        /// Path and query, without a credential in the query.
        public let target: String
        /// The body as text.
        public let body: String
        /// The origin that it went to.
        public let origin: String
        /// How credentials were sent: `bearer`, `header X`, `query x`, several with ` and `
        /// between them, or `none`.
        public let credential: String
        /// The credentials that were sent, in the same order.
        public let secrets: [String]
        /// The longest body that its sender takes, in bytes.
        public let replyBytesMaximum: Int

        /// The path without the query.
        public var path: String { String(target.prefix { $0 != "?" }) }
    }

    /// What happens to a request.
    public enum Reply: Sendable {
        /// An answer.
        case answer(status: Int, body: String, headers: [String: String] = [:])
        /// The connection could not be made: nothing left.
        case unreachable
        /// The connection broke after the request left.
        case broken
        /// No answer comes.
        case silence
    }

    private let clock: SimulatedClock
    private let latency: Duration
    private let log = Mutex<[Request]>([])
    private let respond: @Sendable (Request) -> Reply

    /// A network whose answers come after `latency`.
    public init(
        clock: SimulatedClock,
        latency: Duration = .milliseconds(80),
        respond: @escaping @Sendable (Request) -> Reply
    ) {
        self.clock = clock
        self.latency = latency
        self.respond = respond
    }

    /// All requests so far.
    public var requests: [Request] { log.withLock { $0 } }
}

extension SimulatedNetwork: HTTPTransport {
    package func send(_ wire: WireRequest) async throws(MoonlineError) -> ProviderResponse {
        try wire.departure?.check()
        let request = Request(
            at: clock.now(),
            method: wire.request.method.verb,
            target: wire.baseURL.path + wire.request.target,
            body: wire.request.body.map { String(decoding: $0, as: UTF8.self) } ?? "",
            origin: wire.baseURL.origin,
            credential: wire.credentials.isEmpty
                ? AuthScheme.noneLabel
                : wire.credentials.map(\.place.label).joined(separator: " and "),
            secrets: wire.credentials.map { $0.secret.withText { $0 } },
            replyBytesMaximum: wire.replyBytesMaximum
        )
        log.withLock { $0.append(request) }
        let reply = respond(request)
        switch reply {
        case .unreachable:
            throw MoonlineError(.network, "\(request.origin) cannot be reached", isUnsent: true)
        case .silence:
            try await wait(wire.timeout, wire)
            throw MoonlineError(.timeout, "\(request.origin) did not answer in time")
        case .broken:
            try await wait(latency, wire)
            throw MoonlineError(.network, "\(request.origin) closed the connection")
        case .answer(let status, let body, let headers):
            try await wait(latency, wire)
            return ProviderResponse(
                status: status,
                headers: headers.map { ProviderRequest.Parameter($0.key, $0.value) },
                body: Array(body.utf8)
            )
        }
    }

    package func shutDown() async {}

    private func wait(_ duration: Duration, _ wire: WireRequest) async throws(MoonlineError) {
        do {
            try await clock.sleep(until: clock.now() + duration)
        } catch {
            // A purchase goes on when its task is stopped, as on a real network.
            if wire.departure != nil { return }
            throw MoonlineError(.cancelled, "the request was stopped")
        }
    }
}
