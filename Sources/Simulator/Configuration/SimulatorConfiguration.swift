/// How the simulated providers behave.
///
/// An offer is named by service slug and ISO country, for example `whatsapp/GB`.
public struct SimulatorConfiguration: Sendable {
    /// The address to listen on; loopback, because the keys are no secrets.
    public var host = "127.0.0.1"

    /// The port to listen on; 0 lets the system choose a free one.
    public var port = 0

    /// By how much every duration is divided; values below 1 count as 1.
    public var speed = 1

    /// Where the generator of codes, delays, numbers and order ids starts.
    public var seed: UInt64 = 1

    /// Faults that apply from the start, in the order in which they are tried.
    public var faults: [FaultRule] = []

    /// The accepted keys of each provider; each key has an account of its own.
    ///
    /// `virtualSMSLegacy` takes the keys of `virtualSMS`; an entry of its own is ignored.
    public var keys: [SimulatedProvider: [String]] = [
        .legitSMS: ["sim-legitsms-key"],
        .iSMScode: ["sim-ismscode-key"],
        .smsCode: ["sim-smscode-token"],
        .virtualSMS: ["vms_sim_virtualsms_key"],
    ]

    /// Keys that SMSCode knows and answers with 403, the only provider that documents it.
    public var keysWithoutPermission: Set<String> = []

    /// How long after a purchase its message arrives, before `speed` divides it.
    ///
    /// SMSCode says that most codes arrive within 15 to 30 seconds; the default is quicker.
    public var codeDelay: ClosedRange<Duration> = .seconds(8) ... .seconds(20)

    /// Services (`twitter`) and offers (`twitter/US`) whose message never arrives.
    public var silentServices: Set<String> = []

    /// The money of each account at the start in US cents; a provider that is not named has 2550.
    ///
    /// SMSCode accounts hold rupiah: 150 for each cent.
    public var openingBalanceUSDCents: [SimulatedProvider: Int64] = [:]

    /// The stock of offers at the start, instead of the catalogue's own, at every provider.
    public var stock: [String: Int] = [:]

    /// Offers that are listed with stock and refused at the purchase.
    public var emptiedOffers: Set<String> = []

    /// Whether SMSCode speaks the contract of its official client libraries (`/v2` beside `/v1`)
    /// in place of its document.
    public var speaksContract = false

    /// Creates the default configuration: real durations, no faults.
    public init() {}

    func openingBalanceUSDCents(of provider: SimulatedProvider) -> Int64 {
        openingBalanceUSDCents[provider, default: 2550]
    }
}
