/// A fault and the requests that it befalls.
public struct FaultRule: Sendable, Equatable {
    /// What goes wrong.
    public var kind: FaultKind

    /// The only interface that is struck; all of them when nil.
    public var provider: SimulatedProvider?

    /// The only operation that is struck; all of them when nil.
    public var operation: SimulatedOperation?

    /// How many requests are struck; 0 is for ever.
    public var count: Int

    /// Creates a rule; by default it strikes the next request, whatever that is.
    public init(
        kind: FaultKind,
        provider: SimulatedProvider? = nil,
        operation: SimulatedOperation? = nil,
        count: Int = 1
    ) {
        self.kind = kind
        self.provider = provider
        self.operation = operation
        self.count = count
    }

    /// Reads `KIND[:PROVIDER][:OPERATION][:COUNT]`.
    ///
    /// For example `lost:smscode:buy` or `500:check:3`. Each part after the kind may be left out;
    /// `any` stands for every provider or operation.
    ///
    /// - Throws: `FaultRuleError`, which names the part and the words allowed there.
    public init(argument: String) throws(FaultRuleError) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
            .map(String.init)
        self.init(kind: try Self.kind(named: parts.first ?? ""))
        var rest = parts.dropFirst()
        if let part = rest.first, part == "any" || SimulatedProvider(rawValue: part) != nil {
            provider = SimulatedProvider(rawValue: part)
            rest.removeFirst()
        }
        if let part = rest.first, part == "any" || SimulatedOperation(rawValue: part) != nil {
            operation = SimulatedOperation(rawValue: part)
            rest.removeFirst()
        }
        if let part = rest.first, let number = Int(part) {
            guard number >= 0 else { throw FaultRuleError(countOutOfRange: part) }
            count = number
            rest.removeFirst()
        }
        if let part = rest.first {
            throw FaultRuleError(unexpected: part, in: argument)
        }
    }

    static func kind(named name: String) throws(FaultRuleError) -> FaultKind {
        guard let kind = FaultKind(rawValue: name) else {
            throw FaultRuleError(unknown: "kind", name, among: FaultKind.allCases.map(\.rawValue))
        }
        return kind
    }

    static func provider(named name: String) throws(FaultRuleError) -> SimulatedProvider? {
        if name == "any" { return nil }
        guard let provider = SimulatedProvider(rawValue: name) else {
            let names = SimulatedProvider.allCases.map(\.rawValue)
            throw FaultRuleError(unknown: "provider", name, among: names)
        }
        return provider
    }

    static func operation(named name: String) throws(FaultRuleError) -> SimulatedOperation? {
        if name == "any" { return nil }
        guard let operation = SimulatedOperation(rawValue: name) else {
            let names = SimulatedOperation.allCases.map(\.rawValue)
            throw FaultRuleError(unknown: "operation", name, among: names)
        }
        return operation
    }

    func strikes(_ provider: SimulatedProvider, _ operation: SimulatedOperation) -> Bool {
        (self.provider ?? provider) == provider && (self.operation ?? operation) == operation
    }
}
