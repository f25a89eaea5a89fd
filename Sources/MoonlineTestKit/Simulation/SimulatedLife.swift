import Moonline
import OrderKernel
import Synchronization

/// The processes of one simulation: how they begin, what they want, how they end and who comes
/// after them.
final class SimulatedLife: Sendable {
    private struct State {
        var running: [UInt64: Task<Void, Never>] = [:]
        var started = 0
        var crashesLeft: Int
        var isCalm = false
        /// Processes that are to begin.
        var startsToCome = 0
        /// Losses of power that have been attended to.
        var powerLosses: Int64 = 0
        /// Operations of the disk, at which processes end, that have been attended to.
        var operations: Int64 = 0
        var isSettled = false
        var calls = 0
        var shown: [String] = []
        var random: SeededGenerator
        /// Strikes of the crash matrix so far.
        var strikes = 0
        /// After so many operations of the disk, the process that made them is stopped.
        var stopAt: Int64?
    }

    private let world: SimulatedWorld
    private let home: String
    private let providers: String
    private let seed: UInt64
    private let state: Mutex<State>

    init(world: SimulatedWorld, seed: UInt64, home: String, providers: String) {
        self.world = world
        self.seed = seed
        self.home = home
        self.providers = providers
        state = Mutex(
            State(
                crashesLeft: world.scenario.crashes,
                random: SeededGenerator(seed: seed &+ 0x11FE)))
    }

    private var scenario: Scenario { world.scenario }
    private var executor: SimulationExecutor { world.executor }

    /// Runs everything until it has come to rest.
    func live() {
        prepare()
        var steps = 0
        let isOver = executor.drain {
            steps > stepsMaximum || state.withLock { $0.isSettled && $0.running.isEmpty }
        } afterEach: {
            steps += 1
            attend()
        }
        if !isOver || steps > stepsMaximum {
            let at = executor.now.milliseconds
            let detail =
                isOver ? "there is no end of steps at \(at)" : "everything waits for nothing"
            let violation = Violation(invariant: .everythingEnds, detail: detail)
            world.state.withLock { _ = $0.violations.insert(violation) }
        }
        world.checkEnd(state.withLock { $0.shown })
    }

    /// A run has some ten thousand steps for each of its calls; a crowd, whose members wait for
    /// each other's turns, has more.
    private var stepsMaximum: Int { max(2_000_000, scenario.calls * 300_000) }

    private func prepare() {
        let starts = state.withLock { state in
            (0..<scenario.processes).map { index in
                index == 0 ? Duration.zero : state.random.duration(0...60_000)
            }
        }
        for delay in starts { start(after: delay) }
        planCrash()
        if scenario.fillsDisk {
            for (delay, isFull) in [(Duration.seconds(20), true), (.seconds(50), false)] {
                executor.schedule(at: executor.now + delay) { [world] in
                    world.disk.setCapacity(bytes: isFull ? 0 : nil)
                    world.state.withLock { $0.isDiskFull = isFull }
                }
            }
        }
        if scenario.stops {
            state.withLock { $0.stopAt = Int64(40 + $0.random.next() % 200) }
        }
        for minute in 0..<30 { planOthers(minute) }
        // Whatever happened until then, afterwards nothing goes wrong any more.
        executor.schedule(at: executor.now + Self.chaos) { [weak self] in self?.calm() }
    }

    // What happens at the provider without this client.
    private func planOthers(_ minute: Int) {
        let begin = executor.now + .seconds(60 * minute)
        func schedule(
            after delay: Duration,
            _ change: @escaping @Sendable (inout ReferenceProvider, Instant) -> Void
        ) {
            executor.schedule(at: begin + delay) { [world, executor] in
                world.state.withLock { change(&$0.provider, executor.now) }
            }
        }
        for index in 0..<scenario.foreignRequests {
            schedule(after: .milliseconds(index * 977)) { _ = $0.foreignRequest(at: $1) }
        }
        if scenario.isVolatile {
            let rise: Int64 = state.withLock { $0.random.happens(500) } ? 0 : 100_000
            let price = scenario.price + rise
            schedule(after: .seconds(7)) { provider, _ in provider.traits.price = price }
        }
        if scenario.foreignEvery > 0, minute % scenario.foreignEvery == 0 {
            let product = scenario.traits.products[0]
            // Such a sum is no sum of prices of this account's own.
            let surcharge: Int64 = minute.isMultiple(of: 2) ? 0 : 70_007
            schedule(after: .seconds(13)) {
                _ = $0.foreignPurchase(of: product, surcharge: surcharge, at: $1)
            }
        }
    }

    /// How long things go wrong: the calls are over by then, and most orders too.
    private static let chaos = Duration.seconds(30 * 60)

    // MARK: Processes

    private func start(after delay: Duration) {
        state.withLock { $0.startsToCome += 1 }
        executor.schedule(at: executor.now + delay) { [weak self] in
            self?.state.withLock { $0.startsToCome -= 1 }
            self?.startNow(isLast: false)
        }
    }

    private func startNow(isLast: Bool) {
        let isImpatient = state.withLock { !isLast && $0.random.happens(700) }
        var process = world.machine.process()
        let number = UInt64(process.number)
        let (skew, calls) = state.withLock { state in
            state.started += 1
            let limit = scenario.clockJump.milliseconds
            let skew = isLast ? Duration.zero : state.random.duration(-limit...limit)
            let calls = (0..<(isLast ? 0 : scenario.calls)).map { _ in
                state.calls += 1
                return CallPlan(number: state.calls, scenario.kind, &state.random)
            }
            return (skew, calls)
        }
        let clock = ProcessClock(executor: executor, process: number, skew: skew)
        process.clock = clock
        let place = ProcessExecutor(executor, number: number)
        let generator = Mutex(SeededGenerator(seed: seed &+ number &* 7919))
        let configuration = EngineConfiguration(
            providers: .folder(providers), home: .folder(home),
            environment: [
                "MOONLINE_\(scenario.name.uppercased())_TOKEN": Scenario.credential
            ],
            logger: SimulatedLog.logger { [world] in world.logged($0) },
            clock: clock,
            random: RandomSource { generator.withLock { $0.next() } }
        )
        // A process of the simulation: nobody else holds its first task.
        let task = Task(executorPreference: place) { [weak self, world, process] in
            let work = ProcessWork(
                configuration: configuration, world: world, process: process, executor: place,
                calls: calls, isLast: isLast, isImpatient: isImpatient)
            let shown = await work.run()
            self?.ended(number, shown, isLast: isLast)
        }
        state.withLock { $0.running[number] = task }
    }

    private func ended(_ process: UInt64, _ shown: [String], isLast: Bool) {
        state.withLock { state in
            state.running[process] = nil
            state.shown += shown
            if isLast { state.isSettled = true }
        }
        world.state.withLock { state in
            // For people only: messages name folders, which differ from run to run.
            for line in shown { state.timeline?.append("\(process) said: \(line)") }
        }
        world.machine.kill(Int(process))
    }

    // MARK: Crashes

    private func planCrash() {
        if let cell = scenario.cell { return plan(cell) }
        let plan = state.withLock { state -> (Int, UInt64, Int64)? in
            guard state.crashesLeft > 0, !state.isCalm else { return nil }
            state.crashesLeft -= 1
            return (
                Int(state.random.next() % 5), state.random.next(),
                Int64(1 + state.random.next() % 60)
            )
        }
        guard let (kind, draw, count) = plan else { return }
        // Either while numbers are bought, or any time while they are waited for.
        let events = Int(draw % 2 == 0 ? count % 12 : count) + 1
        switch kind {
        case 0: world.state.withLock { $0.crashes[.departure] = events }
        case 1: world.state.withLock { $0.crashes[.execution] = events }
        case 2: world.state.withLock { $0.crashes[.reply] = events }
        default:
            let crashes = SimulatedDisk.Crash.allCases
            world.disk.crash(crashes[Int(draw % UInt64(crashes.count))], after: count * 3)
        }
    }

    private func plan(_ cell: CrashCell) {
        let isFirst = state.withLock { state in
            defer { state.strikes += 1 }
            // A second strike comes early in the life of the second process.
            return state.strikes < (cell.restart == .twice ? 2 : 1)
        }
        guard isFirst else { return }
        world.state.withLock { state in
            switch cell.point {
            case .departure(let number): state.crashes[.departure] = number
            case .execution(let number): state.crashes[.execution] = number
            case .reply(let number): state.crashes[.reply] = number
            case .disk: break
            }
        }
        if case .disk(let number, let crash) = cell.point {
            world.disk.crash(crash, after: Int64(number))
        }
    }

    // After every step: who has died, and who comes instead.
    private func attend() {
        let operations = world.disk.operations
        let (running, isIdle) = state.withLock { state in
            defer { state.operations = operations }
            return (state.running, state.operations == operations)
        }
        var dead = world.takeStruck()
        let byDisk =
            isIdle
            ? [] : running.keys.filter { !world.isDead($0) && world.disk.isKilled($0) }.sorted()
        if !byDisk.isEmpty {
            let losses = world.disk.powerLosses
            let isPowerLost = state.withLock { state in
                defer { state.powerLosses = losses }
                return state.powerLosses != losses
            }
            if isPowerLost {
                world.losePower(byDisk)
            } else {
                for process in byDisk { world.end(process, "killed at the disk") }
            }
            dead += byDisk
        }
        for process in dead { replace(process, running[process]) }
        // What one step wrote is compared with what was there before it, not only with what is
        // there when the next request leaves.
        if !isIdle, byDisk.isEmpty { world.check("commit") }
        stopIfDue()
    }

    private func replace(_ process: UInt64, _ task: Task<Void, Never>?) {
        task?.cancel()
        let delay = state.withLock { state -> Duration? in
            guard !state.isCalm else { return nil }
            if let cell = scenario.cell { return Self.delay(cell.restart, scenario) }
            // At once, after the hold, or after the expiry of what was bought.
            switch state.random.next() % 6 {
            case 0...2: return .milliseconds(Int64(state.random.next() % 300))
            case 3: return .milliseconds(Int64(state.random.next() % 3000))
            case 4: return scenario.hold + .seconds(10)
            default: return scenario.lifetime + .seconds(30)
            }
        }
        if let delay { start(after: delay) }
        planCrash()
    }

    private static func delay(_ restart: CrashCell.Restart, _ scenario: Scenario) -> Duration {
        switch restart {
        case .atOnce, .twice: .milliseconds(10)
        case .afterHold: scenario.hold + .seconds(5)
        case .afterExpiry: scenario.lifetime + .seconds(30)
        }
    }

    private func stopIfDue() {
        let due = state.withLock { state -> UInt64? in
            guard let at = state.stopAt, world.disk.operations >= at else { return nil }
            state.stopAt = nil
            return state.running.keys.sorted().first { !world.isDead($0) }
        }
        guard let due else { return }
        world.pause(due, true)
        executor.schedule(at: executor.now + .seconds(45)) { [world] in world.pause(due, false) }
    }

    private func calm() {
        world.disk.disarm()
        world.disk.setCapacity(bytes: nil)
        world.state.withLock { state in
            state.faultsPerMille = 0
            state.crashes = [:]
            state.note(executor.now, 0, "nothing goes wrong any more")
        }
        state.withLock { $0.isCalm = true }
        waitForOthers()
    }

    // The last process begins when the others have ended, as a command the next day would.
    private func waitForOthers() {
        guard state.withLock({ $0.running.isEmpty && $0.startsToCome == 0 }) else {
            executor.schedule(at: executor.now + .seconds(5)) { [weak self] in
                self?.waitForOthers()
            }
            return
        }
        startNow(isLast: true)
    }
}

extension SimulatedWorld {
    /// Stops a process as SIGSTOP does, or lets it go on.
    func pause(_ process: UInt64, _ isStopped: Bool) {
        guard !isDead(process) else { return }
        state.withLock { $0.note(executor.now, process, isStopped ? "stopped" : "goes on") }
        executor.stop(process, isStopped)
        machine.stop(Int(process), isStopped)
    }
}
