/// How far one process's clock is from the one that the journal is kept by.
///
/// Every process reads the wall clock once, when it begins. If the clock is set in between, two
/// processes disagree about instants while they agree about how much time has passed; what is kept
/// by one clock and read by the other would be judged too early or too late.
public struct ClockShift: Sendable, Hashable {
    /// What is added to an instant of this process to get that of the journal.
    public let offset: Duration

    /// No difference.
    public static let none = ClockShift(offset: .zero)

    /// A difference.
    public init(offset: Duration) { self.offset = offset }

    /// The difference between a boot's first process and this one.
    ///
    /// - Parameter first: what the first one's wall clock was ahead of the time since the boot.
    public init(first: Duration, time: HostTime) {
        let offset = first - time.lead
        let isNoise = offset <= Self.noiseMaximum && .zero - offset <= Self.noiseMaximum
        self.offset = isNoise ? .zero : offset
    }

    /// The time since the boot is read a moment after the wall clock, which a time server moves by
    /// little.
    private static let noiseMaximum = Duration.seconds(1)

    /// In the journal's words.
    public func kept<Value: ClockShiftable>(_ value: Value) -> Value {
        offset == .zero ? value : value.shifted(by: offset)
    }

    /// In this process's words.
    public func told<Value: ClockShiftable>(_ value: Value) -> Value {
        offset == .zero ? value : value.shifted(by: .zero - offset)
    }
}

/// What holds instants of a clock that may have been set.
public protocol ClockShiftable {
    /// The same in the words of a clock that is ahead by so much.
    func shifted(by duration: Duration) -> Self
}

extension Instant: ClockShiftable {
    /// The instant as a clock says it that is ahead by so much; the ends of time stay.
    public func shifted(by duration: Duration) -> Instant {
        self == .distantPast || milliseconds == .max ? self : self + duration
    }
}

extension HostTime {
    /// What the wall clock is ahead of the time since the boot.
    public var lead: Duration { wall - Instant.distantPast - uptime }
}
