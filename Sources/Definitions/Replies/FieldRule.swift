import LuaSandbox

/// How one field of the normal form is found in a reply.
struct FieldRule: Sendable, Hashable {
    let name: String
    let source: Source

    /// What an item has for the field, where no function and no table of meanings decides it.
    func plainValue(of item: JSON, keys: [String]) -> JSON? {
        switch source {
        case .path(let path): path.value(in: item)
        case .key(let position): position <= keys.count ? .string(keys[position - 1]) : nil
        case .translation, .constant, .function, .messages: nil
        }
    }

    enum Source: Sendable, Hashable {
        case path(FieldPath)
        /// The key of an object that the list went through: `$1`, `$2`.
        case key(Int)
        /// A path, and what its raw values mean.
        case translation(FieldPath, [String: String])
        case constant(String)
        case function(LuaFunction)
        /// The list of messages, with the rules of one message, and which of them is the newest
        /// where no times tell.
        case messages(EachPath, [FieldRule], newest: MessagePlace)

        /// Whether an item has what is read.
        ///
        /// - Parameter looks: grows by the keys that may have to be compared for it.
        func finds(in value: JSON?, counting looks: inout Int) -> Bool {
            switch self {
            case .path(let path), .translation(let path, _):
                value.flatMap { path.value(in: $0, counting: &looks) } != nil
            case .messages(let each, _, _): value.flatMap { try? each.items(in: $0) } != nil
            case .constant: false
            case .key, .function: true
            }
        }

        /// Whether the file gives the value itself, in the normal form.
        var isAuthors: Bool {
            switch self {
            case .constant, .function: true
            default: false
            }
        }
    }
}

/// A place in a list of messages.
enum MessagePlace: String, Sendable, Hashable, CaseIterable {
    case first, last
}
