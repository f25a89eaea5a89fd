package import Definitions
package import OrderKernel

/// A request on its way out: where to, with which credentials, and until when.
package struct WireRequest: Sendable {
    package var request: ProviderRequest
    package var baseURL: BaseURL
    /// None for a request that sends no credential.
    package var credentials: [AttachedCredential]
    /// Whether the user named the origin himself.
    package var isUsersOrigin: Bool
    /// The most special kind of address that its host may have.
    package var reach: IPAddress.Reach
    /// How long the whole exchange may take, the look-up of the name included.
    package var timeout: Duration
    /// A larger answer is refused.
    package var replyBytesMaximum: Int
    /// What it has if it costs money.
    ///
    /// It gets a connection of its own then, so that "not sent" can be proved.
    package var departure: PurchaseDeparture?
    /// Whose session tokens its server knows, the names of `Redactor.learn`.
    package var issuer: String?
    /// Whether its answer holds a secret that the engine has to read.
    package var isLogin: Bool

    package init(
        request: ProviderRequest,
        baseURL: BaseURL,
        credentials: [AttachedCredential],
        isUsersOrigin: Bool,
        reach: IPAddress.Reach? = nil,
        timeout: Duration = WireRequest.timeoutDefault,
        replyBytesMaximum: Int = WireRequest.replyBytesMaximumDefault,
        departure: PurchaseDeparture? = nil,
        issuer: String? = nil,
        isLogin: Bool = false
    ) {
        self.request = request
        self.baseURL = baseURL
        self.credentials = credentials
        self.isUsersOrigin = isUsersOrigin
        self.reach = reach ?? Self.reach(of: baseURL, isUsersOrigin)
        self.timeout = timeout
        self.replyBytesMaximum = replyBytesMaximum
        self.departure = departure
        self.issuer = issuer
        self.isLogin = isLogin
    }

    // A name that the user gave may lead into a private network; who runs the name may not let it
    // lead to where clouds keep their secrets. An address is what the user wrote.
    private static func reach(of url: BaseURL, _ isUsersOrigin: Bool) -> IPAddress.Reach {
        guard isUsersOrigin else { return .everywhere }
        return IPAddress(url.host) == nil ? .privately : .specially
    }

    /// The reach of a host that a script was granted: its name may not lead where only this machine
    /// gets to, unless it says so.
    package static func reach(ofGranted url: BaseURL) -> IPAddress.Reach {
        if IPAddress(url.host) != nil { return .specially }
        return HostName.isLocal(url.host) ? .privately : .everywhere
    }

    /// Total time of a read: looks come every few seconds, so a later answer is of little use.
    package static let timeoutDefault = Duration.seconds(15)
    /// Total time of a purchase: an answer that comes late is better than one that is lost.
    package static let purchaseTimeout = Purchase.exchangeMaximum
    /// A catalogue has a few hundred rows of 100 bytes; the largest known is 9 MB.
    package static let replyBytesMaximumDefault = 16 << 20

    /// The URL without credentials, for logs and messages.
    package var shownURL: String { baseURL.description + request.target }

    // The credentials are attached here, last of all.
    var url: String {
        credentials.reduce(into: shownURL) { url, credential in
            guard case .query(let name) = credential.place else { return }
            let pair = credential.secret.withText {
                PercentEncoding.encode(name) + "=" + PercentEncoding.encode($0)
            }
            url += (url.contains("?") ? "&" : "?") + pair
        }
    }

    var credentialHeaders: [(name: String, value: String)] {
        credentials.compactMap { credential in
            switch credential.place {
            case .bearer: ("Authorization", credential.secret.withText { "Bearer " + $0 })
            case .basic: ("Authorization", credential.secret.withText { "Basic " + $0 })
            case .header(let name): (name, credential.secret.withText { credential.prefix + $0 })
            case .query: nil
            case .json, .form: credential.place.contentType.map { ("Content-Type", $0) }
            }
        }
    }

    var body: [UInt8]? {
        credentials.reduce(request.body) { body, credential in
            credential.secret.withText { credential.place.adding($0, to: body) }
        }
    }
}

/// Sends requests: the seam between the engine and the network.
package protocol HTTPTransport: Sendable {
    /// Sends a request and collects the answer.
    ///
    /// - Throws: `MoonlineError` with `network`, `timeout`, `protocol` or `forbidden`, with
    ///   `deadline` for a purchase whose latest time is over; `isUnsent` is set when it is certain
    ///   that no byte left.
    func send(_ request: WireRequest) async throws(MoonlineError) -> ProviderResponse

    /// Closes all connections.
    func shutDown() async
}
