import LuaSandbox
import OrderKernel

/// How a failure is told: one line for people, one object for programs.
enum Failure {
    static func report(_ error: MoonlineError, _ console: Console) {
        if console.isJSON {
            console.print(json(error))
        } else {
            let line = error.message.split(whereSeparator: \.isNewline).joined(separator: " ")
            console.note(console.style.red("moonline: ") + line)
        }
    }

    private static func json(_ error: MoonlineError) -> JSON {
        .object([
            .init("event", .string("failed")),
            .init(
                "error",
                .object([
                    .init("code", .string(error.code.rawValue)),
                    .init("message", .string(error.message)),
                    .init("provider", error.provider.map { .string($0) } ?? .null),
                ])
            ),
        ])
    }
}
