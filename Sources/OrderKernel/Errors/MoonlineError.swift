/// What went wrong, in one line with the way out.
public struct MoonlineError: Error, Sendable, Hashable {
    /// Which of the closed list it is.
    public var code: ErrorCode
    /// One line: what happened and what to do.
    ///
    /// Never a secret.
    public var message: String
    /// The account it happened with.
    public var provider: String?
    /// How long to wait, where the provider said so.
    public var retryAfter: Duration?
    /// Whether it is certain that no byte of a request left.
    public var isUnsent: Bool
    /// Whether the definition says that this answer proves that nothing was bought, although its
    /// code alone does not.
    public var provesNothingBought = false

    /// An error with its one-line message.
    public init(
        _ code: ErrorCode,
        _ message: String,
        provider: String? = nil,
        retryAfter: Duration? = nil,
        isUnsent: Bool = false
    ) {
        self.code = code
        self.message = message
        self.provider = provider
        self.retryAfter = retryAfter
        self.isUnsent = isUnsent
    }
}

extension MoonlineError: CustomStringConvertible {
    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }
}
