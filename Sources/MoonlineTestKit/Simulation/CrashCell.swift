/// One cell of the crash matrix: where a single verification is struck, what the provider's answer
/// to the purchase comes to, and when the next process begins.
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
    }

    /// When the next process begins.
    package enum Restart: String, Sendable, Hashable, CaseIterable {
        case atOnce, afterHold, afterExpiry, twice
    }

    package let point: Point
    package let outcome: Outcome
    package let restart: Restart

    /// Whether it strikes at a request, and not at the disk.
    package var isAtNetwork: Bool { if case .disk = point { false } else { true } }

    /// A cell by its three choices.
    package init(_ point: Point, _ outcome: Outcome, _ restart: Restart) {
        self.point = point
        self.outcome = outcome
        self.restart = restart
    }

    /// Every cell for a run that has so many requests and operations of the disk.
    ///
    /// At the disk, where the purchase's outcome matters less, each crash is tried with two
    /// outcomes. Between two operations a crash after the one is a crash before the other.
    package static func all(_ extent: Extent) -> [CrashCell] {
        var cells: [CrashCell] = []
        for outcome in Outcome.allCases {
            for restart in Restart.allCases {
                for number in 1...max(1, extent.requests) {
                    for point in [Point.departure(number), .execution(number), .reply(number)] {
                        cells.append(CrashCell(point, outcome, restart))
                    }
                }
            }
        }
        for crash in [SimulatedDisk.Crash.killBefore, .losePowerBefore, .losePowerDuring] {
            for number in extent.operations {
                cells.append(CrashCell(.disk(number, crash), .answered, .atOnce))
                cells.append(CrashCell(.disk(number, crash), .replyLost, .afterHold))
            }
        }
        return cells
    }

    /// What a verification that nothing strikes does.
    package struct Extent: Sendable, Hashable {
        package let requests: Int
        /// The operations of the disk from its first request on: what comes before makes the tables
        /// and is the same for all.
        package let operations: ClosedRange<Int>

        /// The same run with the operations that make the tables.
        package var fromTheBeginning: Extent {
            Extent(requests: requests, operations: 1...operations.upperBound)
        }
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
        case .garbage:
            return NetworkFate(
                arrival: there, ending: .spoiled("<html>"), latency: back, label: "garbage")
        }
    }
}
