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
