import Foundation
import LuaSandbox
import Testing

@testable import Fuzzing

/// The sandbox's own `find`, `match`, `gmatch` and `gsub` against what Lua's library gives.
struct PatternTableTests {
    private struct Row {
        let expression: String
        let result: String
    }

    private static let rows: [Row] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "patterns.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
            return parts.count == 2 ? Row(expression: parts[0], result: parts[1]) : nil
        }
    }()

    // Shows values as the table writes them.
    private static func source(_ expression: String) -> String {
        """
        local function all(next, state, first)
          local rows = {}
          for a, b, c in next, state, first do
            local row = { tostring(a) }
            if b ~= nil then row[2] = tostring(b) end
            if c ~= nil then row[3] = tostring(c) end
            rows[#rows + 1] = table.concat(row, ",")
          end
          return table.concat(rows, "|")
        end
        local function show(...)
          local shown = table.pack(...)
          for i = 1, shown.n do
            local value = shown[i]
            shown[i] = type(value) == "string" and ("%q"):format(value):gsub("\\n", "n")
              or tostring(value)
          end
          return table.concat(shown, " ", 1, shown.n)
        end
        return show(\(expression))
        """
    }

    @Test func `the table is read`() { #expect(Self.rows.count > 700) }

    @Test func `patterns give what Lua's own library gives`() async throws {
        let machine = try LuaMachine(host: LuaHost())
        for row in Self.rows {
            var shown = "error"
            do {
                let values = try await machine.run(
                    Self.source(row.expression), name: "pattern.lua",
                    limits: LuaLimits(processorTime: .seconds(2)))
                shown = values.first?.text ?? "nothing"
            } catch {
                guard case .raised = error else { throw error }
            }
            #expect(shown == row.result, "\(row.expression)")
        }
    }

    @Test func `the table is what the system's library gives`() throws {
        let lua = try StockFunction("return function(source) return assert(load(source))() end")
        for row in Self.rows {
            let reply = lua.call([Array(Self.source(row.expression).utf8)])
            let shown =
                switch reply {
                case .text(let bytes): String(decoding: bytes, as: UTF8.self)
                case .stopped: "error"
                }
            #expect(shown == row.result, "\(row.expression)")
        }
    }
}
