import OrderKernel
import Synchronization

/// Takes every known secret out of text, in whatever form a server may have repeated it: as it is,
/// escaped, in base64, in hexadecimal, over several lines, in lower case, backwards or in part.
///
/// It goes by bytes: a combining mark behind a key, or one byte that is no UTF-8, hides nothing.
/// Invariant I2: no secret is in what is written or shown.
package final class Redactor: Sendable {
    package static let mask = "‹redacted›"

    private struct State {
        /// Those that the user gave.
        var given: Set<SecretForms> = []
        /// The same by whose they are, as far as they are used.
        var owned: [String: Set<SecretForms>] = [:]
        var ownedIndexes: [String: SecretIndex] = [:]
        /// Those that a server gave, the newest last, by whose they are.
        var issued: [String: [Secret]] = [:]
        var index = SecretIndex([])
    }

    private let state = Mutex(State())

    /// The token in use, and the one before, which a message about its end may repeat.
    private static let issuedMaximum = 2

    package init(_ secrets: [Secret], of owner: String? = nil) {
        for secret in secrets { learn(secret, of: owner) }
    }

    /// Takes a secret out of what people see from now on, and out of what its owner's code reads.
    ///
    /// Others read it unmasked: nobody sends it to them, and a text of a stranger's choice in which
    /// it is masked would tell it, guess by guess, to whoever reads that text.
    ///
    /// - Parameter owner: the account that uses it; none does without one.
    package func learn(_ secret: Secret, of owner: String?) {
        let forms = secret.withText { SecretForms($0) }
        state.withLock { state in
            if let owner, state.owned[owner, default: []].insert(forms).inserted {
                state.ownedIndexes[owner] = SecretIndex(state.owned[owner, default: []])
            }
            if state.given.insert(forms).inserted { Self.update(&state) }
        }
    }

    /// Takes a secret that a server chose out of what people see, and out of that server's own
    /// answers.
    ///
    /// Others' answers keep it, and people see its parts: it may be a text that they have for good
    /// reason.
    ///
    /// - Parameter owner: whose it is; of each owner the last two are known.
    package func learn(_ secret: Secret, issuedTo owner: String) {
        state.withLock { state in
            var issued = state.issued[owner] ?? []
            guard !issued.contains(secret) else { return }
            issued.append(secret)
            state.issued[owner] = issued.suffix(Self.issuedMaximum)
            Self.update(&state)
        }
    }

    private static func update(_ state: inout State) {
        let issued = state.issued.values.joined().map { secret in
            secret.withText { SecretForms($0, isDivisible: false) }
        }
        state.index = SecretIndex(Array(state.given) + issued)
    }

    /// The text without secrets, for people: code of a stranger's reads what `mask` leaves.
    package func redact(_ text: String) -> String {
        mask.redact(text)
    }

    /// The bytes without secrets, for people.
    package func redact(bytes: [UInt8]) -> [UInt8] {
        mask.redact(bytes)
    }

    private var mask: AnswerMask { AnswerMask(index: state.withLock { $0.index }) }

    /// What masks an answer: the secrets of whoever asked, those that the request carried, and
    /// those that its server issued to the same owner before.
    package func mask(answering carried: [Secret] = [], to owner: String? = nil) -> AnswerMask {
        let (index, known, issued) = state.withLock { state in
            guard let owner else { return (SecretIndex([]), Set<SecretForms>(), [Secret]()) }
            return (
                state.ownedIndexes[owner] ?? SecretIndex([]), state.owned[owner] ?? [],
                state.issued[owner] ?? []
            )
        }
        let tokens = issued.map { secret in secret.withText { SecretForms($0) } }
        // What is put together from keys begins in a way that others know, such as with a name:
        // where one more character behind that were masked, it would tell the next, and so on.
        let composed = carried.filter { !issued.contains($0) }.compactMap { secret in
            secret.withText { text in
                known.contains(SecretForms(text)) ? nil : SecretForms(text, isDivisible: false)
            }
        }
        let others = tokens + composed
        return AnswerMask(
            index: known.isSuperset(of: others) ? index : SecretIndex(known.union(others)))
    }

    /// Takes secrets out of texts.
    package struct AnswerMask: Sendable {
        let index: SecretIndex

        /// The text without secrets.
        package func redact(_ text: String) -> String {
            if PlantedFault.showsKeys.isPlanted { return text }
            let bytes = Array(text.utf8)
            let ranges = index.ranges(in: bytes)
            return ranges.isEmpty
                ? text : String(decoding: Redactor.masking(ranges, in: bytes), as: UTF8.self)
        }

        /// The bytes without secrets.
        package func redact(_ bytes: [UInt8]) -> [UInt8] {
            let ranges = index.ranges(in: bytes)
            return ranges.isEmpty ? bytes : Redactor.masking(ranges, in: bytes)
        }
    }

    fileprivate static func masking(_ ranges: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
        var clean: [UInt8] = []
        var end = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound })
        where range.upperBound > end {
            if range.lowerBound >= end {
                clean += bytes[end..<range.lowerBound]
                clean += mask.utf8
            }
            end = range.upperBound
        }
        return clean + bytes[end...]
    }
}
