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
        var isQuery = false
        while let word = words.popFirst() {
            guard word.hasPrefix("-"), word != "-" else {
                url = word
                continue
            }
            // `-sXDELETE` is `-s -X DELETE`.
            let isShort = !word.hasPrefix("--")
            var letters = isShort ? word.dropFirst() : ""
            var option = word
            repeat {
                if isShort { option = "-" + String(letters.removeFirst()) }
                isQuery = isQuery || option == "-G" || option == "--get"
                guard !Self.flags.contains(option) else { continue }
                let value = letters.isEmpty ? words.popFirst() : String(letters)
                letters = ""
                try take(option, value ?? "", &verb)
            } while !letters.isEmpty
        }
        let name = verb ?? (body == nil || isQuery ? "GET" : "POST")
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

    // What changes nothing of the request that a definition would send.
    private static let flags: Set<String> = [
        "-s", "-S", "-L", "-k", "-v", "-i", "-f", "-g", "-N", "-#", "--silent", "--show-error",
        "--location", "--insecure", "--verbose", "--include", "--fail", "--globoff", "--no-buffer",
        "--compressed", "--http1.1", "--http2", "--progress-bar", "-G", "--get",
    ]
    private static let ignored: Set<String> = [
        "-A", "--user-agent", "-e", "--referer", "-m", "--max-time", "--connect-timeout", "-o",
        "--output", "-w", "--write-out", "--retry", "--cacert",
    ]

    private mutating func take(
        _ option: String,
        _ value: String,
        _ verb: inout String?
    ) throws(MoonlineError) {
        switch option {
        case "-X", "--request": verb = value
        case "-H", "--header": try add(header: value)
        case "-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json",
            "--data-urlencode":
            guard option == "--data-raw" || !value.hasPrefix("@") else {
                throw MoonlineError(
                    .invalid, "curl's \(option) \(value) reads a file; write its text instead")
            }
            body = body.map { $0 + "&" + value } ?? value
        case "--url": url = value
        case "-u", "--user":
            headers.append(.init("Authorization", "Basic " + value))
        case "-b", "--cookie":
            throw MoonlineError(
                .invalid, "curl's \(option) is not supported; name the place by --auth")
        case "-F", "--form":
            throw MoonlineError(
                .invalid, "curl's \(option) sends parts, which no definition can; try -d")
        default:
            guard Self.ignored.contains(option) else {
                throw MoonlineError(
                    .invalid,
                    "curl's \(option) is not understood; leave it out, or write "
                        + "--operation \"NAME=VERB /path\"")
            }
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
