import Testing

@testable import Definitions

struct NearestNamesTests {
    private static let keys = ["base_url", "balance", "countries", "country", "cancel", "name"]

    @Test(
        arguments: [
            ("contry", ["country"]),
            ("base-ulr", ["base_url"]),
            ("balanse", ["balance"]),
            ("count", ["country", "countries"]),
            ("nmae", ["name"]),
            ("webhook", []),
            ("xy", []),
            ("", []),
            ("?!", []),
        ] as [(String, [String])])
    func `a mistyped key suggests what was meant, or nothing`(text: String, names: [String]) {
        #expect(NearestNames.of(text, among: Self.keys) == names)
    }

    @Test func `no more names are given than asked for`() {
        #expect(NearestNames.of("count", among: Self.keys, limit: 1) == ["country"])
        #expect(NearestNames.of("count", among: Self.keys, limit: 0).isEmpty)
        #expect(NearestNames.of("count", among: Self.keys, limit: -1).isEmpty)
    }

    @Test func `nearer names come first, then those of similar length, then the earlier ones`() {
        let names = ["patch", "watch", "match", "batches"]
        #expect(NearestNames.of("match", among: names, limit: 4) == ["match", "patch", "watch"])
        let prefixed = NearestNames.of("goo", among: ["google-voice", "google"])
        #expect(prefixed == ["google", "google-voice"])
    }

    @Test func `a name that is given twice is suggested once`() {
        #expect(NearestNames.of("pric", among: ["price", "price"]) == ["price"])
    }
}
