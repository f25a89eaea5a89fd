/// One of the interfaces that the simulator serves.
public enum SimulatedProvider: String, CaseIterable, Sendable {
    /// LegitSMS under `/wp-json/legitsms/v1`.
    case legitSMS = "legitsms"
    /// iSMScode under `/api/v3`.
    case iSMScode = "ismscode"
    /// SMSCode under `/v1`.
    case smsCode = "smscode"
    /// VirtualSMS under `/api/v1`.
    case virtualSMS = "virtualsms"
    /// The sms-activate protocol of VirtualSMS at `/stubs/handler_api.php`.
    case virtualSMSLegacy = "virtualsms_legacy"

    /// The provider whose keys, balance and orders this interface works on.
    ///
    /// Both interfaces of VirtualSMS lead to the same account; every other provider is its own.
    public var accountHolder: SimulatedProvider {
        self == .virtualSMSLegacy ? .virtualSMS : self
    }
}
