import Foundation
import Hummingbird

/// The simulator's own endpoints under `/_simulator`: faults, state, messages.
struct ControlResponder: Sendable {
    let state: SimulatorState

    func addRoutes(to router: Router<SimulatorContext>) {
        router.post("/_simulator/faults", use: addFault)
        router.delete("/_simulator/faults", use: clearFaults)
        router.get("/_simulator/state", use: overview)
        router.post("/_simulator/message", use: deliver)
    }

    private struct FaultBody: Decodable {
        let kind: String
        let provider: String?
        let operation: String?
        let count: Int?

        func rule() throws(FaultRuleError) -> FaultRule {
            let count = count ?? 1
            guard count >= 0 else { throw FaultRuleError(countOutOfRange: String(count)) }
            return FaultRule(
                kind: try FaultRule.kind(named: kind),
                provider: try FaultRule.provider(named: provider ?? "any"),
                operation: try FaultRule.operation(named: operation ?? "any"),
                count: count)
        }
    }

    private struct MessageBody: Decodable {
        let provider: String
        let orderID: String
        let text: String

        enum CodingKeys: String, CodingKey {
            case provider
            case orderID = "order_id"
            case text
        }
    }

    @Sendable private func addFault(
        request: Request, context: SimulatorContext
    ) async throws -> Response {
        guard let body: FaultBody = try await decoded(request) else {
            return failure(400, "the body must be {kind, provider?, operation?, count?}")
        }
        do {
            let rule = try body.rule()
            await state.add(rule)
            return Reply.json(rule.json, status: 201).response
        } catch {
            return failure(400, error.description)
        }
    }

    @Sendable private func clearFaults(
        request: Request, context: SimulatorContext
    ) async throws -> Response {
        await state.clearFaults()
        return Response(status: .noContent)
    }

    @Sendable private func overview(
        request: Request, context: SimulatorContext
    ) async throws -> Response {
        Reply.json(await state.overview()).response
    }

    @Sendable private func deliver(
        request: Request, context: SimulatorContext
    ) async throws -> Response {
        guard let body: MessageBody = try await decoded(request) else {
            return failure(400, "the body must be {provider, order_id, text}")
        }
        guard let provider = SimulatedProvider(rawValue: body.provider) else {
            return failure(400, "unknown provider '\(body.provider)'")
        }
        do {
            try await state.deliver(body.text, to: body.orderID, of: provider)
            return Response(status: .noContent)
        } catch {
            guard case .closed(let state) = error else { return failure(404, "no such order") }
            return failure(409, "the order is \(state.rawValue)")
        }
    }

    private func decoded<Body: Decodable>(_ request: Request) async throws -> Body? {
        let buffer = try await request.body.collect(upTo: 64 * 1024)
        return try? JSONDecoder().decode(Body.self, from: Data(String(buffer: buffer).utf8))
    }

    private func failure(_ status: Int, _ message: String) -> Response {
        Reply.json(["error": .string(message)], status: status).response
    }
}
