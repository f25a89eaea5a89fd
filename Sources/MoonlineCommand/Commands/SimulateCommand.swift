import ArgumentParser
import Foundation
import Logging
import LuaSandbox
import OrderKernel
import Simulator

/// The documented providers on loopback.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Play the documented providers on loopback, with faults on request.",
        discussion: """
            Prints the variables that lead Moonline to it. A fault is \
            KIND[:PROVIDER][:OPERATION][:COUNT]; kinds are 500, 502, \
            503, html, echo, cut, hang, reset, lost, slow and late. With --contract the account is \
            smscode_v2, and SMSCode's own client libraries can be pointed at it. \
            POST /_simulator/faults and /_simulator/message set faults and deliver messages while \
            it runs, GET /_simulator/state tells what was charged.

            Example: moonline simulate --port 8080 --speed 50 --fault lost:legitsms:buy
            """
    )

    @Option(help: "The port; 0 takes a free one.")
    var port = 0

    @Option(help: "How many times faster than life everything runs.")
    var speed = 1

    @Option(help: "The seed of codes and delays.")
    var seed: UInt64 = 1

    @Option(help: "A fault, such as 503:smscode:check:2; may be given several times.")
    var fault: [String] = []

    @Option(help: "A service that sends no code, such as twitter or twitter/GB; several times.")
    var silent: [String] = []

    @Flag(help: "SMSCode speaks the contract of its client libraries, not its document.")
    var contract = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port \(port) is no port, write 0 to 65535")
        }
        guard (1...1000).contains(speed) else {
            throw ValidationError("--speed \(speed) is out of range, write 1 to 1000")
        }
    }

    func run() async throws {
        var configuration = SimulatorConfiguration()
        configuration.port = port
        configuration.speed = speed
        configuration.seed = seed
        configuration.speaksContract = contract
        configuration.silentServices = Set(silent)
        for text in fault {
            do {
                configuration.faults.append(try FaultRule(argument: text))
            } catch {
                throw ValidationError("--fault \(text): \(error)")
            }
        }
        let invocation = Invocation(options)
        let simulation = Simulation(configuration: configuration, logger: invocation.logger)
        await invocation.runBare { work async throws(MoonlineError) in
            let error = await work.run { () async throws(MoonlineError) in
                try await simulation.run { port in
                    Self.show(simulation.variables(port: port), port, invocation)
                }
                try Invocation.checkGoesOn()
            }
            if let error { throw error }
        }
    }

    private static func show(
        _ variables: [(name: String, value: String)],
        _ port: Int,
        _ invocation: Invocation
    ) {
        let console = invocation.console
        if console.isJSON {
            let members = variables.map { JSON.Member($0.name, .string($0.value)) }
            return console.print(
                Documents.event(
                    "listening",
                    [
                        .init("port", .number(String(port))),
                        .init("variables", .object(members)),
                    ]))
        }
        for variable in variables {
            console.print("export \(variable.name)=\(variable.value)")
            // A file would win over the variable.
            let file = variable.name + "_FILE"
            if invocation.environment[file] != nil { console.print("unset \(file)") }
        }
        console.note("listening on http://127.0.0.1:\(port), stop with Ctrl-C")
    }
}
