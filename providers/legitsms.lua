-- LegitSMS: JSON over WordPress, with the service codes and country numbers of sms-activate.
-- Document: https://legitsms.com/api
-- Unusual: the key is part of every URL; one endpoint both cancels and finishes, told apart by a
-- number; `provider_error` means a refused request as HTTP 400 and a broken upstream as HTTP 502.
return provider {
  api      = 1,
  id       = "legitsms",
  name     = "LegitSMS",
  version  = "1.0.0",
  docs     = "https://legitsms.com/api",
  base_url = "https://legitsms.com/wp-json/legitsms/v1",

  credentials = { api_key = { label = "API key", help = "Log in → account dashboard → API Key" } },
  auth        = { query = { api_key = "{api_key}" } },

  limits   = { { requests = 60, per = "1m" } },     -- none is documented: a polite default
  polling  = { first = "5s", every = "2s" },        -- "every 2-5 seconds": never below two
  cache    = { countries = "1h", services = "1h", operators = "1h" },
  currency = "USD",
  lifetime = "20m",                                 -- no reply says when an order ends
  reuse    = { within = "14d" },

  names   = "sms_activate",
  aliases = {                                       -- the document's table of common codes
    services = {
      whatsapp = "wa", telegram = "tg", google = "go", facebook = "fb",
      instagram = "ig", tiktok = "lf", twitter = "tw",
    },
  },

  errors = { "code", message = "message",
    invalid_key        = "auth",
    insufficient_funds = "balance",
    stock_error        = "no_numbers",
    order_failed       = "no_numbers",              -- out of stock for the moment
    missing_params     = "invalid",
    invalid_status     = "invalid",
    not_found          = "not_found",
    already_closed     = "closed",
    cancel_failed      = "refused",
    reuse_failed       = "refused",
    system_error       = "unavailable",
    rest_no_route      = "unavailable",             -- WordPress, while the plug-in is updated
    provider_error     = { "unavailable", [400] = "invalid", OPERATORS_NOT_FOUND = "not_found" },
  },

  operations = {
    countries = {
      get   = "/countries",
      each  = "*",
      reply = { id = "id", name = "eng" },
    },

    services = {
      get     = "/services",
      success = { "status", success = true },
      each    = "services[]",
      reply   = { id = "id", name = "name" },
    },

    operators = {
      get     = "/operators?country={country}",
      success = { "status", success = true },
      each    = "operators[]",
      reply   = { id = "$" },
    },

    offers = {
      get   = "/prices?service={service}&country={country}",
      reply = { country = "country", service = "service", price = "cost", available = "count" },
    },

    balance = {
      get   = "/balance",
      reply = { amount = "balance", currency = "currency" },
    },

    -- The document lists operators but gives the order no parameter to name one.
    buy = {
      post    = "/order?service={service}&country={country}",
      success = { "status", success = true },
      nothing_bought = { "rest_no_route" },
      reply   = { id = "order_id", phone = "phone", price = "cost", status_text = "msg" },
    },

    check = {
      get   = "/status?order_id={id}",
      reply = {
        code   = "code",
        status = { "status",
          STATUS_WAIT_CODE = "waiting",
          STATUS_OK        = "received",
          STATUS_CANCELLED = "cancelled",
        },
      },
    },

    finish = {
      post    = "/set_status?order_id={id}&status=6",
      success = { "status", success = true },
    },

    cancel = {
      post    = "/set_status?order_id={id}&status=8",
      success = { "status", success = true },       -- nothing else is proof of a refund
    },

    reuse = {
      post    = "/reuse?order_id={id}",
      success = { "status", success = true },
      nothing_bought = { "rest_no_route" },
      reply   = { id = "order_id", phone = "phone", price = "cost", status_text = "msg" },
    },
  },

  tests = {
    -- Catalogue
    { "countries", {},
      sends = { method = "GET", path = "/wp-json/legitsms/v1/countries", auth = "query api_key" },
      reply = { body = [[{ "0": { "id": 0, "eng": "Russia", "rus": "Россия" },
                           "6": { "id": 6, "eng": "Indonesia", "rus": "Индонезия" } }]] },
      gives = { { id = "0", name = "Russia" }, { id = "6", name = "Indonesia" } } },
    { "countries", {},
      reply = { json = { ["16"] = { id = 16, eng = "United Kingdom", rus = "Англия" } } },
      gives = { { id = "16", name = "United Kingdom" } } },
    { "services", {},
      sends = { method = "GET", path = "/wp-json/legitsms/v1/services", auth = "query api_key" },
      reply = { json = { status = "success", services = {
        { id = "wa", name = "Whatsapp" }, { id = "tg", name = "Telegram" },
        { id = "go", name = "Google" },
      } } },
      gives = { { id = "wa", name = "Whatsapp" }, { id = "tg", name = "Telegram" },
                { id = "go", name = "Google" } } },
    { "operators", { country = "6" },
      sends = { method = "GET", path = "/wp-json/legitsms/v1/operators?country=6" },
      reply = { json = { status = "success", country = "6",
        operators = { "telkomsel", "indosat", "axis", "three", "smartfren" } } },
      gives = { { id = "telkomsel" }, { id = "indosat" }, { id = "axis" }, { id = "three" },
                { id = "smartfren" } } },
    { "operators", { country = "999" },
      reply = { status = 400, json = { code = "provider_error", message = "OPERATORS_NOT_FOUND",
                                       data = { status = 400 } } },
      fails = { code = "not_found", message = "OPERATORS_NOT_FOUND" } },
    { "operators", { country = "6" },
      reply = { status = 400, json = { code = "provider_error", message = "BAD_COUNTRY",
                                       data = { status = 400 } } },
      fails = "invalid" },
    { "operators", { country = "6" },
      reply = { status = 502, json = { code = "provider_error", message = "Bad gateway",
                                       data = { status = 502 } } },
      fails = "unavailable" },
    { "offers", { service = "wa", country = "16" },
      sends = { method = "GET", path = "/wp-json/legitsms/v1/prices?service=wa&country=16" },
      reply = { body = [[{"country": "16", "service": "wa", "cost": 1.20, "count": 7482}]] },
      gives = { country = "16", service = "wa", price = "1.20", available = 7482 } },

    -- Account
    { "balance", {},
      sends = { method = "GET", path = "/wp-json/legitsms/v1/balance", auth = "query api_key" },
      reply = { body = [[{"balance": 15.50, "currency": "USD"}]] },
      gives = { amount = "15.50", currency = "USD" } },

    -- Orders
    { "buy", { service = "wa", country = "16" },
      sends = { method = "POST", path = "/wp-json/legitsms/v1/order?service=wa&country=16",
                auth = "query api_key" },
      reply = { body = [[{"status": "success", "order_id": "214589001", "phone": "447123456789",
                          "cost": 1.20, "msg": "Waiting for SMS"}]] },
      gives = { id = "214589001", phone = "+447123456789", price = "1.20",
                status_text = "Waiting for SMS" } },
    { "buy", { service = "wa", country = "16" },
      reply = { json = { status = "error" } }, fails = "protocol" },
    { "buy", { service = "wa", country = "16" },
      reply = { json = { status = "success", order_id = "214589001" } }, fails = "protocol" },
    { "check", { id = "214589001" },
      sends = { method = "GET", path = "/wp-json/legitsms/v1/status?order_id=214589001" },
      reply = { json = { status = "STATUS_WAIT_CODE" } }, gives = { status = "waiting" } },
    { "check", { id = "214589001" },
      reply = { json = { status = "STATUS_OK", code = "44921" } },
      gives = { status = "received", code = "44921" } },
    { "check", { id = "214589001" },
      reply = { json = { status = "STATUS_CANCELLED" } }, gives = { status = "cancelled" } },
    { "check", { id = "214589001" },
      reply = { json = { status = "STATUS_PAUSED" } }, fails = "protocol" },
    { "check", { id = "x/../balance" },
      sends = { path = "/wp-json/legitsms/v1/status?order_id=x%2F..%2Fbalance" },
      reply = { json = { status = "STATUS_WAIT_CODE" } }, gives = { status = "waiting" } },
    { "finish", { id = "214589001" },
      sends = { method = "POST",
                path = "/wp-json/legitsms/v1/set_status?order_id=214589001&status=6" },
      reply = { json = { status = "success", message = "Order finished" } }, gives = {} },
    { "cancel", { id = "214589001" },
      sends = { method = "POST",
                path = "/wp-json/legitsms/v1/set_status?order_id=214589001&status=8" },
      reply = { json = { status = "success", message = "Order cancelled and refunded" } },
      gives = {} },
    { "cancel", { id = "1&status=6" },
      sends = { path = "/wp-json/legitsms/v1/set_status?order_id=1%26status%3D6&status=8" },
      reply = { json = { status = "success", message = "Order cancelled and refunded" } },
      gives = {} },
    { "cancel", { id = "9" }, reply = { json = { status = "pending" } }, fails = "protocol" },
    { "reuse", { id = "214589001" },
      sends = { method = "POST", path = "/wp-json/legitsms/v1/reuse?order_id=214589001",
                auth = "query api_key" },
      reply = { body = [[{"status": "success", "order_id": "214599999", "phone": "447123456789",
                          "cost": 1.20, "msg": "Reuse successful. Waiting for SMS."}]] },
      gives = { id = "214599999", phone = "+447123456789", price = "1.20",
                status_text = "Reuse successful. Waiting for SMS." } },

    -- Errors of one endpoint
    { "buy", { service = "wa", country = "16" },
      reply = { status = 402, json = { code = "insufficient_funds", message = "Balance too low" } },
      fails = { code = "balance", message = "Balance too low" } },
    { "buy", { service = "wa", country = "16" },
      reply = { status = 404, json = { code = "stock_error", message = "No numbers" } },
      fails = "no_numbers" },
    { "buy", { service = "wa", country = "16" },
      reply = { status = 400, json = { code = "missing_params", message = "service missing" } },
      fails = "invalid" },
    { "buy", { service = "wa", country = "16" },
      reply = { status = 400, json = { code = "order_failed", message = "NO_NUMBERS" } },
      fails = "no_numbers" },
    { "cancel", { id = "9" },
      reply = { status = 400, json = { code = "already_closed", message = "Already closed" } },
      fails = "closed" },
    { "finish", { id = "9" },
      reply = { status = 400, json = { code = "already_closed", message = "Already closed" } },
      fails = "closed" },
    { "cancel", { id = "9" },
      reply = { status = 400, json = { code = "invalid_status", message = "Must be 6 or 8" } },
      fails = "invalid" },
    { "cancel", { id = "9" },
      reply = { status = 400, json = { code = "cancel_failed", message = "Number was used" } },
      fails = "refused" },
    { "reuse", { id = "9" },
      reply = { status = 400, json = { code = "reuse_failed", message = "Number is offline" } },
      fails = "refused" },
    { "reuse", { id = "9" },
      reply = { status = 404, json = { code = "not_found", message = "No such order" } },
      fails = "not_found" },
    { "reuse", { id = "9" },
      reply = { status = 402, json = { code = "insufficient_funds", message = "Balance too low" } },
      fails = "balance" },

    -- Errors of any endpoint
    { "balance", {},
      reply = { status = 401, json = { code = "invalid_key", message = "Invalid API Key" } },
      fails = "auth" },
    { "balance", {},
      reply = { status = 500, json = { code = "system_error", message = "Contact support" } },
      fails = "unavailable" },
    { "offers", { service = "wa", country = "16" },
      reply = { status = 502, json = { code = "provider_error", message = "Upstream failed" } },
      fails = "unavailable" },
    { "balance", {},
      reply = { json = { code = "invalid_key", message = "Invalid API Key" } },
      fails = "auth" },                             -- an error inside HTTP 200
    { "balance", {},
      reply = { status = 429, headers = { ["retry-after"] = "7" } },
      fails = { code = "rate_limited", retry_after = 7 } },
    { "balance", {}, reply = { text = "<html>Maintenance</html>" }, fails = "protocol" },
    { "countries", {}, reply = { status = 503, text = "<html></html>" }, fails = "unavailable" },
  },
}
