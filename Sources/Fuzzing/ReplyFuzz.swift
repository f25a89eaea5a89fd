import Definitions
import LuaSandbox
import OrderKernel
import Synchronization

/// Replies of providers: each becomes a result in the normal form or an error of the closed list.
///
/// An input is a line with the definition's number, the operation, the HTTP status and the header
/// `Retry-After`, and the body.
enum ReplyFuzz {
    private static let definitions = Mutex<[ProviderDefinition]>([])

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        var input = FuzzInput(bytes)
        let words = input.textLine().split(separator: " ", maxSplits: 3).map(String.init)
        let definitions = try loaded()
        let definition = definitions[words.first == "1" ? 1 : 0]
        let names = definition.operations.keys.sorted()
        let name = words.dropFirst().first.flatMap { names.contains($0) ? $0 : nil }
        var response = ProviderResponse(
            status: words.dropFirst(2).first.flatMap { Int($0) } ?? 200, body: Array(input.rest))
        if words.count == 4 { response.headers.append(.init("Retry-After", words[3])) }
        let result = try outcome(
            of: name ?? names[bytes.count % names.count], definition, response)
        switch result {
        case .success(let result): try check(result)
        case .failure(let error): try check(error)
        }
    }

    private static func loaded() throws(FuzzFinding) -> [ProviderDefinition] {
        try definitions.withLock { definitions throws(FuzzFinding) in
            if definitions.isEmpty {
                let found = DrainingExecutor().run { try? await ReplyDefinitions.load() }
                guard let found = found ?? nil else {
                    throw FuzzFinding("the definitions of this target do not load")
                }
                definitions = found
            }
            return definitions
        }
    }

    private static func outcome(
        of name: String,
        _ definition: ProviderDefinition,
        _ response: ProviderResponse
    ) throws(FuzzFinding) -> Result<OperationResult, MoonlineError> {
        let result = DrainingExecutor().run { () -> Result<OperationResult, MoonlineError> in
            let runner = OperationRunner(
                definition,
                environment: OperationEnvironment(
                    send: { _ throws(MoonlineError) in response },
                    sleep: { _ throws(MoonlineError) in }))
            do throws(MoonlineError) {
                return .success(
                    try await runner.perform(name, Arguments(text: ["id": "7", "service": "wa"])))
            } catch {
                return .failure(error)
            }
        }
        guard let result else { throw FuzzFinding("reading a reply waits for something") }
        return result
    }

    private static func check(_ error: MoonlineError) throws(FuzzFinding) {
        let message = error.message
        try require(!message.isEmpty, "an error has no message")
        try require(
            message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F },
            "an error has control characters: \(message)")
        try require(message.utf8.count < 64 << 10, "an error has \(message.utf8.count) bytes")
        try require(error.retryAfter ?? .zero >= .zero, "an error waits for a negative time")
        // The reply is here, so the request has left.
        try require(!error.isUnsent, "an error says that nothing was sent: \(message)")
    }

    private static func check(_ result: OperationResult) throws(FuzzFinding) {
        let json = result.json
        guard let again = try? JSON(parsing: json.serialized) else {
            throw FuzzFinding("a result is no JSON: \(json.serialized)")
        }
        try require(again == json, "a result reads back as another one")
        for record in result.list {
            for (field, value) in record.fields { try check(field, value) }
        }
    }

    // What the field's name promises.
    private static func check(_ field: String, _ value: JSON) throws(FuzzFinding) {
        let text = value.text ?? ""
        let isRight =
            switch field {
            case "phone": text.hasPrefix("+") && text.dropFirst().allSatisfy(\.isNumber)
            case "price", "amount", "refund": ExactDecimal(text) != nil
            case "available", "revision": Int64(text) != nil
            case "expires_in": Int64(text).map { $0 >= 0 } ?? false
            case "created_at", "expires_at", "received_at": Instant(iso8601: text) != nil
            case "status": OrderStatus(rawValue: text) != nil
            case "id", "code", "message", "currency", "name", "operator": value.text != nil
            default: true
            }
        try require(isRight, "the field \(field) is \(value.serialized)")
    }
}
