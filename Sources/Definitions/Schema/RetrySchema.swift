import LuaSandbox
import OrderKernel

/// Reads how often reads are repeated, and after which delays.
enum RetrySchema {
    static func read(_ node: SchemaNode, _ reader: inout SchemaReader) -> [ErrorCode: Backoff] {
        var retry: [ErrorCode: Backoff] = [
            .rateLimited: .rateLimited, .unavailable: .unavailable,
            .network: .network, .timeout: .network,
        ]
        guard reader.table(node) != nil else { return retry }
        let codes = retry.keys.map(\.rawValue).sorted()
        reader.refuseUnknownKeys(of: node, known: codes)
        for (name, child) in node.namedFields {
            guard let code = ErrorCode(rawValue: name), var backoff = retry[code],
                let table = reader.table(child)
            else { continue }
            reader.refuseUnknownKeys(of: child, known: .backoff)
            let times = child.child("times", table["times"])
            backoff.times = reader.count(times) ?? backoff.times
            if backoff.times > timesMaximum {
                reader.report(times, "\(timesMaximum) repetitions are the most")
            }
            backoff.cap =
                reader.duration(
                    child.child("cap", table["cap"]), atMost: delayMaximum) ?? backoff.cap
            let list = child.child("delays", table["delays"])
            if list.value != .nil, list.items.isEmpty {
                reader.report(list, "a list was expected, for example { \"1s\", \"2s\" }")
            }
            let delays = list.items.compactMap { reader.duration($0, atMost: delayMaximum) }
            if (delays + [backoff.cap]).contains(where: { $0 < delayMinimum }) {
                reader.report(child, "\(delayMinimum.text) is the shortest delay")
            }
            if !delays.isEmpty { backoff.delays = delays }
            retry[code] = backoff
        }
        return retry
    }

    private static let delayMaximum = Duration.seconds(600)
    /// Whoever asks waits for all of them: with the delays doubling, ten take minutes.
    private static let timesMaximum = 10
    /// Shorter ones only load a server that is in trouble.
    private static let delayMinimum = Duration.milliseconds(100)
}
