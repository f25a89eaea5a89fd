import OrderKernel
import Testing

@testable import Transport

/// Invariant M5: what is said to be unsent is not sent later.
struct FirstByteFlagTests {
    @Test func `once an exchange is over no first byte leaves`() throws {
        let flag = FirstByteFlag(.inTime)
        flag.close()
        let error = #expect(throws: MoonlineError.self) { try flag.raise() }
        #expect(error?.isUnsent == true)
        #expect(!flag.hasLeft)
    }

    @Test func `what had left stays so, and the rest of it follows`() throws {
        let flag = FirstByteFlag(.inTime)
        try flag.raise()
        flag.close()
        try flag.raise()
        #expect(flag.hasLeft)
    }
}
