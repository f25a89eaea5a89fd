import Foundation
import GRDB
import Journal
import OrderKernel
import Testing

/// A journal that was damaged is refused or repaired, and never goes on in silence.
struct JournalDamageTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "damage-\(UUID().uuidString)").path

    private var path: String { folder + "/journal.sqlite" }
    private func cleanUp() { try? FileManager.default.removeItem(atPath: folder) }

    private func write() async throws {
        let journal = try Journal(folder: folder, time: .fixed)
        let now = Instant(milliseconds: 1_000_000)
        for index in 0..<40 {
            let purchase = Purchase(
                id: "p\(index)", kind: .buy, account: "acme", provider: "acme",
                service: "whatsapp", country: "ID", price: nil, microUSD: 1, run: "run",
                createdAt: now, notAfter: now
            )
            _ = try await journal.intend(
                purchase, definition: JournalDefinition(hash: "h", source: "s"), caps: [])
        }
        await journal.close()
    }

    private func damage(_ kind: String) throws {
        let url = URL(filePath: path)
        var data = try Data(contentsOf: url)
        switch kind {
        case "truncated": data = data.prefix(data.count / 2)
        case "zeroed in the middle":
            let middle = data.count / 3..<data.count / 3 + 8192
            data.replaceSubrange(middle, with: Data(count: middle.count))
        case "empty": data = Data()
        default: data = Data("hello".utf8) + data.dropFirst(5)
        }
        try data.write(to: url)
    }

    @Test(arguments: ["truncated", "zeroed in the middle", "empty", "another header"])
    func `M2 a damaged file is refused with the way out`(_ kind: String) async throws {
        defer { cleanUp() }
        try await write()
        try damage(kind)
        let error = #expect(throws: MoonlineError.self) {
            try Journal(folder: folder, time: .fixed)
        }
        #expect(error?.code == .internal)
        #expect(error?.message.contains(path) == true)
        #expect(error?.message.contains("; ") == true)
    }

    @Test func `M2 a log that went missing is noticed`() async throws {
        defer { cleanUp() }
        try await write()
        let early = try Data(contentsOf: URL(filePath: path))
        let journal = try Journal(folder: folder, time: .fixed)
        let purchase = Purchase(
            id: "late", kind: .buy, account: "acme", provider: "acme", service: "whatsapp",
            country: "ID", price: nil, microUSD: 1, run: "run",
            createdAt: Instant(milliseconds: 2), notAfter: Instant(milliseconds: 3)
        )
        _ = try await journal.intend(
            purchase, definition: JournalDefinition(hash: "h", source: "s"), caps: [])
        await journal.close()
        try early.write(to: URL(filePath: path))
        let error = #expect(throws: MoonlineError.self) {
            try Journal(folder: folder, time: .fixed)
        }
        #expect(error?.message.contains("has lost its newest 1 changes") == true)
    }

    @Test(arguments: [0o644, 0o666])
    func `a file that others can read is repaired, and it is said`(_ mode: Int) async throws {
        defer { cleanUp() }
        try await write()
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let journal = try Journal(folder: folder, time: .fixed)
        #expect(journal.repairs.count == 1)
        #expect(journal.repairs.first?.contains(path) == true)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    // Such as /tmp: with another mode nobody else could use it.
    @Test func `a folder that all users share is left as it is`() throws {
        defer { cleanUp() }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        #expect(chmod(folder, 0o1777) == 0)
        let error = #expect(throws: MoonlineError.self) {
            try Journal(folder: folder, time: .fixed)
        }
        #expect(error?.message.contains("set MOONLINE_HOME to a folder in it") == true)
        var status = stat()
        #expect(stat(folder, &status) == 0 && status.st_mode & 0o7777 == 0o1777)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func `a file of another user is refused`() async throws {
        defer { cleanUp() }
        try await write()
        try FileManager.default.setAttributes(
            [.ownerAccountID: NSNumber(value: 65534)], ofItemAtPath: path)
        let error = #expect(throws: MoonlineError.self) {
            try Journal(folder: folder, time: .fixed)
        }
        #expect(error?.message.contains("belongs to another user") == true)
    }
}
