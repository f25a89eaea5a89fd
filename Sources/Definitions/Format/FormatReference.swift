import OrderKernel

/// The written reference of the format, made of the same lists as the readers use.
package enum FormatReference {
    /// The reference as Markdown.
    package static var text: String {
        ([head] + FormatTable.all.map(section) + [fields, statuses, operations, errors, functions])
            .joined(separator: "\n") + "\n"
    }

    private static let head = """
        # Definition format and functions

        Every key of a definition file, every operation, field and error code, and every function
        that definitions and scripts may call.

        This page is printed by `moonline provider reference`. It is made of the lists by which
        files are read. `moonline provider types` prints the same for the Lua language server.

        A *duration* is text such as `"500ms"`, `"90s"`, `"2m"`, `"1h"` or `"14d"`. A *path* says
        where a value stands in a reply: `data.price`, `sms[0].text` (counted from 0, from the end
        with `[-1]`), `$` for all of it, and `cost|price` for the first that is there.

        """

    private static func section(_ table: FormatTable) -> String {
        var lines = [
            "## \(table.name)", "", table.summary, "", "| Key | Holds | Meaning | Example |",
            "|---|---|---|---|",
        ]
        for key in table.keys + [table.others].compactMap(\.self) {
            let name = key.name.contains("`") ? key.name : "`\(key.name)`"
            lines.append(
                row([
                    name + (key.isRequired ? ", needed" : ""), key.type.words, key.summary,
                    "`\(key.example)`",
                ]))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ cells: [String]) -> String {
        "| "
            + cells.map { $0.split(separator: "|").joined(separator: "\\|") }
            .joined(separator: " | ") + " |"
    }

    private static var fields: String {
        let rows = ReplyField.all.map { row(["`\($0.name)`", $0.type.words, $0.summary]) }
        return """
            ## Fields of a reply

            A field's name says its type, the same in every file; fields of other names are passed
            on as they are. Each comes from a path `"data.price"`, a constant `"=text"`, a key of an
            object that `each` went through (`"$1"`), a translation `{ "path", raw = "meaning" }`,
            or a function of the item.

            | Field | Type | Meaning |
            |---|---|---|

            """ + rows.joined(separator: "\n") + "\n"
    }

    private static var statuses: String {
        """
        ## Statuses of an order

        \(OrderStatus.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")).

        `received` says that a message came, even where no code is found in it; such an order is
        not cancelled any more.

        """
    }

    private static var operations: String {
        let rows = CommonOperation.allCases.map { operation in
            row([
                "`\(operation.rawValue)`", operation.summary,
                operation.arguments.map { "`{\($0)}`" }.joined(separator: " "),
                neededFields(of: operation),
            ])
        }
        return """
            ## Operations

            Those that are there are what the provider can do. Arguments are the provider's own ids.
            An operation of another name is called by `moonline call PROVIDER NAME key=value`.

            | Operation | Meaning | Arguments | Needed fields |
            |---|---|---|---|

            """ + rows.joined(separator: "\n") + "\n"
    }

    private static func neededFields(of operation: CommonOperation) -> String {
        let fields = operation.requiredFields.map { "`\($0)`" }.joined(separator: " ")
        guard operation == .check || operation == .list else { return fields }
        let evidence = "one of `status` `code` `message` `messages`"
        return fields.isEmpty ? evidence : fields + " and " + evidence
    }

    private static var errors: String {
        let rows = ErrorCode.allCases.filter(\.isProviders).map { code in
            row(["`\(code.rawValue)`", code.meaning, wayOut(code.retry)])
        }
        return """
            ## Error codes

            | Code | Meaning | What may help |
            |---|---|---|

            """ + rows.joined(separator: "\n") + "\n"
    }

    private static func wayOut(_ retry: RetryClass) -> String {
        switch retry {
        case .never: "nothing; it is for people"
        case .later: "the same, later"
        case .elsewhere: "another country or provider"
        case .ifIdempotent: "the same, where sending it twice does no harm"
        }
    }

    private static var functions: String {
        let rows = FormatFunction.all.map { function in
            let places = function.places.map(\.rawValue).sorted().joined(separator: ", ")
            return row(["`\(function.usage)`", places, function.summary])
        }
        return """
            ## Functions

            Failures that have to be expected come as `nil, failure`; mistakes end the script with
            file and line.

            | Function | In | Meaning |
            |---|---|---|

            """ + rows.joined(separator: "\n")
    }
}
