import Definitions
import Foundation
import OrderKernel
import Testing

/// The shipped files: they load without a problem, and every test in them passes.
struct ShippedDefinitionsTests {
    static let ids = [
        "fivesim", "fivesim_legacy", "grizzlysms", "herosms", "ismscode", "legitsms", "onlinesim",
        "smsbower", "smscode", "smscode_v2", "smshub", "smsman", "smsman_legacy", "smspool",
        "smspva", "textverified", "tigersms", "vaksms", "virtualsms", "virtualsms_legacy",
    ]

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "providers").path

    private func load(_ id: String) async throws -> ProviderDefinition {
        let library = DefinitionLibrary(
            folders: [.init(path: Self.folder, isShipped: true)]
        )
        return try await library.load(path: "\(Self.folder)/\(id).lua")
    }

    @Test func `the folder holds the providers that ship, and no other file`() {
        let library = DefinitionLibrary(folders: [.init(path: Self.folder, isShipped: true)])
        #expect(library.entries().map(\.id) == Self.ids)
    }

    @Test(arguments: ids)
    func `every test in a shipped file passes`(_ id: String) async throws {
        let definition = try await load(id)
        let outcomes = await DefinitionTestRunner(definition).run()
        #expect(!outcomes.isEmpty)
        for outcome in outcomes {
            let name = "\(id) test \(outcome.test.number) (\(outcome.test.operation))"
            #expect(outcome.passed, "\(name): \(outcome.differences.joined(separator: "; "))")
        }
    }

    @Test(arguments: ids)
    func `every operation of a shipped file has a test`(_ id: String) async throws {
        let definition = try await load(id)
        let tested = Set(definition.tests.map(\.operation))
        #expect(Set(definition.operations.keys).subtracting(tested).isEmpty)
    }

    @Test(arguments: [
        ("legitsms", 2), ("ismscode", 5), ("smscode", 5), ("virtualsms", 3),
    ])
    func `polling keeps the document's minimum`(_ row: (id: String, seconds: Int)) async throws {
        let definition = try await load(row.id)
        #expect(definition.polling.every == .seconds(row.seconds))
        #expect(definition.polling.first >= .seconds(5))
    }

    @Test(arguments: [
        ("smscode", [300]), ("virtualsms", [60, 10]), ("virtualsms_legacy", [10]),
    ])
    func `limits are those of the document`(_ row: (id: String, requests: [Int])) async throws {
        let definition = try await load(row.id)
        #expect(row.requests.allSatisfy(definition.limits.map(\.requests).contains))
        #expect(definition.limits.allSatisfy { $0.window == .seconds(60) })
    }
}
