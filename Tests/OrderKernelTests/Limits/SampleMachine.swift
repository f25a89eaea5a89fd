import OrderKernel

/// A machine whose wall clock is set now and then, beside the time that really passes.
struct SampleMachine {
    /// When the true time begins.
    static let start = Instant(milliseconds: 1_774_124_100_000)

    /// How far the wall clock is ahead of the true time.
    var offset: Duration = .zero
    private(set) var boot = 1
    private var bootedAt = start - .seconds(86_400)

    /// All clocks at a true instant.
    func time(at instant: Instant) -> HostTime {
        HostTime(wall: instant + offset, uptime: instant - bootedAt, boot: "boot \(boot)")
    }

    /// What the wall clock shows at a true instant.
    func wall(_ instant: Instant) -> Instant { instant + offset }

    mutating func reboot(at instant: Instant) {
        boot += 1
        bootedAt = instant
    }
}
