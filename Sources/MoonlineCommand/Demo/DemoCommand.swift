import ArgumentParser
import Foundation
import Logging
import Moonline
import OrderKernel
import Simulator

/// The main job on all four providers, against the simulator.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "Run the main job on all four providers against the simulator; no account needed.",
        discussion: "Example: moonline demo --speed 5"
    )

    @Option(help: "How many times faster than life the simulated providers run.")
    var speed = 5

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...100).contains(speed) else {
            throw ValidationError("--speed \(speed) is out of range, write 1 to 100")
        }
    }

    func run() async throws {
        var configuration = SimulatorConfiguration()
        configuration.speed = speed
        configuration.seed = SystemRandomNumberGenerator().seed()
        let invocation = Invocation(options)
        let simulation = Simulation(
            configuration: configuration,
            logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }
        )
        let tour = DemoTour(invocation: invocation, simulation: simulation)
        await invocation.runBare { work async throws(MoonlineError) in
            let error = await work.run { () async throws(MoonlineError) in
                try await tour.run()
                try Invocation.checkGoesOn()
            }
            if let error { throw error }
        }
    }
}

extension SystemRandomNumberGenerator {
    fileprivate func seed() -> UInt64 {
        var generator = self
        return generator.next()
    }
}
