/// The services that callers can name, and the ways providers name them.
package enum ServiceTable {
    /// Every known service, grouped by kind.
    package static let all: [Service] = content.services

    /// Rows that could not be read, which a test keeps empty.
    static let unreadableRows: [String] = content.unreadable

    /// The service with a slug, in upper or lower case.
    package static func service(slug: String) -> Service? {
        bySlug[slug.lowercased()]
    }

    /// The service that `text` names: its slug, its name or another of its names.
    ///
    /// Case, accents, punctuation and spaces do not matter. A text that lists several names, such
    /// as "Google, YouTube, Gmail" or "OpenAI (ChatGPT)", is found when its first name is known and
    /// no other of its names belongs to another service.
    package static func service(named text: String) -> Service? {
        if let service = byName[NameKey(text)] { return service }
        let parts = text.split { ",/+()[];|".contains($0) }.map { NameKey($0) }
            .filter { !$0.isEmpty }
        guard parts.count > 1, let service = byName[parts[0]] else { return nil }
        return parts.allSatisfy { byName[$0] ?? service == service } ? service : nil
    }

    /// The service with a code of the sms-activate API.
    package static func service(smsActivate code: String) -> Service? {
        bySmsActivate[code]
    }

    /// The services with a name near `text`, nearest first; empty when none is near.
    package static func nearest(to text: String, limit: Int) -> [Service] {
        NearestNames.elements(near: NameKey(text), among: nameEntries, limit: limit)
    }

    /// Reads the rows of the table.
    static func read(rows: [String]) -> (services: [Service], unreadable: [String]) {
        var services: [Service] = []
        var unreadable: [String] = []
        for row in rows {
            if let service = Service(row: row) {
                services.append(service)
            } else {
                unreadable.append(row)
            }
        }
        return (services, unreadable)
    }
}

extension ServiceTable {
    private static let content = read(
        rows: TableText.lines(of: [social, accounts, shops, money])
    )

    private static let bySlug = Dictionary(
        all.map { ($0.slug, $0) }, uniquingKeysWith: { first, _ in first }
    )

    private static let bySmsActivate = Dictionary(
        all.compactMap { service in service.smsActivate.map { ($0, service) } },
        uniquingKeysWith: { first, _ in first }
    )

    private static let nameEntries: [(key: NameKey, element: Service)] = all.flatMap { service in
        ([service.slug, service.name] + service.otherNames).map { (NameKey($0), service) }
    }

    private static let byName: [NameKey: Service] = Dictionary(
        nameEntries.map { ($0.key, $0.element) }, uniquingKeysWith: { first, _ in first }
    )
}
