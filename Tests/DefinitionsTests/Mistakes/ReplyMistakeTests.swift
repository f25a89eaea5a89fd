import Testing

@testable import Definitions

struct ReplyMistakeTests {
    @Test(arguments: [
        (
            #"balance = { get = "/b" }"#,
            """
            example.lua:8: operations.balance.reply: is missing: balance needs reply = { amount = \
            "path" }
            """
        ),
        (
            #"balance = { get = "/b", reply = {} }"#,
            "example.lua:8: operations.balance.reply: the field 'amount' is missing"
        ),
        (
            #"balance = { get = "/b", reply = { amout = "a" } }"#,
            """
            example.lua:8: operations.balance.reply.amout: unknown field, did you mean 'amount'?
            """
        ),
        (
            #"services = { get = "/s" }"#,
            """
            example.lua:8: operations.services.reply: is missing: services needs reply = { id = \
            "path" }
            """
        ),
        (
            #"operators = { get = "/o", each = "[]" }"#,
            """
            example.lua:8: operations.operators.reply: is missing: operators needs reply = { id = \
            "path" }
            """
        ),
        (
            #"offers = { get = "/o", each = "[]", reply = { prise = "p" } }"#,
            """
            example.lua:8: operations.offers.reply.prise: unknown field, did you mean 'price'?
            """
        ),
        (
            #"buy = { post = "/b" }"#,
            """
            example.lua:8: operations.buy.reply: is missing: buy needs reply = { id = "path", \
            phone = "path" }
            """
        ),
        (
            #"buy = { post = "/b", reply = { id = "i", fone = "p" } }"#,
            "example.lua:8: operations.buy.reply: the field 'phone' is missing; is 'fone' meant?"
        ),
        (
            #"swap = { post = "/s", reply = { id = "i" } }"#,
            "example.lua:8: operations.swap.reply: the field 'phone' is missing"
        ),
        (
            #"check = { get = "/c" }"#,
            """
            example.lua:8: operations.check.reply: is missing: check needs reply = { status = \
            "path" }
            """
        ),
        (
            #"check = { get = "/c", reply = {} }"#,
            """
            example.lua:8: operations.check.reply: one of status, code, message, messages is \
            needed
            """
        ),
        (
            #"list = { get = "/l", each = "[]", reply = { id = "i" } }"#,
            """
            example.lua:8: operations.list.reply: one of status, code, message, messages is needed
            """
        ),
    ])
    func `a common operation gives the fields that it needs`(
        _ row: (operation: String, said: String)
    ) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"balance = { get = "/b", reply = { "x", amount = "a" } }"#,
            #"example.lua:8: operations.balance.reply[1]: a field needs a name: field = "path""#
        ),
        (
            #"balance = { get = "/b", reply = { amount = "a", currency = 1 } }"#,
            """
            example.lua:8: operations.balance.reply.currency: a path such as "data.currency" was \
            expected, not 1
            """
        ),
        (
            #"balance = { get = "/b", reply = { amount = "a", currency = "" } }"#,
            """
            example.lua:8: operations.balance.reply.currency: a path such as "data.currency" was \
            expected, not ''
            """
        ),
        (
            #"countries = { get = "/c", each = "*", reply = { id = "i", name = "$first" } }"#,
            """
            example.lua:8: operations.countries.reply.name: '$first' is no key: $1 is that of the \
            first star
            """
        ),
        (
            #"countries = { get = "/c", each = "*", reply = { id = "i", name = "$0" } }"#,
            """
            example.lua:8: operations.countries.reply.name: '$0' is no key: $1 is that of the \
            first star
            """
        ),
        (
            #"balance = { get = "/b", reply = { amount = "a", currency = { USD = "$" } } }"#,
            """
            example.lua:8: operations.balance.reply.currency: write { "path", raw = "meaning" }; \
            numbers are written as text, ["1"] = "meaning"
            """
        ),
        (
            #"balance = { get = "/b", reply = { amount = "a", currency = { "a", "b" } } }"#,
            """
            example.lua:8: operations.balance.reply.currency: write { "path", raw = "meaning" }; \
            numbers are written as text, ["1"] = "meaning"
            """
        ),
    ])
    func `a field is a path, and has a name`(_ row: (operation: String, said: String)) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"countries = { get = "/c", reply = { id = "i" } }"#,
            """
            example.lua:8: operations.countries: each is missing: countries gives a list, so say \
            where its items are, for example each = "items[]"
            """
        ),
        (
            #"countries = { get = "/c", each = "items", reply = { id = "i" } }"#,
            """
            example.lua:8: operations.countries.each: 'items' is no list: write "items[]", "[]", \
            "items.*" or "*"
            """
        ),
        (
            #"countries = { get = "/c", each = "a[].b[]", reply = { id = "i" } }"#,
            """
            example.lua:8: operations.countries.each: 'a[].b[]' is no list: write "items[]", \
            "[]", "items.*" or "*"
            """
        ),
        (
            #"balance = { get = "/b", each = "[]", reply = { amount = "a" } }"#,
            """
            example.lua:8: operations.balance.each: balance gives one record, not a list; name \
            its place by value = "data", or use a function as reply
            """
        ),
    ])
    func `a list says where its items are`(_ row: (operation: String, said: String)) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"status = "s", messages = {}"#,
            """
            example.lua:8: operations.check.reply.messages: say where the messages are: each = \
            "messages[]"
            """
        ),
        (
            #"status = "s", messages = { text = "t" }"#,
            """
            example.lua:8: operations.check.reply.messages: say where the messages are: each = \
            "messages[]"
            """
        ),
        (
            #"status = "s", messages = { each = "sms", text = "t" }"#,
            """
            example.lua:8: operations.check.reply.messages: say where the messages are: each = \
            "messages[]"
            """
        ),
        (
            #"messages = { each = "sms[]" }"#,
            "example.lua:8: operations.check.reply.messages: the field 'text' is missing"
        ),
        (
            #"messages = { each = "sms[]", code = "c", form = "f" }"#,
            """
            example.lua:8: operations.check.reply.messages.form: unknown key; known are each, \
            text, sender, code, received_at, id, newest
            """
        ),
        (
            #"messages = { each = "sms[]", text = "t", newest = "fist" }"#,
            """
            example.lua:8: operations.check.reply.messages.newest: 'fist' is not known, did you \
            mean 'first'?
            """
        ),
        (
            #"messages = { each = "sms[]", text = "t", sender = 7 }"#,
            """
            example.lua:8: operations.check.reply.messages.sender: a path such as "data.sender" \
            was expected, not 7
            """
        ),
    ])
    func `messages say where they are, and their text`(_ row: (reply: String, said: String)) async {
        let operations = #"{ check = { get = "/c", reply = { \#(row.reply) } } }"#
        let text = DefinitionText.of(["operations": operations])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"check = { get = "/c", reply = { status = { "s", P = "waitin" } } }"#,
            """
            example.lua:8: operations.check.reply.status.P: 'waitin' is not known, did you mean \
            'waiting'?
            """
        ),
        (
            #"check = { get = "/c", reply = { status = { "s", P = "pending" } } }"#,
            """
            example.lua:8: operations.check.reply.status.P: 'pending' is not known, one of \
            waiting, received, finished, cancelled, expired
            """
        ),
        (
            #"check = { get = "/c", reply = { status = { "s", [0] = "recieved" } } }"#,
            """
            example.lua:8: operations.check.reply.status[0]: 'recieved' is not known, did you \
            mean 'received'?
            """
        ),
        (
            #"check = { get = "/c", reply = { status = "=done" } }"#,
            """
            example.lua:8: operations.check.reply.status: 'done' is not known, one of waiting, \
            received, finished, cancelled, expired
            """
        ),
        (
            #"check = { get = "/c", text = { WAIT = { status = "open" } } }"#,
            """
            example.lua:8: operations.check.text.WAIT.status: 'open' is not known, one of \
            waiting, received, finished, cancelled, expired
            """
        ),
        (
            #"mine = { get = "/m", reply = { status = "=cancelled?" } }"#,
            """
            example.lua:8: operations.mine.reply.status: 'cancelled?' is not known, did you mean \
            'cancelled'?
            """
        ),
    ])
    func `a status is one of a closed list`(_ row: (operation: String, said: String)) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"check = { get = "/c", text = { WAIT = {} } }"#,
            """
            example.lua:8: operations.check.text.WAIT: one of status, code, message, messages is \
            needed
            """
        ),
        (
            #"check = { get = "/c", text = { ["OK:{cod}"] = {} } }"#,
            """
            example.lua:8: operations.check.text.OK:{cod}: one of status, code, message, messages \
            is needed
            """
        ),
        (
            #"buy = { get = "/b", text = { ["OK:{id}:{fone}"] = {} } }"#,
            """
            example.lua:8: operations.buy.text.OK:{id}:{fone}: the field 'phone' is missing; is \
            'fone' meant?
            """
        ),
        (
            #"check = { get = "/c", text = { ["OK:{code"] = {} } }"#,
            "example.lua:8: operations.check.text.OK:{code: the braces do not match in 'OK:{code'"
        ),
        (
            #"check = { get = "/c", text = { ["OK:{the code}"] = {} } }"#,
            """
            example.lua:8: operations.check.text.OK:{the code}: '{the code}' is no argument, \
            write {name}, {name:int}, {name?} or {name|default}
            """
        ),
        (
            #"check = { get = "/c", text = { OK = { code = "1" } }, reply = { code = "c" } }"#,
            "example.lua:8: operations.check.reply: a reply is either text or JSON"
        ),
    ])
    func `plain text is read by patterns with the fields`(
        _ row: (operation: String, said: String)
    ) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"cancel = { post = "/c", success = { "ok" } }"#,
            """
            example.lua:8: operations.cancel.success: no value is marked: write { "status", ok = \
            true }
            """
        ),
        (
            #"cancel = { post = "/c", success = { ok = true } }"#,
            """
            example.lua:8: operations.cancel.success: write { "path", [true] = true } or { \
            "status", ok = true }
            """
        ),
        (
            #"cancel = { post = "/c", success = { "ok", "fine", [true] = true } }"#,
            """
            example.lua:8: operations.cancel.success: write { "path", [true] = true } or { \
            "status", ok = true }
            """
        ),
    ])
    func `success marks the values that mean it`(_ row: (operation: String, said: String)) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }
}
