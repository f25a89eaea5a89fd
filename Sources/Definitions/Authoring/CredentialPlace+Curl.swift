import Foundation
import LuaSandbox
package import OrderKernel

extension CurlLine {
    /// The word before the key in a header, with its space, such as `Token `.
    package func prefix(at place: CredentialPlace) -> String? {
        guard case .header(let name) = place else { return nil }
        let value = headers.first { $0.name.lowercased() == name.lowercased() }?.value ?? ""
        let words = value.split(separator: " ")
        return words.count == 2 ? words[0] + " " : nil
    }

    // A name and a password, which stand there as they are or in base64 (RFC 7617).
    private static func parts(ofPair text: String) -> [String] {
        let plain = Data(base64Encoded: text).map { String(decoding: $0, as: UTF8.self) }
        let pairs = [text] + [plain].compactMap(\.self)
        return pairs + pairs.flatMap { $0.split(separator: ":", maxSplits: 1).map(String.init) }
    }

    /// What stands in it where a key goes, or under the name of one.
    package func secrets(at place: CredentialPlace) -> [String] {
        var found = headers.filter {
            CredentialPlace.isSecret($0.name) || place == .header($0.name)
        }
        .compactMap { $0.value.split(separator: " ").last.map(String.init) }
        .flatMap { place == .basic ? Self.parts(ofPair: $0) : [$0] }
        let query = url.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        let json = body.flatMap { try? JSON(parsing: Array($0.utf8)) }
        let form = json == nil ? body ?? "" : ""
        for pair in (query + "&" + form).split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard halves.count == 2 else { continue }
            let isNamed = [.query(halves[0]), .form(halves[0])].contains(place)
            guard isNamed || CredentialPlace.isSecret(halves[0]) else { continue }
            found.append(halves[1])
            if let plain = PercentEncoding.decode(halves[1][...]), plain != halves[1] {
                found.append(plain)
            }
        }
        for key in json?.keys ?? [] where CredentialPlace.isSecret(key) || place == .json(key) {
            if let text = json?[key]?.text { found.append(text) }
        }
        return found
    }
}

extension ProviderResponse {
    /// A sample for a file that others read: the key of its request, which some providers repeat,
    /// and whatever has the name of one are taken out.
    package func withoutSecrets(_ secrets: [String]) -> ProviderResponse {
        var text = self.text
        for secret in secrets where secret.count >= 4 {
            text = text.replacing(secret, with: "redacted")
        }
        guard let json = try? JSON(parsing: Array(text.utf8)) else {
            return ProviderResponse(status: status, headers: headers, body: Array(text.utf8))
        }
        let clean = json.withoutSecrets.serialized
        return ProviderResponse(status: status, headers: headers, body: Array(clean.utf8))
    }
}

extension JSON {
    fileprivate var withoutSecrets: JSON {
        switch self {
        case .object(let members):
            .object(
                members.map { member in
                    if case .string = member.value, CredentialPlace.isSecret(member.key) {
                        return .init(member.key, .string("redacted"))
                    }
                    return .init(member.key, member.value.withoutSecrets)
                })
        case .array(let items): .array(items.map(\.withoutSecrets))
        case .null, .bool, .number, .string: self
        }
    }
}

extension CredentialPlace {
    /// From `bearer`, `basic`, `header X-Api-Key`, `query api_key`, `json key` or `form key`.
    ///
    /// - Throws: `MoonlineError` with `invalid`.
    package init(parsing text: String) throws(MoonlineError) {
        let words = text.split(separator: " ").map(String.init)
        switch (words.first, words.count) {
        case ("bearer", 1): self = .bearer
        case ("basic", 1): self = .basic
        case ("header", 2) where HeaderRules.isName(words[1]): self = .header(words[1])
        case ("query", 2): self = .query(words[1])
        case ("json", 2): self = .json(words[1])
        case ("form", 2): self = .form(words[1])
        default:
            throw MoonlineError(
                .invalid,
                "'\(text)' is no place for a key, write bearer, basic, \"header X-Api-Key\", "
                    + "\"query api_key\", \"json key\" or \"form key\"")
        }
    }

    /// The place where a sample request has its key, by the name of the header or parameter.
    package init?(in curl: CurlLine) {
        for header in curl.headers {
            let name = header.name.lowercased()
            if name == "authorization" {
                let word = header.value.prefix { $0 != " " }.lowercased()
                self = ["bearer": .bearer, "basic": .basic][word] ?? .header(header.name)
                return
            }
            if Self.isSecret(name) {
                self = .header(header.name)
                return
            }
        }
        let query = curl.url.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        for pair in query.split(separator: "&") {
            let name = String(pair.prefix { $0 != "=" })
            if Self.isSecret(name) {
                self = .query(name)
                return
            }
        }
        guard let body = curl.body else { return nil }
        let json = try? JSON(parsing: Array(body.utf8))
        if case .object(let members)? = json {
            guard let name = members.map(\.key).first(where: Self.isSecret) else { return nil }
            self = .json(name)
        } else {
            guard !Self.isJSONLike(body) else { return nil }
            let names = body.split(separator: "&").map { String($0.prefix { $0 != "=" }) }
            guard let name = names.first(where: Self.isSecret) else { return nil }
            self = .form(name)
        }
    }

    /// Whether a body is meant as JSON, even if it cannot be read as it.
    static func isJSONLike(_ body: String) -> Bool {
        body.first { !$0.isWhitespace }.map { "{[\"".contains($0) } ?? false
    }

    /// Whether a header, parameter or key of that name probably holds a secret.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased().filter(\.isLetter)
        if name.contains("idempotency") { return false }
        return ["key", "auth", "pass", "pwd"].contains(name)
            || [
                "apikey", "xkey", "accesskey", "appkey", "userkey", "privatekey", "token", "secret",
                "password", "authorization",
                "authkey", "cookie", "session",
            ].contains { name.contains($0) }
    }
}
