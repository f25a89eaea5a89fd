import Definitions
import Foundation
import Moonline
import OrderKernel

/// Finds definition files by path or id.
struct DefinitionFiles {
    let library: DefinitionLibrary

    init(_ invocation: Invocation) {
        library = DefinitionLibrary(folders: Places(invocation.configuration).providerFolders)
    }

    /// The definition that an id or a path means, and its path.
    ///
    /// - Throws: `MoonlineError` with `invalid`, which names the first problem of a broken file.
    func definition(
        _ name: String
    ) async throws(MoonlineError) -> (definition: ProviderDefinition, path: String) {
        let path = try paths([name])[0]
        do throws(DefinitionProblems) {
            return (try await library.load(path: path), path)
        } catch {
            throw MoonlineError(
                .invalid,
                "\(error.problems[0]); run `moonline provider check \(path)` for all problems")
        }
    }

    /// The paths that names mean; all files when there are none.
    ///
    /// - Throws: `MoonlineError` with `invalid` for a name that is neither a file nor an id.
    func paths(_ names: [String]) throws(MoonlineError) -> [String] {
        let entries = library.entries()
        guard !names.isEmpty else { return entries.map(\.path) }
        var paths: [String] = []
        for name in names {
            if let entry = entries.first(where: { $0.id == name }) {
                paths.append(entry.path)
            } else if FileManager.default.fileExists(atPath: name) {
                paths.append(name)
            } else {
                let near = NearestNames.of(name, among: entries.map(\.id), limit: 1).first
                let hint = near.map { ", did you mean '\($0)'?" } ?? ""
                throw MoonlineError(.invalid, "'\(name)' is neither a file nor a provider\(hint)")
            }
        }
        return paths
    }
}
