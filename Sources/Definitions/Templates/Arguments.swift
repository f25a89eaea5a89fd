package import LuaSandbox
import OrderKernel

/// The arguments of one call of an operation.
package struct Arguments: Sendable, Hashable {
    private var values: [String: LuaValue]

    package init(_ values: [String: LuaValue] = [:]) {
        self.values = values.filter { !$0.value.isAbsent }
    }

    /// Arguments that are all text.
    package init(text values: [String: String]) {
        self.values = values.mapValues { .string($0) }
    }

    package subscript(name: String) -> LuaValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// The names that have a value, in order.
    package var names: [String] { values.keys.sorted() }

    /// How long an argument is as text, a list with all its items.
    func bytes(of name: String) -> Int {
        guard let value = values[name] else { return 0 }
        if let table = value.table {
            return table.items.reduce(0) { $0 + 1 + ($1.plainText?.utf8.count ?? 0) }
        }
        return value.plainText?.utf8.count ?? 0
    }

    /// All of them as a Lua table.
    package var luaValue: LuaValue { .table(LuaTable(values)) }

    /// The argument's text; `nil` when it is optional and absent.
    ///
    /// - Throws: `MoonlineError` with `invalid` when it is missing or no text.
    func text(_ argument: Template.Argument) throws(MoonlineError) -> String? {
        guard let value = try value(argument) else { return nil }
        guard let text = value.plainText else {
            throw MoonlineError(.invalid, "'\(argument.name)' has to be text, not \(value.shown)")
        }
        return argument.kind == .cents ? try cents(text, argument) : text
    }

    // A limit of half a cent is none of a whole one.
    private func cents(
        _ text: String,
        _ argument: Template.Argument
    ) throws(MoonlineError) -> String {
        guard let amount = ExactDecimal(text), let units = amount.units(atScale: 9) else {
            throw MoonlineError(
                .invalid, "'\(argument.name)' has to be an amount such as 0.50, not '\(text)'")
        }
        let cents = units / 10_000_000
        // Without a cent it would read as "no limit" in many places.
        guard cents != 0 || units == 0 else {
            throw MoonlineError(
                .invalid, "'\(argument.name)' is \(text), and the provider takes whole cents")
        }
        return String(cents)
    }

    /// The argument as its kind says, for a JSON body; `nil` when it is optional and absent.
    ///
    /// - Throws: `MoonlineError` with `invalid` when it is missing or of another kind.
    func json(_ argument: Template.Argument) throws(MoonlineError) -> JSON? {
        guard let value = try value(argument) else { return nil }
        let text = value.plainText ?? ""
        switch argument.kind {
        case .text: return .string(try self.text(argument) ?? "")
        case .cents: return try self.text(argument).map { .number($0) }
        case .int:
            guard let digits = Int64(text) else {
                throw MoonlineError(
                    .invalid,
                    "'\(argument.name)' has to be a whole number, "
                        + "not \(value.shown)")
            }
            return .number(String(digits))
        case .number:
            guard let number = ExactDecimal(text) else {
                throw MoonlineError(
                    .invalid,
                    "'\(argument.name)' has to be a number, "
                        + "not \(value.shown)")
            }
            return .number(number.description)
        case .bool:
            guard text == "true" || text == "false" else {
                throw MoonlineError(
                    .invalid,
                    "'\(argument.name)' has to be true or false, "
                        + "not \(value.shown)")
            }
            return .bool(text == "true")
        case .list:
            if let table = value.table {
                return .array(table.items.map { .string($0.plainText ?? "") })
            }
            return .array(text.split(separator: ",").map { .string(String($0)) })
        }
    }

    private func value(_ argument: Template.Argument) throws(MoonlineError) -> LuaValue? {
        if let value = values[argument.name] { return value }
        if let standard = argument.standard { return .string(standard) }
        if argument.isOptional { return nil }
        throw MoonlineError(.invalid, "the argument '\(argument.name)' is missing")
    }
}

extension LuaValue {
    /// Text, digits or true/false as they are written; `nil` for anything else.
    package var plainText: String? {
        switch self {
        case .string(let text): text
        case .integer(let value): String(value)
        case .boolean(let value): value ? "true" : "false"
        case .number(let value):
            value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
        default: nil
        }
    }
}
