extension Int {
    /// So many of something, such as `1 test` or `2 tests`.
    func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
