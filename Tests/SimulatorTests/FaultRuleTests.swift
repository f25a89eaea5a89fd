import Simulator
import Testing

struct FaultRuleTests {
    static let rules: [(String, FaultRule)] = [
        ("500", FaultRule(kind: .internalError)),
        ("lost:smscode:buy", FaultRule(kind: .lost, provider: .smsCode, operation: .buy)),
        ("reset:check:3", FaultRule(kind: .reset, operation: .check, count: 3)),
        ("slow:any:any:0", FaultRule(kind: .slow, count: 0)),
        ("cut:virtualsms_legacy", FaultRule(kind: .cut, provider: .virtualSMSLegacy)),
        ("html:legitsms:2", FaultRule(kind: .html, provider: .legitSMS, count: 2)),
    ]

    @Test(arguments: rules)
    func `a rule is read from its text`(text: String, rule: FaultRule) throws {
        #expect(try FaultRule(argument: text) == rule)
    }

    @Test(arguments: [
        ("", "unknown kind ''; known are 500 502"),
        ("504", "unknown kind '504'"),
        ("500:nowhere", "'nowhere' in '500:nowhere' is no provider, operation or count"),
        ("500:buy:legitsms", "'legitsms' in"),
        ("500:buy:-1", "the count '-1' is not a whole number from 0 on"),
        ("500:buy:1:2", "'2' in"),
        ("500:", "'' in"),
    ])
    func `a mistake is named`(text: String, message: String) throws {
        let error = try #require(throws: FaultRuleError.self) {
            try FaultRule(argument: text)
        }
        #expect(error.description.hasPrefix(message))
    }
}
