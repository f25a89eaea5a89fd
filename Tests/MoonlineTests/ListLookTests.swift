import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// A provider that can be asked for all open orders, and not for one.
struct ListLookTests {
    private static let request = BuyRequest(service: "telegram", country: "US")

    private static func reads(_ network: SimulatedNetwork) -> Int {
        network.requests.count { $0.path.hasPrefix("/list") }
    }

    private static func stage(
        page: Int? = nil,
        top: String = "",
        listsByFunction: Bool = false
    ) -> DefinitionStage {
        DefinitionStage(
            id: "rows",
            definition: """
                return provider {
                  api = 1, id = "rows", name = "Rows", version = "1",
                  base_url = "https://rows.example", currency = "USD", lifetime = "20m",
                  polling = { first = "2s", every = "4s" }, settles_within = "20s", \(top)
                  aliases = { services = { telegram = "t" }, countries = { US = "us" } },
                  errors = { "error", too_late = "refused" },
                  operations = {
                    offers = { get = "/offers?s={service}&c={country}", each = "$[]",
                      reply = { price = "price", available = "count" } },
                    buy = { post = "/buy?s={service}&c={country}",
                      reply = { id = "id", phone = "phone", price = "price" } },
                    \(listsByFunction ? "list = function() return call.rows {} end, rows" : "list")
                      = { get = "/list", each = "$[]",\(page.map { " page = \($0)," } ?? "")
                      reply = { id = "id", phone = "phone", code = "code",
                        status = { "status", open = "waiting", done = "received" } } },
                    cancel = { post = "/orders/{id}/cancel" },
                  },
                }
                """)
    }

    @Test func `a code is read in the list where no order can be asked for by itself`() throws {
        let model = RowModel()
        try Self.stage().run(model.answer) { engine, network, clock in
            model.codes.withLock { $0["1"] = "48213" }
            let order = try await engine.verify(
                VerificationRequest(service: "telegram", countries: ["US"]))
            #expect(order.code == "48213")
            #expect(!network.requests.contains { $0.path.contains("/orders/") })
        }
    }

    @Test func `L2 one list tells of all orders that are waited for`() throws {
        let model = RowModel()
        try Self.stage().run(model.answer) { engine, network, clock in
            var numbers: [Number] = []
            for _ in 0..<6 { numbers.append(try await engine.buy(Self.request)) }
            let begin = clock.now()
            let shownAt = begin + .seconds(40)
            let told = await withTaskGroup(of: (String?, Instant).self) { group in
                for number in numbers {
                    group.addTask { (try? await number.code(within: .seconds(90)), clock.now()) }
                }
                group.addTask {
                    try? await clock.sleep(until: shownAt)
                    model.codes.withLock { codes in
                        for id in 1...6 { codes["\(id)"] = "48\(id)" }
                    }
                    return (nil, begin)
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(told.compactMap(\.0)) == Set((1...6).map { "48\($0)" }))
            // A list each four seconds, and a moment for the answer.
            #expect(told.allSatisfy { $0.1 < shownAt + .seconds(6) })
            let reads = network.requests.filter { $0.path.hasPrefix("/list") }.map(\.at)
            #expect(zip(reads, reads.dropFirst()).allSatisfy { $1 - $0 >= .seconds(4) })
        }
    }

    @Test func `an order that the list denies for a minute is lost, and its money due`() throws {
        let model = RowModel()
        try Self.stage().run(model.answer) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            model.isHidden.withLock { $0 = true }
            let begin = clock.now()
            let error = await #expect(throws: MoonlineError.self) {
                try await number.code(within: .seconds(300))
            }
            #expect(error?.code == .notFound)
            #expect(clock.now() - begin >= .seconds(60))
            let order = try await engine.number(number.id).order
            #expect(order.state == .lost && order.refund == .due)
        }
    }

    @Test(arguments: [200, 404, 410, 503])
    func `a list that is down or full denies nothing`(status: Int) throws {
        let model = RowModel()
        try Self.stage(page: 2).run(model.answer) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            model.isHidden.withLock { $0 = true }
            model.strangers.withLock { $0 = ["901", "902"] }
            model.status.withLock { $0 = status }
            let error = await #expect(throws: MoonlineError.self) {
                try await number.code(within: .seconds(300))
            }
            #expect([.unavailable, .protocol].contains(error?.code))
            #expect(status != 200 || error?.message.contains("does not reach back to") == true)
            try await engine.abandon(number.id)
            _ = try await engine.sweep(until: clock.now() + .seconds(100))
            #expect(try await engine.number(number.id).order.state != .lost)
        }
    }

    @Test func `a row that cannot be read costs the others nothing`() throws {
        let model = RowModel()
        try Self.stage().run(model.answer) { engine, _, clock in
            let first = try await engine.buy(Self.request)
            let second = try await engine.buy(Self.request)
            model.codes.withLock { $0["1"] = "48213" }
            model.oddities.withLock { $0["2"] = "archived" }
            #expect(try await first.code(within: .seconds(10)) == "48213")
            let error = await #expect(throws: MoonlineError.self) {
                try await second.code(within: .seconds(300))
            }
            #expect(error?.code == .protocol && error?.message.contains("'archived'") == true)
            #expect(try await engine.number(second.id).order.state != .lost)
        }
    }

    // Where a function made the list of another one, nobody knows what its rows hide.
    @Test(arguments: [(false, ErrorCode.notFound), (true, .protocol)])
    func `a row that cannot be read but has an id is not that of another order`(
        _ row: (listsByFunction: Bool, code: ErrorCode)
    ) throws {
        let model = RowModel()
        let stage = Self.stage(listsByFunction: row.listsByFunction)
        try stage.run(model.answer) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            model.isHidden.withLock { $0 = true }
            model.strangers.withLock { $0 = ["901", "902"] }
            model.oddities.withLock { $0["902"] = "archived" }
            let error = await #expect(throws: MoonlineError.self) {
                try await number.code(within: .seconds(300))
            }
            #expect(error?.code == row.code)
        }
    }

    @Test(arguments: [["902"], ["901", "902"]], [false, true])
    func `M2 a list with a row that cannot be read settles nothing`(
        rows: [String],
        listsByFunction: Bool
    ) throws {
        let model = RowModel()
        try Self.stage(listsByFunction: listsByFunction).run(model.answer) { engine, _, clock in
            model.isSilent.withLock { $0 = true }
            model.strangersAtBuy.withLock { $0 = rows }
            model.oddities.withLock { $0["902"] = "archived" }
            _ = try? await engine.buy(Self.request)
            let lost = try #require(try await engine.openPurchases().first)
            _ = try await engine.sweep(until: clock.now() + .seconds(200))
            #expect(try await engine.openPurchases() == [lost])
            model.strangers.withLock { $0 = [] }
            _ = try await engine.sweep(until: clock.now() + .seconds(60))
            #expect(try await engine.openPurchases().isEmpty)
            #expect(try await engine.orders().isEmpty)
        }
    }

    @Test func `O4 an order that has left the list is not cancelled for that`() throws {
        let model = RowModel()
        let stage = Self.stage()
        try stage.run(model.answer) { engine, network, clock in
            let number = try await engine.buy(Self.request)
            model.isHidden.withLock { $0 = true }
            // As a run leaves it that was killed.
            try stage.change("UPDATE \"order\" SET attendant = 'gone'")
            _ = try await engine.sweep(until: clock.now() + .seconds(200))
            #expect(!network.requests.contains { $0.path.hasSuffix("/cancel") })
            #expect(try await engine.number(number.id).order.state == .lost)
        }
    }

    @Test func `what a killed run left is given back while others wait for codes`() throws {
        let model = RowModel()
        let stage = Self.stage()
        try stage.run(model.answer) { engine, network, clock in
            for _ in 0..<4 { _ = try await engine.buy(Self.request) }
            try stage.change("UPDATE \"order\" SET attendant = 'gone'")
            let awaited = try await engine.buy(Self.request)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await awaited.code(within: .seconds(200)) }
                group.addTask { _ = try? await engine.sweep(until: clock.now() + .seconds(60)) }
                await group.next()
                group.cancelAll()
            }
            #expect(network.requests.count { $0.path.hasSuffix("/cancel") } == 4)
            #expect(Self.reads(network) <= 10, "one list is for all of them")
        }
    }

    @Test func `O4 a message that an edited file reads is looked for before a cancel`() throws {
        let model = RowModel()
        let stage = Self.stage()
        try stage.run(model.answer) { engine, network, _ in
            let first = try await engine.buy(Self.request)
            try stage.edit("-- Edited.\n" + stage.definition)
            #expect(await engine.reloadDefinitions() == [])
            let second = try await engine.buy(Self.request)
            model.codes.withLock { $0["1"] = "48213" }
            _ = try? await second.code(within: .seconds(10))
            // What another reading says is not believed.
            #expect(try await engine.orders().first?.code == nil)
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.cancel(first.id)
            }
            #expect(error?.code == .refused)
            #expect(try await engine.number(first.id).order.code == "48213")
            #expect(!network.requests.contains { $0.path.hasSuffix("/cancel") })
        }
    }

    @Test func `a code that another one's list showed is told at the deadline`() throws {
        let model = RowModel()
        try Self.stage().run(model.answer) { engine, network, clock in
            let first = try await engine.buy(Self.request)
            let second = try await engine.buy(Self.request)
            let reads = Self.reads(network)
            model.codes.withLock { $0["2"] = "48213" }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await first.code(within: .seconds(60)) }
                while Self.reads(network) == reads {
                    try? await clock.sleep(until: clock.now() + .milliseconds(10))
                }
                // That list is on its way, and the next one is too late.
                let code = try? await second.code(within: .seconds(3))
                #expect(code == "48213")
                group.cancelAll()
            }
            #expect(Self.reads(network) == reads + 1)
        }
    }

    @Test func `M2 a look in the list closes no purchase that its key may still settle`() throws {
        let model = RowModel()
        let key = #"idempotency = { header = "idempotency-key", within = "5h" },"#
        try Self.stage(top: key).run(model.answer) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            model.isSilent.withLock { $0 = true }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await engine.buy(Self.request) }
                group.addTask { try? await clock.sleep(until: clock.now() + .seconds(40)) }
                await group.next()
                group.cancelAll()
            }
            let lost = try #require(try await engine.openPurchases().first)
            _ = try? await number.code(within: .seconds(200))
            #expect(try await engine.openPurchases() == [lost])
            model.isSilent.withLock { $0 = false }
            _ = try await engine.sweep(until: clock.now() + .seconds(60))
            #expect(try await engine.openPurchases().isEmpty)
            #expect(try await engine.orders().count == 2)
        }
    }

    @Test(arguments: [false, true])
    func `O4 a number whose message the list shows is not given back`(isRefused: Bool) throws {
        let model = RowModel()
        try Self.stage().run(model.answer) { engine, network, clock in
            let number = try await engine.buy(Self.request)
            // It comes before the cancel, or while it is on its way.
            if isRefused {
                model.codesAtCancel.withLock { $0["1"] = "48213" }
            } else {
                model.codes.withLock { $0["1"] = "48213" }
            }
            try await engine.abandon(number.id)
            _ = try await engine.sweep(until: clock.now() + .seconds(300))
            let order = try await engine.number(number.id).order
            #expect(order.code == "48213" && order.refund != .due)
            let cancels = network.requests.count { $0.path.hasSuffix("/cancel") }
            #expect(cancels == (isRefused ? 1 : 0))
        }
    }
}

/// Sells orders from 1 on, and shows them in its list.
private final class RowModel: Sendable {
    let codes = Mutex<[String: String]>([:])
    /// Codes that come with the cancel of their order, which is refused then.
    let codesAtCancel = Mutex<[String: String]>([:])
    /// Rows of orders that somebody else made.
    let strangers = Mutex<[String]>([])
    /// What the list says of orders that it says something strange of.
    let oddities = Mutex<[String: String]>([:])
    /// Rows of others that come while a purchase is on its way which is not answered.
    let strangersAtBuy = Mutex<[String]>([])
    let isHidden = Mutex(false)
    let status = Mutex(200)
    /// Whether purchases are neither carried out nor answered.
    let isSilent = Mutex(false)
    private let sold = Mutex(0)

    func answer(_ request: SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
        let parts = request.path.split(separator: "?")[0].split(separator: "/").map(String.init)
        switch parts.last {
        case "offers": return .answer(status: 200, body: #"[{"price":0.5,"count":9}]"#)
        case "buy" where isSilent.withLock(\.self):
            strangers.withLock { $0 = strangersAtBuy.withLock(\.self) }
            return .silence
        case "buy":
            let id = sold.withLock { sold in
                sold += 1
                return sold
            }
            return .answer(
                status: 200, body: #"{"id":\#(id),"phone":"+1415555010\#(id)","price":0.5}"#)
        case "list": return list()
        case "cancel": return cancel(parts[1])
        default: return .answer(status: 404, body: "{}")
        }
    }

    private func cancel(_ id: String) -> SimulatedNetwork.Reply {
        guard let code = codesAtCancel.withLock({ $0[id] }) else {
            return .answer(status: 200, body: "{}")
        }
        codes.withLock { $0[id] = code }
        return .answer(status: 409, body: #"{"error":"too_late"}"#)
    }

    private func list() -> SimulatedNetwork.Reply {
        let status = status.withLock(\.self)
        if status != 200 { return .answer(status: status, body: "{}") }
        let own = isHidden.withLock(\.self) ? [] : (0..<sold.withLock(\.self)).map { "\($0 + 1)" }
        let rows = (own + strangers.withLock(\.self)).map { id in
            let code = codes.withLock { $0[id] }
            let status = oddities.withLock { $0[id] } ?? (code == nil ? "open" : "done")
            return """
                {"id":\(id),"phone":"+1415555010\(id)","status":"\(status)",
                 "code":\(code.map { #""\#($0)""# } ?? "null")}
                """
        }
        return .answer(status: 200, body: "[\(rows.joined(separator: ","))]")
    }
}
