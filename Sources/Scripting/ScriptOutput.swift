package import LuaSandbox

/// Where a script's words go.
package struct ScriptOutput: Sendable {
    /// A line of result.
    package var print: @Sendable (String) -> Void
    /// Something for the eyes of whoever runs it: names and values.
    package var show: @Sendable (_ fields: [(name: String, value: JSON)]) -> Void
    /// What it is at, in a few words.
    package var progress: @Sendable (String) -> Void
    /// A line for the log.
    package var log: @Sendable (_ level: String, _ message: String) -> Void

    package init(
        print: @escaping @Sendable (String) -> Void,
        show: @escaping @Sendable ([(name: String, value: JSON)]) -> Void,
        progress: @escaping @Sendable (String) -> Void,
        log: @escaping @Sendable (_ level: String, _ message: String) -> Void
    ) {
        self.print = print
        self.show = show
        self.progress = progress
        self.log = log
    }
}
