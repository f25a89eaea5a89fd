import Logging
import NIOCore
import Simulator
import Testing

/// What a client sees of each fault on a real connection.
@Suite(.timeLimit(.minutes(10)))
struct BrokenConnectionTests {
    @Test func `a reset connection fails without a status line`() async throws {
        try await RunningSimulator.run { simulator in
            try await simulator.add("reset")
            let ending = try await simulator.send(simulator.balance)
            #expect(ending.received.isEmpty)
            #expect(ending.isReset)
        }
    }

    @Test func `a lost reply ends the connection, yet the purchase is made`() async throws {
        try await RunningSimulator.run { simulator in
            try await simulator.add("lost")
            let ending = try await simulator.send(simulator.purchase)
            #expect(ending.received.isEmpty)
            #expect(!ending.isReset)
            let state = try await simulator.send(simulator.state)
            #expect(state.received.contains(#""amount":1.00,"state":"#))
        }
    }

    @Test func `a cut reply is shorter than it says`() async throws {
        try await RunningSimulator.run { simulator in
            try await simulator.add("cut")
            let ending = try await simulator.send(simulator.balance)
            #expect(ending.received.contains("Content-Length: 34\r\n"))
            #expect(ending.received.hasSuffix(#"{"balance":25.50,"#))
        }
    }

    @Test func `a late purchase is made after its client has left`() async throws {
        try await RunningSimulator.run { simulator in
            try await simulator.add("late")
            try await simulator.sendAndLeave(simulator.purchase)
            var isBought = false
            for _ in 1...2000 where !isBought {
                isBought = try await simulator.send(simulator.state).received.contains("1.00")
            }
            #expect(isBought)
        }
    }

    @Test func `a slow reply arrives`() async throws {
        try await RunningSimulator.run { simulator in
            try await simulator.add("slow")
            let ending = try await simulator.send(simulator.balance)
            #expect(ending.received.hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test func `stopping ends idle and hanging connections`() async throws {
        let connections = try await RunningSimulator.run { simulator in
            let idle = try await simulator.connect()
            try await simulator.add("hang")
            let hanging = try await simulator.connect()
            try await hanging.channel.writeAndFlush(ByteBuffer(string: simulator.balance))
            return [idle, hanging]
        }
        for connection in connections {
            let ending = try await connection.ending.get()
            #expect(ending.received.isEmpty)
        }
    }

    @Test func `a taken port is an error`() async throws {
        try await RunningSimulator.run { simulator in
            var configuration = SimulatorConfiguration()
            configuration.port = simulator.port
            let second = SimulatorServer(
                configuration: configuration, logger: Logger(label: "test"))
            await #expect(throws: (any Error).self) {
                try await second.run { _ in }
            }
        }
    }
}
