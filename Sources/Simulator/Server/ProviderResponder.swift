import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Answers the requests of one endpoint, with whatever fault is due to them.
struct ProviderResponder: Sendable {
    let state: SimulatorState
    let endpoint: Endpoint
    let dialect: any Dialect.Type
    let speed: Int
    let logger: Logger

    /// Longer bodies are none that a document shows.
    private static let bodyLengthMaximum = 256 * 1024
    /// How long a client that does not leave is left without an answer.
    private static let silenceMaximum = Duration.seconds(60)

    @Sendable func respond(
        to request: Request, context: SimulatorContext
    ) async throws -> Response {
        let call = try await read(request, context)
        guard let fault = await state.arrive(call, at: endpoint, of: dialect) else {
            return await execute(call).response
        }
        let metadata: Logger.Metadata = ["kind": "\(fault)", "path": "\(endpoint.path)"]
        logger.debug("A fault strikes.", metadata: metadata)
        let connection = Connection(channel: context.channel)
        switch fault {
        case .internalError: return dialect.failure(status: 500).response
        case .badGateway: return dialect.failure(status: 502).response
        case .unavailable: return dialect.failure(status: 503).response
        case .html: return Reply.page.response
        case .echo: return Echo.reply(to: call).response
        case .cut: return await execute(call).cutResponse(closing: connection)
        case .slow:
            let reply = await execute(call)
            await connection.pause(.seconds(2) / max(1, speed))
            return reply.response
        case .lost:
            _ = await execute(call)
            await connection.close()
        case .reset:
            await connection.reset()
        case .hang:
            await connection.pause(Self.silenceMaximum)
            await connection.close()
        case .late:
            await connection.pause(Self.silenceMaximum)
            await connection.close()
            await connection.pauseAfterClose(.seconds(5) / max(1, speed))
            _ = await execute(call)
        }
        // Goes nowhere: the connection is closed by now.
        return Response(status: .serviceUnavailable)
    }

    private func execute(_ call: Call) async -> Reply {
        await state.execute(call, at: endpoint, of: dialect)
    }

    private func read(_ request: Request, _ context: SimulatorContext) async throws -> Call {
        let body = try await request.body.collect(upTo: Self.bodyLengthMaximum)
        var call = Call(id: context.parameters.get("id"))
        for (name, value) in request.uri.queryParameters {
            call.query[String(name)] = String(value)
        }
        for field in request.headers {
            call.headers[field.name.canonicalName] = field.value
        }
        call.read(body: String(buffer: body))
        return call
    }
}

extension Reply {
    var response: Response {
        Response(
            status: .init(code: status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }

    /// Announces the whole body, sends half of it and closes.
    func cutResponse(closing connection: Connection) -> Response {
        let whole = ByteBuffer(string: body)
        let half = ByteBuffer(string: String(body.prefix(body.count / 2)))
        let cutBody = ResponseBody(contentLength: whole.readableBytes) { writer in
            try await writer.write(half)
            await connection.close()
        }
        return Response(status: .init(code: status), headers: headers, body: cutBody)
    }

    private var headers: HTTPFields {
        var headers: HTTPFields = [.contentType: contentType]
        headers[.retryAfter] = retryAfter.map(String.init)
        return headers
    }
}
