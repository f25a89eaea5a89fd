package import OrderKernel

/// What a seed decides before anything runs: the provider, the network, and what goes wrong.
package struct Scenario: Sendable, Hashable {
    /// What the definition offers to settle a lost purchase.
    package var means: SettlementMeans
    /// Requests a minute.
    package var limit: Int
    /// The minimum between two looks at one order.
    package var pollEvery: Duration
    /// How long an order lives.
    package var lifetime: Duration
    /// How long an order cannot be cancelled.
    package var hold: Duration
    /// How much later money comes back.
    package var refundDelay: Duration
    /// By when a request that was received has been carried out.
    package var settlesWithin: Duration
    /// Whether a cancel names the amount that it gives back.
    package var namesRefund: Bool
    /// Processes that start, one after another or at once.
    package var processes: Int
    /// Verifications that each of them runs at once.
    package var calls: Int
    /// The countries that each of them tries.
    package var countries = ["US", "GB"]
    /// Orders that may be open at once.
    package var atOnce: Int
    /// What a run may spend, in millionths of a US dollar.
    package var perRun: Int64
    /// What all runs of a day may spend, in millionths of a US dollar.
    package var perDay: Int64
    /// Requests in a thousand that something happens to.
    package var faults: Int
    /// Crashes of processes and of the power that are tried.
    package var crashes: Int
    /// Whether the disk fills up once.
    package var fillsDisk: Bool
    /// Whether a process is stopped once for a while.
    package var stops: Bool
    /// How far the wall clock is set between processes, at most.
    package var clockJump: Duration
    /// What each call wants; by chance when it is `nil`.
    package var kind: CallPlan.Kind?
    /// The cell of the crash matrix that is played instead of chance.
    package var cell: CrashCell?
    /// Requests of somebody else on the same key, a minute.
    package var foreignRequests: Int
    /// Whether the provider says of what ended without a message only that it is over.
    package var isCurt: Bool
    /// Of a thousand cancels, those that are refused for no reason that is said.
    package var moods: Int
    /// What an order costs, in millionths of a US dollar.
    package var price: Int64 = 500_000
    /// Whether the price goes up and down.
    package var isVolatile: Bool
    /// What a swap costs, in millionths of a US dollar.
    package var swapFee: Int64
    /// How often somebody else buys with the same account, in minutes; never when it is 0.
    package var foreignEvery: Int
    /// Of a thousand readings of the balance, those before which the provider ends an order early.
    package var withdrawals: Int
    /// What the definition does not offer.
    package var omissions: Set<Omission>
    /// Of a thousand rows in a list, those whose status the definition does not know.
    package var oddRows = 0
    /// Whether nothing goes wrong, so that whoever waits only waits for others.
    package var isUndisturbed = false

    /// An operation that a definition may lack.
    package enum Omission: Hashable, Sendable {
        /// Orders are looked at in the list only.
        case check
        /// A number cannot be given back before its time is over.
        case cancel
        /// A number stays open at the provider once its code came.
        case finish
    }

    /// The scenario of a seed.
    package init(seed: UInt64) {
        var random = SeededGenerator(seed: seed &* 0x9E37_79B9 &+ 17)
        func pick<Value>(_ values: [Value]) -> Value {
            values[Int(random.next() % UInt64(values.count))]
        }
        means = pick([.sameKey, .list, .balance, .nothing])
        limit = pick([60, 120, 300])
        pollEvery = pick([.seconds(2), .seconds(3), .seconds(5)])
        lifetime = pick([.seconds(300), .seconds(600), .seconds(1200)])
        hold = pick([.zero, .seconds(30), .seconds(120)])
        refundDelay = pick([.zero, .seconds(5), .seconds(90)])
        settlesWithin = pick([.seconds(20), .seconds(60), .seconds(90)])
        namesRefund = random.happens(600)
        processes = pick([1, 2, 3])
        calls = pick([1, 2, 4])
        atOnce = pick([2, 6, 50])
        perRun = pick([1_000_000, 2_500_000, 20_000_000])
        faults = pick([200, 250, 350, 700])
        crashes = pick([0, 1, 1, 2, 3])
        fillsDisk = random.happens(150)
        stops = random.happens(250)
        clockJump = pick([.zero, .milliseconds(200), .seconds(60)])
        foreignRequests = pick([0, 0, 0, 10])
        isCurt = random.happens(250)
        moods = pick([0, 0, 100, 400])
        isVolatile = random.happens(300)
        swapFee = pick([0, 0, 100_000])
        // In a list nobody can tell whose a new order is, when a purchase of one's own is lost.
        foreignEvery = means == .list ? 0 : pick([0, 0, 0, 3])
        perDay = pick([50_000_000, 50_000_000, 50_000_000, 2_000_000])
        withdrawals = pick([0, 500, 1000])
        omissions = random.happens(200) ? [pick([.cancel, .finish, .cancel])] : []
        if means == .list || means == .sameKey, random.happens(300) { omissions.insert(.check) }
        // A refund at once hides a charge best, while somebody still waits for another order.
        if means == .balance, withdrawals > 0 {
            (refundDelay, settlesWithin, calls) = (.zero, .seconds(20), 4)
        }
        if random.happens(30) { self = undisturbed() }
        if !isUndisturbed { oddRows = pick([0, 0, 0, 20, 100]) }
        // Those of six digits are no sums of a few powers of two.
        price = pick([500_000, 500_000, 333_333, 470_001])
    }

    /// A crowd on a tight limit where nothing goes wrong: whether somebody starves is seen there.
    package func undisturbed() -> Scenario {
        var scenario = self
        scenario.isUndisturbed = true
        // Each order is looked at by itself.
        scenario.means = means == .list ? .nothing : means
        scenario.omissions.remove(.check)
        (scenario.calls, scenario.limit, scenario.atOnce) = (6, 60, 50)
        (scenario.perRun, scenario.perDay) = (20_000_000, 50_000_000)
        (scenario.faults, scenario.crashes, scenario.moods) = (0, 0, 0)
        (scenario.fillsDisk, scenario.stops) = (false, false)
        (scenario.foreignRequests, scenario.foreignEvery, scenario.withdrawals) = (0, 0, 0)
        return scenario
    }

    /// The same with so many verifications in each process, and caps and a limit that let them all
    /// buy: more orders for the same work.
    package func crowded(calls: Int) -> Scenario {
        var scenario = self
        (scenario.calls, scenario.countries) = (calls, ["US"])
        (scenario.limit, scenario.atOnce) = (60 * calls, 10 * calls)
        scenario.perRun = Int64(calls) * 10_000_000
        scenario.perDay = scenario.perRun * Int64(processes + crashes)
        return scenario
    }

    /// One call by one process, without any chance: what the crash matrix strikes.
    package static func single(
        _ means: SettlementMeans, _ kind: CallPlan.Kind, cell: CrashCell?
    ) -> Scenario {
        var scenario = Scenario(seed: 1)
        scenario.means = means
        (scenario.limit, scenario.pollEvery) = (300, .seconds(2))
        (scenario.lifetime, scenario.hold) = (.seconds(600), .seconds(30))
        (scenario.refundDelay, scenario.settlesWithin) = (.zero, .seconds(20))
        (scenario.processes, scenario.calls, scenario.atOnce) = (1, 1, 10)
        (scenario.perRun, scenario.faults, scenario.crashes) = (20_000_000, 0, 0)
        (scenario.fillsDisk, scenario.stops, scenario.namesRefund) = (false, false, true)
        (scenario.clockJump, scenario.foreignRequests, scenario.isCurt) = (.zero, 0, false)
        (scenario.moods, scenario.isVolatile) = (0, false)
        (scenario.swapFee, scenario.foreignEvery, scenario.withdrawals) = (0, 0, 0)
        (scenario.perDay, scenario.isUndisturbed) = (50_000_000, false)
        (scenario.omissions, scenario.oddRows, scenario.price) = ([], 0, 500_000)
        scenario.kind = kind
        scenario.cell = cell
        return scenario
    }

    /// The reference provider that plays this scenario.
    var traits: ReferenceTraits {
        var capabilities: ReferenceCapabilities = [
            .tellsStatus, .cancels, .finishes, .namesHold, .resends, .reuses, .swaps,
        ]
        switch means {
        case .sameKey:
            capabilities.insert(.honoursKey)
            if omissions.contains(.check) { capabilities.insert(.listsOrders) }
        case .list: capabilities.formUnion([.listsOrders, .tellsBalance])
        case .balance: capabilities.insert(.tellsBalance)
        case .nothing: break
        }
        if namesRefund { capabilities.insert(.namesRefund) }
        var traits = ReferenceTraits(capabilities: capabilities)
        traits.products = [
            ReferenceProduct(service: "acme", country: "us"),
            ReferenceProduct(service: "acme", country: "gb"),
        ]
        traits.limit = limit
        traits.pollMinimum = pollEvery
        traits.lifetime = lifetime
        traits.cancelHold = hold
        traits.refundDelay = refundDelay
        traits.isCurt = isCurt
        // Where it is the only place to look, it tells of a code that came at the very end.
        traits.keepsListed = omissions.contains(.check)
        traits.oddRowsPerMille = oddRows
        traits.refusalsPerMille = moods
        traits.withdrawalsPerMille = withdrawals
        (traits.price, traits.swapFee) = (price, swapFee)
        traits.credential = Self.credential
        return traits
    }

    /// A marker that must not turn up anywhere (I2).
    package static let credential = "canary-7f3a91-secret"

    /// The definition file, whose name is that of the means.
    package var definition: String {
        let check = """
                check = { get = "/orders/{id}",
                  reply = { status = statuses, code = "code", message = "message", phone = "phone",
                            revision = "revision", expires_at = "expires_at",
                            cancel_at = "cancel_at" } },
            """
        let cancel = #"cancel = { delete = "/orders/{id}", reply = { refund = "refund" } },"#
        let finish = #"finish = { post = "/orders/{id}/finish" },"#
        let list = """
                list = {
                  get = "/orders", each = "orders[]",
                  reply = { id = "id", phone = "phone", service = "service", country = "country",
                            price = "price", created_at = "created_at", expires_at = "expires_at",
                            code = "code", message = "message", status = statuses,
                            revision = "revision" },
                },
            """
        return """
            local statuses = { "status", waiting = "waiting", received = "received",
              finished = "finished", cancelled = "cancelled", expired = "expired" }
            return provider {
              api = 1, id = "\(name)", name = "Reference", version = "1",
              base_url = "https://reference.example/v1",
              credentials = { token = { label = "Token" } },
              auth = { bearer = "{token}" },
              limits = { { requests = \(limit), per = "1m" } },
              polling = { first = "\(pollEvery.milliseconds)ms",
                          every = "\(pollEvery.milliseconds)ms" },
              currency = "USD", lifetime = "\(lifetime.milliseconds)ms",
              \(hold > .zero ? "holds = { cancel = \"\(hold.milliseconds)ms\" }," : "")
              settles_within = "\(settlesWithin.milliseconds)ms", refunds_within = "30m",
              \(means == .sameKey ? "idempotency = { header = \"Idempotency-Key\" }," : "")
              aliases = { services = { telegram = "acme" }, countries = { US = "us", GB = "gb" } },
              errors = { "error", balance = "balance", no_numbers = "no_numbers",
                too_early = "too_early", retry_after = "seconds", has_message = "refused",
                closed = "closed", not_found = "not_found", in_progress = "refused",
                rate_limited = "rate_limited", no_message = "refused", key_reused = "invalid",
                not_now = "refused", not_reusable = "refused" },
              operations = {
                \(means == .list || means == .balance ? """
                    balance = { get = "/balance",
                      reply = { amount = "balance", currency = "currency" } },
                    """ : "")
                offers = { get = "/offers?service={service}&country={country}", each = "$[]",
                  reply = { service = "service", country = "country", price = "price",
                            available = "count" } },
                buy = { post = "/orders", json = { service = "{service}", country = "{country}" },
                  reply = { id = "id", phone = "phone", price = "price", created_at = "created_at",
                            expires_at = "expires_at", cancel_at = "cancel_at" } },
                \(omissions.contains(.check) ? "" : check)
                \(means == .list || omissions.contains(.check) ? list : "")
                \(omissions.contains(.cancel) ? "" : cancel)
                \(omissions.contains(.finish) ? "" : finish)
                resend = { post = "/orders/{id}/resend" },
                reuse = { post = "/orders/{id}/reuse", reply = { id = "id", phone = "phone",
                  price = "price", created_at = "created_at", expires_at = "expires_at",
                  cancel_at = "cancel_at" } },
                swap = { post = "/orders/{id}/swap",
                  reply = { phone = "phone", cancel_at = "cancel_at" } },
              },
            }
            """
    }

    /// The provider's id.
    package var name: String { "reference_\(means.rawValue)" }
}
