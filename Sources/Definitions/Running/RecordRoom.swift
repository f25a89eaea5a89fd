import LuaSandbox
import OrderKernel

/// What the records of one reply may take: many fields may show the same large value, which is
/// written out for each of them later.
struct RecordRoom {
    private var bytesLeft = RecordRoom.bytesMaximum
    /// Why fields were left out, the first few.
    private(set) var unread: [String] = []

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

    mutating func note(unread reason: String) {
        if unread.count < Self.unreadMaximum { unread.append(reason) }
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
