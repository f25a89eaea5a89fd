/// What is sold: numbers of a country for a service.
public struct ReferenceProduct: Sendable, Hashable {
    /// Whose messages the number receives.
    public let service: String
    /// Where the number belongs.
    public let country: String

    /// A product by its two names.
    public init(service: String, country: String) {
        self.service = service
        self.country = country
    }

    /// What a message of the service says.
    ///
    /// Without a code it has no digit at all, so that nothing in it can be taken for one.
    func text(code: String?) -> String {
        let name = service.prefix(1).uppercased() + service.dropFirst()
        guard let code else { return "\(name): this number is being checked, please wait" }
        return "Your \(name) code is \(code)"
    }
}
