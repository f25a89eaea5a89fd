import Simulator
import Testing

/// A request and what is documented as its answer.
struct Row: Sendable, CustomTestStringConvertible {
    let line: String
    var json: String?
    let status: Int
    /// What the answer's text contains.
    let fragment: String

    init(_ line: String, json: String? = nil, _ status: Int, _ fragment: String) {
        self.line = line
        self.json = json
        self.status = status
        self.fragment = fragment
    }

    var testDescription: String { "\(line) \(json ?? "")" }

    func check(_ provider: SimulatedProvider, in simulation: Simulation) async throws {
        let answer = try await simulation.send(provider, line, json: json)
        #expect(answer.status == status, "\(answer.text)")
        #expect(answer.text.contains(fragment), "\(answer.text)")
    }
}
