import LuaSandbox
import Synchronization

/// The two JSON parsers against each other, Swift's for the core and C's for Lua: both refuse a
/// text, or both read the same value from it.
///
/// They may differ in two points. A whole number that no `Double` holds is refused by Swift and
/// kept as its digits by C. And keys that become the same when Swift drops all but 30 combining
/// marks of a run are the same to Swift alone.
enum JSONFuzz {
    private static let function = Mutex<SandboxFunction?>(nil)

    private static let chunk = """
        return function(text)
          local good, value = pcall(json.decode, text)
          if not good then return "" end
          return json.encode(value)
        end
        """

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        let reply = try encoded(bytes)
        guard case .text(let text) = reply else {
            throw FuzzFinding("C cannot encode what it decoded")
        }
        let value: JSON
        do throws(JSONError) {
            value = try JSON(parsing: bytes)
        } catch {
            let mayDiffer =
                error.reason == "the number is too large"
                || error.reason == "a key occurs twice" && hasLongRun(text)
            try require(text.isEmpty || mayDiffer, "C accepts what Swift refuses: \(error)")
            return
        }
        try require(!text.isEmpty, "Swift accepts what C refuses")
        try check(value, asEncoded: text)
    }

    private static func check(_ value: JSON, asEncoded text: [UInt8]) throws(FuzzFinding) {
        guard let again = try? JSON(parsing: text) else {
            throw FuzzFinding("Swift does not read what C wrote")
        }
        let own = CanonicalJSON(value), other = CanonicalJSON(again)
        try require(own == other, "Swift reads \(own), and C \(other)")
        let rewrittenByC = try encoded(text)
        try require(rewrittenByC == .text(text), "C writes another text for what it wrote itself")
        guard let rewritten = try? JSON(parsing: value.serialized) else {
            throw FuzzFinding("Swift does not read what it wrote")
        }
        try require(rewritten == value, "Swift reads another value from what it wrote")
        guard (try? JSON(value.luaValue)) != nil else {
            throw FuzzFinding("a value has no JSON form any more once Lua has seen it")
        }
    }

    private static func encoded(_ bytes: [UInt8]) throws(FuzzFinding) -> LuaReply {
        try function.withLock { function throws(FuzzFinding) in
            if function == nil { function = try SandboxFunction.of(chunk) }
            return function?.call([bytes]) ?? .stopped
        }
    }

    // Whether text that Swift reads loses marks.
    private static func hasLongRun(_ text: [UInt8]) -> Bool {
        StreamSafeText.decode(text).utf8.count != text.count
    }
}
