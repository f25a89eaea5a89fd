import Foundation

/// What would give away a key: its parts of twelve characters, as they are, backwards, escaped, in
/// base64 and hexadecimal, and as a register holds them.
struct CanaryMarks {
    private let marks: Set<String>

    /// So many characters of a key in a row are one still.
    private static let partCount = 12

    init(of keys: [String]) {
        marks = Set(keys.flatMap(Self.forms))
    }

    private static func forms(of key: String) -> [String] {
        let digits = key.utf8.map { (($0 < 16) ? "0" : "") + String($0, radix: 16) }
        func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
        func escaped(_ mark: String) -> [String] {
            (0...(digits.count - partCount)).map { begin in
                digits[begin..<begin + partCount].map { mark + $0 }.joined()
            }
        }
        let words = (0...(digits.count - 8)).map { digits[$0..<$0 + 8].reversed().joined() }
        // What stands before it may change the first characters, and what is behind the last.
        let packed = ["", "x", "xx", "Bearer ", "user:"].flatMap { before in
            windows(
                String(
                    base64(before + key).dropFirst(4 * ((before.count + 2) / 3)).dropLast(4)), 16)
        }
        return windows(key, partCount) + windows(String(key.reversed()), partCount)
            + ["%", "%25", "\\u00", ""].flatMap(escaped) + words + packed
    }

    private static func windows(_ text: String, _ count: Int) -> [String] {
        let low = Array(text.lowercased())
        guard low.count > count else { return [String(low)] }
        return (0...(low.count - count)).map { String(low[$0..<$0 + count]) }
    }

    /// What a text gives away.
    func leaks(in text: String) -> [String] {
        let low = text.lowercased()
        return marks.filter { low.contains($0) }
    }

    /// Every byte below a folder and every name, as text.
    static func written(below folder: String) -> String {
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        return (paths ?? []).compactMap { path in
            FileManager.default.contents(atPath: folder + "/" + path)
                .map { path + "\n" + String(decoding: $0, as: UTF8.self) }
        }.joined(separator: "\n")
    }
}
