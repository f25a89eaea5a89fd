/// A number as it is written: one group of digits, or several joined by dashes.
struct CodeNumber {
    let groups: [Range<Int>]

    /// From the first digit to the last.
    var range: Range<Int> { groups[0].lowerBound..<groups[groups.count - 1].upperBound }

    /// How many digits each group has.
    var sizes: [Int] { groups.map(\.count) }
}
