/// Ways out of what Lua itself complains about, for authors who do not know Lua.
enum LuaAdvice {
    /// Lua's message with advice behind it, where there is some.
    static func adding(to message: String) -> String {
        advice(for: message).map { message + "; " + $0 } ?? message
    }

    private static func advice(for message: String) -> String? {
        if let name = global(in: message) {
            return "a definition has no '\(name)', it has string, table, math, utf8, json, http, "
                + "call, sleep, log and fail"
        }
        if message.hasSuffix("near <eof>") { return "it is not closed before the file ends" }
        if message.hasPrefix("'}' expected (to close '{'") || message.hasPrefix("'}' expected near")
        {
            return "is a comma missing before it?"
        }
        if message.contains("expected near '=='") || message.contains("expected near '!'") {
            return "Lua writes == for equal and ~= for different"
        }
        if message.hasPrefix("<name> expected near") {
            return "fields are written name = value, not name: value"
        }
        if message.hasPrefix("unfinished string") { return "close it with a quote on its line" }
        guard message.contains("near '<\\") else { return nil }
        return "this is no character of Lua's; quotes are \", and other letters stand in quotes"
    }

    // `(global 'os')`, as Lua names what is not there.
    private static func global(in message: String) -> String? {
        guard let mark = message.firstRange(of: "(global '"),
            let end = message[mark.upperBound...].firstIndex(of: "'")
        else { return nil }
        return String(message[mark.upperBound..<end])
    }
}
