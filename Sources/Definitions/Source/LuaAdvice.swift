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
        let habits: [(pattern: Regex<Substring>, advice: String)] = [
            (#/!=|!\s*==/#, "Lua writes == for equal and ~= for different"),
            (#/&&|\|\|/#, "Lua writes and, or and not"),
            (#/^\s*(?:let|const|var)\s/#, "Lua writes local name = value"),
            (#/[+\-*\/]=/#, "Lua writes a = a + 1"),
            (#/^\s*(?:\/\/|\/\*|#)|[,{}\s]#\s|\/\/\s/#, "a comment begins with --"),
            (#/\[\[.*\]\].*\]\]/#, "a text with ]] in it stands in [=[ … ]=]"),
            (#/\s\?\s/#, "Lua has no ?:, write a and b or c"),
            (#/""\s*:/#, "fields are written name = value, and the name has no quotes"),
            (#/^\s*\w+\s*:\s/#, "fields are written name = value, not name: value"),
            (
                #/^\s*(?:\w+-[\w\-]+|\d\w*)\s*=/#,
                #"a name with other characters is written ["name"] = …"#
            ),
            (#/^\s*(?:local\s+)?(?:\w+|\[.*\])\s*==/#, "a value is given with one ="),
        ]
        return habits.first { line.contains($0.pattern) }?.advice
    }

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
