import Foundation
import Testing

/// Another package depends on this one and runs the README's snippet.
struct LibraryTests {
    @Test func `a package outside the checkout builds the snippet and verifies a number`()
        async throws
    {
        // Its build is kept between runs; the package itself is outside.
        let package = FileManager.default.temporaryDirectory.appending(path: "moonline-snippet")
        let scratch = ProgramRun.root.appending(path: ".build-library").path
        try write(to: package)
        let build = try await ProgramRun.run(
            ["swift", "build", "--package-path", package.path, "--scratch-path", scratch],
            executable: "/usr/bin/env"
        )
        #expect(build.status == 0, "\(build.output.suffix(2000)) \(build.errors.suffix(2000))")
        #expect(!build.output.contains("/Sources/") || !build.output.contains("warning:"))
        try await SimulatedWorld.run { world in
            var environment = world.environment
            environment["MOONLINE_PROVIDERS"] = ProgramRun.root.appending(path: "providers").path
            let run = try await ProgramRun.run(
                [], environment, executable: scratch + "/debug/Snippet"
            )
            let lines = run.lines
            #expect(run.status == 0, "\(run.errors)")
            #expect(lines.count == 2)
            #expect(lines.first?.hasPrefix("+") == true)
            #expect((lines.last?.count ?? 0) >= 4)
        }
    }

    private func write(to package: URL) throws {
        let sources = package.appending(path: "Sources/Snippet")
        try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
        let manifest = """
            // swift-tools-version: 6.2
            import PackageDescription

            let package = Package(
                name: "snippet",
                platforms: [.macOS(.v15)],
                dependencies: [.package(name: "moonline", path: "\(ProgramRun.root.path)")],
                targets: [
                    .executableTarget(
                        name: "Snippet",
                        dependencies: [.product(name: "Moonline", package: "moonline")]
                    )
                ]
            )
            """
        try writeIfChanged(manifest, to: package.appending(path: "Package.swift"))
        let readme = try String(
            contentsOf: ProgramRun.root.appending(path: "README.md"), encoding: .utf8
        )
        let block = try #require(readme.components(separatedBy: "```swift\n").dropFirst().first)
        let snippet = block.prefix(upTo: try #require(block.firstRange(of: "```")).lowerBound)
        try writeIfChanged(String(snippet), to: sources.appending(path: "main.swift"))
    }

    // The same file again would be built again.
    private func writeIfChanged(_ text: String, to file: URL) throws {
        guard (try? String(contentsOf: file, encoding: .utf8)) != text else { return }
        try Data(text.utf8).write(to: file)
    }
}
