import LuaSandbox
import OrderKernel

/// How a failure is told: one line for people, one object for programs.
enum Failure {
    static func report(_ error: MoonlineError, _ console: Console) {
        if console.isJSON, console.loss == nil {
            console.print(Documents.event("failed", [.init("error", Documents.error(error))]))
        } else {
            let line = error.message.split(whereSeparator: \.isNewline).joined(separator: " ")
            console.note(console.style.red("moonline: ") + line)
        }
    }
}
