/// A part of a message that could be its code.
struct CodeCandidate {
    /// How much the form alone says.
    enum Shape {
        /// Digits in a number usual for codes.
        case digits
        /// Digits in an unusual number or grouping: a code only right beside a word for it.
        case unusualDigits
        /// Capital letters and digits.
        case capitals
        /// Letters of any case and digits.
        case letters
        /// Capital consonants alone, as some game services send them.
        case consonants
    }

    /// The code as it would be returned.
    let text: String
    let range: Range<Int>
    let shape: Shape

    var isNumber: Bool { shape == .digits || shape == .unusualDigits }
}
