import OrderKernel

/// The format and the script API as annotations of the Lua language server, so that an editor
/// completes and checks what an author writes.
package enum EditorTypes {
    /// The text of a file that the editor is given as a library.
    package static var text: String {
        let head = [
            "---@meta",
            "-- Types of Moonline's definition files and scripts, format "
                + "\(DefinitionSchema.apiVersion).", "",
            "---@alias moonline.ErrorCode " + words(ErrorCode.allCases.filter(\.isProviders)),
            "---@alias moonline.Status " + words(OrderStatus.allCases), "",
        ]
        let tables = FormatTable.all.map(annotation)
        return (head + tables + [objects] + namespaces + FormatFunction.all.compactMap(annotation))
            .joined(separator: "\n")
    }

    private static func words<Word: RawRepresentable<String>>(_ words: [Word]) -> String {
        words.map { "\"\($0.rawValue)\"" }.joined(separator: "|")
    }

    private static func annotation(_ table: FormatTable) -> String {
        var lines = ["---\(table.summary)", "---@class moonline.\(table.name)"]
        for key in table.keys {
            let name = key.name.hasPrefix("[") ? key.name : key.name + (key.isRequired ? "" : "?")
            lines.append("---@field \(name) \(key.type.annotation) \(key.summary)")
        }
        if let others = table.others {
            lines.append("---@field [string|integer] any \(others.summary)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func annotation(_ function: FormatFunction) -> String? {
        // The operations are the file's own, and the call of a table stands in its class.
        guard !function.name.contains("<"), function.name != "script" else { return nil }
        var lines = ["---\(function.summary)"]
        for parameter in function.parameters {
            let mark = parameter.isOptional ? "?" : ""
            lines.append("---@param \(parameter.name)\(mark) \(parameter.annotation)")
        }
        lines += function.returns.map { "---@return \($0)" }
        let names = function.parameters.map(\.name).joined(separator: ", ")
        lines.append("function \(function.name)(\(names)) end\n")
        return lines.joined(separator: "\n")
    }

    private static let namespaces = [
        "crypto = {}", "http = {}", "json = { null = nil }", "log = {}", "otp = {}", "task = {}",
        "time = {}",
        "---@type table<string, fun(arguments?: table): any>", "call = {}",
        "---@overload fun(specification: table<string, any>): table", "script = {}", "",
        "---@class moonline.Number", "local number = {}", "",
    ]

    private static let objects = """
        ---@class moonline.Response
        ---@field status integer
        ---@field headers table<string, string>
        ---@field body string

        ---@class moonline.RequestOptions
        ---@field query? table<string, string>
        ---@field headers? table<string, string>
        ---@field json? any
        ---@field form? table<string, string>
        ---@field buys? boolean whether it spends money, where the verb does not say so

        ---@class moonline.Failure
        ---@field code string
        ---@field message string
        ---@field retry string
        ---@field after? number seconds
        ---@field provider? string

        ---@class moonline.Money
        ---@field amount string
        ---@field currency string
        ---@operator add(moonline.Money): moonline.Money
        ---@operator sub(moonline.Money): moonline.Money
        ---@operator mul(integer): moonline.Money
        ---@operator div(integer): moonline.Money
        ---@operator unm: moonline.Money

        ---@class moonline.Query
        ---@field service string
        ---@field country? string
        ---@field countries? string[]
        ---@field provider? string
        ---@field providers? string[]
        ---@field operator? string
        ---@field max_price? moonline.Money|string
        ---@field strategy? "cheapest"|"fastest"|"reliable"|"balanced"

        ---@class moonline.Offer
        ---@field provider string
        ---@field service string
        ---@field country string
        ---@field price? moonline.Money
        ---@field usd? moonline.Money
        ---@field available? integer
        ---@field operator? string
        ---@field max_price? moonline.Money|string what may be paid at most

        ---@class moonline.Number
        ---@field id string
        ---@field phone string
        ---@field provider string
        ---@field service string
        ---@field country string
        ---@field state string
        ---@field refund string
        ---@field code? string
        ---@field message? string
        ---@field price? moonline.Money
        ---@field created_at string
        ---@field expires_at string

        ---@class moonline.Balance
        ---@field provider string
        ---@field amount? moonline.Money
        ---@field error? moonline.Failure

        ---@class moonline.Statistics
        ---@field provider string
        ---@field service string
        ---@field country string
        ---@field numbers integer
        ---@field codes integer
        ---@field spent moonline.Money
        ---@field p50? number seconds to the code
        ---@field p95? number
        ---@field cost_per_code? moonline.Money

        """
}
