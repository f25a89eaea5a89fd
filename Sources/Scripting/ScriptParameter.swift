import Definitions
import LuaSandbox
import OrderKernel

/// An argument that a script declares.
package struct ScriptParameter: Sendable, Hashable {
    package let name: String
    package let kind: Kind
    /// Whether it takes several values, separated by commas.
    package let isList: Bool
    package let isOptional: Bool
    private(set) var standard: LuaValue
    package let choices: [String]
    package let about: String

    /// What a value may be.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case string, integer, boolean, money, duration
    }

    /// As many as anybody chooses from; each is shown in the help.
    private static let choicesMaximum = 1000

    /// Reads `"string"`, or `{ "string", list = true, default = …, choices = … }`; `nil` when
    /// `problems` says what is wrong.
    init?(_ name: String, _ value: LuaValue, problems: inout [String]) {
        let table = value.table ?? LuaTable(items: [value])
        let word = table.items.first?.plainText ?? ""
        guard let kind = Kind(rawValue: word) else {
            let known = Kind.allCases.map(\.rawValue)
            let near = NearestNames.of(word, among: known, limit: 1).first
            let hint = near.map { "did you mean \"\($0)\"?" } ?? known.joined(separator: ", ")
            problems.append("'\(word)' is no type, \(hint)")
            return nil
        }
        self.name = name
        self.kind = kind
        isList = table["list"] == true
        isOptional = table["optional"] == true || table["default"] != .nil
        choices = (table["choices"].table?.items ?? []).compactMap(\.plainText)
        about = table["about"].text ?? ""
        standard = .nil
        problems += Self.mistakes(name, table)
        guard choices.count <= Self.choicesMaximum else {
            problems.append(
                "choices has \(choices.count) values, \(Self.choicesMaximum) are the most")
            return nil
        }
        do {
            for choice in choices { _ = try typed(.string(choice), "the choice") }
            standard = try standard(table["default"])
        } catch {
            problems.append(error.reason)
        }
        guard problems.isEmpty else { return nil }
    }

    /// The value of a text from the command line.
    ///
    /// - Throws: `MoonlineError` with `invalid`.
    func value(of text: String) throws(MoonlineError) -> LuaValue {
        guard isList else { return try item(text) }
        var items: [LuaValue] = []
        for part in text.split(separator: ",") {
            items.append(try item(part.trimmingPrefix { $0 == " " }.description))
        }
        return .table(LuaTable(items: items, isArray: true))
    }

    func item(_ text: String) throws(MoonlineError) -> LuaValue {
        if !choices.isEmpty, !choices.contains(text) {
            throw invalid(text, "is none of \(choices.joined(separator: ", "))")
        }
        switch kind {
        case .string: return .string(text)
        case .integer:
            guard let value = Int64(text) else { throw invalid(text, "is no whole number") }
            return .integer(value)
        case .boolean:
            let words = ["true": true, "yes": true, "false": false, "no": false]
            guard let value = words[text.lowercased()] else {
                throw invalid(text, "is neither true nor false")
            }
            return .boolean(value)
        case .money:
            guard let money = Money(argument: text) else {
                throw invalid(text, "is no amount, write 1.50 or 20000IDR")
            }
            return money.luaValue
        case .duration:
            guard Duration(text: text) != nil else {
                throw invalid(text, "is no duration, write 90s or 10m")
            }
            return .string(text)
        }
    }

    /// Its value where the command line gives none.
    ///
    /// - Throws: `MoonlineError` with `invalid` when it is required.
    func absent() throws(MoonlineError) -> LuaValue {
        guard isOptional else {
            throw MoonlineError(.invalid, "\(name) is missing, write \(usage)")
        }
        return standard
    }

    private func invalid(_ text: String, _ reason: String) -> MoonlineError {
        MoonlineError(.invalid, "\(name): '\(text)' \(reason)")
    }

    /// How it is written: `max_price=MONEY`, with dots for a list.
    package var usage: String {
        "\(name)=" + kind.rawValue.uppercased() + (isList ? ",…" : "")
    }

    /// What the help says of it.
    package var help: String {
        var parts = about.isEmpty ? [] : [about]
        if !choices.isEmpty { parts.append("one of " + choices.joined(separator: ", ")) }
        if standard != .nil {
            let items = standard.table?.items.compactMap(\.plainText).joined(separator: ",")
            parts.append("default " + (standard.plainText ?? items ?? ""))
        } else {
            parts.append(isOptional ? "optional" : "required")
        }
        return parts.joined(separator: "; ")
    }
}
