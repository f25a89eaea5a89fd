/// A provider's way to say things: its endpoints, and the form of every refusal.
protocol Dialect: SendableMetatype {
    static var provider: SimulatedProvider { get }
    static var endpoints: [Endpoint] { get }

    /// The key that a request carries in one of the documented places.
    static func key(in call: Call) -> String?

    static func unauthorized(keyGiven: Bool) -> Reply

    /// The answer to a key that lacks a permission; nil where no document knows such keys.
    static var forbidden: Reply? { get }

    static var rateLimited: Reply { get }

    /// The answer when the provider itself fails: 500, 502 or 503.
    static func failure(status: Int) -> Reply

    static func reply(to refusal: Refusal) -> Reply
}

extension Dialect {
    static var forbidden: Reply? { nil }

    /// Does something with an account and words its refusal.
    static func settled<Value>(
        _ work: () throws(Refusal) -> Value
    ) throws(Reply) -> Value {
        do {
            return try work()
        } catch {
            throw reply(to: error)
        }
    }
}

extension SimulatorConfiguration {
    /// Every interface that the simulator serves.
    ///
    /// SMSCode's document and the contract of its client libraries name the same paths, so that
    /// only one of them can be spoken.
    var dialects: [any Dialect.Type] {
        [
            LegitSMS.self,
            ISMScode.self,
            speaksContract ? SMSCodeContract.self : SMSCode.self,
            VirtualSMS.self,
            VirtualSMSLegacy.self,
        ]
    }
}
