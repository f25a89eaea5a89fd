/// What numbers of one account, service and country brought.
public struct OrderStatistics: Sendable, Hashable {
    /// The account that sold them.
    public let account: String
    /// Moonline's name of the service.
    public let service: String
    /// ISO 3166 alpha-2, or the verbatim id.
    public let country: String
    /// The numbers, oldest first.
    public let attempts: [OrderAttempt]

    /// Numbers that got a code.
    public var codes: Int { attempts.count { $0.timeToCode != nil } }
    /// Numbers that got a code, of a thousand.
    public var successPerMille: Int { attempts.isEmpty ? 0 : codes * 1000 / attempts.count }
    /// What was spent and did not come back, in millionths of a US dollar.
    public var spentMicroUSD: Int64 { attempts.reduce(0) { $0 + $1.costMicroUSD } }

    /// What a code cost, in millionths of a US dollar; `nil` without a code.
    public var costPerCodeMicroUSD: Int64? { codes > 0 ? spentMicroUSD / Int64(codes) : nil }

    /// The time within which a share of the codes came, by the nearest rank; `nil` without a code.
    ///
    /// - Parameter percent: 50 for the median.
    public func timeToCode(percent: Int) -> Duration? {
        let times = attempts.compactMap(\.timeToCode).sorted()
        guard !times.isEmpty else { return nil }
        let rank = (percent * times.count + 99) / 100
        return times[min(max(rank, 1), times.count) - 1]
    }

    /// How the last attempts went, in parts of equal count, oldest first: codes of a thousand.
    public func trend(parts: Int) -> [Int] {
        guard attempts.count >= parts, parts > 0 else { return [] }
        return (0..<parts).map { part in
            let slice = attempts[
                (attempts.count * part / parts)..<(attempts.count * (part + 1) / parts)]
            return slice.count { $0.timeToCode != nil } * 1000 / slice.count
        }
    }

    /// The statistics of each account, service and country, in this order of names.
    public static func groups(of attempts: [OrderAttempt]) -> [OrderStatistics] {
        struct Key: Hashable {
            let account: String
            let service: String
            let country: String
        }
        let groups = Dictionary(grouping: attempts) {
            Key(account: $0.account, service: $0.service, country: $0.country)
        }
        return groups.map { key, attempts in
            OrderStatistics(
                account: key.account, service: key.service, country: key.country,
                attempts: attempts.sorted { $0.boughtAt < $1.boughtAt })
        }
        .sorted { ($0.service, $0.country, $0.account) < ($1.service, $1.country, $1.account) }
    }
}
