import OrderKernel
import Synchronization
import Transport

extension SimulatedWorld {
    /// Checks every invariant that can be seen now.
    ///
    /// - Returns: what the journal holds.
    @discardableResult
    func check(_ step: String) -> JournalSnapshot {
        let operations = disk.operations
        let isUnchanged = state.withLock { $0.snapshotOperations == operations }
        let read = isUnchanged ? nil : reader.withLock { $0.snapshot() }
        return state.withLock { state in
            state.tally.steps += 1
            let (before, last) = (state.durableSnapshot, state.lastSnapshot)
            let snapshot = read ?? last
            state.lastSnapshot = snapshot
            if disk.isSynced { state.isHalfCommitted = false }
            if !state.isHalfCommitted { state.durableSnapshot = snapshot }
            if isUnchanged || read != nil { state.snapshotOperations = operations }
            var found = InvariantCheck(
                before: before, after: snapshot, scenario: scenario, now: executor.now)
            // What it holds was compared when it came to hold it.
            if !isUnchanged { found.checkJournal() }
            found.checkMoney(state.provider)
            found.checkConduct(state.conduct)
            for violation in found.violations where !state.violations.contains(violation) {
                state.violations.insert(violation)
                state.note(executor.now, 0, "VIOLATION \(violation)")
            }
            for (id, purchase) in snapshot.purchases
            where last.purchases[id]?.state != purchase.state {
                state.tally.events["purchase \(purchase.state)", default: 0] += 1
            }
            return snapshot
        }
    }

    // A purchase is about to leave: it has to be written down, and the one before it settled.
    static func checkPurchase(
        _ id: String,
        _ snapshot: JournalSnapshot,
        at now: Instant,
        _ wire: WireRequest,
        _ state: inout WorldState
    ) {
        func violate(_ invariant: Invariant, _ detail: String) {
            state.violations.insert(Violation(invariant: invariant, detail: detail))
            state.note(now, 0, "VIOLATION \(invariant.rawValue) \(detail)")
        }
        guard let purchase = snapshot.purchases[id] else {
            return violate(.intentFirst, "a purchase left that is not written down")
        }
        if purchase.state != "sending", purchase.state != "unknown" {
            violate(.intentFirst, "a purchase left that is \(purchase.state)")
        }
        let latest = Instant(milliseconds: purchase.notAfter) + state.conduct.holdTolerance
        if purchase.state == "sending", now > latest {
            violate(.intentFirst, "a purchase left \(now - latest) too late")
        }
        guard let call else { return }
        state.callOfPurchase[id] = call
        if let last = state.lastPurchaseOfCall[call], last != id,
            let earlier = snapshot.purchases[last], earlier.isOpen
        {
            violate(.oneCharge, "a second purchase left while the first is \(earlier.state)")
        }
        state.lastPurchaseOfCall[call] = id
    }

    /// L5: where nothing goes wrong, no order waits longer than for eight turns of each that is
    /// open and of one request for something else.
    ///
    /// Whether somebody still waits for an order that has a message, the journal does not tell.
    func checkTurn(
        of request: ReferenceRequest,
        _ snapshot: JournalSnapshot,
        at now: Instant,
        _ state: inout WorldState
    ) {
        guard scenario.isUndisturbed, let id = request.operation.order else { return }
        let last = state.turns.updateValue(now, forKey: id) ?? state.provider.order(id)?.createdAt
        guard case .status = request.operation, let last,
            let known = snapshot.orders.values.first(where: { $0.remoteID == id }),
            known.state == "waiting", !known.isCancelWanted
        else { return }
        state.openMaximum = max(state.openMaximum, state.provider.orders.count { $0.state.isOpen })
        let turns = 8 * (state.openMaximum + 1)
        let longest = scenario.pollEvery + .seconds(60 * turns / scenario.limit)
        let gap = now - last
        guard gap > longest else { return }
        let violation = Violation(invariant: .nobodyStarves, detail: "an order waited \(gap)")
        state.violations.insert(violation)
        state.note(now, 0, "VIOLATION \(violation)")
    }

    /// A code was announced: it has to be durable.
    func announced(_ code: String, of order: String, by process: UInt64) {
        // One that a crash has struck goes on to the end of its job here, and nowhere else.
        guard !isDead(process), !disk.isKilled(process) else { return }
        let snapshot = check("announcement")
        state.withLock { state in
            state.tally.codes += 1
            state.told[order, default: []].insert(code)
            if snapshot.orders[order]?.code != code {
                let violation = Violation(
                    invariant: .codeDurable, detail: "a code was announced and is not on disk")
                state.violations.insert(violation)
                state.note(executor.now, 0, "VIOLATION \(violation)")
            }
        }
    }

    /// A process wrote a line of its log (I2).
    func logged(_ line: String) {
        guard line.contains(Scenario.credential) else { return }
        state.withLock { state in
            _ = state.violations.insert(
                Violation(invariant: .noSecretShown, detail: "the key is in the log"))
        }
    }

    /// What has to hold when everything has come to rest.
    func checkEnd(_ shown: [String]) {
        let snapshot = check("end")
        let now = executor.now
        let lastStates = reader.withLock { $0.lastStates() }
        state.withLock { state in
            for row in snapshot.rows { state.hash.add(row) }
            // What was cancelled at the very end is paid back by then.
            state.provider.advance(to: now + scenario.refundDelay)
            var found = InvariantCheck(
                before: snapshot, after: snapshot, scenario: scenario, now: now)
            found.checkRest(state.provider, told: state.told)
            found.checkEvents(lastStates)
            let journal = reader.withLock { $0.path }
            for file in [journal, journal + "-wal"] {
                found.checkSecrets(
                    disk.content(of: file), shown: shown + (state.timeline ?? []))
            }
            state.violations.formUnion(found.violations)
        }
    }
}
