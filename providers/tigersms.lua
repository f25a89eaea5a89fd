-- Tiger SMS: sms-activate's words for most actions, HeroSMS's JSON errors for the newer ones.
-- Document: https://tiger-sms.com/api (OpenAPI: https://tiger-sms.com/api/openapi.json)
-- Unusual: a bad key is HTTP 401 with the plain word; getNumberV2 reports errors as JSON under
-- HTTP 200; countries are a list; `operator` is taken and ignored; a cancelled order may say
-- ACCESS_CANCEL; the front answers 429 in plain text.
-- Not confirmed against a live purchase: the fields of getNumberV2 and of open activations, which
-- are the document's; how many requests each limit allows.
local wanted = { service = "tg", country = "187" }  -- what the tests buy

return provider {
  api      = 1,
  id       = "tigersms",
  name     = "Tiger SMS",
  version  = "1.0.0",
  docs     = "https://tiger-sms.com/api",
  base_url = "https://api.tiger-sms.com/stubs/handler_api.php",
  dialect  = "sms_activate",

  -- Status -1 cancels as well.
  quirks = {
    services  = "getServicesList",
    list      = "getActiveActivations",
    rows      = 100,
    max_price = "maxPrice",
    buy       = "getNumberV2",
    error     = "title",
  },

  credentials = { api_key = { label = "API key", help = "tiger-sms.com → Profile → API key" } },

  limits   = { { requests = 1, per = "1s" } },      -- none is published; one a second was fine
  currency = "USD",
  holds    = { cancel = "2m" },                     -- minActivationTime is 120

  errors = { message = "details", retry_after = "info.retry_after_seconds",
    NOT_FOUND            = "not_found",
    RATE_LIMIT           = "rate_limited",
    UNPROCESSABLE_ENTITY = "invalid",
    NO_PROVIDERS         = "no_numbers",
    text = {
      RATE_LIMIT    = "rate_limited",
      NO_PROVIDERS  = "no_numbers",
      BAD_VALUES    = "invalid",
      BAD_MAX_PRICE = "invalid",
    },
  },

  tests = {
    -- Account and catalogue
    { "balance", {},
      sends = { method = "GET", path = "/stubs/handler_api.php?action=getBalance",
                auth = "query api_key" },
      reply = { text = "ACCESS_BALANCE:4.682" }, gives = { amount = "4.682", currency = "USD" } },
    { "countries", {},
      sends = { path = "/stubs/handler_api.php?action=getCountries" },
      reply = { body = [=[[
        { "id": 187, "rus": "США", "eng": "USA", "chn": "", "visible": 1, "retry": 1 },
        { "id": 74, "rus": "Афганистан", "eng": "Afghanistan", "visible": 1, "retry": 1 }]]=] },
      gives = { { id = "74", name = "Afghanistan" }, { id = "187", name = "USA" } } },
    { "services", {},
      sends = { path = "/stubs/handler_api.php?action=getServicesList" },
      reply = { json = { status = "success", services = { { code = "tg", name = "Telegram" } } } },
      gives = { { id = "tg", name = "Telegram" } } },
    { "offers", wanted,
      sends = { path = "/stubs/handler_api.php?action=getPrices&service=tg&country=187" },
      reply = { body = [[{"187": {"tg": {"cost": "0.2500", "count": 44432}}}]] },
      gives = { { country = "187", service = "tg", price = "0.2500", available = 44432 } } },
    { "offers", wanted, reply = { text = "BAD_COUNTRY" }, fails = "invalid" },

    -- Orders
    { "buy", { service = "tg", country = "187", max_price = "0.25" },
      sends = { method = "GET", auth = "query api_key", path =
        "/stubs/handler_api.php?action=getNumberV2&service=tg&country=187&maxPrice=0.25" },
      reply = { body = [[{ "activationId": "557860099", "phoneNumber": "12025550123",
                           "activationCost": 0.05, "currency": 840, "countryCode": 187,
                           "countryPhoneCode": 1, "canGetAnotherSms": true,
                           "activationTime": "2026-07-02T18:09:54+00:00",
                           "activationEndTime": "2026-07-02T18:29:54+00:00",
                           "activationOperator": "any" }]] },
      gives = { id = "557860099", phone = "+12025550123", price = "0.05",
                expires_at = "2026-07-02T18:29:54Z" } },
    { "check", { id = "557860099" },
      sends = { path = "/stubs/handler_api.php?action=getStatus&id=557860099" },
      reply = { text = "STATUS_OK:58392" }, gives = { status = "received", code = "58392" } },
    { "check", { id = "557860099" }, reply = { text = "ACCESS_CANCEL" },
      gives = { status = "cancelled" } },
    { "list", {},
      sends = { path = "/stubs/handler_api.php?action=getActiveActivations&limit=100" },
      reply = { body = [[{ "status": "success", "data": [
        { "activationId": "557860099", "serviceCode": "tg", "phoneNumber": "12025550123",
          "activationCost": 0.1453, "activationStatus": "1", "smsCode": "", "smsText": "",
          "activationTime": "2026-07-02T18:09:54+00:00", "countryCode": 187,
          "countryName": "USA", "canGetAnotherSms": true, "currency": 840 }]}]] },
      gives = { { id = "557860099", service = "tg", country = "187", phone = "+12025550123",
                  price = "0.1453", created_at = "2026-07-02T18:09:54Z", status = "waiting" } } },
    { "list", {}, reply = { body = [[{"status": "success", "data": []}]] }, gives = {} },
    { "ready", { id = "1" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=1&id=1" },
      reply = { text = "ACCESS_READY" }, gives = {} },
    { "resend", { id = "1" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=3&id=1" },
      reply = { text = "ACCESS_RETRY_GET" }, gives = {} },
    { "finish", { id = "1" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=6&id=1" },
      reply = { text = "ACCESS_ACTIVATION" }, gives = {} },
    { "cancel", { id = "1" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=8&id=1" },
      reply = { text = "ACCESS_CANCEL" }, gives = {} },

    -- Errors: words, JSON under HTTP 200, JSON under a real status
    { "buy", wanted,
      reply = { json = { title = "BAD_SERVICE", details = "This combination is not available" } },
      fails = { code = "invalid", message = "not available" } },
    { "buy", wanted, reply = { json = { title = "NO_NUMBERS", details = "" } },
      fails = "no_numbers" },
    { "buy", wanted, reply = { json = { title = "NO_PROVIDERS", details = "None" } },
      fails = "no_numbers" },
    { "buy", wanted, reply = { status = 402, json = { title = "NO_BALANCE", details = "" } },
      fails = "balance" },
    { "buy", wanted,
      reply = { status = 400, json = { title = "WRONG_MAX_PRICE", info = { min = 0.25 } } },
      fails = "no_numbers" },
    { "buy", wanted,
      reply = { status = 422, json = { title = "UNPROCESSABLE_ENTITY", details = "BAD_SERVICE" } },
      fails = { code = "invalid", message = "BAD_SERVICE" } },
    { "cancel", { id = "1" },
      reply = { status = 409, json = { title = "EARLY_CANCEL_DENIED", details = "Too early",
        info = { minActivationTime = 120 } } }, fails = "too_early" },
    { "check", { id = "abc" }, reply = { text = "NO_ACTIVATION" }, fails = "not_found" },
    { "balance", {}, reply = { status = 401, text = "BAD_KEY" }, fails = "auth" },
    { "check", { id = "1" },
      reply = { status = 429, text = "Too Many Requests", headers = { ["retry-after"] = "7" } },
      fails = { code = "rate_limited", retry_after = 7 } },
    { "buy", wanted, reply = { status = 429, json = { title = "RATE_LIMIT", details = "" } },
      fails = "rate_limited" },
  },
}
