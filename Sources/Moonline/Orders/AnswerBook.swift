import OrderKernel
import Synchronization

/// Orders that a provider sold and that could not be written down, so that they are as soon as the
/// journal takes them: this process is the only one that knows them.
final class AnswerBook: Sendable {
    /// A purchase with the order that came of it.
    struct Answer: Sendable {
        let purchase: Purchase
        let order: Order
        let account: Account
    }

    private let unwritten = Mutex<[String: Answer]>([:])

    /// All of them.
    var answers: [Answer] { unwritten.withLock { Array($0.values) } }

    func keep(_ answer: Answer) {
        unwritten.withLock { $0[answer.purchase.id] = answer }
    }

    func drop(_ answer: Answer) {
        unwritten.withLock { $0[answer.purchase.id] = nil }
    }
}
