import OrderKernel

/// Arguments of an operation, as a command line has them.
enum OperationArguments {
    /// The values of `key=value`.
    ///
    /// - Throws: `MoonlineError` with `invalid` for one that is written otherwise.
    static func values(of arguments: [String]) throws(MoonlineError) -> [String: String] {
        var values: [String: String] = [:]
        for argument in arguments {
            let halves = argument.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, !halves[0].isEmpty else {
                throw MoonlineError(.invalid, "'\(argument)' is no argument, write key=value")
            }
            values[String(halves[0])] = String(halves[1])
        }
        return values
    }
}
