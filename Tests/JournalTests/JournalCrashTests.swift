import Foundation
import Journal
import OrderKernel
import Testing

/// A real process is killed with SIGKILL at named points, and its folder is opened again.
struct JournalCrashTests {
    /// Where the process ends.
    enum Point: String, Sendable, CaseIterable, Codable {
        case beforeIntent, afterIntent, afterLoss, afterOrder, afterCode
    }

    private static func work(_ folder: String, until point: Point) async throws {
        let journal = try Journal(folder: folder, time: .fixed)
        if point == .beforeIntent { return }
        let now = Instant(milliseconds: 1_000_000)
        let purchase = Purchase(
            id: "p1", kind: .buy, account: "acme", provider: "acme", service: "whatsapp",
            country: "ID", price: Money(usd: "1.20"), microUSD: 1_200_000, run: "run",
            createdAt: now, notAfter: now + .seconds(5)
        )
        _ = try await journal.intend(
            purchase, definition: JournalDefinition(hash: "h", source: "s"),
            caps: [CapScope(account: nil, caps: .defaults)])
        if point == .afterIntent { return }
        if point == .afterLoss {
            _ = try await journal.settle("p1", .outcomeLost, at: now)
            return
        }
        let order = Order(
            id: "o1", purchaseID: "p1", account: "acme", provider: "acme", remoteID: "7",
            phone: "+6281", service: "whatsapp", country: "ID", price: Money(usd: "1.20"),
            createdAt: now, expiresAt: now + .seconds(600), cancelNotBefore: now,
            swapNotBefore: now
        )
        _ = try await journal.settle("p1", .accepted(order: "o1"), order: order, at: now)
        if point == .afterOrder { return }
        let observed = OrderObservation(status: .received, code: "482913")
        _ = try await journal.apply(.observed(observed), to: "o1", at: now)
    }

    private func expectExit(_ point: Point, _ folder: String) async {
        await #expect(processExitsWith: .signal(SIGKILL)) { [point, folder] in
            try await JournalCrashTests.work(folder, until: point)
            kill(getpid(), SIGKILL)
        }
    }

    @Test(arguments: Point.allCases)
    func `M2 M5 O2 what a commit returned for survives SIGKILL`(_ point: Point) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "crash-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await expectExit(point, folder)
        let journal = try Journal(folder: folder, time: .fixed)
        let open = try await journal.openPurchases().map(\.state)
        let orders = try await journal.orders(openOnly: false)
        switch point {
        case .beforeIntent: #expect(open.isEmpty && orders.isEmpty)
        case .afterIntent: #expect(open == [.sending] && orders.isEmpty)
        case .afterLoss: #expect(open == [.unknown] && orders.isEmpty)
        case .afterOrder: #expect(open.isEmpty && orders.map(\.state) == [.waiting])
        case .afterCode: #expect(open.isEmpty && orders.map(\.code) == ["482913"])
        }
        #expect(try await journal.integrity() == "ok")
    }
}
