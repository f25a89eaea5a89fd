/// One figure: how often a piece of work runs, as the median of several rounds.
struct Benchmark: Sendable {
    let name: String
    let unit: String
    /// How many units one call of the work does.
    let unitsPerCall: Int
    let work: @Sendable () async throws -> Void

    /// Rounds of which the median is printed: a shared machine has slow moments.
    private static let rounds = 5
    private static let roundLength = Duration.milliseconds(400)

    /// Runs the rounds and returns the line to print.
    func line() async throws -> String {
        let clock = ContinuousClock()
        var rates: [Double] = []
        for _ in 0..<Self.rounds {
            let start = clock.now
            var calls = 0
            while clock.now - start < Self.roundLength {
                try await work()
                calls += 1
            }
            rates.append(Double(calls * unitsPerCall) / ((clock.now - start) / .seconds(1)))
        }
        let median = rates.sorted()[rates.count / 2]
        return "\(name): \(Int(median)) \(unit)"
    }
}
