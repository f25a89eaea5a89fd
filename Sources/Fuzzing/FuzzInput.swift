import LuaSandbox

/// The bytes of one input, read line by line: seeds stay readable, and a line that moves is still
/// a line.
struct FuzzInput {
    /// What has not been read.
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// The bytes up to the next line end, which is dropped; nothing when there are no more.
    mutating func line() -> [UInt8] {
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
        let line = Array(rest[..<end])
        rest = rest[end...].dropFirst()
        return line
    }

    /// The next line as text, as texts from outside are read.
    mutating func textLine() -> String { StreamSafeText.decode(line()) }

    /// The next line in two: what stands before the first separator, and what stands behind it.
    mutating func pair(_ separator: Character) -> (String, String) {
        let line = textLine()
        guard let end = line.firstIndex(of: separator) else { return (line, "") }
        return (String(line[..<end]), String(line[end...].dropFirst()))
    }
}
