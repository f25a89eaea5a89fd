/// What goes wrong with a request.
public enum FaultKind: String, CaseIterable, Sendable {
    /// Answers 500 in the provider's own form; the request is not executed.
    case internalError = "500"
    /// Answers 502 in the provider's own form; the request is not executed.
    case badGateway = "502"
    /// Answers 503 in the provider's own form; the request is not executed.
    case unavailable = "503"
    /// Answers 200 with an HTML page; the request is not executed.
    case html
    /// Answers 400 and repeats the request with its key, as it is and in several encodings; the
    /// request is not executed.
    case echo
    /// Executes, announces the whole length, sends half of the body, closes.
    case cut
    /// Answers nothing until the client leaves, 60 seconds at most; the request is not executed.
    case hang
    /// Resets the connection before any reply; the request is not executed.
    case reset
    /// Executes, then closes the connection without a reply.
    case lost
    /// Executes, then keeps the reply back for 2 seconds divided by the speed.
    case slow
    /// Executes only 5 seconds, divided by the speed, after the client has left.
    ///
    /// A client that stays is left by the simulator after 60 seconds.
    case late
}
