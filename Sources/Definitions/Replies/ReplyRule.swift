import LuaSandbox

/// How an operation's reply becomes its result.
struct ReplyRule: Sendable, Hashable {
    var shape: Shape
    /// Where the paths begin.
    var value: FieldPath?
    /// Which replies are a success, beside the HTTP status.
    var success: SuccessRule?
    /// The operation's own entries first, then the file's.
    var errors: ErrorMap
    /// Provider codes, messages and HTTP statuses that prove that a purchase was not carried out.
    var nothingBought: Set<String> = []

    enum Shape: Sendable, Hashable {
        /// Nothing is read; success is all that counts.
        case nothing
        /// The whole value is the result.
        case whole
        case record([FieldRule])
        case list(EachPath, [FieldRule])
        case text([TextPattern])
        case function(LuaFunction)

        /// Whether a reply has anything of what is read; what functions read is not known.
        func finds(in value: JSON?) -> Bool {
            switch self {
            case .nothing: return false
            case .record(let rules):
                // Where too much would have to be compared, reading ends with an error.
                var looks = 0
                return rules.contains {
                    $0.source.finds(in: value, counting: &looks) || looks > RecordRoom.looksMaximum
                }
            case .whole, .list, .text, .function: return true
            }
        }

        /// The fields that functions of the file read.
        var fieldsByFunction: [String] {
            switch self {
            case .record(let rules), .list(_, let rules):
                rules.filter { if case .function = $0.source { true } else { false } }.map(\.name)
            case .nothing, .whole, .text, .function: []
            }
        }

        var isText: Bool { if case .text = self { true } else { false } }
    }
}

/// Whether a reply says that it succeeded.
struct SuccessRule: Sendable, Hashable {
    let path: FieldPath
    let accepted: Set<String>
    let refused: Set<String>

    func holds(for body: JSON) -> Bool {
        let value = path.value(in: body)?.text
        if let value, refused.contains(value) { return false }
        return accepted.isEmpty || value.map(accepted.contains) == true
    }
}
