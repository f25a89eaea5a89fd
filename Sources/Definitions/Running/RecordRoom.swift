import LuaSandbox
import OrderKernel

/// What the records of one reply may take: many fields may show the same large value, which is
/// written out for each of them later.
struct RecordRoom {
    private var bytesLeft = RecordRoom.bytesMaximum
    private var fieldsLeft = RecordRoom.fieldsMaximum
    private var looksLeft = RecordRoom.looksMaximum
    /// Whether a function of the definition failed, which is no matter of one item.
    private var hasFailed = false
    private var unreadCount = 0
    private var firstUnread: [String] = []

    /// Twice the largest reply (`WireRequest.replyBytesMaximumDefault`).
    private static let bytesMaximum = 32 << 20
    /// What a value takes beside its text.
    private static let valueBytes = 16

    /// - Throws: `MoonlineError` with `protocol` when the fields are larger than any reply.
    mutating func take(_ value: JSON) throws(MoonlineError) {
        count(value)
        guard bytesLeft >= 0 else {
            throw MoonlineError(
                .protocol,
                "the fields of the reply take more than \(Self.bytesMaximum >> 20) MiB; name the "
                    + "values that are needed instead of what holds them")
        }
    }

    /// Chosen by memory: twelve million fields took 1.3 GB, so that this many take some 110 MB.
    private static let fieldsMaximum = 1_000_000
    /// Keys of objects that are compared with those of the paths: all fields with a hundred each.
    static let looksMaximum = 100 * fieldsMaximum

    /// - Throws: `MoonlineError` with `protocol` when there are more fields than are read.
    mutating func take(items: Int, fields: Int) throws(MoonlineError) {
        fieldsLeft -= items * max(1, fields)
        guard fieldsLeft >= 0 else {
            throw MoonlineError(
                .protocol,
                "the reply has \(items) items with up to \(fields) fields, more than "
                    + "\(Self.fieldsMaximum) in all; ask for fewer, by country or page")
        }
    }

    /// - Throws: `MoonlineError` with `protocol` when finding the fields takes too long.
    mutating func take(looks: Int) throws(MoonlineError) {
        looksLeft -= looks
        guard looksLeft >= 0 else {
            throw MoonlineError(
                .protocol,
                "the reply's objects have too many keys to look through for each field; begin "
                    + "deeper with value = …, or read it with a function")
        }
    }

    mutating func noteFailure() { hasFailed = true }

    /// Whether nothing more can be read.
    var isOver: Bool { hasFailed || bytesLeft < 0 || fieldsLeft < 0 || looksLeft < 0 }

    mutating func note(unread reason: String) {
        unreadCount += 1
        if unreadCount <= Self.unreadMaximum { firstUnread.append(reason) }
    }

    /// Why fields or items were left out: the first few reasons, and how many more there are.
    var unread: [String] {
        let others = unreadCount - firstUnread.count
        return firstUnread + (others > 0 ? ["and \(others) more"] : [])
    }

    private static let unreadMaximum = 4

    private mutating func count(_ value: JSON) {
        guard bytesLeft >= 0 else { return }
        bytesLeft -= Self.valueBytes + (value.text?.utf8.count ?? 0)
        switch value {
        case .array(let items): items.forEach { count($0) }
        case .object(let members):
            for member in members {
                bytesLeft -= member.key.utf8.count
                count(member.value)
            }
        default: break
        }
    }
}
