import Definitions
import Journal
import LuaSandbox
import OrderKernel

/// The catalogue of one account, kept for as long as its definition allows.
struct Catalogue: Sendable {
    let client: AccountClient
    let journal: Journal

    var account: Account { client.account }

    /// Countries and services change by the week; a definition may say otherwise.
    private static let namesKeptFor = Duration.seconds(300)

    func countries(service: String? = nil) async throws(MoonlineError) -> [Record] {
        try await list(.countries, ["service": service])
    }

    func services(country: String?) async throws(MoonlineError) -> [Record] {
        try await list(.services, ["country": country])
    }

    func operators(country: String, service: String?) async throws(MoonlineError) -> [Record] {
        try await list(.operators, ["country": country, "service": service])
    }

    func offers(
        service: String?,
        country: String?,
        operatorName: String?
    ) async throws(MoonlineError) -> [Record] {
        try await list(
            .offers, ["service": service, "country": country, "operator": operatorName]
        )
    }

    private func list(
        _ operation: CommonOperation,
        _ values: [String: String?]
    ) async throws(MoonlineError) -> [Record] {
        let values = values.compactMapValues { $0 }
        let kept =
            account.definition.cache[operation.rawValue]
            ?? (operation == .offers ? .zero : Self.namesKeptFor)
        let key = values.sorted { $0.key < $1.key }
            .reduce("\(account.baseURL) \(account.sourceHash) \(operation.rawValue)") {
                "\($0) \($1.key)=\($1.value)"
            }
        let now = client.clock.now()
        if kept > .zero,
            let answer = try await journal.catalogueAnswer(
                account: account.name, request: key, since: now - kept
            ),
            let records = Self.records(answer)
        {
            return records
        }
        let result = try await client.read(operation.rawValue, Arguments(text: values))
        if kept > .zero {
            try await journal.keepCatalogueAnswer(
                result.json.serialized, account: account.name, request: key, at: now
            )
        }
        return result.list
    }

    private static func records(_ answer: String) -> [Record]? {
        guard case .array(let items)? = try? JSON(parsing: answer) else { return nil }
        return items.compactMap { item in
            guard case .object(let members) = item else { return nil }
            let fields = members.map { ($0.key, $0.value) }
            return Record(Dictionary(fields, uniquingKeysWith: { $1 }))
        }
    }
}
