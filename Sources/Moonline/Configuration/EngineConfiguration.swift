public import Foundation
public import Logging

/// What an engine is made with.
public struct EngineConfiguration: Sendable {
    /// Where definitions are looked for.
    public var providers: Providers
    /// Where the journal and the settings are.
    public var home: Home
    /// Credentials and overrides: `MOONLINE_<ACCOUNT>_<CREDENTIAL>` and the like.
    public var environment: [String: String]
    /// Gets what happens, nothing above `warning` and never a secret; silent unless given.
    public var logger: Logger
    /// Time.
    public var clock: any EngineClock
    /// Randomness of ids and jitter.
    public var random: RandomSource

    /// One definition file more, without the others of its folder; for authors of definitions.
    package var definitionFile: String?
    /// Gets every request with its answer, without credentials; for authors of definitions.
    package var exchangeObserver: (@Sendable (ObservedExchange) -> Void)?

    /// Where definitions are looked for.
    public struct Providers: Sendable, Hashable {
        let folders: [String]
        let isStandard: Bool

        /// The files that come with Moonline, then those of the home, then `MOONLINE_PROVIDERS`.
        public static let standard = Providers(folders: [], isStandard: true)

        /// One folder, and nothing else.
        public static func folder(_ path: String) -> Providers {
            Providers(folders: [path], isStandard: false)
        }
    }

    /// Where the journal and the settings are.
    public struct Home: Sendable, Hashable {
        let path: String?

        /// `MOONLINE_HOME`, or the state folder of the XDG base directory specification.
        public static let standard = Home(path: nil)

        /// A folder, which is made when it does not exist.
        public static func folder(_ path: String) -> Home { Home(path: path) }
    }

    /// A configuration; most programs need to say nothing.
    public init(
        providers: Providers = .standard,
        home: Home = .standard,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        logger: Logger = Logger(label: "moonline") { _ in SwiftLogNoOpLogHandler() },
        clock: any EngineClock = SystemClock(),
        random: RandomSource = .system
    ) {
        self.providers = providers
        self.home = home
        self.environment = environment
        self.logger = logger
        self.clock = clock
        self.random = random
    }
}

extension EngineConfiguration: CustomStringConvertible, CustomReflectable {
    /// Without the values of the environment, which may be keys.
    public var description: String {
        "EngineConfiguration(home: \(home), providers: \(providers))"
    }

    /// Without the values of the environment, which may be keys.
    public var customMirror: Mirror {
        Mirror(self, children: ["home": home, "providers": providers])
    }
}
