import Foundation
import OrderKernel

/// The definition files of a search path; of two with one id the later folder wins.
package struct DefinitionLibrary: Sendable {
    /// Folders with `*.lua` and a `dialects` folder, in the order of the search.
    package let folders: [Folder]

    /// One place to look in.
    package struct Folder: Sendable, Hashable {
        package let path: String
        /// Whether the files came with Moonline.
        package let isShipped: Bool

        package init(path: String, isShipped: Bool) {
            self.path = path
            self.isShipped = isShipped
        }
    }

    /// A file that was found.
    package struct Entry: Sendable, Hashable {
        package let id: String
        package let path: String
        package let isShipped: Bool
        /// The shipped file that it stands in front of.
        package let overrides: String?
    }

    package init(folders: [Folder]) { self.folders = folders }

    /// The files by id, in the order of their ids.
    package func entries() -> [Entry] {
        var found: [String: Entry] = [:]
        for folder in folders {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            for file in files where file.hasSuffix(".lua") {
                let id = String(file.dropLast(".lua".count))
                let shipped = found[id].flatMap { $0.isShipped ? $0.path : $0.overrides }
                found[id] = Entry(
                    id: id, path: folder.path + "/" + file, isShipped: folder.isShipped,
                    overrides: folder.isShipped ? nil : shipped
                )
            }
        }
        return found.values.sorted { $0.id < $1.id }
    }

    /// Loads a file of the search path, or any other file.
    ///
    /// - Throws: `DefinitionProblems`.
    package func load(path: String) async throws(DefinitionProblems) -> ProviderDefinition {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let text = Self.text(at: path) else {
            throw DefinitionProblems(problems: [
                DefinitionProblem(
                    file: path, line: 1, keyPath: "",
                    message: "cannot be read; check that it exists, that you may read it, and "
                        + "that a link leads to a .lua file"
                )
            ])
        }
        let near = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        let loader = DefinitionLoader { dialect in self.dialect(dialect, near: near) }
        return try await loader.load(
            text,
            id: name.hasSuffix(".lua") ? String(name.dropLast(".lua".count)) : name,
            file: name
        )
    }

    private func dialect(_ name: String, near folder: String) -> String? {
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return nil }
        let candidates = [folder.isEmpty ? "." : folder] + folders.reversed().map(\.path)
        for candidate in candidates {
            let path = "\(candidate)/dialects/\(name).lua"
            if let text = Self.text(at: path) { return text }
        }
        return nil
    }

    private static func text(at path: String) -> String? {
        SourceFile.text(at: path, bytesMaximum: DefinitionLoader.sourceBytesMaximum)
    }
}
