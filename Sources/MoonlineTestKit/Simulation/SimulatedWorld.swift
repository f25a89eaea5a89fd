import Definitions
import Moonline
import OrderKernel
import Synchronization
import Transport

/// The world around the processes of one simulation: a provider with its ledger, a network that
/// loses, delays and repeats, and an eye on every invariant.
package final class SimulatedWorld: Sendable {
    package let scenario: Scenario
    package let executor: SimulationExecutor
    let machine = SimulatedMachine()
    let disk: SimulatedDisk
    let state: Mutex<WorldState>
    let reader: Mutex<JournalReader>
    /// Which call of the caller a purchase serves.
    @TaskLocal static var call: Int?

    init(
        scenario: Scenario, seed: UInt64, disk: SimulatedDisk, journal: String, isRecording: Bool
    ) {
        self.scenario = scenario
        self.disk = disk
        executor = SimulationExecutor(seed: seed, start: Self.start)
        let random = SeededGenerator(seed: seed &+ 0x5EED)
        let draws = Mutex(SeededGenerator(seed: seed &+ 0xFACE))
        var first = WorldState(
            provider: ReferenceProvider(
                traits: scenario.traits, at: Self.start,
                random: { draws.withLock { $0.next() } }
            ),
            conduct: ReferenceConduct(traits: scenario.traits), random: random,
            faultsPerMille: scenario.faults
        )
        first.conduct.holdTolerance = scenario.clockJump * 2
        first.timeline = isRecording ? [] : nil
        state = Mutex(first)
        reader = Mutex(JournalReader(path: journal))
    }

    /// 1 November 2026.
    static let start = Instant(milliseconds: 1_793_491_200_000)

    // MARK: One exchange

    /// Carries a request to the provider and an answer back, or whatever happens instead.
    func exchange(
        _ wire: WireRequest,
        process: UInt64
    ) async throws(MoonlineError) -> ProviderResponse {
        try wire.departure?.check()
        let request = Self.request(of: wire)
        let id = depart(request, wire, process)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.exchanges[id] != nil else { return true }
                    state.exchanges[id]?.continuation = continuation
                    return false
                }
                if isOver { continuation.resume(returning: .failure(Self.cut)) }
            }
        } onCancel: {
            finish(id, .failure(MoonlineError(.cancelled, "the request was stopped")))
        }
        let reply = try result.get()
        return ProviderResponse(
            status: reply.status,
            headers: reply.headers.map { .init($0.key, $0.value) }.sorted { $0.name < $1.name },
            body: Array(reply.body.utf8)
        )
    }

    static let cut = MoonlineError(.network, "the connection broke")

    private static func request(of wire: WireRequest) -> ReferenceRequest {
        var headers: [String: String] = [:]
        for header in wire.request.headers { headers[header.name.lowercased()] = header.value }
        for credential in wire.credentials {
            headers["authorization"] = credential.secret.withText { "Bearer " + $0 }
        }
        headers["x-simulation-purchase"] = wire.departure?.purchase
        return ReferenceRequest(
            method: wire.request.method.verb, target: wire.baseURL.path + wire.request.target,
            headers: headers,
            body: wire.request.body.map { String(decoding: $0, as: UTF8.self) } ?? ""
        )
    }

    // The request leaves: what becomes of it is decided now.
    private func depart(
        _ request: ReferenceRequest,
        _ wire: WireRequest,
        _ process: UInt64
    ) -> Int {
        let now = executor.now
        let snapshot = check("departure")
        let (id, fate) = state.withLock { state in
            state.nextExchange += 1
            let id = state.nextExchange
            guard !state.dead.contains(process) else { return (id, NetworkFate?.none) }
            state.exchanges[id] = WorldState.Exchange(process: process, request: request)
            state.tally.requests += 1
            if state.tally.requests == 1 { state.operationsBefore = disk.operations }
            checkTurn(of: request, snapshot, at: now, &state)
            state.conduct.sent(request, at: now, from: process)
            if wire.baseURL.origin != Self.origin {
                state.violations.insert(
                    Violation(invariant: .originOnly, detail: "went to \(wire.baseURL.origin)"))
            }
            if let purchase = wire.departure?.purchase {
                Self.checkPurchase(purchase, snapshot, at: now, wire, &state)
            }
            let isGet = request.method == "GET"
            var fate = NetworkFate.draw(
                &state.random, perMille: state.faultsPerMille,
                isRepeatable: isGet || request.idempotencyKey != nil,
                settlesWithin: wire.departure == nil ? .seconds(20) : scenario.settlesWithin,
                timeout: wire.timeout
            )
            if let purchase = wire.departure?.purchase, !state.departed.contains(purchase) {
                state.departed.append(purchase)
                if let cell = scenario.cell, state.departed.count == cell.purchase {
                    fate = NetworkFate.of(cell.outcome, timeout: wire.timeout)
                }
            }
            if fate.isFault { state.tally.faults += 1 }
            state.tally.events["fate \(fate.kind)", default: 0] += 1
            state.note(now, process, "\(request.method) \(request.path) [\(fate.label)]")
            Self.countDown(.departure, process, &state)
            return (id, fate)
        }
        if let fate { schedule(id, request, fate, from: now) }
        return id
    }

    private static let origin = "https://reference.example"

    private func schedule(
        _ id: Int,
        _ request: ReferenceRequest,
        _ fate: NetworkFate,
        from now: Instant
    ) {
        let endsWithExecution =
            switch fate.ending {
            case .reply, .spoiled: true
            case .status: fate.arrival != nil
            case .broken, .silence, .unreachable, .paused: false
            }
        if let arrival = fate.arrival {
            executor.schedule(at: now + arrival) { [weak self] in
                guard let self else { return }
                let reply = execute(request, id)
                guard endsWithExecution else { return }
                let shown = Self.shown(reply, fate.ending, request, id)
                let delay = fate.latency + reply.processing
                executor.schedule(at: executor.now + delay) { [weak self] in
                    self?.deliver(id, request, reply, shown)
                }
            }
        }
        if let duplicate = fate.duplicate {
            executor.schedule(at: now + duplicate) { [weak self] in
                var copy = request
                copy.isDuplicate = true
                _ = self?.execute(copy, id)
            }
        }
        guard !endsWithExecution else { return }
        executor.schedule(at: now + fate.latency) { [weak self] in
            self?.refuse(id, request, fate.ending)
        }
    }

    // Ends an exchange without an answer of the provider's own.
    private func refuse(
        _ id: Int,
        _ request: ReferenceRequest,
        _ ending: NetworkFate.Ending
    ) {
        guard case .paused(let seconds) = ending else {
            return finish(id, Self.failure(ending, request, id))
        }
        let until = executor.now + .seconds(seconds)
        var reply = ReferenceReply(status: 429, body: #"{"error":"rate_limited"}"#)
        reply.headers["retry-after"] = String(seconds)
        reply.announcements = [.pause(until: until)]
        deliver(id, request, reply, reply)
    }

    private static func shown(
        _ reply: ReferenceReply,
        _ ending: NetworkFate.Ending,
        _ request: ReferenceRequest,
        _ id: Int
    ) -> ReferenceReply {
        var shown = reply
        switch ending {
        case .status(let status): shown = gateway(status, request, id)
        case .spoiled(let body): (shown.status, shown.body, shown.headers) = (200, body, [:])
        case .reply, .broken, .silence, .unreachable, .paused: break
        }
        return shown
    }

    // What a gateway says; every other one repeats the request with its key (I2).
    private static func gateway(
        _ status: Int,
        _ request: ReferenceRequest,
        _ id: Int
    ) -> ReferenceReply {
        guard id.isMultiple(of: 2), let key = request.headers["authorization"] else {
            return ReferenceReply(status: status, body: "oops")
        }
        return ReferenceReply(status: status, body: #"{"error":"oops, \#(key)"}"#)
    }

    private static func failure(
        _ ending: NetworkFate.Ending,
        _ request: ReferenceRequest,
        _ id: Int
    ) -> Result<ReferenceReply, MoonlineError> {
        switch ending {
        case .status(let status): .success(gateway(status, request, id))
        case .silence: .failure(MoonlineError(.timeout, "the provider did not answer in time"))
        case .unreachable:
            .failure(MoonlineError(.network, "the provider cannot be reached", isUnsent: true))
        case .broken, .reply, .spoiled, .paused: .failure(cut)
        }
    }

    // The provider carries a request out, whether or not anybody still waits for it.
    private func execute(_ request: ReferenceRequest, _ id: Int) -> ReferenceReply {
        let now = executor.now
        let reply = state.withLock { state in
            let before = state.provider.orders.count
            let reply = state.provider.handle(request, at: now)
            state.tally.orders += state.provider.orders.count - before
            state.note(
                now, 0, "  carried out \(request.method) \(request.path): \(reply.status)",
                details: reply.body)
            if let exchange = state.exchanges[id] {
                Self.countDown(.execution, exchange.process, &state)
            }
            return reply
        }
        carryOutDoom()
        check("execution")
        return reply
    }

    private func deliver(
        _ id: Int,
        _ request: ReferenceRequest,
        _ reply: ReferenceReply,
        _ shown: ReferenceReply
    ) {
        let process = state.withLock { state -> UInt64? in
            guard let exchange = state.exchanges[id] else { return nil }
            Self.countDown(.reply, exchange.process, &state)
            return exchange.process
        }
        guard let process else { return }
        carryOutDoom()
        if shown == reply { bind(request, reply, process) }
        finish(id, .success(shown))
    }

    // What a reply announces binds as soon as its process could write it down, which one that is
    // stopped cannot; and while nobody can, that process.
    private func bind(
        _ request: ReferenceRequest,
        _ reply: ReferenceReply,
        _ process: UInt64,
        after delay: Duration = .milliseconds(1)
    ) {
        executor.schedule(at: executor.now + delay) { [weak self] in
            guard let self else { return }
            guard !executor.isStopped(process) else {
                return bind(request, reply, process, after: .milliseconds(100))
            }
            state.withLock { state in
                guard !state.dead.contains(process) else { return }
                state.conduct.answered(
                    request, with: reply, knownTo: state.isDiskFull ? process : nil)
            }
        }
    }

    private func finish(_ id: Int, _ result: Result<ReferenceReply, MoonlineError>) {
        let continuation = state.withLock { $0.exchanges.removeValue(forKey: id)?.continuation }
        continuation?.resume(returning: result)
    }

    /// What runs while a process is dead answers nobody.
    func cutOff(_ process: UInt64) {
        let waiting = state.withLock { state in
            state.dead.insert(process)
            let ids = state.exchanges.filter { $0.value.process == process }.keys.sorted()
            return ids.compactMap { state.exchanges.removeValue(forKey: $0)?.continuation }
        }
        for continuation in waiting { continuation.resume(returning: .failure(Self.cut)) }
    }
}

extension WorldState {
    /// Notes an event for the hash and, when asked for, for people.
    ///
    /// - Parameter details: for people only.
    mutating func note(
        _ now: Instant,
        _ process: UInt64,
        _ text: String,
        details: String = ""
    ) {
        let line = "\(now.milliseconds) \(process) \(text)"
        hash.add(line)
        timeline?.append(details.isEmpty ? line : line + " " + details)
    }
}
