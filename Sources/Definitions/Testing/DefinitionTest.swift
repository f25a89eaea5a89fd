import LuaSandbox
import OrderKernel

/// A test that stands in a definition file and runs offline.
package struct DefinitionTest: Sendable, Hashable {
    /// From 1, in the order of the file.
    package let number: Int
    /// Where it begins in the file.
    package let line: Int
    package let operation: String
    let arguments: Arguments
    let settings: [String: String]
    let sends: [Sent]
    let replies: [ProviderResponse]
    let gives: JSON?
    let fails: Failure?

    /// The parts of a request that are compared.
    struct Sent: Sendable, Hashable {
        var method: String?
        var path: String?
        var json: JSON?
        var form: [String: String]?
        var headers: [String: String]
        var auth: String?
    }

    /// The error that is expected.
    struct Failure: Sendable, Hashable {
        var code: ErrorCode
        var message: String?
        var retryAfter: Duration?
    }
}

/// How a test ended.
package struct DefinitionTestOutcome: Sendable, Hashable {
    package let test: DefinitionTest
    /// What differs; empty when it passed.
    package let differences: [String]

    package var passed: Bool { differences.isEmpty }
}
