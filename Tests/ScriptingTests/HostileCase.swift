import Foundation

/// A line of `hostile.txt`: kind, value and why, with tabs between them.
///
/// In values, `\\ \t \n \r \0 \xNN` and `\u{…}` stand for what cannot be written.
struct HostileCase: Sendable, CustomStringConvertible {
    /// `url`: an absolute URL for `http.get` where only https://api.acme.example is allowed;
    /// `path`: a path for it; `argument`: for a template; `base`: a definition's base URL; `host`:
    /// for `--allow-host`; `address`: what a name may lead to.
    let kind: String
    let value: String
    let why: String

    var description: String { "\(kind) \(value.debugDescription) (\(why))" }

    static let all: [HostileCase] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "hostile.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.unicodeScalars.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard parts.count == 3 else { return nil }
            return HostileCase(
                kind: String(parts[0]), value: unescaped(parts[1]), why: String(parts[2]))
        }
    }()

    static func of(_ kind: String) -> [HostileCase] { all.filter { $0.kind == kind } }

    private static func unescaped(_ text: Substring.UnicodeScalarView) -> String {
        var out = String.UnicodeScalarView()
        var rest = text[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let kind = rest.popFirst() else {
                out.append(scalar)
                continue
            }
            switch kind {
            case "t": out.append("\t")
            case "n": out.append("\n")
            case "r": out.append("\r")
            case "0": out.append("\0")
            case "x": append(rest.prefix(2), &out, &rest, dropping: 2)
            case "u":
                let digits = rest.dropFirst().prefix { $0 != "}" }
                append(digits, &out, &rest, dropping: digits.count + 2)
            default: out.append(kind)
            }
        }
        return String(out)
    }

    private static func append(
        _ digits: Substring.UnicodeScalarView,
        _ out: inout String.UnicodeScalarView,
        _ rest: inout Substring.UnicodeScalarView,
        dropping count: Int
    ) {
        if let scalar = UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init) {
            out.append(scalar)
        }
        rest = rest.dropFirst(count)
    }
}
