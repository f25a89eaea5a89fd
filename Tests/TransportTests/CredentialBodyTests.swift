import Definitions
import Testing

@testable import Transport

/// Credentials that a provider wants in the body.
struct CredentialBodyTests {
    private static func wire(
        _ places: [CredentialPlace],
        body: String?
    ) throws -> WireRequest {
        var request = ProviderRequest(method: .post, path: "/orders", operation: "buy")
        request.body = body.map { Array($0.utf8) }
        let secret = try #require(Secret("k&=\"1"))
        return WireRequest(
            request: request, baseURL: try BaseURL(parsing: "https://host.example"),
            credentials: places.map { AttachedCredential($0, secret) }, isUsersOrigin: false)
    }

    @Test(
        arguments: [
            ([.form("key")], nil, "key=k%26%3D%221", "application/x-www-form-urlencoded"),
            ([.form("key")], "a=1", "a=1&key=k%26%3D%221", "application/x-www-form-urlencoded"),
            ([.json("key")], nil, #"{"key":"k&=\"1"}"#, "application/json"),
            ([.json("key")], #"{"a":1}"#, #"{"a":1,"key":"k&=\"1"}"#, "application/json"),
            (
                [.json("a")], #"{"a":1,"b":2}"#, #"{"b":2,"a":"k&=\"1"}"#, "application/json"
            ),
            (
                [.json("user"), .json("password")], nil,
                #"{"user":"k&=\"1","password":"k&=\"1"}"#, "application/json"
            ),
        ] as [([CredentialPlace], String?, String, String)])
    func `a credential joins the body, and the body's type is said`(
        _ places: [CredentialPlace],
        _ body: String?,
        _ sent: String,
        _ type: String
    ) throws {
        let wire = try Self.wire(places, body: body)
        #expect(wire.body.map { String(decoding: $0, as: UTF8.self) } == sent)
        #expect(wire.credentialHeaders.allSatisfy { $0 == ("Content-Type", type) })
        #expect(!wire.credentialHeaders.isEmpty)
        #expect(wire.url == "https://host.example/orders")
        #expect(wire.request.body.map { String(decoding: $0, as: UTF8.self) } == body)
    }

    @Test func `a credential elsewhere leaves the body alone`() throws {
        let wire = try Self.wire([.bearer, .header("X-Key"), .query("key")], body: "a=1")
        #expect(wire.body.map { String(decoding: $0, as: UTF8.self) } == "a=1")
    }
}
