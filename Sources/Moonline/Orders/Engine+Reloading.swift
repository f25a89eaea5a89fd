import Logging
import OrderKernel

extension Engine {
    /// Takes over definition files that were edited, where they are sound and pass their own tests;
    /// the others go on as they were, and the log says why.
    ///
    /// Orders keep the definition that they were bought with.
    ///
    /// - Returns: what was not taken over, in one line each.
    @discardableResult
    public func reloadDefinitions() async -> [String] {
        var problems: [String] = []
        for change in await shelf.reload() {
            if let problem = change.problem {
                logger.warning(
                    """
                    \(change.id) was edited and is not taken over, the version before stays: \
                    \(problem)
                    """)
                problems.append(problem)
            } else {
                logger.info("\(change.id) was edited and is taken over")
            }
        }
        return problems
    }

    /// Looks for edited files until the task is cancelled.
    public func watchDefinitions() async {
        while !Task.isCancelled {
            try? await clock.sleep(until: clock.now() + Self.reloadInterval)
            if !Task.isCancelled { await reloadDefinitions() }
        }
    }

    /// As soon as an author looks whether it worked.
    private static let reloadInterval = Duration.seconds(1)
}
