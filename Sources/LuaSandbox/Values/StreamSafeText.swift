/// Text from outside, without the runs of combining marks that no language has.
///
/// Comparing, hashing and splitting a text takes time that grows with the square of such a run:
/// 160 KB of marks take seconds. Unicode's stream-safe format allows 30 of them after each other
/// (UAX #15, section 13); what goes beyond is left out.
package enum StreamSafeText {
    private static let marksMaximum = 30
    /// The first byte of U+0300, the first combining mark.
    private static let firstByte: UInt8 = 0xCC

    /// The text of bytes; those that are not UTF-8 are replaced.
    package static func decode(_ bytes: some Collection<UInt8>) -> String {
        cut(String(decoding: bytes, as: UTF8.self))
    }

    /// The text of bytes; `nil` when they are not UTF-8.
    package static func validate(_ bytes: some Collection<UInt8>) -> String? {
        String(validating: bytes, as: UTF8.self).map(cut)
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= firstByte }) else { return text }
        var run = 0
        let isSafe = text.unicodeScalars.allSatisfy { scalar in
            run = scalar.isMark ? run + 1 : 0
            return run <= marksMaximum
        }
        guard !isSafe else { return text }
        var out = String.UnicodeScalarView()
        run = 0
        for scalar in text.unicodeScalars {
            run = scalar.isMark ? run + 1 : 0
            if run <= marksMaximum { out.append(scalar) }
        }
        return String(out)
    }
}

extension Unicode.Scalar {
    fileprivate var isMark: Bool {
        value >= 0x300 && properties.canonicalCombiningClass != .notReordered
    }
}

extension String {
    /// The beginning of a text that may be long; whole scalars, as many bytes at most.
    package func cut(to bytes: Int) -> String {
        guard utf8.count > bytes else { return self }
        var end = utf8.index(startIndex, offsetBy: bytes)
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
