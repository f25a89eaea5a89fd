import Crypto
import Definitions
import Journal
import Logging
public import OrderKernel
public import ServiceLifecycle
import Synchronization
package import Transport

/// Runs providers: offers, purchases, codes, and giving numbers back.
///
/// ```swift
/// let engine = try await Engine(configuration: .init(providers: .folder("providers")))
/// let number = try await engine.buy(.init(service: "whatsapp", country: "ID"))
/// let code = try await number.code(within: .seconds(90))
/// ```
public final class Engine: ServiceLifecycle.Service, Sendable {
    let shelf: DefinitionShelf
    let journal: Journal
    let owners: TokenOwners
    let host: any ProcessHost
    let baselines = BaselineBook()
    /// Of several that wait for what a balance tells, one reads it.
    let readings = Turnstile()
    let listings = ListingBook()
    let observations = ObservationBook()
    let answers = AnswerBook()
    let denials = DenialBook()
    let activity = ActivityBook()
    let unclaimed = UnclaimedBook()
    let underway = UnderwayBook()
    /// Orders whose codes were handed out, with the revisions that those were of.
    ///
    /// A caller may die with one in hand: it counts as told when the caller goes on.
    let handed = Mutex<[String: Int]>([:])
    let transport: any HTTPTransport
    let sessions: SessionBook
    let clock: any EngineClock
    let random: RandomSource
    let logger: Logger
    let settings: Settings
    /// The names of the environment's variables that are for Moonline.
    let variables: [String]
    private let exchangeObserver: (@Sendable (ObservedExchange) -> Void)?
    /// The run that this engine's purchases belong to, for the cap of a run.
    let run: String

    /// Opens the journal, loads the definitions and finds the credentials.
    ///
    /// - Throws: `MoonlineError` with `internal` when the journal cannot be used, with `invalid`
    ///   when the settings cannot be read.
    public convenience init(configuration: EngineConfiguration = .init())
        async throws(MoonlineError)
    {
        try await self.init(configuration: configuration, transport: nil)
    }

    /// An engine over another transport, for simulations.
    package init(
        configuration: EngineConfiguration,
        transport: (any HTTPTransport)?,
        host: (any ProcessHost)? = nil,
        journalExecutor: (any SerialExecutor)? = nil
    ) async throws(MoonlineError) {
        let places = Places(configuration)
        variables = configuration.environment.keys.filter { $0.hasPrefix("MOONLINE_") }.sorted()
        journal = try Journal(
            folder: places.home, time: configuration.clock.hostTime(), executor: journalExecutor)
        settings = try Settings.read(home: places.home)
        for repair in journal.repairs { configuration.logger.warning("\(repair)") }
        clock = configuration.clock
        random = configuration.random
        logger = configuration.logger
        exchangeObserver = configuration.exchangeObserver
        run = random.identifier()
        if let host {
            self.host = host
        } else {
            self.host = try LocalHost(home: places.home, environment: configuration.environment)
        }
        try self.host.begin(run: run)
        owners = TokenOwners(journal: journal, host: self.host, clock: clock, random: random)
        let redactor = Redactor([])
        let library = DefinitionLibrary(
            folders: places.providerFolders, file: configuration.definitionFile)
        let builder = AccountBuilder(
            settings: settings, environment: EnvironmentReader(configuration.environment),
            journal: journal, library: library, redactor: redactor)
        let stamps = DefinitionShelf.stamps(library)
        shelf = DefinitionShelf(
            try await AccountDirectory.load(library: library, settings: settings, builder: builder),
            stamps: stamps, library: library, builder: builder, journal: journal)
        sessions = SessionBook(clock: clock, redactor: redactor)
        self.transport =
            transport
            ?? NetworkTransport(redactor: redactor, logger: configuration.logger)
    }

    /// Settles what is open and gives numbers back that nobody waits for, until the service is to
    /// stop.
    ///
    /// - Throws: nothing of its own.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.reloadDefinitions()
                _ = try? await self.sweep(until: self.clock.now() + Self.settleInterval)
                try? await self.clock.sleep(until: self.clock.now() + Self.settleInterval)
            }
        }
        await shutDown()
    }

    /// How often a running service looks for numbers to give back.
    private static let settleInterval = Duration.seconds(5)

    /// Gives the tokens back and closes connections and the journal.
    ///
    /// Purchases that have been sent are waited for. The engine is of no use afterwards.
    public func shutDown() async {
        // The answer to a purchase may be the only word of a number that was paid for.
        await underway.allEnded()
        for id in handed.withLock({ $0.keys.sorted() }) { await confirmHanded(id) }
        _ = await writeAnswers()
        await owners.release()
        await transport.shutDown()
        await journal.close()
        host.end(run: run)
    }

    func client(for account: Account) async -> AccountClient {
        AccountClient(
            account: account, owner: await owners.owner(of: account), transport: transport,
            sessions: sessions, clock: clock, random: random, logger: logger,
            observer: exchangeObserver, activity: activity,
            remoteArguments: { await self.remoteArguments(of: $0) }
        )
    }

    func catalogue(of account: Account) async -> Catalogue {
        Catalogue(client: await client(for: account), journal: journal)
    }

    /// The accounts with their current definitions.
    var directory: AccountDirectory { shelf.directory }

    /// The client of the account that bought an order, with the definition of then.
    func client(of order: Order) async throws(MoonlineError) -> AccountClient {
        await client(
            for: try await shelf.account(named: order.account, madeFor: order.purchaseID))
    }
}
