import Logging

/// The log of a simulated process at its lowest level, of which every line is looked at.
struct SimulatedLog: LogHandler {
    private let onLine: @Sendable (String) -> Void
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]

    /// - Parameter onLine: called with each line.
    static func logger(_ onLine: @escaping @Sendable (String) -> Void) -> Logger {
        Logger(label: "simulation") { _ in SimulatedLog(onLine: onLine) }
    }

    private init(onLine: @escaping @Sendable (String) -> Void) { self.onLine = onLine }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { onLine("\(event.message)") }
}
