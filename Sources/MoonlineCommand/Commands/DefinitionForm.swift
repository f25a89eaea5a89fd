import Definitions
import Foundation
import LuaSandbox
import Moonline
import OrderKernel

/// What an author told of a provider, by options or by answers.
struct DefinitionForm {
    let id: String
    var name: String?
    var baseURL: String?
    var auth: String?
    var operations: [String]
    var curls: [String]
    var replies: [String]

    /// Asks for what is missing; an empty answer leaves it out.
    mutating func ask() {
        if curls.isEmpty, baseURL == nil {
            baseURL = Self.answer("Base URL, such as https://api.example.com/v1: ") {
                text throws(MoonlineError) in _ = try Self.base(parsing: text)
            }
        }
        if curls.isEmpty, auth == nil {
            auth = Self.answer(
                "Key goes to (bearer, basic, header X-Api-Key, query api_key, json key, form key): "
            ) { text throws(MoonlineError) in _ = try CredentialPlace(parsing: text) }
        }
        guard operations.isEmpty, curls.isEmpty else { return }
        for operation in [CommonOperation.balance, .buy, .check, .cancel, .list] {
            let request = Self.answer(
                "\(operation.rawValue), \(operation.summary): VERB /path, a curl line, or nothing: "
            ) { text throws(MoonlineError) in
                if text.hasPrefix("curl ") {
                    _ = try CurlLine(parsing: text)
                } else {
                    _ = try DraftOperation(operation, request: text)
                }
            }
            guard let request else { continue }
            if request.hasPrefix("curl ") {
                curls.append("\(operation.rawValue)=\(request)")
            } else {
                operations.append("\(operation.rawValue)=\(request)")
            }
            let sample = Self.answer("  a sample reply in one line, @FILE, or nothing: ") {
                text throws(MoonlineError) in _ = try Self.response(text)
            }
            if let sample { replies.append("\(operation.rawValue)=\(sample)") }
        }
    }

    // Asks until the answer is empty or can be read.
    private static func answer(
        _ question: String,
        reading: (String) throws(MoonlineError) -> Void
    ) -> String? {
        while true {
            FileHandle.standardError.write(Data(question.utf8))
            let line = readLine()?.trimmingCharacters(in: .whitespaces)
            guard let line, !line.isEmpty else { return nil }
            do throws(MoonlineError) {
                try reading(line)
                return line
            } catch {
                FileHandle.standardError.write(Data("  \(error.message)\n".utf8))
            }
        }
    }

    /// - Throws: `MoonlineError` with `invalid`, which names the option.
    func draft() throws(MoonlineError) -> DefinitionDraft {
        var lines: [(CommonOperation, CurlLine)] = []
        for text in curls {
            let (operation, line) = try Self.halves(text, "--curl")
            lines.append((operation, try CurlLine(parsing: line)))
        }
        let base = try base(of: lines.map(\.1))
        var place = lines.lazy.compactMap { CredentialPlace(in: $0.1) }.first
        if let auth { place = try CredentialPlace(parsing: auth) }
        guard let place else {
            throw MoonlineError(
                .invalid,
                "where the key goes is missing: --auth bearer, --auth \"header X-Api-Key\", "
                    + "--auth \"query api_key\", --auth \"json key\", --auth \"form key\" or "
                    + "--auth basic")
        }
        var drafts: [DraftOperation] = []
        for (operation, line) in lines {
            drafts.append(
                try DraftOperation(operation, curl: line, base: base, auth: place))
        }
        for text in operations {
            let (operation, request) = try Self.halves(text, "--operation")
            drafts.append(try DraftOperation(operation, request: request))
        }
        guard !drafts.isEmpty else {
            throw MoonlineError(
                .invalid, "an operation is needed: --operation \"balance=GET /balance\" or --curl")
        }
        for text in replies {
            let (operation, sample) = try Self.halves(text, "--reply")
            guard let index = drafts.firstIndex(where: { $0.operation == operation }) else {
                throw MoonlineError(
                    .invalid,
                    "--reply \(operation.rawValue) has no request; add --operation or --curl")
            }
            let keys = lines.flatMap { $0.1.secrets(at: place) }
            // In whatever form the provider repeats them.
            drafts[index].sample = try Self.response(sample).masking(keys).withoutSecrets(keys)
        }
        return DefinitionDraft(
            id: id, name: name ?? id, baseURL: base, auth: place,
            authPrefix: lines.lazy.compactMap { $0.1.prefix(at: place) }.first ?? "",
            operations: drafts)
    }

    private func base(of lines: [CurlLine]) throws(MoonlineError) -> BaseURL {
        guard let text = baseURL ?? lines.first.flatMap({ Self.base(of: $0.url) }) else {
            throw MoonlineError(
                .invalid, "the base URL is missing: --base-url https://api.example.com/v1")
        }
        return try Self.base(parsing: text)
    }

    private static func base(parsing text: String) throws(MoonlineError) -> BaseURL {
        do {
            return try BaseURL(parsing: text)
        } catch {
            throw MoonlineError(.invalid, "--base-url: \(error.reason)")
        }
    }

    // The origin, and parts such as `api` and `v1` that all paths of an API begin with.
    private static func base(of url: String) -> String? {
        let parts = url.split(separator: "?")[0].split(separator: "/", maxSplits: 2)
        guard parts.count >= 2 else { return nil }
        let path = parts.count == 3 ? parts[2].split(separator: "/") : []
        let prefix = path.dropLast().prefix { part in
            part == "api" || part.first == "v" && Int(part.dropFirst()) != nil
        }
        return ([parts[0] + "/"] + [parts[1]] + prefix).joined(separator: "/")
    }

    private static func halves(
        _ text: String,
        _ option: String
    ) throws(MoonlineError) -> (CommonOperation, String) {
        let halves = text.split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false
        ).map(String.init)
        guard halves.count == 2, let operation = CommonOperation(rawValue: halves[0]) else {
            let known = CommonOperation.allCases.map(\.rawValue).joined(separator: ", ")
            throw MoonlineError(
                .invalid,
                "\(option) '\(text.prefix(40))' has to begin with an operation and =; "
                    + "operations are \(known)")
        }
        return (operation, halves[1])
    }

    private static func response(_ sample: String) throws(MoonlineError) -> ProviderResponse {
        if sample.isEmpty { return ProviderResponse(status: 204, body: []) }
        guard sample.hasPrefix("@") else {
            return ProviderResponse(status: 200, body: Array(sample.utf8))
        }
        let path = String(sample.dropFirst())
        guard let data = FileManager.default.contents(atPath: path) else {
            throw MoonlineError(.invalid, "--reply: \(path) cannot be read")
        }
        return ProviderResponse(status: 200, body: Array(data))
    }
}
