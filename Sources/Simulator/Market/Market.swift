/// What a provider sells, at which prices and under which rules.
struct Market: Sendable {
    let provider: SimulatedProvider
    let currency: Currency
    let services: [Service]
    let countries = Country.all
    /// What the provider adds to the common price.
    let marginCents: Int64
    /// How long an order waits for its message; iSMScode says "typically 15-20 minutes".
    let lifetime: Duration
    /// How old an order must be to be cancelled or swapped.
    let hold: Duration
    /// Per key; SMSCode and VirtualSMS document theirs, the others have room.
    let requestsPerMinute: Int
    let orderNames: OrderNames

    init(_ provider: SimulatedProvider) {
        self.provider = provider.accountHolder
        let common = Service.all.filter { $0.slug != "amazon" }
        switch provider {
        case .legitSMS:
            currency = .dollar
            services = common
            marginCents = 0
            lifetime = .seconds(20 * 60)
            hold = .zero
            requestsPerMinute = 600
            orderNames = .counted(from: 214_589_001)
        case .iSMScode:
            currency = .dollar
            services = Service.all.filter { $0.slug != "tiktok" }
            marginCents = 5
            lifetime = .seconds(15 * 60)
            hold = .zero
            requestsPerMinute = 600
            orderNames = .prefixed("num_", count: 9)
        case .smsCode:
            currency = .rupiah
            services = common
            marginCents = 3
            lifetime = .seconds(15 * 60)
            hold = .zero
            requestsPerMinute = 300
            orderNames = .prefixed("ord_", count: 12)
        case .virtualSMS, .virtualSMSLegacy:
            currency = .dollar
            services = common
            marginCents = -10
            lifetime = .seconds(20 * 60)
            hold = .seconds(120)
            requestsPerMinute = provider == .virtualSMS ? 60 : 600
            orderNames = .unique
        }
    }

    /// The price in minor units of the market's currency.
    func price(of service: Service, in country: Country) -> Int64 {
        minorUnits(cents: service.baseCents + country.surchargeCents + marginCents)
    }

    func minorUnits(cents: Int64) -> Int64 {
        switch currency {
        case .dollar: cents
        // About 15,000 rupiah to the dollar.
        case .rupiah: cents * 150
        }
    }

    /// The stock at the start: different everywhere, and none for Facebook in Russia.
    func openingStock(of service: Service, in country: Country) -> Int {
        if service.slug == "facebook" && country.iso == "RU" { return 0 }
        return 40 + (country.number * 31 + service.platform * 137) % 900
    }

    func service(code: String) -> Service? {
        services.first { $0.code == code }
    }

    func country(number: String) -> Country? {
        countries.first { String($0.number) == number }
    }

    func country(iso: String) -> Country? {
        countries.first { $0.iso == iso.uppercased() }
    }
}
