/// The names a machine offers to Lua; all of them trap, none runs Swift code inside Lua.
package struct LuaHost: Sendable {
    /// Functions such as `sleep` or `http.get`.
    package var operations: [String]
    /// Tables such as `call`, whose every key is a function that gets the key as first argument.
    package var families: [String]
    /// Functions that return their argument, such as `provider`.
    package var markers: [String]

    package init(operations: [String] = [], families: [String] = [], markers: [String] = []) {
        self.operations = operations
        self.families = families
        self.markers = markers
    }

    /// Performs one host operation, by its name, and returns what Lua gets back.
    ///
    /// A `LuaHostError` is raised at the line that called; `CancellationError` drops the code.
    package typealias Handler =
        @Sendable (_ operation: String, _ arguments: [LuaValue]) async throws -> [LuaValue]

    var names: [String] { operations + families }
}
