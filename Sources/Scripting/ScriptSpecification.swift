import Definitions
import LuaSandbox
import OrderKernel

/// What a script says of itself: `script { about = …, service = "string", … }`.
package struct ScriptSpecification: Sendable, Hashable {
    /// What it is for, in one line.
    package let about: String
    /// In the order of their names.
    package let parameters: [ScriptParameter]

    init(_ value: LuaValue) throws(ScriptParameter.SyntaxError) {
        guard let table = value.table else {
            throw ScriptParameter.SyntaxError(
                reason: "script takes a table: script { about = \"…\", service = \"string\" }")
        }
        var parameters: [ScriptParameter] = []
        for (name, field) in table.namedFields where name != "about" {
            parameters.append(try ScriptParameter(name, field))
        }
        about = table["about"].text ?? ""
        self.parameters = parameters
    }

    /// The values that the script gets, and the names of those that are money.
    ///
    /// - Throws: `MoonlineError` with `invalid`, which says how it is written.
    func values(of arguments: [String: String]) throws(MoonlineError) -> [LuaValue] {
        for name in arguments.keys.sorted() where !parameters.contains(where: { $0.name == name }) {
            let near = NearestNames.of(name, among: parameters.map(\.name), limit: 1).first
            let hint =
                near.map { "did you mean '\($0)'?" }
                ?? "it takes \(parameters.map(\.usage).joined(separator: " "))"
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
