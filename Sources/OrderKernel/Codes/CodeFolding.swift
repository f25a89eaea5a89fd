/// How one scalar is brought to the form in which texts and words are compared.
enum CodeFolding {
    /// Whether the scalar has no part in what is read: joiners, directions, accents of their own.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0xAD else { return false }
        switch scalar.value {
        case 0xAD, 0x0300...0x036F, 0x0640, 0x064B...0x065F, 0x0670: return true
        case 0x0591...0x05BD, 0x05BF, 0x05C1...0x05C7, 0x061C: return true
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F: return true
        case 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFEFF, 0xE0000...0xE007F: return true
        default: return false
        }
    }

    /// The scalar with digits, dashes, spaces and wide forms replaced by the ASCII ones.
    static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII {
            switch scalar {
            case "\t", "\u{0B}", "\u{0C}": return " "
            case "\r": return "\n"
            default: return scalar
            }
        }
        switch scalar.value {
        // The wide comma never stands inside a number, which the ASCII one does.
        case 0xFF01...0xFF0B, 0xFF0D...0xFF5E:
            return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x00A0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
            return " "
        case 0x0085, 0x2028, 0x2029:
            return "\n"
        case 0x2010...0x2015, 0x2212, 0x05BE, 0x2043, 0xFE58, 0xFE63:
            return "-"
        case 0xFFE5:
            return "¥"
        case 0xFFE6:
            return "₩"
        default:
            return digit(scalar) ?? scalar
        }
    }

    /// A plain scalar in lower case and without its accent.
    static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII {
            guard "A" <= scalar, scalar <= "Z" else { return scalar }
            return Unicode.Scalar(scalar.value + 32) ?? scalar
        }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        return bases[lower] ?? lower
    }

    /// What a plain scalar is at the edge of a word.
    static func wordClass(_ scalar: Unicode.Scalar) -> CodeText.WordClass {
        if scalar.isASCII {
            return scalar.isASCIILetter ? .alphabetic : .none
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark:
            return isDense(scalar) ? .dense : .alphabetic
        default:
            return .none
        }
    }

    /// Whether the script writes words without spaces, or glues endings of any kind to them.
    static func isDense(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF: return true
        case 0x2E80...0xA4CF, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFF66...0xFF9F: return true
        case 0x20000...0x3FFFF: return true
        default: return false
        }
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let properties = scalar.properties
        guard properties.numericType == .decimal, let value = properties.numericValue else {
            return nil
        }
        return Unicode.Scalar(0x30 + UInt32(value))
    }

    /// Letters and the base letter they are compared as; "ã" stays, see ``CodeText``.
    private static let bases: [Unicode.Scalar: Unicode.Scalar] = {
        let groups: [(Unicode.Scalar, String)] = [
            ("a", "àáâäåāăąǎạảấầẩẫậắằẳẵặ"), ("c", "çćĉċč"), ("d", "ďđ"),
            ("e", "èéêëēĕėęěẽẹẻếềểễệ"), ("g", "ĝğġģ"), ("h", "ĥ"), ("i", "ìíîïĩīĭįıỉịǐ"),
            ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľł"), ("n", "ñńņň"),
            ("o", "òóôõöōŏőøơọỏốồổỗộớờởỡợ"), ("r", "ŕŗř"), ("s", "śŝşšșß"), ("t", "ţťŧț"),
            ("u", "ùúûüũūŭůűųưụủứừửữự"), ("w", "ŵ"), ("y", "ýÿŷỳỵỷỹ"), ("z", "źżž"),
            ("α", "ά"), ("ε", "έ"), ("η", "ή"), ("ι", "ίϊΐ"), ("ο", "ό"), ("σ", "ς"),
            ("υ", "ύϋΰ"), ("ω", "ώ"), ("е", "ё"), ("и", "й"), ("і", "ї"),
            ("ا", "أإآٱ"), ("ي", "ىی"), ("ك", "ک"), ("ه", "ةۀ"), ("'", "’‘`´ʼʻ"),
        ]
        var result: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (base, letters) in groups {
            for letter in letters.unicodeScalars {
                result[letter] = base
            }
        }
        return result
    }()
}
