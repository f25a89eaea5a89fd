import Testing

@testable import Definitions

struct AuthMistakeTests {
    @Test(arguments: [
        (
            "",
            """
            example.lua:1: auth: is missing: say where the credential goes, for example auth = { \
            bearer = "{api_key}" }
            """
        ),
        (
            "{}",
            """
            example.lua:7: auth: say where the credential goes: bearer, basic, header, query, \
            json or form
            """
        ),
        (
            #"{ form = { key = "{api_key}" } }"#,
            """
            example.lua:8: operations.balance: carries its credential as form key, so it needs \
            such a body and no get, or auth = false
            """
        ),
        (
            #"{ json = { key = "{api_key}" }, form = { key = "{api_key}" } }"#,
            """
            example.lua:7: auth: a body is either json or form
            example.lua:8: operations.balance: carries its credential as form key, so it needs \
            such a body and no get, or auth = false
            """
        ),
        (
            #"{ json = { key = "secret" } }"#,
            #"example.lua:7: auth.json.key: "{api_key}" was expected, not 'secret'"#
        ),
        (
            #"{ barer = "{api_key}" }"#,
            "example.lua:7: auth.barer: unknown key, did you mean 'bearer'?"
        ),
        (
            #"{ cookies = "{api_key}" }"#,
            """
            example.lua:7: auth.cookies: unknown key; known are basic, bearer, header, query, \
            json, form, hmac, login
            """
        ),
        (
            #"{ bearer = "api_key" }"#,
            #"example.lua:7: auth.bearer: "{api_key}" was expected, not 'api_key'"#
        ),
        (
            #"{ bearer = "Bearer {api_key}" }"#,
            #"example.lua:7: auth.bearer: "{api_key}" was expected, not 'Bearer {api_key}'"#
        ),
        (
            #"{ bearer = "{login}" }"#,
            #"example.lua:7: auth.bearer: "{api_key}" was expected, not '{login}'"#
        ),
        (
            #"{ basic = "{api_key}" }"#,
            """
            example.lua:7: auth.basic: "{user}:{password}" or "{api_key}:" was expected, with \
            names of credentials, not '{api_key}'
            """
        ),
        (
            #"{ basic = "{api_key}:secret" }"#,
            """
            example.lua:7: auth.basic: "{user}:{password}" or "{api_key}:" was expected, with \
            names of credentials, not '{api_key}:secret'
            """
        ),
        (#"{ basic = "{api_key}:" }"#, ""),
        (
            #"{ header = { ["X Api Key"] = "{api_key}" } }"#,
            "example.lua:7: auth.header.X Api Key: 'X Api Key' is no name for a header"
        ),
        (
            #"{ header = { ["X-Key"] = "{apikey}" } }"#,
            #"example.lua:7: auth.header.X-Key: "{api_key}" was expected, not '{apikey}'"#
        ),
        (
            #"{ query = { key = "{key}" } }"#,
            #"example.lua:7: auth.query.key: "{api_key}" was expected, not '{key}'"#
        ),
    ])
    func `a credential goes into a place that is known`(_ row: (auth: String, said: String)) async {
        let text = DefinitionText.of(["auth": row.auth])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"post = "/auth", header = { ["X-Key"] = "{api_key}" }"#,
            #"example.lua:7: auth.login.token: is missing, for example token = "data.token""#
        ),
        (
            #"token = "t", header = { ["X-Key"] = "{api_key}" }"#,
            #"example.lua:7: auth.login.post: is missing, for example post = "/auth""#
        ),
        (
            #"post = "/auth", token = "t""#,
            """
            example.lua:7: auth.login: carries no credential, for example header = { \
            ["X-Api-Key"] = "{api_key}" }
            """
        ),
        (
            #"post = "auth", token = "t", header = { ["X-Key"] = "{api_key}" }"#,
            #"example.lua:7: auth.login.post: 'auth' is no plain path such as "/auth""#
        ),
        (
            #"post = "/auth?a=1", token = "t", header = { ["X-Key"] = "{api_key}" }"#,
            #"example.lua:7: auth.login.post: '/auth?a=1' is no plain path such as "/auth""#
        ),
        (
            #"post = "/auth", token = "t", body = {}, header = { ["X-Key"] = "{api_key}" }"#,
            """
            example.lua:7: auth.login.body: unknown key; known are get, post, header, query, json, \
            form, token, expires_at, expires_in, lifetime
            """
        ),
        (
            #"get = "/auth", token = "t", json = { key = "{api_key}" }"#,
            #"example.lua:7: auth.login: a GET has no body; write post = "…""#
        ),
        (
            #"post = "/auth", token = "t", json = { key = "{api_key}" }, form = { a = "b" }"#,
            "example.lua:7: auth.login: a body is either json or form"
        ),
        (
            #"post = "/auth", token = "t", json = { key = "{apikey}" }"#,
            """
            example.lua:7: auth.login: carries no credential, for example header = { \
            ["X-Api-Key"] = "{api_key}" }
            example.lua:7: auth.login.json.key: "{api_key}" was expected, not '{apikey}'
            """
        ),
        (
            #"post = "/auth", token = "t", header = { ["X Key"] = "{api_key}" }"#,
            "example.lua:7: auth.login.header.X Key: 'X Key' is no name for a header"
        ),
        (
            #"post = "/auth", token = "t", lifetime = 5, header = { ["X-Key"] = "{api_key}" }"#,
            """
            example.lua:7: auth.login.lifetime: a duration such as "5s", "2m" or "14d" was \
            expected, not 5
            """
        ),
        (
            #"get = "/auth", tokn = "t", header = { ["X-Key"] = "{api_key}" }"#,
            """
            example.lua:7: auth.login.token: is missing, for example token = "data.token"
            example.lua:7: auth.login.tokn: unknown key, did you mean 'token'?
            """
        ),
    ])
    func `a login names its request, its token and its credential`(
        _ row: (login: String, said: String)
    ) async {
        let auth = #"{ login = { \#(row.login) }, bearer = "{login}" }"#
        let text = DefinitionText.of(["auth": auth])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            "", #"{ bearer = "{token}" }"#,
            """
            example.lua:7: auth.bearer: declare the credential: credentials = { api_key = { label \
            = "API key" } }
            """
        ),
        (
            "{}", #"{ header = { ["X-Key"] = "{token}" } }"#,
            """
            example.lua:7: auth.header.X-Key: declare the credential: credentials = { api_key = { \
            label = "API key" } }
            """
        ),
        (
            "{ api_key = {}, secret = {} }", #"{ bearer = "{token}" }"#,
            #"example.lua:7: auth.bearer: "{api_key}" or "{secret}" was expected, not '{token}'"#
        ),
        (
            #"{ api_key = { labl = "Key" } }"#, #"{ bearer = "{api_key}" }"#,
            "example.lua:6: credentials.api_key.labl: unknown key, did you mean 'label'?"
        ),
    ])
    func `a credential has to be declared`(
        _ row: (credentials: String, auth: String, said: String)
    ) async {
        let changes = ["auth": row.auth, "credentials": row.credentials]
        #expect(await DefinitionText.problems(DefinitionText.of(changes)) == row.said)
    }

    @Test(arguments: [
        (
            #"{ setting = "mod", a = {}, b = {} }"#,
            "example.lua:7: auth.setting: 'mod' is not declared; add settings = { mod = { … } }"
        ),
        (
            #"{ setting = "mode", a = { bearer = "{api_key}" } }"#,
            "example.lua:7: auth: the choice 'b' of the setting is missing"
        ),
        (
            #"{ setting = "mode", a = { bearer = "{api_key}" }, b = {} }"#,
            """
            example.lua:7: auth.b: say where the credential goes: bearer, basic, header, query, \
            json or form
            """
        ),
        (
            #"{ setting = "mode", a = { bearer = "{api_key}" }, c = {} }"#,
            """
            example.lua:7: auth: the choice 'b' of the setting is missing
            example.lua:7: auth.c: unknown key; known are setting, a, b
            """
        ),
    ])
    func `a setting has a way of its own for each of its choices`(
        _ row: (auth: String, said: String)
    ) async {
        let changes = ["auth": row.auth, "settings": #"{ mode = { "a", "b" } }"#]
        #expect(await DefinitionText.problems(DefinitionText.of(changes)) == row.said)
    }

    @Test(arguments: [
        (
            #"{ mode = "a" }"#,
            """
            example.lua:9: settings.mode: a list of choices was expected, for example { "a", "b" }
            """
        ),
        (
            "{ mode = {} }",
            """
            example.lua:9: settings.mode: a list of choices was expected, for example { "a", "b" }
            """
        ),
        (
            "{ mode = { a = true } }",
            """
            example.lua:9: settings.mode: a list of choices was expected, for example { "a", "b" }
            """
        ),
    ])
    func `a setting is a list of choices`(_ row: (settings: String, said: String)) async {
        let text = DefinitionText.of(["settings": row.settings])
        #expect(await DefinitionText.problems(text) == row.said)
    }
}
