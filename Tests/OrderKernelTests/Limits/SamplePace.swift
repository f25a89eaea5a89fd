import OrderKernel

extension PaceRecord {
    /// What an owner left that ended in order.
    static func sample(
        arrivals: [String: Instant] = [:],
        pausedUntil: Instant = .distantPast,
        horizon: Instant = .distantPast
    ) -> PaceRecord {
        PaceRecord(
            horizon: horizon, isReleased: true, pausedUntil: pausedUntil, arrivals: arrivals,
            looks: [:], lookFloor: .distantPast,
            written: HostTime(wall: horizon, uptime: .zero, boot: "b")
        )
    }
}
