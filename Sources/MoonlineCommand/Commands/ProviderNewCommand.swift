import ArgumentParser
import Definitions
import Foundation
import LuaSandbox
import Moonline
import OrderKernel

/// Writes a definition file from what is known of a provider.
struct ProviderNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write a definition file, with tests, from sample requests and replies.",
        discussion: """
            Give requests as the provider's page shows them (--curl) or in short (--operation),
            and a sample reply for each. In a terminal, what is missing is asked for. Keys in
            samples are left out of the file.

            Example: moonline provider new acme --base-url https://api.acme.example/v1 \
            --auth "header X-Api-Key" --operation "balance=GET /balance" \
            --reply 'balance={"balance":"1.50"}'
            """
    )

    @Argument(help: "The provider's id: a-z, 0-9 and _; the file is named after it.")
    var id: String

    @Option(help: "What people call the provider; the id by default.")
    var name: String?

    @Option(name: .customLong("base-url"), help: "https origin, and the path before all requests.")
    var baseURL: String?

    @Option(
        help: """
            Where the key goes: bearer, basic, \"header X-Api-Key\", \"query api_key\", \
            \"json key\" or \"form key\".
            """)
    var auth: String?

    @Option(help: "OPERATION=VERB /path, with arguments in braces; may be repeated.")
    var operation: [String] = []

    @Option(help: "OPERATION=curl …, a request from the provider's page; may be repeated.")
    var curl: [String] = []

    @Option(help: "OPERATION=JSON or OPERATION=@FILE, a sample reply; may be repeated.")
    var reply: [String] = []

    @Option(help: "The folder of the file; the home's providers folder by default.")
    var folder: String?

    @Flag(help: "Replace a file that is there.")
    var force = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard ProviderDefinition.isID(id) else {
            throw ValidationError("'\(id)' may hold only a-z, 0-9 and _, and begins with a letter")
        }
    }

    func run() async throws {
        let invocation = Invocation(options)
        var form = DefinitionForm(
            id: id, name: name, baseURL: baseURL, auth: auth, operations: operation,
            curls: curl, replies: reply)
        // While it asks, a signal ends the program at once.
        if isatty(STDIN_FILENO) == 1, !invocation.console.isJSON { form.ask() }
        await invocation.runBare { [self, form] _ async throws(MoonlineError) in
            let draft = try form.draft()
            let path = try self.path(invocation)
            let file = await draft.file()
            try Self.check(file.text, holdsNoKeyOf: invocation.configuration.environment)
            try Self.write(file.text, to: path, isReplacing: force)
            if invocation.console.isJSON {
                invocation.console.print(Documents.event("written", [.init("file", .string(path))]))
            } else {
                invocation.console.print(path)
            }
            for remark in file.remarks { invocation.console.note("still to do: \(remark)") }
            for advice in file.advice { invocation.console.note("still to do: \(advice)") }
            if DefinitionFiles(invocation).library.entries().contains(where: {
                $0.id == id && $0.overrides != nil
            }) {
                invocation.console.note(
                    "'\(id)' is also shipped with Moonline; this file is used instead, and gets no "
                        + "key before `moonline provider allow \(id)`")
            }
            try await Self.examine(path, invocation)
        }
    }

    private func path(_ invocation: Invocation) throws(MoonlineError) -> String {
        let home = Places(invocation.configuration).home
        let path = (folder ?? home + "/providers") + "/\(id).lua"
        var status = stat()
        guard force || lstat(path, &status) != 0 else {
            throw MoonlineError(.invalid, "\(path) is there already; --force replaces it")
        }
        return path
    }

    // A key may stand where no sample is expected to have one: in a path, or in a reply.
    private static func check(
        _ text: String,
        holdsNoKeyOf environment: [String: String]
    ) throws(MoonlineError) {
        for (name, value) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix("MOONLINE_") && name != "MOONLINE_HOME" {
            let file = name.hasSuffix("_FILE") ? FileManager.default.contents(atPath: value) : nil
            let key = (file.map { String(decoding: $0, as: UTF8.self) } ?? value)
                .trimmingCharacters(in: .whitespacesAndNewlines)
            let isSetting = ["_BASE_URL", "_LIMIT", "_POLL_EVERY"].contains { name.hasSuffix($0) }
            guard key.count >= keyCharactersMinimum, !isSetting, text.contains(key) else {
                continue
            }
            throw MoonlineError(
                .invalid,
                "a sample holds the key of \(name); write KEY in its place there, since the file "
                    + "is for others to read")
        }
    }

    /// Shorter values are words that a definition may hold by chance.
    private static let keyCharactersMinimum = 8

    private static func write(
        _ text: String, to path: String, isReplacing: Bool
    ) throws(MoonlineError) {
        do {
            let url = URL(filePath: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            // A link that is there would lead the text elsewhere, and what is to be replaced stays
            // until the new text is whole.
            let place = isReplacing ? "\(path).\(getpid())" : path
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            let descriptor = open(place, flags, 0o644)
            guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
            defer { if isReplacing { unlink(place) } }
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: Data(text.utf8))
            guard !isReplacing || rename(place, path) == 0 else {
                throw CocoaError(.fileWriteUnknown)
            }
        } catch {
            throw MoonlineError(.invalid, "\(path) cannot be written; choose another --folder")
        }
    }

    // What is left to do is said at once, as `check` and `test` would say it.
    private static func examine(
        _ path: String,
        _ invocation: Invocation
    ) async throws(MoonlineError) {
        let console = invocation.console
        do throws(DefinitionProblems) {
            let definition = try await DefinitionFiles(invocation).library.load(path: path)
            let passed = await DefinitionTestRunner(definition).run().count(where: \.passed)
            console.note(
                "\(definition.operations.count.counted("operation")), "
                    + "tests that pass: \(passed); compare limits, polling, statuses and errors "
                    + "with the provider's documents, then `moonline provider check \(path)`")
        } catch {
            for problem in error.problems { console.note("still to do: \(problem)") }
        }
    }
}
