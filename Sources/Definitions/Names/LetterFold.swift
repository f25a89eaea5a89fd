/// Folds letters to lower case without accents.
///
/// The standard library has no public decomposition, so the accented Latin letters that occur in
/// names of countries and services are listed here. Other scripts are only put in lower case.
enum LetterFold {
    /// The folded form of a letter or digit, or nil for anything that separates words.
    static func folded(_ scalar: Unicode.Scalar) -> String? {
        let properties = scalar.properties
        guard properties.isAlphabetic || properties.numericType != nil else { return nil }
        if scalar.isASCII { return properties.lowercaseMapping }
        // The capital dotted I becomes an i and an accent of its own.
        return properties.lowercaseMapping.unicodeScalars
            .filter { !isAccent($0) }
            .map { bases[$0] ?? String($0) }
            .joined()
    }

    /// Whether the scalar is an accent that belongs to the letter before it (U+0300 to U+036F).
    static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
        (0x300...0x36F).contains(scalar.value)
    }

    private static let variants: KeyValuePairs<String, String> = [
        "a": "àáâãäåāăąǎạảấầẩẫậắằẳẵặ",
        "ae": "æ",
        "c": "çćĉċč",
        "d": "ďđð",
        "e": "èéêëēĕėęěẹẻẽếềểễệ",
        "g": "ĝğġģ",
        "h": "ĥħ",
        "i": "ìíîïĩīĭįıỉị",
        "j": "ĵ",
        "k": "ķ",
        "l": "ĺļľŀł",
        "n": "ñńņňŋ",
        "o": "òóôõöøōŏőơọỏốồổỗộớờởỡợ",
        "oe": "œ",
        "r": "ŕŗř",
        "s": "śŝşšș",
        "ss": "ß",
        "t": "ţťŧț",
        "th": "þ",
        "u": "ùúûüũūŭůűųưụủứừửữự",
        "w": "ŵ",
        "y": "ýÿŷỳỵỷỹ",
        "z": "źżž",
    ]

    private static let bases: [Unicode.Scalar: String] = {
        var bases: [Unicode.Scalar: String] = [:]
        for (base, letters) in variants {
            for letter in letters.unicodeScalars { bases[letter] = base }
        }
        return bases
    }()
}
