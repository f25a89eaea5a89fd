import LuaSandbox

/// A value as both parsers have to see it.
///
/// Keys stand in the order of their bytes, numbers go by value and texts by their bytes: Swift's
/// own comparison takes different bytes for the same text.
struct CanonicalJSON: Hashable, CustomStringConvertible {
    private var bytes: [UInt8] = []

    init(_ value: JSON) { write(value) }

    var description: String { String(decoding: bytes, as: UTF8.self) }

    private mutating func write(_ value: JSON) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let flag): bytes += "\(flag)".utf8
        case .number(let digits): write(number: digits)
        case .string(let text): write(text: text)
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for item in items {
                write(item)
                bytes.append(UInt8(ascii: ","))
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for member in sorted {
                write(text: member.key)
                write(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    // A whole number beyond 64 bits is a text to Lua.
    private mutating func write(number digits: String) {
        if let whole = Int64(digits) {
            bytes += "i\(whole)".utf8
        } else if digits.contains(where: { ".eE".contains($0) }) {
            bytes += "d\(Double(digits) ?? .nan)".utf8
        } else {
            write(text: digits)
        }
    }

    private mutating func write(text: String) {
        bytes += "\(text.utf8.count):".utf8
        bytes += text.utf8
    }
}
