/// The rules in force; each request is struck by the first that fits it.
struct FaultBook: Sendable {
    private(set) var rules: [FaultRule]

    mutating func add(_ rule: FaultRule) {
        rules.append(rule)
    }

    mutating func clear() {
        rules.removeAll()
    }

    /// Takes one stroke of the first fitting rule; a rule that is used up disappears.
    mutating func take(
        for provider: SimulatedProvider,
        _ operation: SimulatedOperation
    ) -> FaultKind? {
        guard let index = rules.firstIndex(where: { $0.strikes(provider, operation) }) else {
            return nil
        }
        let kind = rules[index].kind
        switch rules[index].count {
        case 0: break
        case 1: rules.remove(at: index)
        default: rules[index].count -= 1
        }
        return kind
    }
}
