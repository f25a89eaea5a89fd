import Synchronization

/// The sandbox's own `find`, `match`, `gmatch` and `gsub` against those of the system's Lua: the
/// same results, or errors on both sides.
///
/// An input is the name of an operation with a position, a pattern, a replacement and the text,
/// each in a line; the text is all the rest.
enum PatternFuzz {
    private struct Functions: ~Copyable {
        let sandbox: SandboxFunction
        let stock: StockFunction
    }

    /// Processor time of one call: what backtracks for longer is not compared.
    private static let budget: UInt64 = 10_000_000

    private static let functions = Mutex<Functions?>(nil)

    private static let operations = ["find", "plain", "match", "gmatch", "gsub", "table", "call"]

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        var input = FuzzInput(bytes)
        let (name, position) = input.pair(" ")
        let operation = operations.contains(name) ? name : operations[bytes.count % 7]
        let pattern = input.line(), replacement = input.line()
        let arguments = [
            Array(operation.utf8), Array(input.rest), pattern, replacement, Array(position.utf8),
        ]
        let (own, stock) = try replies(arguments)
        try require(
            own == stock,
            "\(operation) gives \(shown(own)), and the system's Lua \(shown(stock))")
    }

    // A text that ran out of steps on one side is given to no other.
    private static func replies(
        _ arguments: [[UInt8]]
    ) throws(FuzzFinding) -> (LuaReply, LuaReply) {
        try functions.withLock { functions throws(FuzzFinding) in
            if functions == nil {
                functions = Functions(
                    sandbox: try SandboxFunction.of(chunk), stock: try StockFunction(chunk))
            }
            let own = functions?.sandbox.call(arguments, budgetNanoseconds: budget) ?? .stopped
            guard own != .stopped, own != .text(Array("limit".utf8)) else { return (own, own) }
            return (own, functions?.stock.call(arguments) ?? .stopped)
        }
    }

    private static func shown(_ reply: LuaReply) -> String {
        guard case .text(let bytes) = reply else { return "nothing" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let chunk = """
        local function show(...)
          local out = {}
          for i = 1, select("#", ...) do
            local value = (select(i, ...))
            local text = tostring(value)
            out[i] = type(value) .. " " .. #text .. " " .. text
          end
          return table.concat(out, ",")
        end

        local operations = {
          find  = function(text, pattern, _, at) return show(text:find(pattern, at)) end,
          plain = function(text, pattern, _, at) return show(text:find(pattern, at, true)) end,
          match = function(text, pattern, _, at) return show(text:match(pattern, at)) end,
          gmatch = function(text, pattern, _, at)
            local out = {}
            for a, b, c in text:gmatch(pattern, at) do out[#out + 1] = show(a, b, c) end
            return table.concat(out, ";")
          end,
          gsub = function(text, pattern, with, at) return show(text:gsub(pattern, with, at)) end,
          table = function(text, pattern, with, at)
            return show(text:gsub(pattern, { [with] = "x", a = 1, b = 2.5, c = false }, at))
          end,
          call = function(text, pattern, with, at)
            return show(text:gsub(pattern, function(a, b) return b and with .. a .. b end, at))
          end,
        }

        return function(operation, text, pattern, with, at)
          local position = math.tointeger(tonumber(at) or 1) or 1
          local good, result = pcall(operations[operation], text, pattern, with, position)
          if good then return result end
          local message = tostring(result)
          local ran_out = message:find("too many steps", 1, true) or message:find("memory", 1, true)
          return ran_out and "limit" or "error"
        end
        """
}
