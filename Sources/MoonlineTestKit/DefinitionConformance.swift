import Definitions

/// Whether a definition file is as it should be: it loads, and every test in it passes.
public enum DefinitionConformance {
    /// What is wrong with a file, a line each; empty when all is well.
    ///
    /// - Parameter dialects: the folder of definitions whose `dialects` the file may use.
    public static func problems(file: String, dialects: String? = nil) async -> [String] {
        let folders = dialects.map { [DefinitionLibrary.Folder(path: $0, isShipped: true)] } ?? []
        let definition: ProviderDefinition
        do {
            definition = try await DefinitionLibrary(folders: folders).load(path: file)
        } catch {
            return error.problems.map(\.description)
        }
        let outcomes = await DefinitionTestRunner(definition).run()
        return outcomes.flatMap { outcome in
            outcome.differences.map { difference in
                "\(definition.file): test \(outcome.test.number) (\(outcome.test.operation)): "
                    + difference
            }
        }
    }
}
