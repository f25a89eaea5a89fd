import Foundation
import LuaSandbox
import Moonline
import OrderKernel
import Simulator

/// One verification on each provider, with a home of its own that is thrown away.
struct DemoTour: Sendable {
    let invocation: Invocation
    let simulation: Simulation

    private static let providers = ["legitsms", "ismscode", "smscode", "virtualsms"]
    private static let keptVariables: Set = ["MOONLINE_PROVIDERS", "MOONLINE_RUNTIME_DIR"]

    /// - Throws: `MoonlineError` of the first verification that fails.
    func run() async throws(MoonlineError) {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let result = await withTaskGroup(
            of: MoonlineError?.self, returning: MoonlineError?.self
        ) { group in
            group.addTask {
                do throws(MoonlineError) {
                    try await simulation.run { port in continuation.yield(port) }
                    return nil
                } catch {
                    return error
                }
            }
            group.addTask {
                for await port in ports {
                    do throws(MoonlineError) {
                        try await visit(port: port)
                        return nil
                    } catch {
                        return error
                    }
                }
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if let result { throw result }
    }

    private func visit(port: Int) async throws(MoonlineError) {
        let home = FileManager.default.temporaryDirectory
            .appending(path: "moonline-demo-\(ProcessInfo.processInfo.processIdentifier)").path
        defer { try? FileManager.default.removeItem(atPath: home) }
        var configuration = invocation.configuration
        configuration.home = .folder(home)
        // No account of the user's own takes part, neither by its variables nor by its files.
        configuration.environment = configuration.environment.filter { name, _ in
            Self.keptVariables.contains(name)
                || !name.hasPrefix("MOONLINE_") && name != "CREDENTIALS_DIRECTORY"
        }
        for (name, value) in simulation.variables(port: port) {
            configuration.environment[name] = value
        }
        let engine = try await Engine(configuration: configuration)
        do throws(MoonlineError) {
            try await visit(with: engine)
        } catch {
            await engine.shutDown()
            throw error
        }
        await engine.shutDown()
    }

    private func visit(with engine: Engine) async throws(MoonlineError) {
        let console = invocation.console
        let style = console.style
        if !console.isJSON {
            console.print(
                style.bold(
                    "Four providers, one command each: buy a number, wait for its "
                        + "code, report it as used."))
        }
        var table = Table(["PROVIDER", "PHONE", "CODE", "PRICE", "SECONDS"], rightAligned: [3, 4])
        for provider in Self.providers {
            if !console.isJSON {
                console.print(
                    "\n" + style.dim("$ ") + "moonline verify --service whatsapp "
                        + "--country ID --provider \(provider)")
            }
            let start = invocation.clock.now()
            let report = VerificationReport(invocation)
            let request = VerificationRequest(
                service: "whatsapp", countries: ["ID"], providers: [provider]
            )
            let orders = DemoResult()
            try await report.spinning { () async throws(MoonlineError) in
                let order = try await engine.verify(request) { await report.show($0) }
                report.verified(order)
                orders.set(order)
            }
            report.finish()
            guard let order = orders.order else { continue }
            let tenths = ((invocation.clock.now() - start).milliseconds + 50) / 100
            table.add([
                provider, order.phone, order.code ?? "", order.price?.description ?? "not told",
                "\(tenths / 10).\(tenths % 10)",
            ])
        }
        guard !console.isJSON else { return }
        console.print("")
        for line in table.lines(style) { console.print(line) }
        console.print(
            "\n" + style.green("4 numbers verified") + ", at \(simulation.configuration.speed)"
                + " times the speed of life. With an account of yours: moonline verify --help")
    }
}
