-- SMSHub: sms-activate without catalogues, and with several prices for one service.
-- Document: https://smshub.org/en/info
-- Unusual: getPrices gives the number of phones for each price; countries and services are tables
-- on the page only, with sms-activate's numbers and codes; `currency` says what amounts are in;
-- open activations hold a picture where no code is yet, and neither service, price nor country.
-- Not confirmed against the document: getCurrentActivations, which the website itself uses; any
-- limit of requests; a hold before a cancel.
local wanted = { service = "tg", country = "6" }    -- what the tests buy

return provider {
  api      = 1,
  id       = "smshub",
  name     = "SMSHub",
  version  = "1.0.0",
  docs     = "https://smshub.org/en/info",
  base_url = "https://smshub.org/stubs/handler_api.php",
  dialect  = "sms_activate",

  quirks = { countries = false, services = false, list = "getCurrentActivations" },

  credentials = { api_key = { label = "API key", help = "smshub.org → Profile → API key" } },

  limits   = { { requests = 60, per = "1m" } },     -- none is documented; 429 exists
  currency = "USD",                                 -- 840, else the account's own setting decides

  errors = { text = {
    NO_ACTION                   = "invalid",
    BAD_CURRENCY                = "invalid",
    CURRENCY_CHANGE_UNAVAILABLE = "refused",
  } },

  operations = {
    balance = {
      get  = "?action=getBalance&currency=840",
      text = { ["ACCESS_BALANCE:{amount}"] = {} },
    },

    -- A price is a key here, and what stands behind it is the stock.
    offers = {
      get   = "?action=getPrices&service={service?}&country={country?}&currency=840",
      each  = "*.*.*",
      reply = { country = "$1", service = "$2", price = "$3", available = "$" },
    },

    -- Without maxPrice the limit that is set on the website for the service holds.
    buy = {
      get  = "?action=getNumber&service={service}&country={country}&operator={operator?}"
        .. "&maxPrice={max_price?}&currency=840",
      text = { ["ACCESS_NUMBER:{id}:{phone}"] = {} },
    },
  },

  tests = {
    -- Account and prices
    { "balance", {},
      sends = { method = "GET", path = "/stubs/handler_api.php?action=getBalance&currency=840",
                auth = "query api_key" },
      reply = { text = "ACCESS_BALANCE:0.566" }, gives = { amount = "0.566", currency = "USD" } },
    { "offers", wanted,
      sends = { path =
        "/stubs/handler_api.php?action=getPrices&service=tg&country=6&currency=840" },
      reply = { body = [[{"6": {"tg": {"0.12": 12793, "0.15": 40}}}]] },
      gives = {
        { country = "6", service = "tg", price = "0.12", available = 12793 },
        { country = "6", service = "tg", price = "0.15", available = 40 },
      } },
    { "offers", wanted, reply = { body = "[]" }, gives = {} },
    { "offers", wanted, reply = { body = [[{"6": {"tg": []}}]] }, gives = {} },
    { "offers", wanted, reply = { text = "BAD_SERVICE" }, fails = "invalid" },

    -- Orders
    { "buy", { service = "tg", country = "6", operator = "axis", max_price = "0.15" },
      sends = { method = "GET", auth = "query api_key",
                path = "/stubs/handler_api.php?action=getNumber&service=tg&country=6"
                  .. "&operator=axis&maxPrice=0.15&currency=840" },
      reply = { text = "ACCESS_NUMBER:1231231231:6281234567890" },
      gives = { id = "1231231231", phone = "+6281234567890" } },
    { "buy", wanted,
      sends = { path =
        "/stubs/handler_api.php?action=getNumber&service=tg&country=6&currency=840" },
      reply = { text = "NO_NUMBERS" }, fails = "no_numbers" },
    { "check", { id = "1231231231" },
      sends = { path = "/stubs/handler_api.php?action=getStatus&id=1231231231" },
      reply = { text = "STATUS_WAIT_CODE" }, gives = { status = "waiting" } },
    { "check", { id = "1231231231" }, reply = { text = "STATUS_OK:58392" },
      gives = { status = "received", code = "58392" } },
    { "list", {},
      sends = { path = "/stubs/handler_api.php?action=getCurrentActivations" },
      reply = { body = [[{ "status": "success", "time": 1654770985, "array": [
        { "id": "1231231231", "activationId": "1231231231", "phone": "79530000001",
          "status": "2", "moreCodes": "", "createDate": 1654770955, "countryCode": "7",
          "code": "<img src=\"/assets/ico/loading.gif\" width=\"50px\"></img>",
          "countryName": "Russia", "timer": 1200 },
        { "id": "1231231232", "phone": "79530000002", "status": "3", "createDate": 1654770900,
          "countryCode": "7", "code": "58392" } ] }]] },
      gives = {
        { id = "1231231231", phone = "+79530000001", status = "waiting",
          created_at = "2022-06-09T10:35:55Z" },
        { id = "1231231232", phone = "+79530000002", status = "received", code = "58392",
          created_at = "2022-06-09T10:35:00Z" },
      } },
    { "list", {}, reply = { json = { status = "fail", msg = "no_activations" } }, gives = {} },
    { "list", {}, reply = { json = { status = "fail", msg = "try_later" } }, fails = "protocol" },
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

    -- Errors
    { "buy", wanted, reply = { text = "API_KEY_NOT_VALID" }, fails = "auth" },
    { "buy", wanted, reply = { text = "WRONG_SERVICE" }, fails = "invalid" },
    { "buy", wanted, reply = { text = "NO_BALANCE" }, fails = "balance" },
    { "buy", wanted, reply = { text = "BAD_CURRENCY" }, fails = "invalid" },
    { "check", { id = "1" }, reply = { text = "NO_ACTIVATION" }, fails = "not_found" },
    { "balance", {}, reply = { text = "BAD_KEY" }, fails = "auth" },
    { "balance", {}, reply = { status = 401, text = "" }, fails = "auth" },
    { "check", { id = "1" },
      reply = { status = 429, text = "Too Many Requests", headers = { ["retry-after"] = "3" } },
      fails = { code = "rate_limited", retry_after = 3 } },
    { "list", {}, reply = { text = "<html>Maintenance</html>" }, fails = "protocol" },
  },
}
