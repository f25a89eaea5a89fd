/// Blanks, and what a terminal or a page does not show: a key that such a character splits is whole
/// again where it is taken out.
enum UnseenScalars {
    private static let lower: [Bool] = (0..<0x10000).map { isUnseen(UInt32($0)) }

    static func contain(_ scalar: UInt32) -> Bool {
        scalar < 0x10000 ? lower[Int(scalar)] : isUnseen(scalar)
    }

    // The categories and properties of the Unicode Character Database (UAX #44). The last two
    // planes are for private use.
    private static func isUnseen(_ value: UInt32) -> Bool {
        guard value < 0xF0000 else { return true }
        guard let scalar = Unicode.Scalar(value) else { return false }
        if scalar.properties.isDefaultIgnorableCodePoint { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: return true
        default: return false
        }
    }
}
