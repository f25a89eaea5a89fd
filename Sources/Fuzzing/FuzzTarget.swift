/// A part of the project that reads what others wrote, as libFuzzer feeds it.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case json, loader, templates, replies, codes, patterns

    /// Feeds one input.
    ///
    /// - Throws: `FuzzFinding` when it breaks a rule; a crash is one as well.
    package func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        switch self {
        case .json: try JSONFuzz.run(bytes)
        case .loader: try LoaderFuzz.run(bytes)
        case .templates: try TemplateFuzz.run(bytes)
        case .replies: try ReplyFuzz.run(bytes)
        case .codes: try CodeFuzz.run(bytes)
        case .patterns: try PatternFuzz.run(bytes)
        }
    }
}
