import Definitions
import Foundation
import OrderKernel
import Testing

struct DefinitionLibraryTests {
    /// A folder with files, removed with its owner's work.
    private func inFolder(
        _ files: [String: String],
        _ work: (String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        try await work(folder.path)
    }

    private func library(_ folder: String) -> DefinitionLibrary {
        DefinitionLibrary(folders: [
            .init(path: folder + "/shipped", isShipped: true),
            .init(path: folder + "/missing", isShipped: false),
            .init(path: folder + "/own", isShipped: false),
            .init(path: folder + "/last", isShipped: false),
        ])
    }

    @Test func `of two files with one id the later folder wins`() async throws {
        let files = [
            "shipped/a.lua": "", "shipped/b.lua": "", "shipped/notes.md": "",
            "shipped/dialects/d.lua": "", "own/b.lua": "", "own/c.lua": "", "last/c.lua": "",
            "last/b.lua": "",
        ]
        try await inFolder(files) { folder in
            let entries = library(folder).entries()
            #expect(entries.map(\.id) == ["a", "b", "c"])
            #expect(
                entries.map(\.path)
                    == ["shipped/a.lua", "last/b.lua", "last/c.lua"]
                    .map { "\(folder)/\($0)" })
            #expect(entries.map(\.isShipped) == [true, false, false])
            #expect(entries.map(\.overrides) == [nil, folder + "/shipped/b.lua", nil])
            #expect(
                entries.map(\.covered)
                    == [[], ["shipped/b.lua", "own/b.lua"], ["own/c.lua"]]
                    .map { $0.map { "\(folder)/\($0)" } })
        }
    }

    @Test func `a file that is named stands for itself, not for its folder`() async throws {
        let files = ["shipped/a.lua": "", "stranger/a.lua": "", "stranger/b.lua": ""]
        try await inFolder(files) { folder in
            let file = folder + "/stranger/a.lua"
            let library = DefinitionLibrary(
                folders: [.init(path: folder + "/shipped", isShipped: true)], file: file)
            #expect(library.entries().map(\.path) == [file])
            #expect(library.entries().map(\.overrides) == [folder + "/shipped/a.lua"])
        }
    }

    @Test func `no folder means no files`() {
        #expect(DefinitionLibrary(folders: []).entries().isEmpty)
    }

    @Test func `a file is loaded under its own name`() async throws {
        try await inFolder(["own/example.lua": DefinitionText.of()]) { folder in
            let path = folder + "/own/example.lua"
            let definition = try await library(folder).load(path: path)
            #expect(definition.id == "example" && definition.file == "example.lua")
        }
    }

    @Test func `a file that cannot be read is a problem`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        await #expect {
            try await DefinitionLibrary(folders: []).load(path: path)
        } throws: { error in
            "\(error)".hasPrefix("\(path):1: cannot be read")
        }
    }

    @Test(arguments: [
        (["own/dialects/d.lua": "EUR", "shipped/dialects/d.lua": "USD"], "EUR"),
        (["last/dialects/d.lua": "GBP", "shipped/dialects/d.lua": "USD"], "USD"),
        (["last/dialects/d.lua": "GBP"], "GBP"),
        (["shipped/dialects/d.lua": "USD"], "USD"),
    ])
    func `a dialect is found beside the file, then where it was shipped, then in the later folders`(
        _ row: (dialects: [String: String], currency: String)
    ) async throws {
        var files = row.dialects.mapValues { "return { currency = \"\($0)\" }" }
        files["own/example.lua"] = DefinitionText.of(["dialect": "\"d\""])
        try await inFolder(files) { folder in
            let path = folder + "/own/example.lua"
            let definition = try await library(folder).load(path: path)
            #expect(definition.currency == row.currency)
        }
    }

    @Test(arguments: ["../d", "a/b", "/d", "d.lua", ""])
    func `the name of a dialect leads to no other folder`(_ name: String) async throws {
        let files = [
            "own/example.lua": DefinitionText.of(["dialect": "\"\(name)\""]),
            "own/d.lua": "return {}", "own/dialects/a/b.lua": "return {}",
        ]
        try await inFolder(files) { folder in
            await #expect {
                try await library(folder).load(path: folder + "/own/example.lua")
            } throws: { "\($0)".contains("dialect: there is no dialect '\(name)'") }
        }
    }
}
