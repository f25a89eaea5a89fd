import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Looks for what is wrong.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check settings, files, database, clock and accounts.",
        discussion: "Example: moonline doctor"
    )

    @Flag(help: "Do not ask the providers.")
    var offline = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        let console = invocation.console
        await invocation.run { [offline] (engine) async throws(MoonlineError) in
            let findings = await engine.examine(asksProviders: !offline)
            try Invocation.checkGoesOn()
            for finding in findings {
                if console.isJSON {
                    console.print(
                        Documents.event(
                            "finding",
                            [
                                .init("what", .string(finding.what)),
                                .init("fine", .bool(finding.error == nil)),
                                .init("detail", .string(finding.detail)),
                            ])
                    )
                } else {
                    let mark =
                        finding.error == nil
                        ? console.style.green("ok  ") : console.style.red("bad ")
                    console.print("\(mark)\(finding.what): \(finding.detail)")
                }
            }
            let failures = findings.compactMap(\.error)
            if !failures.isEmpty { throw FallbackRule.verdict(failures) }
        }
    }
}
