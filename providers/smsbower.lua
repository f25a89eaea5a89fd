-- SMSBower: sms-activate with JSON errors of a web framework around it.
-- Document: https://smsbower.app/api/?page=client; the API itself is on smsbower.page
-- Unusual: a bad key is HTTP 401 with {"status": 0, "message": "No access"}; POST is refused;
-- errors of the price list are {"error": "Bad service"} under HTTP 200; one country has no number
-- and stands under an empty key; open activations cannot be listed.
-- Not confirmed against a live purchase: the fields of getNumberV2, which are the document's; any
-- limit of requests.
local wanted = { service = "tg", country = "187" }  -- what the tests buy

return provider {
  api      = 1,
  id       = "smsbower",
  name     = "SMSBower",
  version  = "1.0.0",
  docs     = "https://smsbower.app/api/?page=client",
  base_url = "https://smsbower.page/stubs/handler_api.php",
  dialect  = "sms_activate",

  quirks = {
    services  = "getServicesList",
    max_price = "maxPrice",
    buy       = "getNumberV2",
    error     = "error",
  },

  credentials = { api_key = { label = "API key", help = "smsbower.app → Profile → API key" } },

  limits   = { { requests = 60, per = "1m" } },     -- none is documented: a polite default
  currency = "USD",
  holds    = { cancel = "2m" },                     -- EARLY_CANCEL_DENIED before

  errors = { "error|message", message = "message|error",
    ["No access"]   = "auth",
    ["Bad service"] = "invalid",
    ["Bad country"] = "invalid",
    [405]           = "unsupported",                -- only GET is taken
  },

  tests = {
    -- Account and catalogue
    { "balance", {},
      sends = { method = "GET", path = "/stubs/handler_api.php?action=getBalance",
                auth = "query api_key" },
      reply = { text = "ACCESS_BALANCE:18.739" },
      gives = { amount = "18.739", currency = "USD" } },
    { "countries", {},
      sends = { path = "/stubs/handler_api.php?action=getCountries" },
      reply = { body = [[{ "187": { "id": "187", "rus": "США", "eng": "USA", "chn": "" },
                           "": { "id": null, "rus": "", "eng": "Faroe Islands", "chn": "" },
                           "0": { "id": "0", "rus": "Россия", "eng": "Russia", "chn": "" } }]] },
      gives = { { id = "0", name = "Russia" }, { id = "187", name = "USA" } } },
    { "services", {},
      sends = { path = "/stubs/handler_api.php?action=getServicesList" },
      reply = { json = { status = "success", services = { { code = "tg", name = "Telegram" } } } },
      gives = { { id = "tg", name = "Telegram" } } },
    { "offers", wanted,
      sends = { path = "/stubs/handler_api.php?action=getPrices&service=tg&country=187" },
      reply = { body = [[{"187": {"tg": {"cost": 0.683, "count": 22}}}]] },
      gives = { { country = "187", service = "tg", price = "0.683", available = 22 } } },
    { "offers", { service = "tg" },
      reply = { body = [[{"": {"tg": {"cost": 0.306, "count": 1052}}}]] },
      gives = { { country = "", service = "tg", price = "0.306", available = 1052 } } },
    { "offers", { service = "??", country = "187" },
      reply = { json = { error = "Bad service" } }, fails = "invalid" },
    { "offers", { service = "tg", country = "9999" },
      reply = { json = { error = "Bad country" } }, fails = "invalid" },

    -- Orders
    { "buy", { service = "tg", country = "187", max_price = "0.70" },
      sends = { method = "GET", auth = "query api_key", path =
        "/stubs/handler_api.php?action=getNumberV2&service=tg&country=187&maxPrice=0.70" },
      reply = { json = { activationId = 123456, phoneNumber = "12025550123",
                         activationCost = 0.683, countryCode = "187", canGetAnotherSms = true,
                         activationTime = "2026-06-01 16:59:16", activationOperator = "" } },
      gives = { id = "123456", phone = "+12025550123", price = "0.683" } },
    { "check", { id = "123456" },
      sends = { path = "/stubs/handler_api.php?action=getStatus&id=123456" },
      reply = { text = "STATUS_WAIT_RESEND" }, gives = { status = "waiting" } },
    { "check", { id = "123456" }, reply = { text = "STATUS_OK:58392" },
      gives = { status = "received", code = "58392" } },
    { "ready", { id = "123456" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=1&id=123456" },
      reply = { text = "ACCESS_READY" }, gives = {} },
    { "resend", { id = "123456" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=3&id=123456" },
      reply = { text = "ACCESS_RETRY_GET" }, gives = {} },
    { "finish", { id = "123456" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=6&id=123456" },
      reply = { text = "ACCESS_ACTIVATION" }, gives = {} },
    { "cancel", { id = "123456" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=8&id=123456" },
      reply = { text = "ACCESS_CANCEL" }, gives = {} },

    -- Errors
    { "buy", wanted, reply = { text = "WRONG_SERVICE" }, fails = "invalid" },
    { "buy", wanted, reply = { text = "NO_NUMBERS" }, fails = "no_numbers" },
    { "buy", wanted, reply = { text = "NO_BALANCE" }, fails = "balance" },
    { "buy", wanted, reply = { json = { error = "BAD_SERVICE" } }, fails = "invalid" },
    { "cancel", { id = "123456" }, reply = { text = "EARLY_CANCEL_DENIED" },
      fails = "too_early" },
    { "check", { id = "abc" }, reply = { text = "NO_ACTIVATION" }, fails = "not_found" },
    { "balance", {},
      reply = { status = 401, body = [[{"status": 0, "message": "No access", "data": []}]] },
      fails = { code = "auth", message = "No access" } },
    { "services", {}, reply = { body = [[{"status": 0, "message": "No access", "data": []}]] },
      fails = "auth" },
    { "balance", {},
      reply = { status = 405, body = [[{"status": 0, "message": "The POST method is not ]]
        .. [[supported for route stubs/handler_api.php.", "data": []}]] },
      fails = "unsupported" },
    { "check", { id = "1" },
      reply = { status = 429, text = "Too Many Requests", headers = { ["retry-after"] = "7" } },
      fails = { code = "rate_limited", retry_after = 7 } },
    { "offers", wanted, reply = { json = { error = "Something else" } }, fails = "protocol" },
  },
}
