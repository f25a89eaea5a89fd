/// Finds the functions of a file by their indentation, which the formatter keeps.
struct FunctionScan {
    /// The first line and the count of lines of each function.
    let functions: [(start: Int, length: Int)]

    init(_ lines: [String]) {
        var found: [(Int, Int)] = []
        for (number, line) in lines.enumerated() {
            let indentation = line.prefix { $0 == " " }.count
            let code = line.dropFirst(indentation)
            let words = code.prefix { $0 != "(" && $0 != "{" }.split(separator: " ")
            guard words.contains("func") || words.last == "init" else { continue }
            let closing = String(repeating: " ", count: indentation) + "}"
            guard !code.hasSuffix("}"),
                let end = lines[(number + 1)...].firstIndex(where: { $0 == closing })
            else { continue }
            found.append((number + 1, end - number + 1))
        }
        functions = found
    }
}
