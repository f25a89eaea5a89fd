package import OrderKernel

/// A request as providers' pages show it: `curl -X POST https://… -H '…' -d '…'`.
package struct CurlLine: Sendable, Hashable {
    package private(set) var method: HTTPMethod = .get
    package private(set) var url = ""
    package private(set) var headers: [ProviderRequest.Parameter] = []
    package private(set) var body: String?

    /// - Throws: `MoonlineError` with `invalid`, which says what cannot be read.
    package init(parsing text: String) throws(MoonlineError) {
        var words = try Self.words(text)[...]
        if words.first == "curl" { words.removeFirst() }
        var verb: String?
        while let word = words.popFirst() {
            switch word {
            case "-X", "--request": verb = words.popFirst()
            case "-H", "--header": try add(header: words.popFirst() ?? "")
            case "-d", "--data", "--data-raw", "--data-binary", "--json", "--data-urlencode":
                let part = words.popFirst() ?? ""
                body = body.map { $0 + "&" + part } ?? part
            case "-G", "--get": verb = "GET"
            case "-u", "--user", "-b", "--cookie":
                throw MoonlineError(
                    .invalid, "curl's \(word) is not supported; name the place by --auth")
            case "--url": url = words.popFirst() ?? ""
            default: if !word.hasPrefix("-") { url = word }
            }
        }
        let name = verb ?? (body == nil ? "GET" : "POST")
        guard let known = HTTPMethod(rawValue: name.lowercased()) else {
            throw MoonlineError(.invalid, "'\(name)' is no verb that a definition may use")
        }
        method = known
        guard url.contains("://") else {
            throw MoonlineError(.invalid, "the curl line has no URL such as https://host/path")
        }
        if known == .get, let body {
            url += (url.contains("?") ? "&" : "?") + body
            self.body = nil
        }
    }

    private mutating func add(header: String) throws(MoonlineError) {
        guard let colon = header.firstIndex(of: ":") else {
            throw MoonlineError(.invalid, "curl's header has no colon")
        }
        let value = header[header.index(after: colon)...].drop { $0 == " " }
        headers.append(.init(String(header[..<colon]), String(value)))
    }

    // As a shell splits a line: quotes of both kinds, and a backslash before the line's end.
    private static func words(_ text: String) throws(MoonlineError) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var rest = text[...]
        while let character = rest.popFirst() {
            switch (character, quote) {
            case ("\\", nil), ("\\", "\""):
                let next = rest.popFirst()
                if next == "\n" || next == nil { continue }
                let isPlain = quote == nil || next == "\"" || next == "\\"
                word = (word ?? "") + (isPlain ? "" : "\\") + String(next ?? " ")
            case (let end, .some(let open)) where end == open: quote = nil
            case ("'", nil), ("\"", nil): (quote, word) = (character, word ?? "")
            case (let space, nil) where space.isWhitespace:
                if let done = word { words.append(done) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { throw MoonlineError(.invalid, "a quote is not closed") }
        return words + [word].compactMap(\.self)
    }
}
