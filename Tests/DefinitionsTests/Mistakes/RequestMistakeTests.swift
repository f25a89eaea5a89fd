import Testing

@testable import Definitions

struct RequestMistakeTests {
    @Test(arguments: [
        (
            "cancel = {}",
            """
            example.lua:8: operations.cancel: has no request: add get, post, put, patch or \
            delete, for example get = "/balance"
            """
        ),
        (
            #"cancel = { put = "/a", delete = "/b" }"#,
            "example.lua:8: operations.cancel: has several verbs: put, delete"
        ),
        (
            "cancel = { post = 7 }",
            #"example.lua:8: operations.cancel.post: a path such as "/orders/{id}" was expected"#
        ),
        (
            #"cancel = { post = "https://evil.com/a" }"#,
            """
            example.lua:8: operations.cancel.post: is relative to base_url, so write only the \
            path: "/orders"
            """
        ),
        (
            #"cancel = { post = "cancel" }"#,
            "example.lua:8: operations.cancel.post: has to begin with / or ?"
        ),
        (
            #"cancel = { post = "//evil.com" }"#,
            """
            example.lua:8: operations.cancel.post: '//evil.com' is no plain path: //, .., \\, #, \
            @, blanks and letters outside ASCII are not allowed
            """
        ),
        (
            #"cancel = { post = "/a/../b" }"#,
            """
            example.lua:8: operations.cancel.post: '/a/../b' is no plain path: //, .., \\, #, @, \
            blanks and letters outside ASCII are not allowed
            """
        ),
        (
            #"cancel = { post = "/a/.%2e/b" }"#,
            """
            example.lua:8: operations.cancel.post: '/a/.%2e/b' is no plain path: //, .., \\, #, \
            @, blanks and letters outside ASCII are not allowed
            """
        ),
        (
            #"cancel = { post = "/a b" }"#,
            """
            example.lua:8: operations.cancel.post: '/a b' is no plain path: //, .., \\, #, @, \
            blanks and letters outside ASCII are not allowed
            """
        ),
        (
            #"cancel = { post = "/a?id" }"#,
            "example.lua:8: operations.cancel.post: 'id' in the query is no name=value"
        ),
        (
            #"cancel = { post = "/a?={id}" }"#,
            "example.lua:8: operations.cancel.post: '={id}' in the query is no name=value"
        ),
        (
            #"["buy-now"] = { get = "/b" }"#,
            "example.lua:8: operations.buy-now: an operation's name may hold only a-z, 0-9 and _"
        ),
        (
            #"Balance = { get = "/b" }"#,
            "example.lua:8: operations.Balance: an operation's name may hold only a-z, 0-9 and _"
        ),
    ])
    func `an operation has one request with a plain path`(
        _ row: (operation: String, said: String)
    ) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"cancel = { post = "/{id" }"#,
            "example.lua:8: operations.cancel.post: the braces do not match in '/{id'"
        ),
        (
            #"cancel = { post = "/id}" }"#,
            "example.lua:8: operations.cancel.post: the braces do not match in '/id}'"
        ),
        (
            #"cancel = { post = "/{}" }"#,
            """
            example.lua:8: operations.cancel.post: '{}' is no argument, write {name}, {name:int}, \
            {name?} or {name|default}
            """
        ),
        (
            #"cancel = { post = "/{the id}" }"#,
            """
            example.lua:8: operations.cancel.post: '{the id}' is no argument, write {name}, \
            {name:int}, {name?} or {name|default}
            """
        ),
        (
            #"cancel = { post = "/{id:uint}" }"#,
            """
            example.lua:8: operations.cancel.post: '{id:uint}' has an unknown kind, use :int, \
            :number, :cents, :bool or :list
            """
        ),
        (
            #"cancel = { post = "/{id?}" }"#,
            "example.lua:8: operations.cancel.post: '{id?}' cannot be optional within the path"
        ),
        (
            #"cancel = { post = "/a?x={id" }"#,
            "example.lua:8: operations.cancel.post: the braces do not match in '{id'"
        ),
        (
            #"cancel = { post = "/c", json = { a = { b = "{id" } } }"#,
            "example.lua:8: operations.cancel.json.a.b: the braces do not match in '{id'"
        ),
        (
            #"cancel = { post = "/c", json = { a = { "{id:integer}" } } }"#,
            """
            example.lua:8: operations.cancel.json.a[1]: '{id:integer}' has an unknown kind, use \
            :int, :number, :cents, :bool or :list
            """
        ),
        (
            #"cancel = { post = "/c", query = { a = "{id:}" } }"#,
            """
            example.lua:8: operations.cancel.query.a: '{id:}' has an unknown kind, use :int, \
            :number, :cents, :bool or :list
            """
        ),
        (
            #"cancel = { post = "/c", headers = { A = "{a-b}" } }"#,
            """
            example.lua:8: operations.cancel.headers.A: '{a-b}' is no argument, write {name}, \
            {name:int}, {name?} or {name|default}
            """
        ),
    ])
    func `a place in a template is written as one`(_ row: (operation: String, said: String)) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"cancel = { post = "/{order}" }"#,
            """
            example.lua:8: operations.cancel: '{order}' is no argument of cancel, cancel has \
            {id}, {service}, {country}, {phone}
            """
        ),
        (
            #"cancel = { post = "/c?id={idd}" }"#,
            """
            example.lua:8: operations.cancel: '{idd}' is no argument of cancel, did you mean {id}?
            """
        ),
        (
            #"balance = { get = "/{user}", reply = { amount = "a" } }"#,
            """
            example.lua:8: operations.balance: '{user}' is no argument of balance, balance has no \
            arguments
            """
        ),
        (
            #"countries = { get = "/{contry}", each = "[]", reply = { id = "i" } }"#,
            """
            example.lua:8: operations.countries: '{contry}' is no argument of countries, \
            countries has {service}
            """
        ),
        (
            #"cancel = { post = "/c", form = { p = "{fone}" } }"#,
            """
            example.lua:8: operations.cancel: '{fone}' is no argument of cancel, cancel has {id}, \
            {service}, {country}, {phone}
            """
        ),
        (
            #"cancel = { post = "/c", json = { p = { "{fone}" } } }"#,
            """
            example.lua:8: operations.cancel: '{fone}' is no argument of cancel, cancel has {id}, \
            {service}, {country}, {phone}
            """
        ),
        (
            #"cancel = { post = "/c", headers = { P = "{order}" } }"#,
            """
            example.lua:8: operations.cancel: '{order}' is no argument of cancel, cancel has \
            {id}, {service}, {country}, {phone}
            """
        ),
    ])
    func `a place in a template is an argument of the operation`(
        _ row: (operation: String, said: String)
    ) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"cancel = { post = "/c", json = {}, form = {} }"#,
            "example.lua:8: operations.cancel.form: a request has either json or form, not both"
        ),
        (
            #"cancel = { post = "/c", json = { a = { b = function() end } } }"#,
            "example.lua:8: operations.cancel.json.a.b: a function has no JSON form"
        ),
        (
            #"cancel = { post = "/c", query = { a = {} } }"#,
            """
            example.lua:8: operations.cancel.query.a: text was expected, for example "{country}"
            """
        ),
        (
            #"cancel = { post = "/c", form = { a = function() end } }"#,
            #"example.lua:8: operations.cancel.form.a: text was expected, for example "{country}""#
        ),
        (
            #"cancel = { post = "/c", headers = { A = {} } }"#,
            """
            example.lua:8: operations.cancel.headers.A: text was expected, for example "{country}"
            """
        ),
        (
            #"cancel = { post = "/c", headers = { A = "x\ny" } }"#,
            """
            example.lua:8: operations.cancel.headers.A: the value of 'A' may not hold control \
            characters
            """
        ),
    ])
    func `a body, a query and headers hold text`(_ row: (operation: String, said: String)) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"rent = { post = "/r" }"#,
            """
            example.lua:8: operations.rent.costs: is missing: an operation of your own that is no \
            GET says costs = true or costs = false
            """
        ),
        (
            #"finsh = { post = "/f" }"#,
            """
            example.lua:8: operations.finsh.costs: is missing: an operation of your own that is \
            no GET says costs = true or costs = false (if you mean the common operation, it is \
            'finish')
            """
        ),
        (
            #"cancel = { delete = "/c", costs = true }"#,
            "example.lua:8: operations.cancel.costs: the core knows that 'cancel' costs nothing"
        ),
        (
            #"swap = { post = "/s", costs = false, reply = { phone = "p" } }"#,
            "example.lua:8: operations.swap.costs: the core knows that 'swap' costs money"
        ),
        (
            #"cancel = { post = "/c", nothing_bought = { 503 } }"#,
            """
            example.lua:8: operations.cancel.nothing_bought: is of use only for an operation that \
            costs money
            """
        ),
    ])
    func `an operation says what it costs where the core cannot know`(
        _ row: (operation: String, said: String)
    ) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }
}
