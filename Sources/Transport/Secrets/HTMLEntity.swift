/// A character reference of HTML, such as `&amp;`, `&#95;` or `&#x5f;`.
enum HTMLEntity {
    /// Those of what is printed of ASCII (HTML, "Named character references"), in lower case.
    private static let scalars: [[UInt8]: UInt32] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "plus": "+", "equals": "=",
        "sol": "/", "lowbar": "_", "underbar": "_", "period": ".", "colon": ":", "commat": "@",
        "dollar": "$", "excl": "!", "num": "#", "percnt": "%", "lpar": "(", "rpar": ")",
        "ast": "*", "midast": "*", "comma": ",", "semi": ";", "quest": "?", "lsqb": "[",
        "lbrack": "[", "bsol": "\\", "rsqb": "]", "rbrack": "]", "hat": "^", "grave": "`",
        "diacriticalgrave": "`", "lcub": "{", "lbrace": "{", "verbar": "|", "vert": "|",
        "verticalline": "|", "rcub": "}", "rbrace": "}", "tab": " ", "newline": " ", "nbsp": " ",
    ].reduce(into: [:]) { $0[Array($1.key.utf8)] = $1.value.unicodeScalars.first?.value }

    /// As long as the longest name, with room for a number with zeros in front.
    private static let bytesMaximum = 24

    /// The scalar that is referred to at an index, where a `&` stands, and how long it is written.
    static func scalar(
        in bytes: UnsafeBufferPointer<UInt8>,
        at index: Int
    ) -> (scalar: UInt32, length: Int)? {
        let rest = bytes[(index + 1)..<min(index + bytesMaximum, bytes.count)]
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")), end > rest.startIndex else {
            return nil
        }
        let name = rest[..<end].map { TextFold.lowered($0) }
        let length = end - index + 1
        guard name.first == UInt8(ascii: "#") else { return scalars[name].map { ($0, length) } }
        let digits = String(decoding: name.dropFirst(), as: UTF8.self)
        let value =
            digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.map { ($0, length) }
    }
}
