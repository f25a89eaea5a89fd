import OrderKernel

/// What is going to happen, soonest first; a binary heap.
struct ReferenceEvents: Sendable {
    /// What happens to an order, which is named by its place among all orders.
    enum Event: Sendable, Hashable {
        /// A message comes, unless the number was exchanged since.
        case message(order: Int, exchanges: Int, code: String?)
        /// The order runs out.
        case expiry(order: Int)
        /// Its refund is booked.
        case refund(order: Int)
    }

    private struct Entry: Sendable {
        let at: Instant
        let number: Int
        let event: Event

        static func < (left: Self, right: Self) -> Bool {
            (left.at, left.number) < (right.at, right.number)
        }
    }

    private var heap: [Entry] = []
    private var scheduled = 0

    /// When something happens next.
    var next: Instant? { heap.first?.at }

    /// Adds an event; of two at one instant the one that was added first happens first.
    mutating func schedule(_ event: Event, at instant: Instant) {
        heap.append(Entry(at: instant, number: scheduled, event: event))
        scheduled += 1
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the next event if it has happened by `instant`.
    mutating func take(until instant: Instant) -> (at: Instant, event: Event)? {
        guard let first = heap.first, first.at <= instant else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (first.at, first.event)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
