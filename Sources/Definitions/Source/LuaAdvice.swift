/// Ways out of what Lua itself complains about, for authors who do not know Lua.
enum LuaAdvice {
    /// Lua's message with advice behind it, where there is some.
    ///
    /// - Parameter line: the line of the file that it is about, where that is known.
    static func adding(to message: String, of line: String = "") -> String {
        advice(for: message, line).map { message + "; " + $0 } ?? message
    }

    private static func advice(for message: String, _ line: String) -> String? {
        if let name = global(in: message) { return advice(forGlobal: name) }
        if message.hasSuffix("near <eof>") { return "it is not closed before the file ends" }
        if message.hasPrefix("unfinished string") { return "close it with a quote on its line" }
        if message.hasPrefix("invalid escape sequence") {
            return #"write \\ for a backslash, or the text as it is in [[…]]"#
        }
        let plain = line.replacing(#/"[^"]*"|'[^']*'/#, with: "\"\"")
        if let advice = habit(in: plain) { return advice }
        if plain.unicodeScalars.contains(where: { !$0.isASCII }) || message.contains("near '<\\") {
            return "this is no character of Lua's; quotes are \", and other letters stand in quotes"
        }
        if message.hasPrefix("<name> expected near") {
            return "fields are written name = value, not name: value"
        }
        let isOpen = ["'}' expected (to close '{'", "'}' expected near"]
        return isOpen.contains { message.hasPrefix($0) } ? "is a comma missing before it?" : nil
    }

    // What people write who come from other languages, in the order of how sure it is.
    private static func habit(in line: String) -> String? {
        habits.first { habit in
            habit.marks.contains { line.contains($0) } && line.contains(habit.pattern())
        }?.advice
    }

    // Building a pattern takes longer than reading a whole file, so it is built only for a line
    // that has one of the marks without which it cannot match.
    private struct Habit {
        let marks: [String]
        let pattern: @Sendable () -> Regex<Substring>
        let advice: String
    }

    private static let habits = [
        Habit(
            marks: ["!"], pattern: { #/!=|!\s*==/# },
            advice: "Lua writes == for equal and ~= for different"),
        Habit(
            marks: ["&&", "||"], pattern: { #/&&|\|\|/# }, advice: "Lua writes and, or and not"),
        Habit(
            marks: ["let", "const", "var"], pattern: { #/^\s*(?:let|const|var)\s/# },
            advice: "Lua writes local name = value"),
        Habit(
            marks: ["+=", "-=", "*=", "/="], pattern: { #/[+\-*\/]=/# },
            advice: "Lua writes a = a + 1"),
        Habit(
            marks: ["//", "/*", "#"], pattern: { #/^\s*(?:\/\/|\/\*|#)|[,{}\s]#\s|\/\/\s/# },
            advice: "a comment begins with --"),
        Habit(
            marks: ["]]"], pattern: { #/\[\[.*\]\].*\]\]/# },
            advice: "a text with ]] in it stands in [=[ … ]=]"),
        Habit(
            marks: ["?"], pattern: { #/\s\?\s/# }, advice: "Lua has no ?:, write a and b or c"),
        Habit(
            marks: [":"], pattern: { #/""\s*:/# },
            advice: "fields are written name = value, and the name has no quotes"),
        Habit(
            marks: [":"], pattern: { #/^\s*\w+\s*:\s/# },
            advice: "fields are written name = value, not name: value"),
        Habit(
            marks: ["-"] + (0...9).map(String.init),
            pattern: { #/^\s*(?:\w+-[\w\-]+|\d\w*)\s*=/# },
            advice: #"a name with other characters is written ["name"] = …"#),
        Habit(
            marks: ["=="], pattern: { #/^\s*(?:local\s+)?(?:\w+|\[.*\])\s*==/# },
            advice: "a value is given with one ="),
    ]

    private static func advice(forGlobal name: String) -> String {
        let known = ["provider"] + libraries
        let near = known.first { EditDistance.between(name, $0, atMost: 2) != nil }
        if let near, name.count > 3 { return "did you mean '\(near)'?" }
        return "a definition has no '\(name)', it has string, table, math, utf8, json, http, "
            + "call, sleep, log and fail"
    }

    private static let libraries = [
        "string", "table", "math", "utf8", "json", "http", "sleep", "fail", "pairs", "ipairs",
        "tonumber", "tostring", "select", "pcall", "error", "assert",
    ]

    // `(global 'os')`, as Lua names what is not there.
    private static func global(in message: String) -> String? {
        guard let mark = message.firstRange(of: "(global '"),
            let end = message[mark.upperBound...].firstIndex(of: "'")
        else { return nil }
        return String(message[mark.upperBound..<end])
    }
}
