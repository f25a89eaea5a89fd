import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing
import Transport

/// The pieces of an answer's body, before they are unpacked.
struct BodyJoinerTests {
    private static let head = HTTPResponseHead(version: .http1_1, status: .ok)

    @Test func `pieces that arrive together are one, and nothing is lost or changes places`() throws
    {
        let channel = EmbeddedChannel(handler: BodyJoiner())
        func receive(_ parts: [HTTPClientResponsePart]) {
            for part in parts { channel.pipeline.fireChannelRead(part) }
            channel.pipeline.fireChannelReadComplete()
        }
        let pieces = (0..<1_000).map {
            HTTPClientResponsePart.body(ByteBuffer(bytes: [UInt8($0 % 251)]))
        }
        receive([.head(Self.head)] + pieces)
        receive([.body(ByteBuffer(string: "next"))])
        receive([.body(ByteBuffer(string: "la")), .body(ByteBuffer(string: "st")), .end(nil)])
        var received: [HTTPClientResponsePart] = []
        while let part = try channel.readInbound(as: HTTPClientResponsePart.self) {
            received.append(part)
        }
        let first = ByteBuffer(bytes: (0..<1_000).map { UInt8($0 % 251) })
        #expect(
            received == [
                .head(Self.head), .body(first), .body(ByteBuffer(string: "next")),
                .body(ByteBuffer(string: "last")), .end(nil),
            ])
        _ = try channel.finish()
    }

    @Test func `what is there when a connection ends is passed on before its end`() throws {
        let channel = EmbeddedChannel(handler: BodyJoiner())
        channel.pipeline.fireChannelRead(HTTPClientResponsePart.body(ByteBuffer(string: "rest")))
        channel.pipeline.fireChannelInactive()
        #expect(
            try channel.readInbound(as: HTTPClientResponsePart.self)
                == .body(ByteBuffer(string: "rest")))
    }
}
