import Definitions
import LuaSandbox
import OrderKernel

/// Requests from templates and from functions: no template and no argument leads away from the
/// base URL, or puts a line end into a header.
///
/// An input has a line each for the verb with the base URL, the path, a header, a parameter and a
/// body (`json …` or `form name=value`), and further lines with arguments.
enum TemplateFuzz {
    private static let standardBase = BaseURL(
        scheme: "https", host: "api.example", port: 443, path: "/v1")

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        var input = FuzzInput(bytes)
        let (verb, url) = input.pair(" ")
        let path = input.textLine()
        let header = input.pair(":"), parameter = input.pair("="), body = input.pair(" ")
        let method = HTTPMethod(rawValue: verb) ?? .get
        let base = try base(url)
        let options = options(header, parameter, body)

        var arguments = Arguments()
        while !input.rest.isEmpty {
            let (name, text) = input.pair("=")
            arguments[name] = .string(text)
        }
        var table = options
        table.fields[.string(method.rawValue)] = .string(path)
        if let template = RequestTemplate(table, operation: "fuzzed"),
            let request = try? template.request(arguments, operation: "fuzzed")
        {
            try RequestCheck(base: base).check(request)
        }

        let function = FunctionRequest(
            method: method, path: path, options: options, baseURL: base, operation: "fuzzed")
        if let request = try? function.request() { try RequestCheck(base: base).check(request) }
    }

    // A base URL that was read has to be read the same way from what it is written as.
    private static func base(_ text: String) throws(FuzzFinding) -> BaseURL {
        guard let base = try? BaseURL(parsing: text) else { return standardBase }
        let again = try? BaseURL(parsing: base.description)
        try require(again == base, "the base URL '\(base)' reads back as another one")
        try RequestCheck(base: base).checkBase()
        return base
    }

    private static func options(
        _ header: (String, String),
        _ parameter: (String, String),
        _ body: (String, String)
    ) -> LuaTable {
        var table = LuaTable()
        if !header.0.isEmpty {
            table.fields[.string("headers")] = .table(LuaTable([header.0: .string(header.1)]))
        }
        if !parameter.0.isEmpty {
            table.fields[.string("query")] = .table(LuaTable([parameter.0: .string(parameter.1)]))
        }
        if body.0 == "json", let json = try? JSON(parsing: body.1) {
            table.fields[.string("json")] = json.luaValue
        } else if body.0 == "form" {
            let halves = body.1.split(separator: "=", maxSplits: 1).map(String.init)
            table.fields[.string("form")] = .table(
                LuaTable([halves.first ?? "": .string(halves.dropFirst().first ?? "")]))
        }
        return table
    }
}
