import OrderKernel

/// What the network and the provider's front do to one request.
struct NetworkFate: Sendable {
    /// What the client gets.
    enum Ending: Sendable {
        /// The provider's reply.
        case reply
        /// The reply, with a body that is cut or is no reply at all.
        case spoiled(String)
        /// Another status than the provider's, such as a gateway's.
        case status(Int)
        /// A front that counts otherwise than the provider refuses it for so many seconds.
        case paused(Int)
        /// The connection breaks.
        case broken
        /// Nothing, until the client gives up.
        case silence
        /// The connection cannot be made.
        case unreachable
    }

    /// When the provider carries it out; `nil` when it never arrives.
    var arrival: Duration?
    /// When it is carried out a second time, as a proxy does that repeats what may be repeated.
    var duplicate: Duration?
    /// When the client has its ending, counted from the execution or else from the departure.
    var ending: Ending
    var latency: Duration
    /// Its name in the timeline.
    var label: String
    /// What kind of fate it is: its name without the numbers.
    var kind: String {
        let words = label.prefix { !$0.isNumber }.split(separator: " ")
        return words.joined(separator: " ")
    }
    /// Whether something went wrong.
    var isFault: Bool { label != "ok" }

    /// - Parameters:
    ///   - perMille: how many requests in a thousand something happens to.
    ///   - isRepeatable: whether a second execution does no harm.
    ///   - settlesWithin: how late the provider may carry out what it received.
    static func draw(
        _ random: inout SeededGenerator,
        perMille: Int,
        isRepeatable: Bool,
        settlesWithin: Duration,
        timeout: Duration
    ) -> NetworkFate {
        let there = random.duration(5...200)
        let back = random.duration(5...200)
        guard random.happens(perMille) else {
            return NetworkFate(arrival: there, ending: .reply, latency: back, label: "ok")
        }
        let kind = random.next() % 13
        guard kind > 8 else {
            return drawLost(
                kind, &random, there, back, isRepeatable: isRepeatable,
                settlesWithin: settlesWithin, timeout: timeout)
        }
        return drawSpoiled(kind, &random, there, back)
    }

    // The connection fails, or the request is carried out late, twice or slowly.
    private static func drawLost(
        _ kind: UInt64,
        _ random: inout SeededGenerator,
        _ there: Duration,
        _ back: Duration,
        isRepeatable: Bool,
        settlesWithin: Duration,
        timeout: Duration
    ) -> NetworkFate {
        switch kind {
        case 0:
            return NetworkFate(ending: .unreachable, latency: there, label: "unreachable")
        case 1:
            return NetworkFate(ending: .broken, latency: there, label: "request lost")
        case 2:
            return NetworkFate(ending: .silence, latency: timeout, label: "request swallowed")
        case 3:
            return NetworkFate(arrival: there, ending: .broken, latency: back, label: "reply lost")
        case 4:
            return NetworkFate(
                arrival: there, ending: .silence, latency: timeout, label: "reply swallowed")
        case 5:
            // Carried out after the client gave up, which it may have done at once.
            let late = there + random.duration(1...max(1, settlesWithin.milliseconds - 500))
            return NetworkFate(
                arrival: late, ending: .broken, latency: there, label: "late, broken")
        case 6:
            let late = timeout + random.duration(1...max(1, settlesWithin.milliseconds - 500))
            return NetworkFate(
                arrival: late, ending: .silence, latency: timeout, label: "late, silent")
        case 7:
            guard isRepeatable else { fallthrough }
            return NetworkFate(
                arrival: there, duplicate: there + random.duration(1...5000), ending: .reply,
                latency: back, label: "duplicated")
        default:
            let slow = random.duration(1000...max(1001, timeout.milliseconds - 1000))
            return NetworkFate(arrival: there, ending: .reply, latency: slow, label: "slow body")
        }
    }

    // Something else than the provider's reply comes.
    private static func drawSpoiled(
        _ kind: UInt64,
        _ random: inout SeededGenerator,
        _ there: Duration,
        _ back: Duration
    ) -> NetworkFate {
        switch kind {
        case 9:
            let status = [500, 502, 503, 504][Int(random.next() % 4)]
            return NetworkFate(
                ending: .status(status), latency: there,
                label: "not carried out, status \(status)")
        case 10:
            let status = [500, 502, 504][Int(random.next() % 3)]
            return NetworkFate(
                arrival: there, ending: .status(status), latency: back,
                label: "carried out, status \(status)")
        case 11:
            let seconds = Int(1 + random.next() % 20)
            return NetworkFate(
                ending: .paused(seconds), latency: there,
                label: "paused by status 429 for \(seconds) s")
        default:
            let bodies = ["<html>Bad gateway</html>", "", #"{"id":"#, "[]"]
            return NetworkFate(
                arrival: there, ending: .spoiled(bodies[Int(random.next() % 4)]), latency: back,
                label: "spoiled")
        }
    }
}
