package import Definitions
import Foundation

/// Where files are: the home, and the folders of definitions in the order of the search.
package struct Places: Sendable {
    /// The folder of the journal and the settings.
    package let home: String
    /// Later folders win.
    package let providerFolders: [DefinitionLibrary.Folder]

    package init(_ configuration: EngineConfiguration) {
        let environment = configuration.environment
        let user = NSHomeDirectory()
        let state =
            environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? user + "/.local/state"
        let named = environment["MOONLINE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        home = configuration.home.path ?? named ?? state + "/moonline"
        guard configuration.providers.isStandard else {
            providerFolders = configuration.providers.folders.map {
                DefinitionLibrary.Folder(path: $0, isShipped: true)
            }
            return
        }
        var folders: [DefinitionLibrary.Folder] = []
        if let shipped = Self.shipped() { folders.append(.init(path: shipped, isShipped: true)) }
        folders.append(.init(path: home + "/providers", isShipped: false))
        for path in (environment["MOONLINE_PROVIDERS"] ?? "").split(separator: ":") {
            folders.append(.init(path: String(path), isShipped: false))
        }
        providerFolders = folders
    }

    /// `../share/moonline/providers` of the executable, else the nearest `providers` above it;
    /// never the current folder, which anybody may fill.
    private static func shipped() -> String? {
        let executable = URL(filePath: Self.executablePath()).resolvingSymlinksInPath()
        var folder = executable.deletingLastPathComponent()
        let installed = folder.deletingLastPathComponent().appending(
            path: "share/moonline/providers")
        if isFolder(installed.path) { return installed.path }
        while folder.path != "/" {
            folder = folder.deletingLastPathComponent()
            let candidate = folder.appending(path: "providers")
            if isFolder(candidate.path + "/dialects") { return candidate.path }
        }
        return nil
    }

    private static func executablePath() -> String {
        #if os(Linux)
            let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return link ?? CommandLine.arguments[0]
        #else
            return Bundle.main.executablePath ?? CommandLine.arguments[0]
        #endif
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }
}
