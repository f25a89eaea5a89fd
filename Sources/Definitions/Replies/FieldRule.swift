import LuaSandbox

/// How one field of the normal form is found in a reply.
struct FieldRule: Sendable, Hashable {
    let name: String
    let source: Source

    enum Source: Sendable, Hashable {
        case path(FieldPath)
        /// The key of an object that the list went through: `$1`, `$2`.
        case key(Int)
        /// A path, and what its raw values mean.
        case translation(FieldPath, [String: String])
        case constant(String)
        case function(LuaFunction)
        /// The list of messages, with the rules of one message.
        case messages(EachPath, [FieldRule])

        var isFunction: Bool { if case .function = self { true } else { false } }
    }
}
