import OrderKernel
import Testing

/// Invariant M5: no purchase leaves after `notAfter`.
struct SendPermitTests {
    private static let notAfter = Instant(milliseconds: 1_774_124_110_000)

    @Test(
        arguments: [
            (-10_000, true), (-1, true), (0, true), (1, false), (90_000, false),
        ] as [(Int64, Bool)])
    func `M5 a permit holds until its end`(_ milliseconds: Int64, _ expected: Bool) {
        let permit = SendPermit(purchaseID: "P1", notAfter: Self.notAfter)
        let isValid = permit.isValid(at: Self.notAfter + .milliseconds(milliseconds))
        #expect(isValid == expected)
    }

    @Test
    func `a permit names its purchase and its end`() {
        let permit = SendPermit(purchaseID: "P1", notAfter: Self.notAfter)
        let (purchaseID, notAfter) = (permit.purchaseID, permit.notAfter)
        #expect(purchaseID == "P1")
        #expect(notAfter == Self.notAfter)
    }
}
