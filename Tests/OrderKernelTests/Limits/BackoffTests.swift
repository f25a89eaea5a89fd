import OrderKernel
import Testing

/// Documented delays are floors; jitter only adds, up to a tenth.
struct BackoffTests {
    @Test(arguments: [(0, 1), (1, 2), (2, 4), (3, 8), (4, 16)] as [(Int, Int64)])
    func `after a rate limit the delays are 1, 2, 4, 8 and 16 seconds`(
        _ repetition: Int,
        _ seconds: Int64
    ) {
        #expect(Backoff.rateLimited.delay(before: repetition, jitter: 0) == .seconds(seconds))
    }

    @Test(arguments: [5, 6, 100])
    func `after five repetitions there are no more`(_ repetition: Int) {
        #expect(Backoff.rateLimited.delay(before: repetition, jitter: 0) == nil)
        #expect(
            Backoff.rateLimited.delay(
                before: repetition, retryAfter: .seconds(1), jitter: 0
            ) == nil
        )
    }

    @Test(arguments: [(4, 16), (5, 30), (6, 30), (60, 30)] as [(Int, Int64)])
    func `the last delay doubles up to 30 seconds`(_ repetition: Int, _ seconds: Int64) {
        let patient = Backoff(
            delays: Backoff.rateLimited.delays, cap: .seconds(30), times: 100
        )
        #expect(patient.delay(before: repetition, jitter: 0) == .seconds(seconds))
    }

    @Test(arguments: [(0, 1), (1, 2), (2, 4)] as [(Int, Int64)])
    func `after a fault of the server the pattern is the same, three times`(
        _ repetition: Int,
        _ seconds: Int64
    ) {
        #expect(Backoff.unavailable.delay(before: repetition, jitter: 0) == .seconds(seconds))
        #expect(Backoff.unavailable.delay(before: 3, jitter: 0) == nil)
    }

    @Test(
        arguments: [
            (.seconds(90), .seconds(90)), (.milliseconds(1001), .milliseconds(1001)),
            (.seconds(1), .seconds(1)), (.milliseconds(1), .seconds(1)), (.zero, .seconds(1)),
            (.seconds(-5), .seconds(1)), (nil, .seconds(1)),
        ] as [(Duration?, Duration)])
    func `the longer of the delay and Retry-After counts`(
        _ retryAfter: Duration?,
        _ expected: Duration
    ) {
        let delay = Backoff.rateLimited.delay(before: 0, retryAfter: retryAfter, jitter: 0)
        #expect(delay == expected)
    }

    @Test(arguments: 0..<5, [nil, .seconds(20)] as [Duration?])
    func `jitter only adds, and at most a tenth`(
        _ repetition: Int,
        _ retryAfter: Duration?
    ) throws {
        let floor = try #require(
            Backoff.rateLimited.delay(before: repetition, retryAfter: retryAfter, jitter: 0)
        )
        var last = floor
        for jitter in stride(from: Int64(0), through: 1000, by: 50) {
            let delay = try #require(
                Backoff.rateLimited.delay(
                    before: repetition, retryAfter: retryAfter, jitter: jitter
                )
            )
            #expect(delay >= last)
            #expect(delay <= floor + floor / 10)
            last = delay
        }
        #expect(last == floor + floor / 10)
    }

    @Test(arguments: [Duration.seconds(Int64.max), .seconds(9_000_000_000_000_000)])
    func `a Retry-After beyond reason stays a wait`(_ retryAfter: Duration) throws {
        let delay = Backoff.rateLimited.delay(before: 0, retryAfter: retryAfter, jitter: 1000)
        #expect(try #require(delay) >= retryAfter)
    }
}
