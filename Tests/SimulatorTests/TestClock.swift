import Synchronization

/// A clock that stands until a test moves it.
final class TestClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_774_123_200_000)

    @Sendable func now() -> Int64 {
        milliseconds.withLock { $0 }
    }

    func advance(seconds: Int64) {
        milliseconds.withLock { $0 += seconds * 1000 }
    }
}
