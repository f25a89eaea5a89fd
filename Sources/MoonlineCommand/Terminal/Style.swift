/// The few colours of the output; plain text where colour is not wanted.
struct Style: Sendable {
    let isColored: Bool

    private static let marker: [Unicode.Scalar] = Array("\u{1B}[".unicodeScalars)
    private static let codes: Set<String> = ["0", "1", "2", "31", "32", "33", "36"]

    func bold(_ text: String) -> String { wrap(text, "1") }
    func dim(_ text: String) -> String { wrap(text, "2") }
    func red(_ text: String) -> String { wrap(text, "31") }
    func green(_ text: String) -> String { wrap(text, "32") }
    func yellow(_ text: String) -> String { wrap(text, "33") }
    func cyan(_ text: String) -> String { wrap(text, "36") }

    private func wrap(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// Where one of our own sequences ends; `nil` for any other.
    static func endOfSequence(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        guard scalars[start...].starts(with: marker) else { return nil }
        let rest = scalars[(start + marker.count)...].prefix(3)
        guard let end = rest.firstIndex(of: "m") else { return nil }
        var code = String.UnicodeScalarView()
        code.append(contentsOf: scalars[(start + marker.count)..<end])
        return codes.contains(String(code)) ? end : nil
    }
}
