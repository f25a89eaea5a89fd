/// The closed list of what can go wrong: what providers answer, and what the core adds.
public enum ErrorCode: String, Sendable, Hashable, CaseIterable, Codable {
    case auth, forbidden, balance
    case noNumbers = "no_numbers"
    case notFound = "not_found"
    case invalid, closed, refused
    case tooEarly = "too_early"
    case rateLimited = "rate_limited"
    case unavailable, network, timeout
    case `protocol`
    case unsupported
    case expired, deadline, cancelled
    case unknownPurchase = "unknown_purchase"
    case spendCap = "spend_cap"
    case `internal`

    /// Whether a definition file may answer with the code; the others are the core's own.
    public var isProviders: Bool { row.isProviders }
    /// One sentence for people.
    public var meaning: String { row.meaning }
    /// What may help.
    public var retry: RetryClass { row.retry }
    /// The process's exit status, as the README lists them.
    public var exitStatus: Int32 { row.exitStatus }
    /// The HTTP status under which a gateway reports the code.
    public var httpStatus: Int { row.httpStatus }
}

/// What may help after an error.
public enum RetryClass: String, Sendable, Hashable {
    /// The same request fails again.
    case never
    /// Another provider, country or account may do.
    case elsewhere
    /// The same request may do after a while.
    case later
    /// The same request may do, when sending it twice does no harm.
    case ifIdempotent
}

extension ErrorCode {
    private struct Row {
        let meaning: String
        let retry: RetryClass
        let exitStatus: Int32
        let httpStatus: Int
        var isProviders = true
    }

    private var row: Row {
        switch self {
        case .auth:
            Row(
                meaning: "the key is missing or wrong", retry: .never,
                exitStatus: 13, httpStatus: 401)
        case .forbidden:
            Row(
                meaning: "the key is valid but lacks a permission", retry: .never,
                exitStatus: 13, httpStatus: 403)
        case .balance:
            Row(
                meaning: "the balance is too low", retry: .elsewhere,
                exitStatus: 12, httpStatus: 402)
        case .noNumbers:
            Row(
                meaning: "no number is in stock", retry: .elsewhere,
                exitStatus: 11, httpStatus: 404)
        case .notFound:
            Row(
                meaning: "the provider does not know it", retry: .never,
                exitStatus: 1, httpStatus: 404)
        case .invalid:
            Row(
                meaning: "an argument is wrong", retry: .never,
                exitStatus: 64, httpStatus: 400)
        case .closed:
            Row(
                meaning: "the order is over", retry: .never,
                exitStatus: 1, httpStatus: 409)
        case .refused:
            Row(
                meaning: "the provider refused", retry: .never,
                exitStatus: 1, httpStatus: 409)
        case .tooEarly:
            Row(
                meaning: "not allowed yet", retry: .later,
                exitStatus: 1, httpStatus: 425)
        case .rateLimited:
            Row(
                meaning: "too many requests", retry: .later,
                exitStatus: 14, httpStatus: 429)
        case .unavailable:
            Row(
                meaning: "the provider is down", retry: .later,
                exitStatus: 14, httpStatus: 503)
        case .network:
            Row(
                meaning: "the provider cannot be reached", retry: .ifIdempotent,
                exitStatus: 14, httpStatus: 502)
        case .timeout:
            Row(
                meaning: "the provider did not answer in time", retry: .ifIdempotent,
                exitStatus: 14, httpStatus: 504)
        case .protocol:
            Row(
                meaning: "the answer is not what the definition says", retry: .never,
                exitStatus: 14, httpStatus: 502)
        case .unsupported:
            Row(
                meaning: "the provider cannot do it", retry: .never,
                exitStatus: 64, httpStatus: 501)
        default: ownRow
        }
    }

    private var ownRow: Row {
        switch self {
        case .expired:
            Row(
                meaning: "the order ended without a code", retry: .elsewhere,
                exitStatus: 10, httpStatus: 410, isProviders: false)
        case .deadline:
            Row(
                meaning: "no code came in time", retry: .elsewhere,
                exitStatus: 10, httpStatus: 504, isProviders: false)
        case .cancelled:
            Row(
                meaning: "the caller stopped it", retry: .never,
                exitStatus: 130, httpStatus: 499, isProviders: false)
        case .unknownPurchase:
            Row(
                meaning: "a purchase went out and its outcome is unknown",
                retry: .never, exitStatus: 15, httpStatus: 502, isProviders: false)
        case .spendCap:
            Row(
                meaning: "a cap on spending stopped it", retry: .never,
                exitStatus: 12, httpStatus: 402, isProviders: false)
        default:
            Row(
                meaning: "a fault of Moonline", retry: .never,
                exitStatus: 70, httpStatus: 500, isProviders: false)
        }
    }
}
