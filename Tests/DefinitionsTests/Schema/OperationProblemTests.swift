import Testing

@testable import Definitions

struct OperationProblemTests {
    /// An operation of a file, with the beginning of the problem it has to raise.
    struct BrokenOperation: Sendable, CustomTestStringConvertible {
        let operation: String
        let problem: String

        init(_ operation: String, _ problem: String) {
            self.operation = operation
            self.problem = problem
        }

        var testDescription: String { operation }
    }

    private func expect(_ broken: BrokenOperation) async {
        let text = DefinitionText.of(["operations": "{ \(broken.operation) }"])
        let problems = await DefinitionText.problems(text)
        #expect(problems.contains("example.lua:8: operations." + broken.problem))
    }

    @Test(arguments: [
        BrokenOperation("cancel = {}", "cancel: has no request"),
        BrokenOperation("cancel = true", "cancel: a table was expected"),
        BrokenOperation(
            "cancel = { get = \"/a\", post = \"/b\" }",
            "cancel: has several verbs: get, post"),
        BrokenOperation("cancel = { post = {} }", "cancel.post: a path"),
        BrokenOperation("cancel = { post = \"//evil.com\" }", "cancel.post: "),
        BrokenOperation("cancel = { post = \"/a/../b\" }", "cancel.post: "),
        BrokenOperation("cancel = { post = \"/a/./b\" }", "cancel.post: "),
        BrokenOperation(
            "cancel = { post = \"https://evil.com/a\" }",
            "cancel.post: is relative to base_url"),
        BrokenOperation("cancel = { post = \"orders\" }", "cancel.post: has to begin with /"),
        BrokenOperation("cancel = { post = \"/a b\" }", "cancel.post: "),
        BrokenOperation("cancel = { post = \"/a\\tb\" }", "cancel.post: "),
        BrokenOperation("cancel = { post = \"/a\\r\\nb\" }", "cancel.post: "),
        BrokenOperation("cancel = { post = \"/a#b\" }", "cancel.post: "),
        BrokenOperation("cancel = { post = \"/{id\" }", "cancel.post: the braces do not match"),
        BrokenOperation(
            "cancel = { post = \"/{id?}\" }",
            "cancel.post: '{id?}' cannot be optional"),
        BrokenOperation("cancel = { post = \"/a?id\" }", "cancel.post: 'id' in the query"),
        BrokenOperation(
            "cancel = { post = \"/{order}\" }",
            "cancel: '{order}' is no argument of cancel"),
        BrokenOperation(
            "cancel = { post = \"/c\", json = { id = \"{idd}\" } }",
            "cancel: '{idd}' is no argument of cancel"),
        BrokenOperation(
            "offers = { get = \"/{servise}\", reply = { price = \"p\" } }",
            "offers: '{servise}' is no argument of offers, did you mean {service}?"),
        BrokenOperation(
            "cancel = { post = \"/c\", json = {}, form = {} }",
            "cancel.form: a request has either json or form"),
        BrokenOperation(
            "cancel = { post = \"/c\", json = { a = function() end } }",
            "cancel.json.a: a function has no JSON form"),
        BrokenOperation(
            "cancel = { post = \"/c\", json = { a = \"{id:uint}\" } }",
            "cancel.json.a: '{id:uint}' has an unknown kind"),
        BrokenOperation(
            "cancel = { post = \"/c\", query = { a = {} } }",
            "cancel.query.a: text was expected"),
        BrokenOperation(
            "cancel = { post = \"/c\", headers = { Authorization = \"x\" } }",
            "cancel.headers.Authorization: 'Authorization' is set by the core"),
        BrokenOperation(
            "cancel = { post = \"/c\", headers = { HOST = \"x\" } }",
            "cancel.headers.HOST: 'HOST' is set by the core"),
        BrokenOperation(
            "cancel = { post = \"/c\", headers = { [\"Proxy-A\"] = \"x\" } }",
            "cancel.headers.Proxy-A: 'Proxy-A' is set by the core"),
        BrokenOperation(
            "cancel = { post = \"/c\", headers = { [\"A B\"] = \"x\" } }",
            "cancel.headers.A B: 'A B' is no name for a header"),
        BrokenOperation(
            "cancel = { post = \"/c\", headers = { A = \"x\\r\\nB: y\" } }",
            "cancel.headers.A: the value of 'A' may not hold control characters"),
        BrokenOperation(
            "cancel = { post = \"/c\", auth = \"no\" }",
            "cancel.auth: true or false was expected"),
        BrokenOperation(
            "cancel = { post = \"/c\", costs = true }",
            "cancel.costs: the core knows that 'cancel' costs nothing"),
        BrokenOperation("rent = { post = \"/rent\" }", "rent.costs: is missing"),
        BrokenOperation("rent = { delete = \"/rent\" }", "rent.costs: is missing"),
        BrokenOperation(
            "finnish = { post = \"/f\" }",
            "finnish.costs: is missing: an operation of your own"),
    ])
    func `a request that could not be made is a problem`(_ broken: BrokenOperation) async {
        await expect(broken)
    }

    @Test(arguments: [
        BrokenOperation("balance = { get = \"/b\" }", "balance.reply: is missing"),
        BrokenOperation(
            "balance = { get = \"/b\", reply = {} }",
            "balance.reply: the field 'amount' is missing"),
        BrokenOperation(
            "balance = { get = \"/b\", reply = { amuont = \"a\" } }",
            "balance.reply.amuont: unknown field, did you mean 'amount'?"),
        BrokenOperation(
            "balance = { get = \"/b\", reply = { amount = 1 } }",
            "balance.reply.amount: a path"),
        BrokenOperation(
            "balance = { get = \"/b\", reply = { amount = \"\" } }",
            "balance.reply.amount: a path"),
        BrokenOperation(
            "balance = { get = \"/b\", reply = { \"x\", amount = \"a\" } }",
            "balance.reply[1]: a field needs a name"),
        BrokenOperation(
            "balance = { get = \"/b\", reply = { amount = \"$x\" } }",
            "balance.reply.amount: '$x' is no key"),
        BrokenOperation(
            "balance = { get = \"/b\", reply = \"amount\" }",
            "balance.reply: a table was expected"),
        BrokenOperation(
            "countries = { get = \"/c\", each = \"[]\", reply = { name = \"n\" } }",
            "countries.reply: the field 'id' is missing"),
        BrokenOperation(
            "countries = { get = \"/c\", reply = { id = \"n\" } }",
            "countries: each is missing"),
        BrokenOperation(
            "countries = { get = \"/c\", each = \"list\", reply = { id = \"n\" } }",
            "countries.each: 'list' is no list"),
        BrokenOperation(
            "check = { get = \"/c\", each = \"[]\", reply = { status = \"s\" } }",
            "check.each: check gives one record, not a list; name its place by value"),
        BrokenOperation(
            "services = { get = \"/c\", each = \"[]\", reply = {} }",
            "services.reply: the field 'id' is missing"),
        BrokenOperation(
            "operators = { get = \"/c\", each = \"[]\", reply = {} }",
            "operators.reply: the field 'id' is missing"),
        BrokenOperation(
            "offers = { get = \"/c\", each = \"[]\", reply = {} }",
            "offers.reply: the field 'price' is missing"),
        BrokenOperation(
            "buy = { post = \"/o\", reply = { id = \"id\" } }",
            "buy.reply: the field 'phone' is missing"),
        BrokenOperation(
            "reuse = { post = \"/o\", reply = { phone = \"p\" } }",
            "reuse.reply: the field 'id' is missing"),
        BrokenOperation(
            "buy = { get = \"/o\", text = { [\"OK:{id}\"] = {} } }",
            "buy.text.OK:{id}: the field 'phone' is missing"),
        BrokenOperation("check = { get = \"/o\" }", "check.reply: is missing"),
        BrokenOperation(
            "check = { get = \"/o\", reply = { phone = \"p\" } }",
            "check.reply: one of status, code, message, messages is needed"),
        BrokenOperation(
            "list = { get = \"/o\", each = \"[]\", reply = { id = \"p\" } }",
            "list.reply: one of status, code, message, messages is needed"),
        BrokenOperation(
            "check = { get = \"/o\", reply = { messages = { text = \"t\" } } }",
            "check.reply.messages: say where the messages are"),
        BrokenOperation(
            "check = { get = \"/o\", reply = { messages = { each = \"m[]\" } } }",
            "check.reply.messages: the field 'text' is missing"),
        BrokenOperation(
            "check = { get = \"/o\", reply = { status = { \"s\", P = \"waitng\" } } }",
            "check.reply.status.P: 'waitng' is not known, did you mean 'waiting'?"),
        BrokenOperation(
            "check = { get = \"/o\", reply = { status = { P = \"waiting\" } } }",
            "check.reply.status: write { \"path\", raw"),
        BrokenOperation(
            "check = { get = \"/o\", reply = { status = \"=recieved\" } }",
            "check.reply.status: 'recieved' is not known, did you mean 'received'?"),
        BrokenOperation(
            "check = { get = \"/o\", text = { WAIT = { status = \"wating\" } } }",
            "check.text.WAIT.status: 'wating' is not known, did you mean 'waiting'?"),
        BrokenOperation(
            "check = { get = \"/o\", text = { [\"{code\"] = {} } }",
            "check.text.{code: the braces do not match"),
        BrokenOperation(
            "cancel = { post = \"/c\", text = { OK = {} }, reply = { refund = \"r\" } }",
            "cancel.reply: a reply is either text or JSON"),
    ])
    func `a reply that could not be read is a problem`(_ broken: BrokenOperation) async {
        await expect(broken)
    }

    @Test(arguments: [
        BrokenOperation(
            "cancel = { post = \"/c\", errors = { \"e\", GONE = \"closd\" } }",
            "cancel.errors.GONE: 'closd' is not known, did you mean 'closed'?"),
        BrokenOperation(
            "cancel = { post = \"/c\", errors = { \"e\", GONE = \"internal\" } }",
            "cancel.errors.GONE: 'internal' is not known"),
        BrokenOperation(
            "cancel = { post = \"/c\", errors = { \"e\", [999] = \"closed\" } }",
            "cancel.errors[999]: is no HTTP status"),
        BrokenOperation(
            "cancel = { post = \"/c\", errors = { \"e\", \"f\" } }",
            "cancel.errors[2]: only one value"),
        BrokenOperation(
            "cancel = { post = \"/c\", errors = { \"e\", X = { \"auth\", [7] = \"auth\" } } }",
            "cancel.errors.X[7]: an HTTP status or a message"),
        BrokenOperation(
            "cancel = { post = \"/c\", errors = { text = { [\"A{\"] = \"auth\" } } }",
            "cancel.errors.text.A{: the braces do not match"),
        BrokenOperation(
            "cancel = { post = \"/c\", errors = { [\"*x*\"] = \"nothing\" } }",
            "cancel.errors.*x*: 'nothing' is not known"),
        BrokenOperation(
            "cancel = { post = \"/c\", errors = { retry_after = {} } }",
            "cancel.errors.retry_after: text was expected"),
        BrokenOperation(
            "cancel = { post = \"/c\", success = { [true] = true } }",
            "cancel.success: write { \"path\""),
    ])
    func `an error outside the closed list is a problem`(_ broken: BrokenOperation) async {
        await expect(broken)
    }
}
