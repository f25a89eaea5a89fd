/// The parts of a message in which no number is a code: links, addresses, app hashes.
enum CodeNoise {
    /// One flag per scalar, true where nothing is to be looked for.
    static func mask(of message: CodeText) -> [Bool] {
        var mask = [Bool](repeating: false, count: message.count)
        let text = message.folded
        let last = text.lastIndex { $0 != " " && $0 != "\n" } ?? -1
        var index = 0
        while index < text.count {
            guard isRunScalar(text[index]) else {
                index += 1
                continue
            }
            var end = index
            while end < text.count, isRunScalar(text[end]) {
                end += 1
            }
            if let noise = noise(in: text[index..<end], of: message, isLast: end > last) {
                for position in noise {
                    mask[position] = true
                }
            }
            index = end
        }
        return mask
    }

    private typealias Run = ArraySlice<Unicode.Scalar>

    /// A run is what stands between spaces; scripts without spaces end it as well.
    private static func isRunScalar(_ scalar: Unicode.Scalar) -> Bool {
        "!" <= scalar && scalar <= "~"
    }

    private static func noise(in run: Run, of message: CodeText, isLast: Bool) -> Range<Int>? {
        if isHash(message.shown[run.indices], isLast: isLast) {
            return run.indices
        }
        return address(in: run) ?? link(in: run) ?? bareHost(in: run)
    }

    /// Android's SMS retriever wants 11 characters of base 64 that name the app, as a rule at
    /// the end of the message.
    private static func isHash(_ run: Run, isLast: Bool) -> Bool {
        guard run.count == 11 else { return false }
        let isBase64 = run.allSatisfy {
            $0.isASCIIDigit || $0.isASCIILetter || $0 == "+" || $0 == "/"
        }
        guard isBase64, run.contains(where: \.isASCIILetter) else { return false }
        if isLast { return true }
        let hasSmall = run.contains { "a" <= $0 && $0 <= "z" }
        let hasCapital = run.contains { "A" <= $0 && $0 <= "Z" }
        return hasSmall && hasCapital && run.contains { !$0.isASCIILetter }
    }

    private static func address(in run: Run) -> Range<Int>? {
        guard let at = run.firstIndex(of: "@") else { return nil }
        let local = run[..<at].reversed().prefix { isHostScalar($0) || $0 == "_" || $0 == "+" }
        let host = run[(at + 1)...].prefix(while: isHostScalar)
        guard !local.isEmpty, host.contains(".") else { return nil }
        return (at - local.count)..<host.endIndex
    }

    private static func link(in run: Run) -> Range<Int>? {
        if let start = schemeStart(in: run) {
            return start..<linkEnd(in: run, from: start)
        }
        guard let slash = run.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return nil }
        let host = run[..<slash].reversed().prefix(while: isHostScalar)
        let topLevel = host.prefix { $0 != "." }
        guard topLevel.count >= 2, topLevel.count < host.count,
            topLevel.allSatisfy(\.isASCIILetter), slash + 1 < run.endIndex
        else { return nil }
        return (slash - host.count)..<linkEnd(in: run, from: slash)
    }

    private static func schemeStart(in run: Run) -> Int? {
        for index in run.indices where run[index] == ":" {
            if run[index...].starts(with: "://".unicodeScalars) {
                return index - run[..<index].reversed().prefix(while: \.isASCIILetter).count
            }
        }
        for index in run.indices where run[index] == "w" {
            if run[index...].starts(with: "www.".unicodeScalars) {
                return index
            }
        }
        return nil
    }

    private static func linkEnd(in run: Run, from start: Int) -> Int {
        run[start...].firstIndex { $0 == "," || $0 == "<" || $0 == ">" || $0 == "\"" }
            ?? run.endIndex
    }

    /// A host without a path, for names such as "24680.com".
    private static func bareHost(in run: Run) -> Range<Int>? {
        guard let start = run.firstIndex(where: isHostScalar) else { return nil }
        let host = run[start...].prefix(while: isHostScalar)
        let trimmed = host.last == "." ? host.dropLast() : host
        guard let dot = trimmed.lastIndex(of: ".") else { return nil }
        var topLevel = String.UnicodeScalarView()
        topLevel.append(contentsOf: trimmed[(dot + 1)...])
        return topLevels.contains(String(topLevel)) ? start..<trimmed.endIndex : nil
    }

    private static let topLevels: Set<String> = ["com", "net", "org", "ru", "cn", "io", "app"]

    private static func isHostScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCIIDigit || scalar.isASCIILetter || scalar == "." || scalar == "-"
    }
}
