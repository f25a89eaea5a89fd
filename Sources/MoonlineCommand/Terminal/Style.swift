/// The few colours of the output; plain text where colour is not wanted.
struct Style: Sendable {
    let isColored: Bool

    // Styles travel as private-use characters until the console writes them: whatever else looks
    // like an escape sequence then came from outside, and is taken out. Which characters these are
    // nobody knows who sends text from outside.
    private static let opening = mark(among: 0xF0000...0xF7FFF)
    private static let reset = mark(among: 0xF8000...0xFFFFD)
    private static let codes: [Character: String] = [
        "b": "1", "d": "2", "r": "31", "g": "32", "y": "33", "c": "36",
    ]

    func bold(_ text: String) -> String { wrap(text, "b") }
    func dim(_ text: String) -> String { wrap(text, "d") }
    func red(_ text: String) -> String { wrap(text, "r") }
    func green(_ text: String) -> String { wrap(text, "g") }
    func yellow(_ text: String) -> String { wrap(text, "y") }
    func cyan(_ text: String) -> String { wrap(text, "c") }

    private func wrap(_ text: String, _ code: Character) -> String {
        guard isColored else { return text }
        return "\(Self.opening)\(code)\(text)\(Self.reset)"
    }

    /// The line as it is written: styles as escape sequences, and nothing that a provider sent that
    /// could move the cursor, turn the direction of text or give a CI runner a command.
    func written(_ line: String) -> String {
        var out = String.UnicodeScalarView()
        var isCode = false
        for scalar in line.unicodeScalars {
            if isCode {
                isCode = false
                let code = Self.codes[Character(scalar)] ?? "0"
                out.append(contentsOf: "\u{1B}[\(code)m".unicodeScalars)
            } else if scalar == Self.opening {
                isCode = isColored
            } else if scalar == Self.reset {
                if isColored { out.append(contentsOf: "\u{1B}[0m".unicodeScalars) }
            } else if Self.isHarmless(scalar) {
                out.append(scalar)
            }
        }
        return RunnerCommand.broken(String(out))
    }

    private static func mark(among scalars: ClosedRange<UInt32>) -> Unicode.Scalar {
        Unicode.Scalar(.random(in: scalars)) ?? "\u{F0000}"
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: true
        case 0..<0x20, 0x7F...0x9F: false
        case 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
