/// A fault rule that cannot be read.
public struct FaultRuleError: Error, Equatable, CustomStringConvertible {
    /// The mistake in a sentence, with the words that would have been allowed.
    public let description: String

    init(unknown part: String, _ name: String, among names: [String]) {
        description = "unknown \(part) '\(name)'; known are \(names.joined(separator: " "))"
    }

    init(countOutOfRange text: String) {
        description = "the count '\(text)' is not a whole number from 0 on"
    }

    init(unexpected part: String, in argument: String) {
        let form = "KIND[:PROVIDER][:OPERATION][:COUNT]"
        let names =
            SimulatedProvider.allCases.map(\.rawValue)
            + SimulatedOperation.allCases.map(\.rawValue)
        description = """
            '\(part)' in '\(argument)' is no provider, operation or count in its place; \
            the form is \(form), known names are \(names.joined(separator: " ")) any
            """
    }
}
