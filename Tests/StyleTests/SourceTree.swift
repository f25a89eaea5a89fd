import Foundation

/// The files of the project, as the style tests read them.
struct SourceTree {
    struct File: Sendable, CustomStringConvertible {
        let path: String
        let lines: [String]

        var name: String { path.split(separator: "/").last.map(String.init) ?? path }
        var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
        var description: String { path }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func files(under folder: String, endings: [String]) -> [File] {
        let base = root.appending(path: folder)
        let found =
            FileManager.default.enumerator(atPath: base.path)?
            .compactMap { $0 as? String } ?? []
        return found.filter { path in endings.contains { path.hasSuffix($0) } }.sorted()
            .compactMap { path in
                guard let data = FileManager.default.contents(atPath: base.path + "/" + path) else {
                    return nil
                }
                let text = String(decoding: data, as: UTF8.self)
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                return File(path: folder + "/" + path, lines: lines.map(String.init))
            }
    }

    static let sources = files(under: "Sources", endings: [".swift"])
    static let tests = files(under: "Tests", endings: [".swift"])
    static let native = files(under: "Sources", endings: [".c", ".h"])
}
