import OrderKernel
import Testing

struct SendPermitTests {
    private static let notAfter = Instant(milliseconds: 1_774_124_110_000)

    @Test
    func `a permit names its purchase and its end`() {
        let permit = SendPermit(purchaseID: "P1", notAfter: Self.notAfter)
        let (purchaseID, notAfter) = (permit.purchaseID, permit.notAfter)
        #expect(purchaseID == "P1")
        #expect(notAfter == Self.notAfter)
    }
}
