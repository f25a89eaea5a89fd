import Foundation
import Logging
import NIOCore
import OrderKernel
import Simulator

/// A simulator, with the variables that lead the engine to it.
struct Simulation: Sendable {
    let configuration: SimulatorConfiguration
    let logger: Logger

    /// Runs until the task is cancelled.
    ///
    /// - Throws: `MoonlineError` with `invalid` when the port is taken.
    func run(
        onListening: @escaping @Sendable (Int) async -> Void
    ) async throws(MoonlineError) {
        let server = SimulatorServer(configuration: configuration, logger: logger)
        do {
            try await server.run(onListening: onListening)
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw MoonlineError(
                .invalid,
                "the port \(configuration.port) is taken; choose another "
                    + "with --port, 0 takes a free one")
        } catch let error as IOError where error.errnoCode == EACCES {
            throw MoonlineError(
                .invalid,
                "the port \(configuration.port) needs more rights; choose "
                    + "one above 1023")
        } catch is CancellationError {
            throw MoonlineError(.cancelled, "the simulator was stopped")
        } catch {
            throw MoonlineError(.internal, "the simulator failed (\(error))")
        }
    }

    /// Credentials, origins and a pace that fits the speed.
    func variables(port: Int) -> [(name: String, value: String)] {
        let accounts: [(String, String, SimulatedProvider, Int, Int)] = [
            ("LEGITSMS", "API_KEY", .legitSMS, 60, 2000),
            ("ISMSCODE", "API_KEY", .iSMScode, 60, 5000),
            (
                configuration.speaksContract ? "SMSCODE_V2" : "SMSCODE", "TOKEN", .smsCode, 300,
                5000
            ),
            ("VIRTUALSMS", "API_KEY", .virtualSMS, 60, 3000),
            ("VIRTUALSMS_LEGACY", "API_KEY", .virtualSMSLegacy, 10, 6000),
        ]
        return accounts.flatMap { name, credential, provider, limit, interval in
            let key = configuration.keys[provider.accountHolder]?.first ?? ""
            var variables = [
                (name: "MOONLINE_\(name)_\(credential)", value: key),
                (name: "MOONLINE_\(name)_BASE_URL", value: "http://127.0.0.1:\(port)"),
            ]
            if configuration.speed > 1 {
                variables += [
                    (name: "MOONLINE_\(name)_LIMIT", value: "\(limit * configuration.speed)/1m"),
                    (
                        name: "MOONLINE_\(name)_POLL_EVERY",
                        value: "\(max(1, interval / configuration.speed))ms"
                    ),
                ]
            }
            return variables
        }
    }
}
