import Definitions
import LuaSandbox
import OrderKernel

/// What a script says of itself: `script { about = …, service = "string", … }`.
package struct ScriptSpecification: Sendable, Hashable {
    /// What it is for, in one line.
    package let about: String
    /// In the order of their names.
    package let parameters: [ScriptParameter]

    /// - Parameter map: the lines of what stands behind `script`.
    /// - Throws: `MoonlineError` with `invalid`, which names all mistakes with their lines.
    init(_ value: LuaValue, _ map: SourceMap) throws(MoonlineError) {
        guard let table = value.table else {
            throw Self.error([
                "\(map.file):\(map.nearestLine(of: [])): script takes a table: "
                    + "script { about = \"…\", service = \"string\" }"
            ])
        }
        var parameters: [ScriptParameter] = []
        var problems = map.duplicates.map { path, first in
            "\(map.file):\(map.nearestLine(of: path)): \(path.joined(separator: ".")): "
                + "stands in line \(first) already"
        }
        for (name, field) in table.namedFields where name != "about" {
            var found: [String] = []
            if let parameter = ScriptParameter(name, field, problems: &found) {
                parameters.append(parameter)
            }
            problems += found.map { "\(map.file):\(map.nearestLine(of: [name])): \(name): \($0)" }
        }
        if !table.items.isEmpty {
            problems.append(
                "\(map.file):\(map.nearestLine(of: ["[1]"])): an argument has a name, "
                    + "write service = \"string\"")
        }
        if table["about"] != .nil, table["about"].text == nil {
            problems.append("\(map.file):\(map.nearestLine(of: ["about"])): about is a text")
        }
        guard problems.isEmpty else { throw Self.error(problems) }
        about = table["about"].text ?? ""
        self.parameters = parameters
    }

    private static func error(_ problems: [String]) -> MoonlineError {
        MoonlineError(.invalid, problems.joined(separator: "; "))
    }

    /// The values that the script gets, and the names of those that are money.
    ///
    /// - Throws: `MoonlineError` with `invalid`, which says how it is written.
    func values(of arguments: [String: String]) throws(MoonlineError) -> [LuaValue] {
        for name in arguments.keys.sorted() where !parameters.contains(where: { $0.name == name }) {
            let near = NearestNames.of(name, among: parameters.map(\.name), limit: 1).first
            let hint =
                near.map { "did you mean '\($0)'?" }
                ?? "it takes \(parameters.map(\.usage).joined(separator: " ")); options of "
                + "`moonline run` itself stand before the file"
            throw MoonlineError(.invalid, "the script has no argument '\(name)', \(hint)")
        }
        var values: [String: LuaValue] = [:]
        for parameter in parameters {
            if let text = arguments[parameter.name] {
                values[parameter.name] = try parameter.value(of: text)
            } else {
                values[parameter.name] = try parameter.absent()
            }
        }
        let moneys = parameters.filter { $0.kind == .money }.map { LuaValue.string($0.name) }
        return [.table(LuaTable(values)), .table(LuaTable(items: moneys, isArray: true))]
    }
}
