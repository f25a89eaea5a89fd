import Definitions
import LuaSandbox
import OrderKernel

/// What can be wrong with the declaration of an argument.
extension ScriptParameter {
    private static let keys = ["list", "default", "optional", "choices", "about"]

    // What is wrong whatever the type is.
    static func mistakes(_ name: String, _ table: LuaTable) -> [String] {
        var found: [String] = []
        // Dashes stand for underscores on the command line.
        if !name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) {
            found.append("a name has letters, digits and underscores")
        }
        for (key, _) in table.namedFields where !keys.contains(key) {
            let near = NearestNames.of(key, among: keys, limit: 1).first
            let hint = near.map { "did you mean '\($0)'?" }
            found.append(
                "unknown key '\(key)', "
                    + (hint ?? "known are \(keys.joined(separator: ", "))"))
        }
        if table.items.count > 1 { found.append("it has one type; write choices = { … } for more") }
        for key in ["list", "optional"] where ![.nil, true, false].contains(table[key]) {
            found.append("\(key) is true or false")
        }
        if table["choices"] != .nil, table["choices"].table?.items.isEmpty ?? true {
            found.append("choices is a list, write choices = { \"a\", \"b\" }")
        }
        if table["about"] != .nil, table["about"].text == nil { found.append("about is a text") }
        return found
    }

    /// What is wrong with a declaration.
    struct Mistake: Error { let reason: String }

    /// The default as the script gets it; a list is written as one.
    func standard(_ value: LuaValue) throws(Mistake) -> LuaValue {
        guard value != .nil else { return .nil }
        guard isList else { return try typed(value, "the default") }
        guard let table = value.table, !table.items.isEmpty, table.namedFields.isEmpty else {
            throw Mistake(reason: "the default of a list is a list, write default = { … }")
        }
        var items: [LuaValue] = []
        for item in table.items { items.append(try typed(item, "the default")) }
        return .table(LuaTable(items: items, isArray: true))
    }

    /// A value that is written in Lua: what has a type of its own there has to have it.
    func typed(_ value: LuaValue, _ what: String) throws(Mistake) -> LuaValue {
        // What else the table holds may be of the machine that read the declaration.
        if kind == .money, value.table != nil, let money = Money(value) { return money.luaValue }
        let isTyped =
            switch (kind, value) {
            case (.boolean, .boolean), (.integer, .integer), (.duration, .integer),
                (.money, .integer), (_, .string):
                true
            default: false
            }
        guard isTyped, let text = value.plainText else {
            throw Mistake(reason: "\(what) \(value.shown) is no \(kind.rawValue)")
        }
        do throws(MoonlineError) {
            return try item(kind == .duration && value.text == nil ? text + "s" : text)
        } catch {
            throw Mistake(reason: "\(what) " + error.message.dropFirst(name.count + 2))
        }
    }
}
