/// A text message that a number received, or is going to receive.
struct Message: Sendable {
    let sender: String
    let text: String
    let code: String
    let receivedAt: Int64

    init(sender: String, text: String, receivedAt: Int64) {
        self.sender = sender
        self.text = text
        self.code = Message.code(in: text)
        self.receivedAt = receivedAt
    }

    /// The first group of four to eight digits, a single dash or blank inside it left out.
    static func code(in text: String) -> String {
        var digits = ""
        var separated = false
        for character in text + "." {
            if character.isASCII && character.isNumber {
                digits.append(character)
                separated = false
            } else if (character == "-" || character == " ") && !digits.isEmpty && !separated {
                separated = true
            } else {
                if (4...8).contains(digits.count) { return digits }
                digits = ""
                separated = false
            }
        }
        return ""
    }
}
