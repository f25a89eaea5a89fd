import Foundation
import LuaSandbox
import OrderKernel

/// What the building blocks cost; run it with `scripts/bench`.
@main
struct Benchmarks {
    static func main() async throws {
        if let file = CommandLine.arguments.dropFirst().first {
            if try await !AttackBench.run(file) { exit(1) }
            return
        }
        let catalogue = catalogue(rows: 5000)
        let machine = try LuaMachine(host: LuaHost(operations: ["echo"]))
        let limits = LuaLimits(processorTime: .seconds(5))
        let message = "Your WhatsApp code: 583-920. It is valid for 10 minutes. Do not share it."
        let benchmarks = [
            Benchmark(
                name: "JSON parsed in Swift", unit: "bytes/s", unitsPerCall: catalogue.utf8.count
            ) { _ = try JSON(parsing: catalogue) },
            Benchmark(
                name: "JSON decoded in Lua", unit: "bytes/s", unitsPerCall: catalogue.utf8.count
            ) {
                _ = try await machine.run(
                    "return #json.decode(echo())", name: "bench.lua", limits: limits
                ) { _, _ in [.string(catalogue)] }
            },
            Benchmark(name: "host calls from Lua", unit: "calls/s", unitsPerCall: 1000) {
                _ = try await machine.run(
                    "for i = 1, 1000 do echo(i) end", name: "bench.lua", limits: limits
                ) { _, arguments in arguments }
            },
            Benchmark(
                name: "texts from Lua to the host", unit: "bytes/s", unitsPerCall: 90_000_000
            ) {
                _ = try await machine.run(
                    "local text = (\"x\"):rep(900000) for i = 1, 100 do echo(text) end",
                    name: "bench.lua", limits: limits
                ) { _, _ in [] }
            },
            Benchmark(name: "pure loops in Lua", unit: "rounds/s", unitsPerCall: 1_000_000) {
                _ = try await machine.run(
                    "local n = 0 for i = 1, 1000000 do n = n + i % 7 end return n",
                    name: "bench.lua", limits: limits)
            },
            Benchmark(name: "codes taken from texts", unit: "texts/s", unitsPerCall: 1) {
                _ = CodeExtractor.code(in: message)
            },
        ]
        for benchmark in benchmarks { print(try await benchmark.line()) }
    }

    private static func catalogue(rows: Int) -> String {
        let items = (0..<rows).map { row in
            #"{"country_id":\#(row % 200),"platform_id":\#(row),"price":15450,"available_count":7}"#
        }
        return "[" + items.joined(separator: ",") + "]"
    }
}
