/// What the journal keeps of a token's pace: enough for any later owner to keep the limits and the
/// minimums, written once a second and not with every request.
public struct PaceRecord: Sendable, Hashable, Codable {
    /// Nothing left after it: it is reserved ahead before anything leaves.
    public var horizon: Instant
    /// Whether the owner ended in order, so that the rest is exact and not only a lower bound.
    public var isReleased: Bool
    /// Nothing leaves before.
    public var pausedUntil: Instant
    /// When each limit is unused again.
    public var arrivals: [String: Instant]
    /// When each order was last looked at.
    public var looks: [String: Instant]
    /// Any order may have been looked at up to then.
    public var lookFloor: Instant
    /// The clocks when this was written.
    public var written: HostTime

    /// A record of a pace.
    public init(
        horizon: Instant, isReleased: Bool, pausedUntil: Instant, arrivals: [String: Instant],
        looks: [String: Instant], lookFloor: Instant, written: HostTime
    ) {
        self.horizon = horizon
        self.isReleased = isReleased
        self.pausedUntil = pausedUntil
        self.arrivals = arrivals
        self.looks = looks
        self.lookFloor = lookFloor
        self.written = written
    }

    /// How far ahead an owner reserves: one commit a second.
    public static let reservation = Duration.seconds(1)
    /// No pause is longer: what `Retry-After` may say at most.
    static let pauseMaximum = Duration.seconds(15 * 60)

    /// The same record in the words of a clock that may have been set meanwhile.
    ///
    /// Within one boot the steady clock tells how much time really passed; one that went back is
    /// that of another boot, whatever its name. After another boot only
    /// bounds are left: a reservation is a second long, a pause a quarter of an hour.
    public func translated(to now: HostTime) -> PaceRecord {
        var record = self
        if written.boot == now.boot, now.uptime >= written.uptime {
            let shift = (now.wall - written.wall) - (now.uptime - written.uptime)
            guard shift != .zero else { return self }
            record.horizon = horizon + shift
            record.pausedUntil = pausedUntil + shift
            record.arrivals = arrivals.mapValues { $0 + shift }
            record.looks = looks.mapValues { $0 + shift }
            record.lookFloor = lookFloor > .distantPast ? lookFloor + shift : lookFloor
        } else {
            record.horizon = now.wall
            record.pausedUntil = min(pausedUntil, now.wall + Self.pauseMaximum)
            record.arrivals = [:]
            record.looks = looks.mapValues { min($0, now.wall) }
            record.lookFloor = min(lookFloor, now.wall)
            record.isReleased = false
        }
        record.written = now
        return record
    }

    /// The later of two records of one token, of which each knows something.
    public func merged(with other: PaceRecord) -> PaceRecord {
        var record = other.horizon > horizon ? other : self
        record.pausedUntil = max(pausedUntil, other.pausedUntil)
        record.arrivals = arrivals.merging(other.arrivals, uniquingKeysWith: max)
        record.looks = looks.merging(other.looks, uniquingKeysWith: max)
        record.lookFloor = max(lookFloor, other.lookFloor)
        return record
    }
}

/// A machine's clocks at one moment: the wall clock, which may be set, and the time since its boot.
public struct HostTime: Sendable, Hashable, Codable {
    /// What the wall clock shows.
    public var wall: Instant
    /// How long the machine has been up, sleep included.
    public var uptime: Duration
    /// Names the boot.
    public var boot: String

    /// The clocks at one moment.
    public init(wall: Instant, uptime: Duration, boot: String) {
        self.wall = wall
        self.uptime = uptime
        self.boot = boot
    }
}
