import OrderKernel
import Testing

/// A record of a pace in the words of a clock that was set meanwhile, within one boot.
struct PaceRecordTests {
    private static let start = SampleMachine.start
    private static let jumps: [Duration] = [
        .zero, .milliseconds(1), .milliseconds(-1), .seconds(30), .seconds(-30),
        .seconds(3_600), .seconds(-3_600), .seconds(31_536_000), .seconds(-31_536_000),
    ]

    /// Written at the true start plus 10 s.
    private static func record(_ machine: SampleMachine) -> PaceRecord {
        let base = machine.wall(start)
        return PaceRecord(
            horizon: base + .seconds(11), isReleased: false, pausedUntil: base + .seconds(45),
            arrivals: ["300/60000/all": base + .seconds(12), "10/60000/buy": base - .seconds(3)],
            looks: ["A1": base + .seconds(9), "A2": base - .seconds(100)],
            lookFloor: base + .seconds(2), written: machine.time(at: start + .seconds(10))
        )
    }

    @Test(arguments: jumps, [0, 1, 250, 5_000, 86_400_000] as [Int64])
    func `L1 L2 L3 within a boot every instant stays where it really was`(
        _ jump: Duration,
        _ later: Int64
    ) {
        var machine = SampleMachine()
        let record = Self.record(machine)
        machine.offset = jump
        let now = machine.time(at: Self.start + .seconds(10) + .milliseconds(later))
        var expected = Self.record(machine)
        expected.written = record.translated(to: now).written
        #expect(record.translated(to: now) == expected)
        #expect(expected.isReleased == record.isReleased)
    }

    // A container that was started anew may count its time from there, under its host's boot.
    @Test func `L1 a steady clock that went back is that of another boot`() {
        let machine = SampleMachine()
        let record = Self.record(machine)
        var now = machine.time(at: Self.start + .seconds(20))
        now.uptime = .seconds(3)
        let translated = record.translated(to: now)
        #expect(translated.horizon == now.wall)
        #expect(translated.arrivals.isEmpty && !translated.isReleased)
        #expect(translated.pausedUntil <= now.wall + .seconds(900))
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `L1 L2 L3 however often the clock is set, the record means the same`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var machine = SampleMachine()
        let first = Self.record(machine)
        var record = first
        var instant = Self.start + .seconds(10)
        for _ in 0..<200 {
            machine.offset = .milliseconds(Int64.random(in: -9_000_000...9_000_000, using: &random))
            instant = instant + .milliseconds(Int64.random(in: 0...100_000, using: &random))
            record = record.translated(to: machine.time(at: instant))
            #expect(record.horizon == machine.wall(Self.start) + .seconds(11))
            #expect(record.pausedUntil == machine.wall(Self.start) + .seconds(45))
            #expect(record.looks["A1"] == machine.wall(Self.start) + .seconds(9))
        }
        machine.offset = .zero
        record = record.translated(to: machine.time(at: instant))
        record.written = first.written
        #expect(record == first)
    }

    @Test(arguments: [false, true])
    func `whether the owner ended in order is known for a boot`(_ isReleased: Bool) {
        var machine = SampleMachine()
        var record = Self.record(machine)
        record.isReleased = isReleased
        machine.offset = .seconds(3_600)
        let now = machine.time(at: Self.start + .seconds(20))
        #expect(record.translated(to: now).isReleased == isReleased)
    }

    @Test(arguments: jumps)
    func `an order that was never looked at is none that was, whatever the clock`(
        _ jump: Duration
    ) {
        var machine = SampleMachine()
        let desk = TokenDesk(limits: [], record: nil)
        let record = desk.release(at: machine.time(at: Self.start))
        machine.offset = jump
        let next = TokenDesk(
            limits: [], record: record.translated(to: machine.time(at: Self.start + .seconds(1))))
        #expect(next.lastLook(at: "A1") == nil)
    }

    @Test
    func `of two records the stricter part of each counts`() {
        let machine = SampleMachine()
        let left = Self.record(machine)
        var right = left
        right.horizon = left.horizon + .seconds(1)
        right.isReleased = true
        right.pausedUntil = left.pausedUntil - .seconds(1)
        right.arrivals = ["300/60000/all": Self.start, "60/60000/all": Self.start]
        right.looks = ["A1": Self.start + .seconds(10), "A3": Self.start]
        right.lookFloor = left.lookFloor + .seconds(3)
        for merged in [left.merged(with: right), right.merged(with: left)] {
            #expect(merged.horizon == right.horizon)
            #expect(merged.isReleased)
            #expect(merged.pausedUntil == left.pausedUntil)
            #expect(merged.lookFloor == right.lookFloor)
            #expect(
                merged.arrivals == [
                    "300/60000/all": Self.start + .seconds(12), "60/60000/all": Self.start,
                    "10/60000/buy": Self.start - .seconds(3),
                ])
            #expect(
                merged.looks == [
                    "A1": Self.start + .seconds(10), "A2": Self.start - .seconds(100),
                    "A3": Self.start,
                ])
        }
    }

    @Test
    func `L1 a reservation counts against an earlier note that the owner ended`() {
        let machine = SampleMachine()
        let reserved = Self.record(machine)
        var released = reserved
        released.isReleased = true
        released.horizon = reserved.horizon - .milliseconds(600)
        #expect(!reserved.merged(with: released).isReleased)
        #expect(!released.merged(with: reserved).isReleased)
    }
}
