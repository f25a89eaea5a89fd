import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

/// What a reply may make the reading of it cost.
struct ReplyBoundTests {
    private static func list(_ count: Int, _ item: String) -> String {
        "[" + Array(repeating: item, count: count).joined(separator: ",") + "]"
    }

    @Test func `messages have a million fields at most, over all items`() async throws {
        let operation = """
            check = { get = "/x", reply = { status = "=waiting", messages = { each = "m[]",
              text = "t", sender = "s", code = "c", received_at = "r", id = "i" } } }
            """
        for (count, code) in [(1_000, nil), (201_000, ErrorCode.protocol)] as [(Int, ErrorCode?)] {
            let body = #"{"m":\#(Self.list(count, "{}"))}"#
            let outcome = await (try OperationTrial(operation, body: body)).perform("check")
            #expect(outcome.error?.code == code, "\(count): \(outcome.text.prefix(99))")
        }
    }

    @Test func `the keys that a path is compared with are counted, level by level`() throws {
        let body = try JSON(parsing: #"{"a":{"b":1,"c":2},"d":{"e":{}},"f":3}"#)
        for (path, looks) in [("a.b", 5), ("x|y", 6), ("x|a.c", 8), ("d.e.z", 4), ("$", 0)] {
            var counted = 0
            _ = FieldPath(path).value(in: body, counting: &counted)
            #expect(counted == looks, "\(path)")
        }
    }

    @Test func `where too many keys would be compared, reading ends`() throws {
        var room = RecordRoom()
        try room.take(looks: RecordRoom.looksMaximum)
        #expect(!room.isOver)
        let error = #expect(throws: MoonlineError.self) { try room.take(looks: 1) }
        #expect(error?.code == .protocol && error?.message.contains("too many keys") == true)
        #expect(room.isOver)
    }

    @Test(arguments: [(4, true), (5, false)])
    func `a list is at most four levels deep`(_ levels: Int, _ isRead: Bool) async throws {
        let each = Array(repeating: "*", count: levels).joined(separator: ".")
        #expect((EachPath(each) != nil) == isRead)
    }

    // The longer, the longer a pattern looks through it.
    @Test(arguments: [(15, nil), (16, ErrorCode.protocol), (20_000, .protocol)])
    func `an amount has at most 64 characters`(_ groups: Int, _ code: ErrorCode?) async throws {
        let digits = "0" + String(repeating: ",000", count: groups) + ".5"
        let operation = "offers = { get = \"/x\", reply = { price = \"p\" } }"
        let trial = try await OperationTrial(operation, body: #"{"p":"\#(digits)"}"#)
        #expect(await trial.perform("offers").error?.code == code)
    }
}
