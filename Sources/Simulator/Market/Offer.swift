/// A service in a country: what has a price and a stock.
struct Offer: Sendable, Hashable {
    let service: String
    let country: String

    init(_ service: Service, _ country: Country) {
        self.service = service.slug
        self.country = country.iso
    }

    /// The name in the configuration, for example `whatsapp/GB`.
    var name: String { "\(service)/\(country)" }
}
