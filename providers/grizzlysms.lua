-- GrizzlySMS: a plain copy of sms-activate, words under HTTP 200.
-- Document: https://grizzlysms.com/docs
-- Unusual: open activations are a bare list; a service that may not be sold is refused with a
-- sentence instead of a word; addresses of some countries are refused altogether.
-- Not confirmed against the document: any limit of requests, a hold before a cancel, the words for
-- EARLY_CANCEL_DENIED and 401; the currency, which is that of the published prices.
local wanted = { service = "tg", country = "16" }   -- what the tests buy

return provider {
  api      = 1,
  id       = "grizzlysms",
  name     = "GrizzlySMS",
  version  = "1.0.0",
  docs     = "https://grizzlysms.com/docs",
  base_url = "https://api.grizzlysms.com/stubs/handler_api.php",
  dialect  = "sms_activate",

  -- Statuses 8 and -1 both cancel here, so the usual one stays.
  quirks = {
    services  = "getServicesList",
    list      = "getActiveActivations",
    max_price = "maxPrice",
    buy       = "getNumberV2",
  },

  credentials = { api_key = { label = "API key", help = "grizzlysms.com → Settings → API key" } },

  limits   = { { requests = 60, per = "1m" } },     -- none is documented: a polite default
  currency = "USD",

  errors = { text = { ["{subject}prohibited for sale{by}"] = "refused" } },

  tests = {
    -- Account and catalogue
    { "balance", {},
      sends = { method = "GET", path = "/stubs/handler_api.php?action=getBalance",
                auth = "query api_key" },
      reply = { text = "ACCESS_BALANCE:4.75" }, gives = { amount = "4.75", currency = "USD" } },
    { "countries", {},
      sends = { path = "/stubs/handler_api.php?action=getCountries" },
      reply = { body = [=[[{ "id": 16, "rus": "Англия", "eng": "United Kingdom", "tur": "" },
                          { "id": 0, "rus": "Россия", "eng": "Russia" }]]=] },
      gives = { { id = "0", name = "Russia" }, { id = "16", name = "United Kingdom" } } },
    { "services", {},
      sends = { path = "/stubs/handler_api.php?action=getServicesList" },
      reply = { json = { services = { { code = "tg", name = "Telegram" } } } },
      gives = { { id = "tg", name = "Telegram" } } },
    { "services", {},
      reply = { json = {
        { code = "wa", name = "WhatsApp" }, { code = "tg", name = "Telegram" } } },
      gives = { { id = "tg", name = "Telegram" }, { id = "wa", name = "WhatsApp" } } },
    { "offers", wanted,
      sends = { path = "/stubs/handler_api.php?action=getPrices&service=tg&country=16" },
      reply = { body = [[{"16": {"tg": {"cost": 0.4, "count": 20}}}]] },
      gives = { { country = "16", service = "tg", price = "0.4", available = 20 } } },

    -- Orders
    { "buy", { service = "tg", country = "16", max_price = "0.50" },
      sends = { method = "GET", auth = "query api_key", path =
        "/stubs/handler_api.php?action=getNumberV2&service=tg&country=16&maxPrice=0.50" },
      reply = { json = { activationId = 38496653, phoneNumber = "447000900123",
                         activationCost = "0.40", currency = 840, countryCode = "16",
                         canGetAnotherSms = "1", activationTime = "2026-06-01 16:59:16" } },
      gives = { id = "38496653", phone = "+447000900123", price = "0.40" } },
    { "check", { id = "38496653" },
      sends = { path = "/stubs/handler_api.php?action=getStatus&id=38496653" },
      reply = { text = "STATUS_WAIT_CODE" }, gives = { status = "waiting" } },
    { "check", { id = "38496653" }, reply = { text = "STATUS_OK:58392" },
      gives = { status = "received", code = "58392" } },
    { "list", {},
      sends = { path = "/stubs/handler_api.php?action=getActiveActivations" },
      reply = { body = [=[[{ "activationId": "38496653", "phoneNumber": "447000900123",
                            "serviceCode": "tg", "countryCode": "16", "activationCost": "0.40",
                            "activationStatus": "4", "activationTime": "2026-06-01 16:59:16",
                            "smsCode": "58392", "smsText": "Your code is 58392" }]]=] },
      gives = { { id = "38496653", phone = "+447000900123", service = "tg", country = "16",
                  price = "0.40", code = "58392", status = "received" } } },
    { "list", {}, reply = { body = "[]" }, gives = {} },
    { "ready", { id = "38496653" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=1&id=38496653" },
      reply = { text = "ACCESS_READY" }, gives = {} },
    { "resend", { id = "38496653" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=3&id=38496653" },
      reply = { text = "ACCESS_RETRY_GET" }, gives = {} },
    { "finish", { id = "38496653" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=6&id=38496653" },
      reply = { text = "ACCESS_ACTIVATION" }, gives = {} },
    { "cancel", { id = "38496653" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=8&id=38496653" },
      reply = { text = "ACCESS_CANCEL" }, gives = {} },

    -- Errors
    { "buy", wanted, reply = { text = "NO_NUMBERS" }, fails = "no_numbers" },
    { "buy", wanted, reply = { text = "NO_BALANCE" }, fails = "balance" },
    { "buy", wanted,
      reply = { text = "The service is prohibited for sale by administration" },
      fails = { code = "refused", message = "prohibited" } },
    { "buy", wanted, reply = { text = "SERVICE_UNAVAILABLE_REGION" }, fails = "forbidden" },
    { "buy", wanted, reply = { json = { activationId = 1 } }, fails = "protocol" },
    { "cancel", { id = "1" }, reply = { text = "EARLY_CANCEL_DENIED" }, fails = "too_early" },
    { "cancel", { id = "1" }, reply = { text = "NO_ACTIVATION" }, fails = "not_found" },
    { "list", {}, reply = { text = "BAD_KEY" }, fails = "auth" },
    { "balance", {}, reply = { text = "BAD_KEY" }, fails = "auth" },
    { "balance", {}, reply = { status = 401, text = "Unauthorized" }, fails = "auth" },
    { "balance", {},
      reply = { status = 429, text = "Too Many Requests", headers = { ["retry-after"] = "7" } },
      fails = { code = "rate_limited", retry_after = 7 } },
    { "balance", {}, reply = { status = 503, text = "<html></html>" }, fails = "unavailable" },
  },
}
