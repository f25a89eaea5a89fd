/// Joins the numbers that are one number in groups, and drops those that are none of ours:
/// phone numbers, dates, times, decimals, sums of money.
struct CodeNumberRuns {
    let surroundings: CodeSurroundings

    private var message: CodeText { surroundings.message }

    /// The candidates among the numbers of a message, which are in the order of the text.
    func candidates(in numbers: [CodeNumber]) -> [CodeCandidate] {
        var result: [CodeCandidate] = []
        var run: [CodeNumber] = []
        for number in numbers {
            if isPartOfFraction(number) {
                result += resolve(run)
                run = []
                continue
            }
            if let last = run.last, !isJoined(last, number) {
                result += resolve(run)
                run = []
            }
            run.append(number)
        }
        return result + resolve(run)
    }

    /// Whether a stop, colon, slash or comma joins the number to another: 12:30, 1,500.00.
    private func isPartOfFraction(_ number: CodeNumber) -> Bool {
        isJoint(number.range.lowerBound - 1) || isJoint(number.range.upperBound)
    }

    private func isJoint(_ index: Int) -> Bool {
        guard message.isDigit(at: index - 1), message.isDigit(at: index + 1) else { return false }
        switch message.shown[index] {
        case ".", ":", "/", "'":
            return true
        case ",":
            // "482913,5 minutes": neither thousands nor decimals.
            let isLong = (1...4).allSatisfy { message.isDigit(at: index - $0) }
            return !isLong || (message.isDigit(at: index + 2) && !message.isDigit(at: index + 3))
        default:
            return false
        }
    }

    /// Whether only a space, or the parentheses of an area code, stand between two numbers.
    private func isJoined(_ first: CodeNumber, _ second: CodeNumber) -> Bool {
        let between = message.shown[first.range.upperBound..<second.range.lowerBound]
        let joints: [[Unicode.Scalar]] = [
            [" "], [" ", "("], [")", " "], [")"], ["("], [")", "-"],
        ]
        return joints.contains { between.elementsEqual($0) }
    }

    private func resolve(_ run: [CodeNumber]) -> [CodeCandidate] {
        var numbers = run[...]
        if let first = numbers.first, isInternational(first) {
            numbers = afterPhone(numbers)
        }
        if let last = numbers.last, surroundings.isMeasure(last.range.upperBound) {
            numbers = numbers.dropLast()
        }
        guard let first = numbers.first, let last = numbers.last else { return [] }
        let groups = numbers.flatMap(\.groups)
        guard numbers.count > 1 else { return single(first) }
        let whole = first.range.lowerBound..<last.range.upperBound
        let sizes = groups.map(\.count)
        if Self.isThousands(sizes), sizes != [3, 3] || surroundings.isMoney(whole) {
            return []
        }
        if let shape = Self.shape(sizes), !hasYear(groups) {
            return [candidate(groups, shape)]
        }
        return Self.isPhone(sizes, startsWith: message.shown[whole.lowerBound])
            ? [] : numbers.flatMap(single)
    }

    private func single(_ number: CodeNumber) -> [CodeCandidate] {
        guard let shape = Self.shape(number.sizes), !hasYear(number.groups.dropFirst()) else {
            return []
        }
        guard !isInternational(number), !surroundings.isMoney(number.range) else { return [] }
        return [candidate(number.groups, shape)]
    }

    private func candidate(
        _ groups: [Range<Int>], _ shape: CodeCandidate.Shape
    ) -> CodeCandidate {
        CodeCandidate(
            text: groups.map { message.string($0) }.joined(),
            range: groups[0].lowerBound..<groups[groups.count - 1].upperBound,
            shape: shape
        )
    }

    /// The shape of digits in groups of these sizes, nil when no code is written so.
    private static func shape(_ sizes: [Int]) -> CodeCandidate.Shape? {
        let total = sizes.reduce(0, +)
        switch sizes.count {
        case 1:
            if 4...8 ~= total { return .digits }
            return 3...10 ~= total ? .unusualDigits : nil
        case 2 where sizes[0] != sizes[1]:
            return 5...8 ~= total && sizes.allSatisfy { $0 >= 2 } ? .unusualDigits : nil
        default:
            guard Set(sizes).count == 1, 4...9 ~= total else { return nil }
            if sizes[0] == 1 { return sizes.count <= 8 ? .digits : nil }
            return total <= 4 || total == 9 ? .unusualDigits : .digits
        }
    }

    /// Whether the groups are those of a number written with spaces between the thousands.
    private static func isThousands(_ sizes: [Int]) -> Bool {
        sizes[0] <= 3 && sizes.count > 1 && sizes.dropFirst().allSatisfy { $0 == 3 }
    }

    private static func isPhone(_ sizes: [Int], startsWith first: Unicode.Scalar) -> Bool {
        let total = sizes.reduce(0, +)
        guard 9...15 ~= total, sizes.contains(where: { $0 <= 5 }) else { return false }
        return "0178".unicodeScalars.contains(first) || sizes.allSatisfy { $0 <= 4 }
    }

    /// Whether one of several groups is a year, so that they are not one code.
    private func hasYear(_ groups: some Collection<Range<Int>>) -> Bool {
        groups.contains { Self.isYear(message.shown[$0]) }
    }

    /// Whether digits read as a year of this century or the last.
    static func isYear(_ digits: some Collection<Unicode.Scalar>) -> Bool {
        guard digits.count == 4 else { return false }
        return digits.starts(with: "19".unicodeScalars) || digits.starts(with: "20".unicodeScalars)
    }

    private func isInternational(_ number: CodeNumber) -> Bool {
        let edge = surroundings.skipBack(from: number.range.lowerBound, over: "(", most: 1)
        return edge > 0 && message.shown[edge - 1] == "+"
    }

    /// What is left of a run when the phone number at its start is taken away.
    private func afterPhone(_ run: ArraySlice<CodeNumber>) -> ArraySlice<CodeNumber> {
        var digits = 0
        return run.drop { number in
            guard digits < 10 else { return false }
            digits += number.sizes.reduce(0, +)
            return true
        }
    }
}
