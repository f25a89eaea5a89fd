import Definitions
package import LuaSandbox
package import Moonline
package import OrderKernel

/// Runs one automation script.
package struct ScriptRunner: Sendable {
    private let source: String
    private let file: String
    private let limits: LuaLimits
    package static let sourceBytesMaximum = 1 << 20
    /// A job that runs each night ends before the next one begins.
    package static let durationDefault = Duration.seconds(24 * 3600)

    /// - Parameters:
    ///   - file: its name for messages.
    ///   - limits: what it may use.
    package init(source: String, file: String, limits: LuaLimits = .script) {
        self.source = StreamSafeText.decode(source.withoutByteOrderMark.utf8)
        self.file = file
        self.limits = limits
    }

    /// How a script ended.
    package struct Outcome: Sendable {
        /// What it returned.
        package let value: JSON?
        /// Why it failed.
        package let error: MoonlineError?
        /// Where a mistake was made, a line for each call.
        package let traceback: [String]
        /// The orders that it bought.
        package let orders: Set<String>
    }

    /// What the script says of itself, without running it any further; `nil` when it says nothing.
    ///
    /// - Throws: `MoonlineError` with `invalid` for a mistake, with its line.
    package func specification(
        _ engine: Engine
    ) async throws(MoonlineError) -> ScriptSpecification? {
        switch try await declaration(engine) {
        case .success(let value): return try value.map(specification)
        case .failure(let failure): throw Self.failure(failure, file).error
        }
    }

    private func specification(_ value: LuaValue) throws(MoonlineError) -> ScriptSpecification {
        try ScriptSpecification(value, SourceMap(file: file, source: source, behind: "script"))
    }

    // What the script hands to `script`, at which it is stopped; `nil` when it acts before.
    private func declaration(
        _ engine: Engine
    ) async throws(MoonlineError) -> Result<LuaValue?, LuaFailure> {
        let declared = Declaration()
        let machine = try await machine()
        do {
            _ = try await machine.run(
                source, name: file, limits: limits, exportsFunctions: true
            ) { name, arguments in
                switch name {
                case "host.declare":
                    await declared.set(arguments.first ?? .nil)
                    throw CancellationError()
                case "host.providers":
                    return [.names(engine.accountNames(with: arguments.first?.table?["with"].text))]
                case "host.print", "host.log", "host.show", "host.progress": return []
                default: throw CancellationError()
                }
            }
        } catch {
            guard error == .cancelled else { return .failure(error) }
        }
        return .success(await declared.value)
    }

    private actor Declaration {
        private(set) var value: LuaValue?
        func set(_ value: LuaValue) { self.value = value }
    }

    /// Runs the script to its end.
    ///
    /// - Parameter duration: how long it may take, waiting included.
    package func run(
        _ engine: Engine,
        arguments: [String: String],
        grants: ScriptGrants,
        output: ScriptOutput,
        within duration: Duration = Self.durationDefault
    ) async -> Outcome {
        var host: ScriptHost?
        do throws(MoonlineError) {
            guard source.utf8.count <= Self.sourceBytesMaximum else {
                throw MoonlineError(
                    .invalid, "\(file) is larger than 1 MiB; read data over http instead")
            }
            let declared: LuaValue?
            switch try await declaration(engine) {
            case .success(let value): declared = value
            case .failure(let failure): return Self.failed(failure, file, [])
            }
            let specification = try declared.map(specification)
            if specification == nil, let name = arguments.keys.sorted().first {
                throw MoonlineError(
                    .invalid, "the script takes no arguments, so '\(name)' means nothing to it")
            }
            let values = try specification?.values(of: arguments)
            let made = ScriptHost(
                engine: engine, machine: try await machine(), budget: LuaBudget(limits),
                values: values,
                grants: grants, output: output)
            host = made
            guard let outcome = try await engine.limited(to: duration, { await outcome(of: made) })
            else {
                throw MoonlineError(
                    .deadline,
                    "the script did not end within \(duration.components.seconds) s; "
                        + "`--deadline` gives it longer")
            }
            return outcome
        } catch {
            return Outcome(
                value: nil, error: error, traceback: [], orders: host?.boughtOrders ?? [])
        }
    }

    private func outcome(of host: ScriptHost) async -> Outcome {
        do {
            let values = try await host.machine.run(
                source, name: file, budget: host.budget, exportsFunctions: true
            ) { name, arguments in
                try await host.perform(name, arguments)
            }
            if values.count > 1, values[0].isAbsent, !values[1].isAbsent {
                let error = Self.error(values[1]) ?? MoonlineError(.refused, Self.text(values[1]))
                return Outcome(
                    value: nil, error: error, traceback: [], orders: host.boughtOrders)
            }
            return Self.returned(values.first ?? .nil, file, host.boughtOrders)
        } catch {
            return Self.failed(error, file, host.boughtOrders)
        }
    }

    private static func returned(
        _ value: LuaValue,
        _ file: String,
        _ orders: Set<String>
    ) -> Outcome {
        do throws(JSONError) {
            return Outcome(value: try JSON(value), error: nil, traceback: [], orders: orders)
        } catch {
            let error = MoonlineError(
                .invalid, "\(file) returns what is no data: \(error.reason)")
            return Outcome(value: nil, error: error, traceback: [], orders: orders)
        }
    }

    private func machine() async throws(MoonlineError) -> LuaMachine {
        do {
            let machine = try LuaMachine(host: ScriptHost.names)
            _ = try await machine.run(
                ScriptPrelude.source, name: ScriptPrelude.name, limits: .load)
            return machine
        } catch {
            throw MoonlineError(.internal, "the script API cannot be set up: \(error)")
        }
    }

    private static func text(_ value: LuaValue) -> String {
        value.table?["message"].text ?? value.plainText ?? "the script failed"
    }

    private static func error(_ value: LuaValue) -> MoonlineError? {
        guard let table = value.table,
            let code = table["code"].text.flatMap(ErrorCode.init(rawValue:))
        else { return nil }
        return MoonlineError(code, text(value), provider: table["provider"].text)
    }

    private static func failed(
        _ failure: LuaFailure,
        _ file: String,
        _ orders: Set<String>
    ) -> Outcome {
        let (error, traceback) = Self.failure(failure, file)
        return Outcome(value: nil, error: error, traceback: traceback, orders: orders)
    }

    private static func failure(
        _ failure: LuaFailure,
        _ file: String
    ) -> (error: MoonlineError, traceback: [String]) {
        switch failure {
        case .cancelled: return (MoonlineError(.cancelled, "the script was stopped"), [])
        case .outOfTime(let place):
            let text = "\(place?.description ?? file): computes for too long; look for a loop"
            return (MoonlineError(.invalid, text), [])
        case .tooManyCalls(let place):
            let text =
                "\(place?.description ?? file): calls otp, http, sleep or print too often; look "
                + "for a loop"
            return (MoonlineError(.invalid, text), [])
        case .outOfMemory(let place):
            let text =
                "\(place?.description ?? file): needs too much memory; keep less of it at a time"
            return (MoonlineError(.invalid, text), [])
        case .raised(let value):
            let told = value.text ?? value.table?["trace"].text.map { "\n" + $0 } ?? ""
            let lines = ScriptPrelude.withoutFrames(told)
            let traceback = Array(lines.dropFirst())
            if var error = error(value) {
                if let place = value.table?["where"].text {
                    error.message = "\(place): \(error.message)"
                }
                return (error, traceback)
            }
            let text = value.text == nil ? value : .string(lines.joined(separator: "\n"))
            return (MoonlineError(.invalid, text.failureLine), traceback)
        }
    }
}
