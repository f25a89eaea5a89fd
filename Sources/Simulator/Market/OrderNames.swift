/// How a provider names its orders.
enum OrderNames: Sendable {
    case counted(from: Int)
    case prefixed(String, count: Int)
    case unique

    /// The name of the order with this serial number, counted from 0.
    func name(serial: Int, using generator: inout SeededGenerator) -> String {
        switch self {
        case .counted(let first):
            String(first + serial * 7)
        case .prefixed(let prefix, let count):
            prefix + generator.text(count: count, from: "abcdefghijkmnpqrstuvwxyz23456789")
        case .unique:
            generator.uuid()
        }
    }
}
