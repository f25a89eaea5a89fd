import Definitions
import LuaSandbox
import Moonline
import OrderKernel

/// The objects that `--json` prints.
enum Documents {
    static func money(_ money: Money?) -> JSON {
        guard let money else { return .null }
        return .object([
            .init("amount", .string(money.amount.description)),
            .init("currency", .string(money.currency)),
        ])
    }

    static func order(_ order: Order) -> JSON {
        .object([
            .init("id", .string(order.id)),
            .init("provider", .string(order.provider)),
            .init("account", .string(order.account)),
            .init("remote_id", .string(order.remoteID)),
            .init("phone", .string(order.phone)),
            .init("service", .string(order.service)),
            .init("country", .string(order.country)),
            .init("state", .string(order.state.rawValue)),
            .init("code", text(order.code)),
            .init("message", text(order.message)),
            .init("price", money(order.price)),
            .init("refund", .string(order.refund.rawValue)),
            .init("created_at", .string(order.createdAt.rfc3339)),
            .init("expires_at", .string(order.expiresAt.rfc3339)),
        ])
    }

    /// A purchase without an order, in the same shape.
    static func purchase(_ purchase: Purchase) -> JSON {
        .object([
            .init("id", .string(purchase.id)),
            .init("provider", .string(purchase.provider)),
            .init("account", .string(purchase.account)),
            .init("remote_id", .null),
            .init("phone", .null),
            .init("service", .string(purchase.service)),
            .init("country", .string(purchase.country)),
            .init("state", .string(state(of: purchase))),
            .init("code", .null),
            .init("message", .null),
            .init("price", money(purchase.price)),
            .init("refund", .string(Refund.none.rawValue)),
            .init("created_at", .string(purchase.createdAt.rfc3339)),
            .init("expires_at", .null),
        ])
    }

    /// What people are told: one that is being sent is as unknown as one that was lost.
    static func state(of purchase: Purchase) -> String {
        switch purchase.state {
        case .unresolved: "unresolved"
        case .writtenOff, .absent: purchase.state.name
        case .intended, .sending, .accepted, .refused, .unknown, .adopted: "unknown"
        }
    }

    static func offer(_ offer: Offer) -> JSON {
        .object([
            .init("provider", .string(offer.provider)),
            .init("account", .string(offer.account)),
            .init("service", .string(offer.service)),
            .init("country", .string(offer.country)),
            .init("price", money(offer.price)),
            .init("available", offer.available.map { .number(String($0)) } ?? .null),
        ])
    }

    static func number(_ order: Order) -> JSON {
        event(
            "number",
            [
                .init("order", .string(order.id)),
                .init("phone", .string(order.phone)),
                .init("provider", .string(order.provider)),
                .init("account", .string(order.account)),
                .init("service", .string(order.service)),
                .init("country", .string(order.country)),
                .init("price", money(order.price)),
                .init("expires_at", .string(order.expiresAt.rfc3339)),
            ])
    }

    /// A code that came when nobody waited for it any more.
    static func lateCode(_ order: Order) -> JSON {
        event(
            "late_code",
            [
                .init("order", .string(order.id)), .init("code", text(order.code)),
                .init("message", text(order.message)), .init("phone", .string(order.phone)),
                .init("provider", .string(order.provider)),
                .init("account", .string(order.account)),
                .init("service", .string(order.service)), .init("country", .string(order.country)),
            ])
    }

    static func code(_ order: Order, _ code: String, after duration: Duration) -> JSON {
        let tenths = (max(duration.milliseconds, 0) + 50) / 100
        return event(
            "code",
            [
                .init("order", .string(order.id)),
                .init("code", .string(code)),
                .init("message", text(order.message)),
                .init("phone", .string(order.phone)),
                .init("provider", .string(order.provider)),
                .init("account", .string(order.account)),
                .init("service", .string(order.service)),
                .init("country", .string(order.country)),
                .init("seconds", .number("\(tenths / 10).\(tenths % 10)")),
            ])
    }

    static func done(_ order: Order) -> JSON {
        event(
            "done",
            [
                .init("order", .string(order.id)), .init("state", .string(order.state.rawValue)),
            ])
    }

    static func error(_ error: MoonlineError) -> JSON {
        .object([
            .init("code", .string(error.code.rawValue)),
            .init("message", .string(error.message)),
            .init("provider", text(error.provider)),
        ])
    }

    /// What goes on although something failed with an account, or with an order of it.
    static func setback(
        _ name: String,
        _ error: MoonlineError,
        account: String?,
        order: String? = nil
    ) -> JSON {
        var members: [JSON.Member] = [.init("account", text(account))]
        if let order { members.append(.init("order", .string(order))) }
        return event(name, members + [.init("error", self.error(error))])
    }

    static func problem(_ problem: DefinitionProblem) -> JSON {
        event(
            "problem",
            [
                .init("file", .string(problem.file)),
                .init("line", .number(String(problem.line))),
                .init("key", .string(problem.keyPath)),
                .init("message", .string(problem.message)),
            ])
    }

    static func event(_ name: String, _ members: [JSON.Member]) -> JSON {
        .object([.init("event", .string(name))] + members)
    }

    static func headers(_ headers: [ProviderRequest.Parameter]) -> JSON {
        .array(
            headers.map {
                .object([.init("name", .string($0.name)), .init("value", .string($0.value))])
            })
    }

    static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}
