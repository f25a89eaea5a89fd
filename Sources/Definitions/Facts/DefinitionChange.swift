/// What differs between two versions of a definition, the weightiest first.
package struct DefinitionChange: Sendable, Hashable {
    package let topic: DefinitionFact.Topic
    package let name: String
    /// `nil` for what is new.
    package let before: String?
    /// `nil` for what is gone.
    package let after: String?

    /// Whether it decides where a credential goes, or what costs money.
    package var isSensitive: Bool {
        [.host, .credential, .auth, .money, .function, .reply].contains(topic)
    }

    /// The changes from one version to another, in the order of the topics.
    package static func between(
        _ old: ProviderDefinition,
        _ new: ProviderDefinition
    ) -> [DefinitionChange] {
        struct Key: Hashable {
            let topic: DefinitionFact.Topic
            let name: String
        }
        func texts(_ definition: ProviderDefinition) -> [Key: String] {
            Dictionary(
                definition.facts.map { (Key(topic: $0.topic, name: $0.name), $0.text) },
                uniquingKeysWith: { "\($0); \($1)" })
        }
        let (before, after) = (texts(old), texts(new))
        let order = DefinitionFact.Topic.allCases
        let facts = Set(before.keys).union(after.keys)
            .filter { before[$0] != after[$0] }
            .sorted {
                (order.firstIndex(of: $0.topic) ?? 0, $0.name)
                    < (order.firstIndex(of: $1.topic) ?? 0, $1.name)
            }
            .map {
                DefinitionChange(
                    topic: $0.topic, name: $0.name, before: before[$0], after: after[$0])
            }
        return facts + replies(old, new)
    }

    // A status that means something else changes what is paid for, though all requests are alike.
    private static func replies(
        _ old: ProviderDefinition,
        _ new: ProviderDefinition
    ) -> [DefinitionChange] {
        new.operations.values.sorted { $0.name < $1.name }.compactMap { operation in
            guard case .request(_, let after) = operation.body,
                case .request(_, let before)? = old.operations[operation.name]?.body,
                before != after
            else { return nil }
            return DefinitionChange(
                topic: .reply, name: operation.name, before: "answers as the first file says",
                after: "answers in another way; compare its reply, success and errors")
        }
    }
}
