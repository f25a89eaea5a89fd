import LuaSandbox
import OrderKernel

/// A definition file that is written for an author: what is known of the provider, and samples.
package struct DefinitionDraft: Sendable {
    private let id: String
    private let name: String
    private let baseURL: BaseURL
    private let auth: CredentialPlace
    private let authPrefix: String
    private let operations: [DraftOperation]

    package init(
        id: String,
        name: String,
        baseURL: BaseURL,
        auth: CredentialPlace,
        authPrefix: String = "",
        operations: [DraftOperation]
    ) {
        self.id = id
        self.name = name
        self.baseURL = baseURL
        self.auth = auth
        self.authPrefix = authPrefix
        self.operations = operations
    }

    /// A file that was written, and what its author has to look at.
    package struct File: Sendable {
        package let text: String
        /// In plain words; empty when every sample was understood.
        package let remarks: [String]
        /// What no sample can tell, in plain words.
        package let advice: [String]
    }

    /// The file, with a test for every operation whose sample is understood.
    package func file() async -> File {
        let loader = DefinitionLoader { _ in nil }
        var tests: [String] = []
        var remarks: [String] = []
        for operation in operations {
            // One that is not complete yet keeps no other from its test.
            let alone = text([operation], tests: [])
            guard let sample = operation.sample,
                let definition = try? await loader.load(alone, id: id, file: id + ".lua")
            else { continue }
            do throws(MoonlineError) {
                tests.append(try await test(operation, sample, definition))
            } catch {
                remarks.append(
                    "the sample of \(operation.operation.rawValue) is not understood: "
                        + error.message)
            }
        }
        return File(
            text: text(operations, tests: tests), remarks: remarks,
            advice: operations.compactMap { $0.advice(without: success?.key) })
    }

    private func test(
        _ draft: DraftOperation,
        _ sample: ProviderResponse,
        _ definition: ProviderDefinition
    ) async throws(MoonlineError) -> String {
        let name = draft.operation.rawValue
        let values = (definition.operations[name]?.argumentNames ?? [])
            .filter { !$0.hasSuffix("?") }
            .map { ($0, draft.examples[$0] ?? Self.examples[$0] ?? "1") }
        let arguments = Arguments(
            text: Dictionary(values, uniquingKeysWith: { first, _ in first }))
        guard case .request(let template, _)? = definition.operations[name]?.body else {
            throw MoonlineError(.internal, "a draft has requests only")
        }
        let request = try template.request(arguments, operation: name)
        let test = await RecordedTest(
            definition, operation: name, arguments: arguments,
            exchanges: [.init(request: request, response: sample)])
        _ = try test.outcome.get()
        return test.text
    }

    private static let examples = ["service": "wa", "country": "6", "id": "1"]

    private func text(_ operations: [DraftOperation], tests: [String]) -> String {
        let list =
            tests.isEmpty ? "" : "\n  tests = {\n" + tests.joined(separator: "\n") + "\n  },\n"
        return """
            -- \(name). Written by `moonline provider new`; compare it with the documents.
            return provider {
              api = 1, id = \(LuaText.quoted(id)), name = \(LuaText.quoted(name)),
              version = "0.1.0",
              base_url = \(LuaText.quoted(baseURL.description)),

              credentials = \(credentialsText),
              auth = \(authText),

              -- What the provider allows, and how often an order may be looked at:
              limits = { { requests = 60, per = "1m" } },
              polling = { first = "5s", every = "5s" },
              currency = "USD", lifetime = "20m",
              -- Before that a cancel is refused: holds = { cancel = "2m" },

            \(declarations)  -- The provider's errors: where the code is, and what codes mean.
              \(errorsText)

              operations = {
            \(operations.map { $0.text(without: success?.key) }.joined())  },
            \(list)}

            """
    }

    private var credentialsText: String {
        auth == .basic
            ? #"{ user = { label = "User" }, password = { label = "Password" } }"#
            : #"{ api_key = { label = "API key" } }"#
    }

    private var authText: String {
        switch auth {
        case .bearer: #"{ bearer = "{api_key}" }"#
        case .basic: #"{ basic = "{user}:{password}" }"#
        case .header(let name):
            "{ header = { \(LuaText.key(name)) = \(LuaText.quoted(authPrefix + "{api_key}")) } }"
        case .query(let name): #"{ query = { \#(LuaText.key(name)) = "{api_key}" } }"#
        case .json(let name): #"{ json = { \#(LuaText.key(name)) = "{api_key}" } }"#
        case .form(let name): #"{ form = { \#(LuaText.key(name)) = "{api_key}" } }"#
        }
    }

    private var declarations: String { idempotencyText + successText }

    private var idempotencyText: String {
        let header = operations.lazy.compactMap(\.idempotencyHeader).first
        return header.map { "  idempotency = { header = \(LuaText.quoted($0)) },\n\n" } ?? ""
    }

    // A key that all samples have with one value that means yes.
    private var success: (key: String, mark: String)? {
        for key in ["success", "ok", "status", "result"] {
            switch common(key) {
            case .bool(true)?: return (key, "[true]")
            case .string(let word)? where ["ok", "success"].contains(word.lowercased()):
                return (key, LuaText.key(word))
            default: continue
            }
        }
        guard let (key, value) = errorCode else { return nil }
        return (key, value == .bool(false) ? "[false]" : LuaText.key(value.text ?? ""))
    }

    private var successText: String {
        success.map { "  success = { \"\($0.key)\", \($0.mark) = true },\n\n" } ?? ""
    }

    private var errorsText: String {
        guard let (key, _) = errorCode else {
            return
                #"-- errors = { "error.code", message = "error.message", NO_BALANCE = "balance" },"#
        }
        return #"errors = { "\#(key)", message = "message" },  -- then codes: ["17"] = "balance""#
    }

    // A key that all samples have with one value that means that there was no error.
    private var errorCode: (key: String, value: JSON)? {
        for key in ["error_code", "errorCode", "errno", "err_code", "error", "err", "code"] {
            guard let value = common(key) else { continue }
            // An empty code may be that of a message that has not come.
            let isNone = value.text == "0" || value.text == "" && key.hasPrefix("e")
            if value == .bool(false) || isNone { return (key, value) }
        }
        return nil
    }

    // The value that a key has in all samples; `nil` when it is not one.
    private func common(_ key: String) -> JSON? {
        let samples = operations.compactMap { $0.sample.flatMap { try? JSON(parsing: $0.body) } }
        guard let first = samples.first?[key], samples.allSatisfy({ $0[key] == first }) else {
            return nil
        }
        return first
    }
}
