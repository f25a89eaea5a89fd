/// The requests of one key within the last window of time.
struct RateWindow: Sendable {
    let requests: Int
    let length: Int64
    private var admitted: [Int64] = []
    private var first = 0

    init(requestsPerMinute: Int, speed: Int) {
        requests = requestsPerMinute
        length = max(1, 60_000 / Int64(max(1, speed)))
    }

    /// Admits a request, or says how many milliseconds it is until one is admitted.
    mutating func admit(at now: Int64) -> Int64? {
        while first < admitted.count && admitted[first] + length <= now {
            first += 1
        }
        if first > 1024 {
            admitted.removeFirst(first)
            first = 0
        }
        guard admitted.count - first >= requests else {
            admitted.append(now)
            return nil
        }
        return admitted[first] + length - now
    }
}
