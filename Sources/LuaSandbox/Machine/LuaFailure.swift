/// Why a piece of Lua code gave no result.
package enum LuaFailure: Error, Sendable, Hashable {
    /// The code raised an error: text with a traceback, or the table given to `error` or `fail`.
    case raised(LuaValue)
    /// The budget of processor time is used up.
    case outOfTime(at: LuaPlace?)
    /// The host calls are used up.
    case tooManyCalls(at: LuaPlace?)
    /// The memory cap was reached.
    case outOfMemory(at: LuaPlace?)
    /// The caller's task was cancelled; the code was dropped, not resumed.
    case cancelled
}

/// A line of Lua code.
package struct LuaPlace: Sendable, Hashable, CustomStringConvertible {
    package let file: String
    package let line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// `file:line`, as Lua writes it.
    package var description: String { "\(file):\(line)" }
}

/// An error that a host operation raises in the Lua code that called it.
package struct LuaHostError: Error, Sendable, Hashable {
    /// The error value: usually a table with `code` and `message`.
    package let value: LuaValue

    package init(_ value: LuaValue) { self.value = value }

    /// A mistake of the code that called, as text.
    package init(_ message: String) { value = .string(message) }

    /// A structured error, as `fail(code, message)` makes it.
    package init(code: String, message: String) {
        value = .table(LuaTable(["code": .string(code), "message": .string(message)]))
    }
}
