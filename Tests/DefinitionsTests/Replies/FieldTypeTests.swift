import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

struct FieldTypeTests {
    @Test(arguments: [
        ("id", "9007199254740993", "\"9007199254740993\""),
        ("id", "12345678901234567890", "\"12345678901234567890\""), ("id", "\"a-1\"", "\"a-1\""),
        ("code", "\"12\\n::x\"", "\"12 ::x\""), ("id", "\"1\\n2\"", "\"1\\n2\""),
        ("code", "\"0042\"", "\"0042\""), ("code", "42", "\"42\""), ("name", "true", "\"true\""),
        ("phone", "447123456789", "\"+447123456789\""),
        ("phone", "\"+44 (7123) 456-789\"", "\"+447123456789\""),
        ("price", "1.20", "\"1.20\""), ("amount", "\"0.10\"", "\"0.10\""), ("refund", "5", "\"5\""),
        ("price", "1e2", "\"100\""), ("available", "12", "12"), ("available", "\"7\"", "7"),
        ("available", "3.0", "3"), ("available", "0", "0"),
        ("expires_at", "\"2026-03-21T20:15:00Z\"", "\"2026-03-21T20:15:00Z\""),
        ("expires_at", "\"2026-03-21 20:15:00\"", "\"2026-03-21T20:15:00Z\""),
        ("expires_at", "\"2026-03-21T22:15:00+02:00\"", "\"2026-03-21T20:15:00Z\""),
        ("created_at", "1774124100", "\"2026-03-21T20:15:00Z\""),
        ("created_at", "1774124100000", "\"2026-03-21T20:15:00Z\""),
        ("created_at", "\"1774124100\"", "\"2026-03-21T20:15:00Z\""),
        ("created_at", "1774124100.0", "\"2026-03-21T20:15:00Z\""),
        ("created_at", "1774124100.25", "\"2026-03-21T20:15:00.250Z\""),
        ("status", "\"waiting\"", "\"waiting\""), ("status", "\"expired\"", "\"expired\""),
        ("iso", "\"gb\"", "\"GB\""), ("prefix", "44", "\"44\""),
        ("other", #"{"a":[1.20]}"#, #"{"a":[1.20]}"#), ("other", "1.20", "1.20"),
    ])
    func `a field's name gives its type`(
        _ row: (field: String, raw: String, normal: String)
    ) throws {
        let value = try FieldType(field: row.field)
            .normalized(try JSON(parsing: row.raw), field: row.field)
        #expect(value.serialized == row.normal)
    }

    @Test(arguments: [
        ("phone", "\"123456789012345678901\""),
        ("id", "[1]"), ("id", "{}"), ("phone", "\"abc\""), ("phone", "12"), ("price", "\"free\""),
        ("price", "1e30"),
        ("price", "1e-9223372036854775808"), ("price", "99999999999999999999"),
        ("available", "1.5"),
        ("available", "\"many\""), ("available", "1e30"), ("status", "\"done\""),
        ("status", "\"Waiting\""), ("expires_at", "\"soon\""), ("expires_at", "0"),
        ("expires_at", "-5"), ("expires_at", "1e30"), ("expires_at", "9223372036854775807"),
        ("expires_at", "99999999999999999999"), ("expires_at", "\"2026-13-01T00:00:00Z\""),
        ("expires_at", "-1.5"), ("expires_at", "true"),
    ])
    func `a value that cannot be of the type is a protocol error`(
        _ row: (field: String, raw: String)
    ) throws {
        let value = try JSON(parsing: row.raw)
        #expect { try FieldType(field: row.field).normalized(value, field: row.field) } throws: {
            ($0 as? MoonlineError)?.code == .protocol
        }
    }
}
