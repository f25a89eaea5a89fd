import Foundation
import Journal
import OrderKernel
import Testing

extension HostTime {
    /// One moment of one boot.
    static let fixed = HostTime(
        wall: Instant(milliseconds: 1_000_000), uptime: .seconds(100), boot: "one")

    /// The same moment, after the wall clock was set.
    static func set(by duration: Duration) -> HostTime {
        HostTime(wall: fixed.wall + duration, uptime: fixed.uptime, boot: fixed.boot)
    }
}

/// Instants in a journal that processes share between which the wall clock is set.
struct JournalClockTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "journal-clock-\(UUID().uuidString)").path

    private func cleanUp() { try? FileManager.default.removeItem(atPath: folder) }

    private static let definition = JournalDefinition(hash: "h", source: "s")

    private func lose(_ journal: Journal, at now: Instant) async throws -> Purchase {
        let purchase = Purchase(
            id: "p1", kind: .buy, account: "acme", provider: "acme", service: "whatsapp",
            country: "ID", price: Money(usd: "1.20"), microUSD: 1_200_000, run: "run",
            createdAt: now, notAfter: now + .seconds(5), terms: PurchaseTerms(means: .list)
        )
        _ = try await journal.intend(purchase, definition: Self.definition, caps: [])
        return try await journal.settle("p1", .outcomeLost, at: now + .seconds(10)).purchase
    }

    @Test(arguments: [60, -60, 86_400])
    func `a purchase is not judged earlier because the clock was set (M1)`(
        _ seconds: Int64
    ) async throws {
        defer { cleanUp() }
        let first = try Journal(folder: folder, time: .fixed)
        let lost = try await lose(first, at: HostTime.fixed.wall)
        let second = try Journal(folder: folder, time: .set(by: .seconds(seconds)))
        let seen = try #require(try await second.purchase("p1"))
        // Both mean the same moment, each by its own clock.
        #expect(seen.settlesAt == lost.settlesAt + .seconds(seconds))
        #expect(seen.createdAt == lost.createdAt + .seconds(seconds))
        let early = seen.settlesAt - .seconds(1)
        try await second.closeUnlisted("p1", asked: early, isInDoubt: false, at: early)
        #expect(try await first.purchase("p1")?.state == .unknown)
        let due = seen.settlesAt
        try await second.closeUnlisted("p1", asked: due, isInDoubt: false, at: due)
        #expect(try await first.purchase("p1")?.state == .absent)
    }

    @Test func `after another boot, only the wall clock is left`() async throws {
        defer { cleanUp() }
        let lost = try await lose(
            Journal(folder: folder, time: .fixed), at: HostTime.fixed.wall)
        let later = HostTime(wall: HostTime.fixed.wall, uptime: .seconds(5), boot: "two")
        let second = try Journal(folder: folder, time: later)
        #expect(try await second.purchase("p1")?.settlesAt == lost.settlesAt)
    }

    @Test func `what a time server corrects is no other clock`() async throws {
        defer { cleanUp() }
        let lost = try await lose(
            Journal(folder: folder, time: .fixed), at: HostTime.fixed.wall)
        let second = try Journal(folder: folder, time: .set(by: .milliseconds(900)))
        #expect(try await second.purchase("p1")?.settlesAt == lost.settlesAt)
    }

    @Test func `a rival's order that was found puts off the judgement (M1)`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        let lost = try await lose(journal, at: HostTime.fixed.wall)
        var after = lost
        after.giveWay(to: lost.shifted(by: .seconds(9)))
        try await journal.noteRivals(of: after)
        let due = lost.settlesAt + .seconds(8)
        try await journal.closeUnlisted("p1", asked: due, isInDoubt: false, at: due)
        #expect(try await journal.purchase("p1")?.state == .unknown)
        // What it stood for before changes nothing.
        try await journal.noteRivals(of: lost)
        #expect(try await journal.purchase("p1")?.settlesAt == lost.settlesAt + .seconds(9))
    }

    @Test func `a row that may be its leaves a purchase unresolved (M2)`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        let lost = try await lose(journal, at: HostTime.fixed.wall)
        let due = lost.settlesAt
        try await journal.closeUnlisted("p1", asked: due, isInDoubt: true, at: due)
        #expect(try await journal.purchase("p1")?.state == .unresolved(isCharged: false))
    }
}
