/// What a fuzz target found: a rule that an input broke.
package struct FuzzFinding: Error, CustomStringConvertible {
    /// The rule and what was seen instead.
    package let description: String

    /// A finding in one line.
    package init(_ description: String) { self.description = description }
}

/// Throws a finding unless a rule holds.
///
/// - Throws: `FuzzFinding`.
func require(
    _ isRight: @autoclosure () -> Bool,
    _ description: @autoclosure () -> String
) throws(FuzzFinding) {
    guard isRight() else { throw FuzzFinding(description()) }
}
