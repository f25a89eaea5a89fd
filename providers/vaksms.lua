-- VAK-SMS through its sms-activate compatible address.
-- Document: https://vak-sms.com/api/vak/ (the own API of the same host; this surface has no page)
-- Unusual: everything is plain text under HTTP 200, and BAD_ACTION means a bad key as well as an
-- unknown order; countries are a list and need no key; services may have codes of their own, so
-- they are found by name.
-- Not confirmed against the document: the fields of countries and prices, whether a purchase takes
-- a price limit, a list of open orders, any limit of requests, a hold before a cancel.
local wanted = { service = "tg", country = "0" }    -- what the tests buy

return provider {
  api      = 1,
  id       = "vaksms",
  name     = "VAK-SMS",
  version  = "1.0.0",
  docs     = "https://vak-sms.com/api/vak/",
  base_url = "https://vak-sms.com/stubs/handler_api.php",
  dialect  = "sms_activate",

  quirks = { services = "getServicesList" },

  credentials = { api_key = { label = "API key", help = "vak-sms.com → Profile → API key" } },

  limits   = { { requests = 60, per = "1m" } },     -- none is documented: a polite default
  currency = "RUB",                                 -- the document: a balance in roubles

  -- The own API's codes differ from sms-activate's (Google is gl, Discord dc), and nobody says
  -- which are meant here: a wrong guess would buy another service.
  names = { countries = "sms_activate" },

  -- An unknown order is taken for a bad key then, which stops the wait but gives nothing up; the
  -- other way round, a bad key would lose every open order.
  errors = { text = { BAD_ACTION = "auth" } },

  tests = {
    -- Account and catalogue
    { "balance", {},
      sends = { method = "GET", path = "/stubs/handler_api.php?action=getBalance",
                auth = "query api_key" },
      reply = { text = "ACCESS_BALANCE:100.0" },
      gives = { amount = "100.0", currency = "RUB" } },
    { "countries", {},
      sends = { path = "/stubs/handler_api.php?action=getCountries" },
      reply = { json = { { id = 2, eng = "Kazakhstan" }, { id = "0", name = "Russia" } } },
      gives = { { id = "0", name = "Russia" }, { id = "2", name = "Kazakhstan" } } },
    { "services", {},
      sends = { path = "/stubs/handler_api.php?action=getServicesList" },
      reply = { json = { status = "success", services = {
        { code = "tg", name = "Telegram" }, { code = "gl", name = "Google" } } } },
      gives = { { id = "gl", name = "Google" }, { id = "tg", name = "Telegram" } } },
    { "offers", wanted,
      sends = { path = "/stubs/handler_api.php?action=getPrices&service=tg&country=0" },
      reply = { body = [[{"0": {"tg": {"cost": 18.5, "count": 320}}}]] },
      gives = { { country = "0", service = "tg", price = "18.5", available = 320 } } },

    -- Orders
    { "buy", wanted,
      sends = { method = "GET", auth = "query api_key",
                path = "/stubs/handler_api.php?action=getNumber&service=tg&country=0" },
      reply = { text = "ACCESS_NUMBER:1661234567:79000000001" },
      gives = { id = "1661234567", phone = "+79000000001" } },
    { "check", { id = "1661234567" },
      sends = { path = "/stubs/handler_api.php?action=getStatus&id=1661234567" },
      reply = { text = "STATUS_WAIT_CODE" }, gives = { status = "waiting" } },
    { "check", { id = "1661234567" }, reply = { text = "STATUS_OK:58392" },
      gives = { status = "received", code = "58392" } },
    { "ready", { id = "1661234567" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=1&id=1661234567" },
      reply = { text = "ACCESS_READY" }, gives = {} },
    { "resend", { id = "1661234567" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=3&id=1661234567" },
      reply = { text = "ACCESS_RETRY_GET" }, gives = {} },
    { "finish", { id = "1661234567" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=6&id=1661234567" },
      reply = { text = "ACCESS_ACTIVATION" }, gives = {} },
    { "cancel", { id = "1661234567" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=8&id=1661234567" },
      reply = { text = "ACCESS_CANCEL" }, gives = {} },

    -- Errors
    { "balance", {}, reply = { text = "BAD_ACTION" }, fails = "auth" },
    { "services", {}, reply = { text = "BAD_ACTION" }, fails = "auth" },
    { "buy", wanted, reply = { text = "BAD_ACTION" }, fails = "auth" },
    { "check", { id = "1" }, reply = { text = "BAD_ACTION" }, fails = "auth" },
    { "cancel", { id = "1" }, reply = { text = "NO_ACTIVATION" }, fails = "not_found" },
    { "cancel", { id = "1" }, reply = { text = "EARLY_CANCEL_DENIED" }, fails = "too_early" },
    { "buy", wanted, reply = { text = "NO_NUMBERS" }, fails = "no_numbers" },
    { "buy", wanted, reply = { text = "NO_BALANCE" }, fails = "balance" },
    { "buy", wanted, reply = { text = "BAD_SERVICE" }, fails = "invalid" },
    { "balance", {}, reply = { status = 401, text = "Unauthorized" }, fails = "auth" },
    { "check", { id = "1" },
      reply = { status = 429, text = "", headers = { ["retry-after"] = "7" } },
      fails = { code = "rate_limited", retry_after = 7 } },
    { "balance", {}, reply = { text = "<html>Maintenance</html>" }, fails = "protocol" },
  },
}
