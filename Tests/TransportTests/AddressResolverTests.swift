import NIOCore
import OrderKernel
import Testing
import Transport

/// The system's resolver, asked for the one name that every machine knows.
struct AddressResolverTests {
    private static var soon: NIODeadline { .now() + .seconds(60) }

    @Test func `a name of this machine is found, and each of its addresses was checked`()
        async throws
    {
        let found = try await AddressResolver().addresses(
            of: "localhost", within: .specially, until: Self.soon)
        #expect(!found.isEmpty)
        #expect(found.count == Set(found).count)
        #expect(!found.contains { $0.reach != .privately })
    }

    @Test func `a definition's name that leads to this machine is refused`() async throws {
        let error = await #expect(throws: MoonlineError.self) {
            try await AddressResolver().addresses(
                of: "localhost", within: .everywhere, until: Self.soon)
        }
        #expect(error?.code == .forbidden)
        #expect(error?.isUnsent == true)
    }
}
