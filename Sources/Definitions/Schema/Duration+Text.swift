extension Duration {
    /// Reads `500ms`, `5s`, `2m`, `1h` or `14d`; a fraction such as `1.5s` is fine.
    package init?(text: String) {
        let number = text.prefix { $0.isNumber || $0 == "." }
        let unit: Double =
            switch text.dropFirst(number.count) {
            case "ms": 1
            case "s": 1000
            case "m": 60_000
            case "h": 3_600_000
            case "d": 86_400_000
            default: 0
            }
        guard unit > 0, let value = Double(number), value * unit < 1e12 else { return nil }
        self = .milliseconds(Int64((value * unit).rounded(.up)))
    }

    /// The shortest text that reads back as the same duration.
    package var text: String {
        let seconds = components.seconds.multipliedReportingOverflow(by: 1000)
        // Beyond some hundred million years the seconds alone are as good.
        guard !seconds.overflow, seconds.partialValue < .max - 1000 else {
            return "\(components.seconds)s"
        }
        let fraction = components.attoseconds / 1_000_000_000_000_000
        let milliseconds = seconds.partialValue + fraction
        for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)]
        where milliseconds > 0 && milliseconds % Int64(size) == 0 {
            return "\(milliseconds / Int64(size))\(unit)"
        }
        return "\(milliseconds)ms"
    }
}
