import LuaSandbox
import OrderKernel

/// Reads what a provider's errors mean.
enum ErrorSchema {
    static func read(_ node: SchemaNode, _ reader: inout SchemaReader) -> ErrorMap {
        var map = ErrorMap()
        guard let table = reader.table(node) else { return map }
        if let first = table.items.first {
            map.code = reader.text(node.child("[1]", first)).map { FieldPath($0) }
        }
        refuseFurtherItems(node, &reader)
        for (key, value) in table.fields.sorted(by: { $0.key < $1.key }) {
            let child = node.child(key.description, value)
            switch key {
            case .string("message"): map.message = reader.text(child).map { FieldPath($0) }
            case .string("retry_after"): map.retryAfter = retryAfter(child, &reader)
            case .string("text"): map.texts = texts(child, &reader)
            case .string(let code) where code.contains("*"):
                guard let meaning = reader.errorCode(child) else { continue }
                map.globs.append(.init(pattern: GlobPattern(code), code: meaning))
            case .string(let code): map.exact[code] = entry(child, &reader)
            case .integer(let status) where (100...599).contains(status):
                map.statuses[Int(status)] = reader.errorCode(child)
            default:
                reader.report(
                    child,
                    "is no HTTP status; a code that is a number is written as text, "
                        + "[\"\(key.raw)\"]")
            }
        }
        reader.refuseMany(map.globs.count, in: node)
        map.globs.sort { $0.pattern.literalCount > $1.pattern.literalCount }
        return map
    }

    private static func entry(
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> ErrorMap.Entry? {
        guard let table = node.value.table else {
            return reader.errorCode(node).map { ErrorMap.Entry(fallback: $0) }
        }
        var entry = ErrorMap.Entry()
        if let first = table.items.first {
            entry.fallback = reader.errorCode(node.child("[1]", first))
        }
        refuseFurtherItems(node, &reader)
        for (key, value) in table.fields.sorted(by: { $0.key < $1.key }) {
            let child = node.child(key.description, value)
            guard let code = reader.errorCode(child) else { continue }
            switch key {
            case .integer(let status) where (100...599).contains(status):
                entry.byStatus[Int(status)] = code
            case .string(let message): entry.byMessage[message] = code
            default: reader.report(child, "an HTTP status or a message was expected")
            }
        }
        return entry
    }

    private static func refuseFurtherItems(_ node: SchemaNode, _ reader: inout SchemaReader) {
        if let second = node.items.dropFirst().first {
            reader.report(
                second,
                "only one value without a key is expected here; codes are written CODE = "
                    + "\"meaning\"")
        }
    }

    private static func retryAfter(
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> ErrorMap.RetryAfter? {
        if case .function(let function) = node.value { return .function(function) }
        return reader.text(node).map { .path(FieldPath($0)) }
    }

    private static func texts(
        _ node: SchemaNode,
        _ reader: inout SchemaReader
    ) -> [ErrorMap.TextEntry] {
        var entries: [ErrorMap.TextEntry] = []
        reader.refuseMany(node.namedFields.count, in: node)
        for (text, child) in reader.named(node) {
            guard let code = reader.errorCode(child) else { continue }
            do {
                entries.append(.init(pattern: try TextPattern(text, fields: [:]), code: code))
            } catch {
                reader.report(child, error.reason)
            }
        }
        return entries.sorted { $0.pattern.literalCount > $1.pattern.literalCount }
    }
}
