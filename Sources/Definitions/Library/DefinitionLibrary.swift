import Foundation
import OrderKernel

/// The definition files of a search path; of two with one id the later folder wins.
package struct DefinitionLibrary: Sendable {
    /// Folders with `*.lua` and a `dialects` folder, in the order of the search.
    package let folders: [Folder]
    /// One file more, which wins over those of the folders.
    package let file: String?

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
        /// All files that it stands in front of.
        package let covered: [String]
    }

    package init(folders: [Folder], file: String? = nil) {
        self.folders = folders
        self.file = file
    }

    /// The files by id, in the order of their ids.
    package func entries() -> [Entry] {
        var found: [String: Entry] = [:]
        for folder in folders {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            for file in files where file.hasSuffix(".lua") {
                Self.put(folder.path + "/" + file, isShipped: folder.isShipped, into: &found)
            }
        }
        if let file, !found.values.contains(where: { $0.path == file }) {
            Self.put(file, isShipped: false, into: &found)
        }
        return found.values.sorted { $0.id < $1.id }
    }

    private static func put(_ path: String, isShipped: Bool, into found: inout [String: Entry]) {
        let id = id(ofFile: path)
        let shipped = found[id].flatMap { $0.isShipped ? $0.path : $0.overrides }
        found[id] = Entry(
            id: id, path: path, isShipped: isShipped, overrides: isShipped ? nil : shipped,
            covered: found[id].map { $0.covered + [$0.path] } ?? [])
    }

    private static func id(ofFile path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.hasSuffix(".lua") ? String(name.dropLast(".lua".count)) : name
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
            id: Self.id(ofFile: path),
            file: name
        )
    }

    private func dialect(_ name: String, near folder: String) -> String? {
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return nil }
        // A file that stands beside its dialect means that one; no folder that was added later
        // stands in front of what came with Moonline.
        let inOrder = folders.filter(\.isShipped) + folders.filter { !$0.isShipped }.reversed()
        for candidate in [folder.isEmpty ? "." : folder] + inOrder.map(\.path) {
            let path = "\(candidate)/dialects/\(name).lua"
            if let text = Self.text(at: path) { return text }
        }
        return nil
    }

    private static func text(at path: String) -> String? {
        SourceFile.text(at: path, bytesMaximum: DefinitionLoader.sourceBytesMaximum)
    }
}
