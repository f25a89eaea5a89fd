import Definitions
import Foundation
import Journal
import OrderKernel
import Synchronization
import Transport

/// The accounts with the definitions that are in use: the files as they were last taken over, and
/// for orders that were bought before a file was edited, the text that stands in the journal.
final class DefinitionShelf: Sendable {
    private let library: DefinitionLibrary
    private let builder: AccountBuilder
    private let journal: Journal
    private let state: Mutex<State>

    private struct State {
        var directory: AccountDirectory
        /// What the files looked like when they were last read, by path.
        var stamps: [String: Stamp]
        /// Accounts with an earlier definition, by name and hash.
        var earlier: [String: Account] = [:]
        var isReloading = false
        /// What purchases were made with.
        var provenances: [String: Provenance] = [:]
    }

    private struct Provenance {
        let hash: String
        let payer: PurchaseTerms.Payer?
    }

    /// A file's age and size: another one means that it was edited.
    struct Stamp: Hashable, Sendable {
        let modified: Date?
        let size: Int?
    }

    /// A file that was edited, and what became of it.
    struct Change: Sendable {
        let id: String
        /// Why it was not taken over, in one line.
        let problem: String?
    }

    /// - Parameter stamps: taken before the files were read.
    init(
        _ directory: AccountDirectory,
        stamps: [String: Stamp],
        library: DefinitionLibrary,
        builder: AccountBuilder,
        journal: Journal
    ) {
        self.library = library
        self.builder = builder
        self.journal = journal
        state = Mutex(State(directory: directory, stamps: stamps))
    }

    /// The accounts with their current definitions.
    var directory: AccountDirectory { state.withLock { $0.directory } }

    // MARK: Earlier definitions

    /// The account as it was when the purchase was made.
    ///
    /// - Throws: `MoonlineError` with `invalid` for an account that is no longer there.
    func account(
        named name: String,
        madeFor purchase: String
    ) async throws(MoonlineError) -> Account {
        let current = try directory.account(named: name)
        guard let made = try await provenance(of: purchase) else { return current }
        return await account(current, made.hash).serving(made.payer)
    }

    private func account(_ current: Account, _ hash: String) async -> Account {
        guard hash != current.sourceHash else { return current }
        let key = "\(current.name) \(hash)"
        if let known = state.withLock({ $0.earlier[key] }) { return known }
        let earlier = await load(hash, current)
        // What failed may work the next time. Until then the present text looks and cancels as well
        // as it can, and is not believed where it finds nothing.
        guard let earlier, earlier.missing == nil else { return current.standingIn() }
        state.withLock { state in
            if state.earlier.count >= Self.earlierMaximum { state.earlier = [:] }
            state.earlier[key] = earlier
        }
        return earlier
    }

    private func provenance(of purchase: String) async throws(MoonlineError) -> Provenance? {
        if let known = state.withLock({ $0.provenances[purchase] }) { return known }
        let made = try await journal.provenance(ofPurchase: purchase)
            .map { Provenance(hash: $0.definition, payer: $0.payer) }
        state.withLock { state in
            if state.provenances.count >= Self.provenancesMaximum { state.provenances = [:] }
            state.provenances[purchase] = made
        }
        return made
    }

    /// More than anybody has open; they can be read again.
    private static let provenancesMaximum = 10_000
    /// Each may have a Lua machine.
    private static let earlierMaximum = 32

    private func load(_ hash: String, _ current: Account) async -> Account? {
        let id = current.definition.id
        guard let source = try? await journal.definitionSource(hash),
            let definition = try? await DefinitionLoader.load(kept: source, id: id),
            let entry = library.entries().first(where: { $0.id == id })
        else { return nil }
        guard let accounts = try? await builder.accounts(of: definition, entry) else { return nil }
        accounts.forEach(builder.hideSecrets)
        // A credential of an earlier text may be named like another account's of now.
        let others = directory.accounts.filter { $0.definition.id != id }
        let all = try? await AccountDirectory.separated(
            others + accounts, directory.broken.keys, library.entries(), builder)
        return all?.first { $0.name == current.name }
    }

    // MARK: Edited files

    /// Reads the files that were edited, and takes over those that are sound and pass their tests.
    ///
    /// What is not taken over goes on as it was.
    func reload() async -> [Change] {
        guard
            state.withLock({ state in
                defer { state.isReloading = true }
                return !state.isReloading
            })
        else { return [] }
        defer { state.withLock { $0.isReloading = false } }
        let stamps = Self.stamps(library)
        let before = state.withLock { state in
            defer { state.stamps = stamps }
            return state.stamps
        }
        guard stamps != before else { return [] }
        let isDialect = stamps.contains { path, stamp in
            path.contains("/dialects/") && before[path] != stamp
        }
        var changes: [Change] = []
        for entry in library.entries() where isDialect || stamps[entry.path] != before[entry.path] {
            changes.append(Change(id: entry.id, problem: await takeOver(entry)))
        }
        return changes
    }

    private func takeOver(_ entry: DefinitionLibrary.Entry) async -> String? {
        do {
            let definition = try await library.load(path: entry.path)
            let failed = await DefinitionTestRunner(definition).run().first { !$0.passed }
            if let failed {
                return "\(entry.path):\(failed.test.line): test \(failed.test.number): "
                    + (failed.differences.first ?? "failed")
            }
            var accounts: [Account] = []
            for account in try await builder.accounts(of: definition, entry) {
                builder.hideSecrets(of: account)
                accounts.append(account)
            }
            let others = directory.accounts.filter { $0.definition.id != entry.id }
            let broken = directory.broken.filter { $0.key != entry.id }
            let all = try await AccountDirectory.separated(
                others + accounts, broken.keys, library.entries(), builder)
            state.withLock { state in
                state.directory = AccountDirectory(accounts: all, broken: broken)
            }
            return nil
        } catch let problems as DefinitionProblems {
            return problems.problems[0].description
        } catch {
            return "\(error)"
        }
    }

    /// What the files look like now, by path.
    static func stamps(_ library: DefinitionLibrary) -> [String: Stamp] {
        var paths = library.entries().map(\.path)
        for folder in library.folders {
            let dialects = folder.path + "/dialects"
            let files = (try? FileManager.default.contentsOfDirectory(atPath: dialects)) ?? []
            paths += files.filter { $0.hasSuffix(".lua") }.map { dialects + "/" + $0 }
        }
        let stamps = paths.map { path -> (String, Stamp) in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let stamp = Stamp(
                modified: attributes?[.modificationDate] as? Date,
                size: attributes?[.size] as? Int)
            return (path, stamp)
        }
        return Dictionary(stamps, uniquingKeysWith: { first, _ in first })
    }
}
