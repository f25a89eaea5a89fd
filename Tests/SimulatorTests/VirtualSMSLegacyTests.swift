import Simulator
import Testing

struct VirtualSMSLegacyTests {
    static let rows = [
        Row("GET ?action=getBalance", 200, "ACCESS_BALANCE:25.50"),
        Row("GET ?action=getServices", 200, #"{"code":"wa","name":"WhatsApp"}"#),
        Row("GET ?action=getCountries", 200, #""16":{"id":16,"eng":"United Kingdom","#),
        Row(
            "GET ?action=getPrices&service=tg&country=16", 200,
            #"{"16":{"tg":{"cost":0.50,"count":810,"physicalCount":810}}}"#),
        Row("GET ?action=getNumber&service=tg&country=16", 200, "ACCESS_NUMBER:610000001:447"),
        Row("GET ?action=getNumber&service=zz&country=16", 200, "BAD_SERVICE"),
        Row("GET ?action=getNumber&service=tg&country=999", 200, "BAD_COUNTRY"),
        Row("GET ?action=getNumber&service=fb&country=0", 200, "NO_NUMBERS"),
        Row("GET ?action=getStatus&id=5", 200, "NO_ACTIVATION"),
        Row("GET ?action=setStatus&id=5&status=8", 200, "NO_ACTIVATION"),
        Row("GET ?action=nothing", 200, "BAD_ACTION"),
    ]

    @Test(arguments: rows)
    func `every action answers as the protocol has it`(row: Row) async throws {
        try await Simulation.run { try await row.check(.virtualSMSLegacy, in: $0) }
    }

    @Test(arguments: [(nil, "NO_KEY"), ("wrong", "BAD_KEY")] as [(String?, String)])
    func `a bad key is refused`(key: String?, word: String) async throws {
        try await Simulation.run { simulation in
            let answer = try await simulation.send(
                .virtualSMSLegacy, "GET ?action=getBalance", key: key)
            #expect(answer.text == word)
        }
    }

    @Test func `parameters may come as a form`() async throws {
        try await Simulation.run { simulation in
            let answer = try await simulation.send(
                .virtualSMSLegacy, "POST ",
                form: "api_key=vms_sim_virtualsms_key&action=getBalance", key: nil)
            #expect(answer.text == "ACCESS_BALANCE:25.50")
        }
    }

    @Test func `an empty account buys nothing`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.openingBalanceUSDCents = [.virtualSMS: 0]
        try await Simulation.run(configuration) { simulation in
            try await Row("GET ?action=getNumber&service=tg&country=16", 200, "NO_BALANCE")
                .check(.virtualSMSLegacy, in: simulation)
        }
    }

    @Test func `a number is cancelled after the hold, in either interface`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.silentServices = ["whatsapp"]
        try await Simulation.run(configuration) { simulation in
            let id = try await simulation.buy(.virtualSMSLegacy)
            let cancel = "GET ?action=setStatus&status=8&id=\(id)"
            try await Row("GET ?action=getStatus&id=\(id)", 200, "STATUS_WAIT_CODE")
                .check(.virtualSMSLegacy, in: simulation)
            try await Row("GET ?action=setStatus&status=1&id=\(id)", 200, "ACCESS_READY")
                .check(.virtualSMSLegacy, in: simulation)
            try await Row("GET ?action=setStatus&status=6&id=\(id)", 200, "BAD_STATUS")
                .check(.virtualSMSLegacy, in: simulation)
            try await Row(cancel, 200, "EARLY_CANCEL_DENIED")
                .check(.virtualSMSLegacy, in: simulation)
            simulation.clock.advance(seconds: 120)
            try await Row(cancel, 200, "ACCESS_CANCEL").check(.virtualSMSLegacy, in: simulation)
            try await Row(cancel, 200, "BAD_STATUS").check(.virtualSMSLegacy, in: simulation)
            try await Row("GET ?action=getStatus&id=\(id)", 200, "STATUS_CANCEL")
                .check(.virtualSMSLegacy, in: simulation)
            try await Row("GET /customer/orders?status=cancelled", 200, #"{"count":1,"#)
                .check(.virtualSMS, in: simulation)
        }
    }

    @Test func `a number gives a code, another code, and is finished`() async throws {
        try await Simulation.run { simulation in
            let id = try await simulation.buy(.virtualSMSLegacy)
            simulation.clock.advance(seconds: 20)
            let status = "GET ?action=getStatus&id=\(id)"
            try await Row(status, 200, "STATUS_OK:").check(.virtualSMSLegacy, in: simulation)
            try await Row("GET ?action=setStatus&status=8&id=\(id)", 200, "BAD_STATUS")
                .check(.virtualSMSLegacy, in: simulation)
            try await Row("GET ?action=setStatus&status=3&id=\(id)", 200, "ACCESS_RETRY_GET")
                .check(.virtualSMSLegacy, in: simulation)
            try await Row(status, 200, "STATUS_WAIT_RETRY:")
                .check(.virtualSMSLegacy, in: simulation)
            simulation.clock.advance(seconds: 20)
            try await Row(status, 200, "STATUS_OK:").check(.virtualSMSLegacy, in: simulation)
            try await Row("GET ?action=setStatus&status=6&id=\(id)", 200, "ACCESS_ACTIVATION")
                .check(.virtualSMSLegacy, in: simulation)
        }
    }
}
