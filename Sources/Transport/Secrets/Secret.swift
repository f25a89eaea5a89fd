/// A credential's value: it prints as a mask and leaves only through `withText`.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let text: String

    /// A secret from its text; `nil` when it is empty or holds a control character, which would
    /// break out of a header.
    package init?(_ text: String) {
        let isClean = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
        guard !text.isEmpty, isClean else { return nil }
        self.text = text
    }

    /// Hands the value to code that sends it.
    package func withText<Result>(_ body: (String) throws -> Result) rethrows -> Result {
        try body(text)
    }

    package var description: String { Redactor.mask }
    package var debugDescription: String { Redactor.mask }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
