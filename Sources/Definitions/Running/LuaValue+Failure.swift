package import LuaSandbox

extension LuaValue {
    /// One line of what Lua raised, with `file:line` in front where that is known.
    package var failureLine: String {
        let text =
            self.text ?? table?["message"].text
            ?? "a table without a message was raised; raise a text"
        let lines = text.split { $0.isNewline }
        let first = lines.first.map(String.init) ?? text
        if Self.place(in: first) != nil { return first }
        // A mistake in a host call has no place of its own; the traceback has that of the call.
        let place =
            table?["where"].text
            ?? lines.dropFirst().lazy.compactMap { Self.place(in: $0.drop { $0 == "\t" }) }.first
        return place.map { "\($0): \(first)" } ?? first
    }

    /// Whether that line names its place.
    var hasFailurePlace: Bool { Self.place(in: failureLine) != nil }

    private static func place(in line: some StringProtocol) -> String? {
        let parts = line.split(separator: ":", maxSplits: 2)
        guard parts.count == 3, Int(parts[1]) != nil else { return nil }
        return "\(parts[0]):\(parts[1])"
    }
}
