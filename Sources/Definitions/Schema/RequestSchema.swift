import LuaSandbox

/// Reads how an operation's request is made.
enum RequestSchema {
    static func read(
        _ name: String,
        _ node: SchemaNode,
        _ table: LuaTable,
        _ reader: inout SchemaReader
    ) -> RequestTemplate? {
        let methods = HTTPMethod.allCases.filter { table[$0.rawValue] != .nil }
        guard let method = methods.first, methods.count == 1 else {
            reader.report(
                node,
                methods.isEmpty
                    ? "has no request: add get, post, put, patch or delete, for example "
                        + "get = \"/balance\""
                    : "has several verbs: \(methods.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        let pathNode = node.child(method.rawValue, table[method.rawValue])
        guard case .string(let target) = pathNode.value else {
            reader.report(pathNode, "a path such as \"/orders/{id}\" was expected")
            return nil
        }
        let pathText = pathPart(of: target)
        guard let path = template(pathText, pathNode, &reader) else { return nil }
        check(pathText, pathNode, &reader)
        for argument in path.arguments where argument.isOptional {
            reader.report(pathNode, "'{\(argument.name)?}' cannot be optional within the path")
        }
        var query = parameters(target.dropFirst(pathText.count + 1), pathNode, &reader)
        query += parameters(node.child("query", table["query"]), &reader)
        let headers = parameters(node.child("headers", table["headers"]), &reader)
        for header in headers where !HeaderRules.isAllowed(header.name) {
            reader.report(
                node.path + ["headers", header.name],
                "'\(header.name)' \(HeaderRules.reason(against: header.name))")
        }
        for (name, child) in node.child("headers", table["headers"]).namedFields
        where !HeaderRules.isValue(child.value.plainText ?? "") {
            reader.report(child, "the value of '\(name)' may not hold control characters")
        }
        let request = RequestTemplate(
            method: method, path: path, query: query, headers: headers,
            body: body(node, table, &reader),
            sendsCredential: reader.boolean(node.child("auth", table["auth"])) ?? true
        )
        checkArguments(of: request, name, node, &reader)
        return request
    }

    static func template(
        _ text: String,
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> Template? {
        do {
            return try Template(parsing: text)
        } catch {
            reader.report(node, error.reason)
            return nil
        }
    }

    // To the question mark that begins the query, not to that of an optional argument.
    private static func pathPart(of target: String) -> String {
        var isInBraces = false
        return String(
            target.prefix { character in
                if character == "{" || character == "}" { isInBraces = character == "{" }
                return isInBraces || character != "?"
            })
    }

    // What a path may not hold: anything that would lead to another origin or another folder.
    private static func check(
        _ path: String,
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) {
        if path.contains("://") {
            reader.report(node, "is relative to base_url, so write only the path: \"/orders\"")
        } else if !path.isEmpty, !path.hasPrefix("/") {
            reader.report(node, "has to begin with / or ?")
        } else if !PathRules.isPlain(path.replacing(#/\{[^{}]*\}/#, with: "x")[...]) {
            reader.report(
                node,
                "'\(path)' is no plain path: //, .., \\, #, @, blanks and letters "
                    + "outside ASCII are not allowed")
        }
    }

    private static func parameters(
        _ text: Substring,
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> [RequestTemplate.Parameter] {
        text.split(separator: "&").compactMap { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, !halves[0].isEmpty else {
                reader.report(node, "'\(pair)' in the query is no name=value")
                return nil
            }
            guard let value = template(String(halves[1]), node, &reader) else { return nil }
            return RequestTemplate.Parameter(name: String(halves[0]), value: value)
        }
    }

    private static func parameters(
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> [RequestTemplate.Parameter] {
        reader.named(node).compactMap { name, child in
            guard let text = child.value.plainText else {
                reader.report(child, "text was expected, for example \"{country}\"")
                return nil
            }
            return template(text, child, &reader).map {
                RequestTemplate.Parameter(name: name, value: $0)
            }
        }
    }

    private static func body(
        _ node: SchemaNode,
        _ table: LuaTable,
        _ reader: inout SchemaReader
    ) -> RequestTemplate.Body {
        let json = node.child("json", table["json"])
        let form = node.child("form", table["form"])
        if json.value != .nil, form.value != .nil {
            reader.report(form, "a request has either json or form, not both")
        }
        if json.value != .nil { return .json(jsonTemplate(json, &reader)) }
        if form.value != .nil { return .form(parameters(form, &reader)) }
        return .none
    }

    private static func jsonTemplate(
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> RequestTemplate.JSONTemplate {
        switch node.value {
        case .string(let text):
            return template(text, node, &reader).map { .text($0) } ?? .constant(.null)
        case .table(let table) where !table.items.isEmpty && !table.fields.isEmpty:
            reader.report(node, "a JSON value is a list or an object, not both")
            return .constant(.null)
        case .table(let table) where table.isArray || !table.items.isEmpty:
            return .array(node.items.map { jsonTemplate($0, &reader) })
        case .table:
            return .object(
                node.namedFields.map {
                    RequestTemplate.JSONMember(key: $0.key, value: jsonTemplate($0.node, &reader))
                })
        default:
            guard let value = try? JSON(node.value) else {
                reader.report(node, "a \(node.value.typeName) has no JSON form")
                return .constant(.null)
            }
            return .constant(value)
        }
    }

    private static func checkArguments(
        of request: RequestTemplate,
        _ name: String,
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) {
        guard let common = CommonOperation(rawValue: name) else { return }
        for argument in request.arguments
        where !common.arguments.contains(argument.name) && !reader.isFull {
            let known = common.arguments.map { "{\($0)}" }.joined(separator: ", ")
            let near = NearestNames.of(argument.name, among: common.arguments, limit: 1).first
            let hint =
                near.map { "did you mean {\($0)}?" }
                ?? (known.isEmpty ? "\(name) has no arguments" : "\(name) has \(known)")
            reader.report(node, "'{\(argument.name)}' is no argument of \(name), \(hint)")
        }
    }
}
