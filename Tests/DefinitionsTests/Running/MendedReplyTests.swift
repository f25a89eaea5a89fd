import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

/// Replies that are nearly JSON: a message does not cost its code.
struct MendedReplyTests {
    private static let check = """
        check = { get = "/x", reply = { messages = { each = "sms[]", text = "t" } } }
        """
    private static let buy = """
        buy = { post = "/x", reply = { id = "id", phone = "phone", status_text = "t" } }
        """

    private func perform(
        _ operation: String,
        _ body: [UInt8]
    ) async throws -> OperationTrial.Outcome {
        let response = ProviderResponse(status: 200, body: body)
        let trial = try await OperationTrial(operation, replies: [.success(response)])
        return await trial.perform(String(operation.prefix { $0 != " " }))
    }

    /// Texts of a message with the code 583920, as they stand between the quotes.
    private static let texts: [[UInt8]] = [
        Array(#"code 583920 \ud83d"#.utf8), Array(#"\ude00 code 583920"#.utf8),
        Array(#"\ud83d\ud83d\ude00 code 583920"#.utf8), Array(#"\uD83Dx code 583920"#.utf8),
        Array("code\n583920".utf8), Array("code\t583920\u{1}".utf8),
        Array("code 583920 ".utf8) + [0xE9], [0xF0, 0x9F, 0x98] + Array(" 583920".utf8),
        Array(#"\"quoted\" \\ 583920 \ud83d"#.utf8),
    ]

    @Test(arguments: texts)
    func `a text that no JSON may have still brings its code`(_ text: [UInt8]) async throws {
        let body = Array(#"{"sms":[{"t":""#.utf8) + text + Array(#""}]}"#.utf8)
        #expect(throws: JSONError.self) { try JSON(parsing: body) }
        let outcome = try await perform(Self.check, body)
        #expect(outcome.result?.record.text("code") == "583920", "\(outcome)")
    }

    @Test(arguments: texts)
    func `an answer to a purchase is read as it is`(_ text: [UInt8]) async throws {
        let start = Array(#"{"id":"7","phone":"62812345678","t":""#.utf8)
        let outcome = try await perform(Self.buy, start + text + Array(#""}"#.utf8))
        #expect(outcome.error?.code == .protocol)
        #expect(outcome.error?.message.contains("no JSON") == true)
    }

    @Test(arguments: ["{", #"{"sms":[}"#, #"{"sms":[{"t":"583920}]}"#, #"{"a":1,"a":"\ud83d"}"#])
    func `what is no JSON for another reason stays so`(_ body: String) async throws {
        let outcome = try await perform(Self.check, Array(body.utf8))
        #expect(outcome.error?.message.contains("no JSON") == true)
    }

    @Test(arguments: [
        (check, #"{"sms":[{"t":"code 583920"}]}"#), (buy, #"{"id":"7","phone":"62812345678"}"#),
    ])
    func `a byte order mark is none of the reply`(_ row: (String, String)) async throws {
        let outcome = try await perform(row.0, Array(("\u{FEFF}" + row.1).utf8))
        #expect(outcome.error == nil && outcome.result != nil)
    }
}
