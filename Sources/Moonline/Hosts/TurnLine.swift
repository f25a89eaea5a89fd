import Foundation
import NIOCore

/// Messages between processes as lines of JSON.
enum TurnLine {
    static func encoded(_ value: some Encodable) -> [UInt8] {
        let data = (try? JSONEncoder().encode(value)) ?? Data()
        return Array(data) + [UInt8(ascii: "\n")]
    }

    static func decoded<Value: Decodable>(_ type: Value.Type, _ line: [UInt8]) -> Value? {
        try? JSONDecoder().decode(type, from: Data(line))
    }
}

/// Cuts a stream into lines.
struct TurnLineDecoder: ByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    /// No message is longer.
    private static let lineBytesMaximum = 1 << 16

    mutating func decode(
        context: ChannelHandlerContext,
        buffer: inout ByteBuffer
    ) throws -> DecodingState {
        guard let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else {
            if buffer.readableBytes > Self.lineBytesMaximum {
                throw ByteToMessageDecoderError.PayloadTooLargeError()
            }
            return .needMoreData
        }
        let length = end - buffer.readableBytesView.startIndex
        guard let line = buffer.readSlice(length: length) else { return .needMoreData }
        buffer.moveReaderIndex(forwardBy: 1)
        context.fireChannelRead(wrapInboundOut(line))
        return .continue
    }
}
