/// The form of a name in which names are compared.
///
/// Case, accents, punctuation and spaces do not count, and `&` is the word "and", so that
/// "São Tomé & Príncipe", "sao-tome and principe" and "SAOTOMEANDPRINCIPE" are one key.
package struct NameKey: Sendable, Hashable {
    /// The folded letters and digits without anything between them.
    package let text: String

    /// Whether the name had no letter and no digit.
    package var isEmpty: Bool { text.isEmpty }

    /// Makes the key of `name`.
    package init(_ name: some StringProtocol) {
        self.init(words: Self.words(of: name))
    }

    /// Makes the key of words that are folded already.
    package init(words: [String]) {
        text = words.joined()
    }

    /// The folded words of `name`: runs of letters and digits, and "and" for `&`.
    package static func words(of name: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in name.unicodeScalars where !LetterFold.isAccent(scalar) {
            if let folded = LetterFold.folded(scalar) {
                word += folded
                continue
            }
            if !word.isEmpty { words.append(word) }
            word = ""
            if scalar == "&" { words.append("and") }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
