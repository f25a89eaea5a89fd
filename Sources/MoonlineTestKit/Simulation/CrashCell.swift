/// One cell of the crash matrix: where a single call is struck, what the provider's answer to a
/// purchase comes to, and when the next process begins.
package struct CrashCell: Sendable, Hashable {
    /// Where the process or the power ends.
    package enum Point: Sendable, Hashable {
        /// At a numbered request: before it leaves, once it is carried out, before its answer.
        case departure(Int), execution(Int), reply(Int)
        /// At a numbered operation of the disk: between each two writes and syncs, and half-way.
        case disk(Int, SimulatedDisk.Crash)
    }

    /// What the purchase meets.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        case answered, replyLost, requestLost, failsBefore, failsAfter, late, garbage
        case truncated, unanswered, throttled
    }

    /// When the next process begins.
    package enum Restart: String, Sendable, Hashable, CaseIterable {
        case atOnce, afterHold, afterExpiry, twice
    }

    package let point: Point
    package let outcome: Outcome
    package let restart: Restart
    /// Which purchase has that outcome, counted from 1.
    package let purchase: Int

    /// Whether it strikes at a request, and not at the disk.
    package var isAtNetwork: Bool { if case .disk = point { false } else { true } }

    /// A cell by its choices.
    package init(
        _ point: Point, _ outcome: Outcome, _ restart: Restart, purchase: Int = 1
    ) {
        self.point = point
        self.outcome = outcome
        self.restart = restart
        self.purchase = purchase
    }
}

extension NetworkFate {
    /// What a purchase of a cell meets.
    static func of(_ outcome: CrashCell.Outcome, timeout: Duration) -> NetworkFate {
        let (there, back) = (Duration.milliseconds(40), Duration.milliseconds(60))
        switch outcome {
        case .answered:
            return NetworkFate(arrival: there, ending: .reply, latency: back, label: "ok")
        case .replyLost:
            return NetworkFate(arrival: there, ending: .broken, latency: back, label: "reply lost")
        case .requestLost:
            return NetworkFate(ending: .broken, latency: back, label: "request lost")
        case .failsBefore:
            return NetworkFate(ending: .status(503), latency: back, label: "503 before")
        case .failsAfter:
            return NetworkFate(
                arrival: there, ending: .status(500), latency: back, label: "500 after")
        case .late:
            return NetworkFate(
                arrival: timeout + .seconds(5), ending: .silence, latency: timeout, label: "late")
        case .truncated:
            return NetworkFate(
                arrival: there, ending: .spoiled(#"{"id":"#), latency: back, label: "truncated")
        case .unanswered:
            return NetworkFate(
                arrival: there, ending: .silence, latency: timeout, label: "unanswered")
        case .throttled:
            return NetworkFate(ending: .paused(5), latency: there, label: "throttled")
        case .garbage:
            return NetworkFate(
                arrival: there, ending: .spoiled("<html>"), latency: back, label: "garbage")
        }
    }
}
