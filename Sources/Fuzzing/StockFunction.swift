import CStockLua

/// The same function in the system's Lua, without limits: only what the sandbox could finish is
/// given to it.
@safe
struct StockFunction: ~Copyable {
    private let lua: OpaquePointer

    /// Runs a chunk and keeps the function that it returns.
    init(_ chunk: String) throws(FuzzFinding) {
        guard let lua = unsafe stocklua_create(chunk) else {
            throw FuzzFinding("the chunk gave no function")
        }
        unsafe self.lua = lua
    }

    deinit { unsafe stocklua_destroy(lua) }

    /// Calls the function.
    func call(_ arguments: [[UInt8]]) -> LuaReply {
        // In one piece of memory, so that all of it can be borrowed at once.
        let joined = arguments.flatMap { $0 }
        return unsafe joined.withUnsafeBufferPointer { bytes in
            var offset = 0
            var texts: [stocklua_text] = unsafe []
            for argument in arguments {
                let start = unsafe bytes.baseAddress.map { unsafe $0 + offset }
                unsafe texts.append(stocklua_text(bytes: start, count: argument.count))
                offset += argument.count
            }
            var result = unsafe stocklua_text()
            guard unsafe stocklua_call(lua, texts, texts.count, &result) else { return .stopped }
            return .text(
                unsafe Array(UnsafeBufferPointer(start: result.bytes, count: result.count)))
        }
    }
}
