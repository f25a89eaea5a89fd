import LuaSandbox
import Moonline
import OrderKernel
import Synchronization

/// Tells what happens during the main job: live on a terminal, plain lines in a pipe, JSON Lines.
final class VerificationReport: Sendable {
    private struct State {
        var orders: Set<String> = []
        var boughtAt: [String: Instant] = [:]
        var result: Order?
    }

    private let console: Console
    private let clock: any EngineClock
    private let spinner: Spinner
    private let state = Mutex(State())

    init(_ invocation: Invocation) {
        console = invocation.console
        clock = invocation.clock
        spinner = Spinner(console: console, clock: clock)
    }

    /// The orders that this run made.
    var orders: Set<String> { state.withLock { $0.orders } }

    func spinning(
        _ work: () async throws(MoonlineError) -> Void
    ) async throws(MoonlineError) {
        try await spinner.spinning(work)
    }

    func verified(_ order: Order) { state.withLock { $0.result = order } }

    /// The last line, once everything is settled; nothing after a failure.
    func finish() {
        guard let order = state.withLock({ $0.result }) else { return }
        if console.isJSON { console.print(Documents.done(order)) }
    }

    func show(_ event: VerificationEvent) async {
        if case .number(let order, _) = event {
            let now = clock.now()
            state.withLock { state in
                state.orders.insert(order.id)
                state.boughtAt[order.id] = now
            }
        }
        if console.isJSON { showJSON(event) } else { showText(event) }
    }

    private func seconds(since order: Order) -> Duration {
        clock.now() - (state.withLock { $0.boughtAt[order.id] } ?? order.createdAt)
    }

    private func showJSON(_ event: VerificationEvent) {
        switch event {
        case .searching: console.print(Documents.event("searching", []))
        case .skipped(let error):
            console.print(Documents.setback("skipped", error, account: error.provider))
        case .offers(let offers):
            console.print(
                Documents.event("offers", [.init("count", .number(String(offers.count)))])
            )
        case .buying(let offer):
            console.print(Documents.event("buying", [.init("offer", Documents.offer(offer))]))
        case .refused(let offer, let error):
            console.print(Documents.setback("refused", error, account: offer.account))
        case .number(let order, _): console.print(Documents.number(order))
        case .looked: break
        case .gaveUp(let order, let error):
            console.print(
                Documents.setback("gave_up", error, account: order.account, order: order.id))
        case .code(let order, let code):
            console.print(Documents.code(order, code, after: seconds(since: order)))
        case .finished: break
        case .finishFailed(let order, let error):
            console.print(
                Documents.setback("finish_failed", error, account: order.account, order: order.id))
        }
    }

    private static func fate(of order: Order) -> String {
        switch order.state {
        case .cancelled:
            order.refund == .due
                ? "the number is cancelled, its money is awaited" : "the number is given back"
        case .waiting, .received:
            order.isCancelWanted
                ? "the number is given back as soon as it can be" : "the number is still open"
        case .finished, .expired, .lost: "the order is over"
        }
    }

    private func showText(_ event: VerificationEvent) {
        let style = console.style
        switch event {
        case .searching: spinner.set("asking for offers")
        case .skipped(let error):
            console.note("\(error.provider ?? "account") is left out: \(error.message)")
        case .offers(let offers): showOffers(offers)
        case .buying(let offer):
            let price = offer.price.map { " for \($0)" } ?? ""
            spinner.set(
                "buying a \(offer.service) number in \(offer.country) from "
                    + "\(offer.account)\(price)")
        case .refused(let offer, let error):
            console.note(
                "\(offer.account) \(offer.country): \(error.message); trying the next offer")
        case .number(let order, let until): showNumber(order, until)
        case .looked: break
        case .gaveUp(let order, let error):
            console.note("\(order.phone): \(error.code.meaning); \(Self.fate(of: order))")
            spinner.set("trying the next offer")
        case .code(let order, let code):
            if console.isTerminal {
                let time = Spinner.clockText(seconds(since: order))
                console.print(
                    "  code    \(style.bold(style.green(code)))   \(style.dim("after \(time)"))")
            } else {
                console.print(code)
            }
            spinner.set("reporting the code as used")
        case .finished(let order):
            if console.isTerminal { console.print("  order   \(order.id), finished\n") }
        case .finishFailed(let order, let error):
            console.note(
                "the code is good, but \(order.account) could not be told that it is used: "
                    + error.message)
        }
    }

    private func showOffers(_ offers: [Offer]) {
        guard console.isTerminal, let first = offers.first else { return }
        let accounts = Set(offers.map(\.account)).count
        let price = first.price.map { ", from \($0)" } ?? ""
        let found = "\(offers.count.counted("offer")) of \(accounts.counted("account"))"
        console.note(console.style.dim(found + price))
    }

    private func showNumber(_ order: Order, _ until: Instant) {
        if console.isTerminal {
            for line in NumberCard(order: order, style: console.style).lines { console.print(line) }
        } else {
            console.print(order.phone)
        }
        spinner.set("waiting for the code on \(order.phone)", until: until)
    }
}
