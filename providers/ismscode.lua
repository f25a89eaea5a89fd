-- iSMScode: three endpoints and a country list, plain JSON, ISO countries and service slugs.
-- Document: https://ismscode.com/api-doc
-- Unusual: no balance, no prices, no cancelling and no order status, only the messages of a number;
-- the key may travel in either of two headers and exists only after the first top-up.
return provider {
  api      = 1,
  id       = "ismscode",
  name     = "iSMScode",
  version  = "1.0.0",
  docs     = "https://ismscode.com/api-doc",
  base_url = "https://ismscode.com/api/v3",

  settings    = { auth = { "bearer", "header" } },
  credentials = {
    api_key = { label = "API key", help = "Dashboard; shown after the first balance top-up" },
  },
  auth = { setting = "auth",
    bearer = { bearer = "{api_key}" },
    header = { header = { ["API-Key"] = "{api_key}" } },
  },

  limits   = { { requests = 60, per = "1m" } },     -- the number is missing in the document;
                                                    -- other clients keep to 60 for each key
  polling  = { first = "5s", every = "5s" },        -- "no more than once every 5 seconds"
  cache    = { countries = "1h", services = "1h" },
  lifetime = "20m",                                 -- "typically 15-20 minutes"

  success = { "status", success = true },

  errors = { "code|error.code", message = "message|error.message",
    invalid_service      = "invalid",
    invalid_country      = "invalid",
    unauthorized         = "auth",
    insufficient_balance = "balance",
    no_numbers_available = "no_numbers",            -- a 404, but not of the order
    rate_limit_exceeded  = "rate_limited",
  },

  operations = {
    countries = {
      get   = "/countries",
      each  = "countries[]",
      reply = { id = "code", name = "name", iso = "code", prefix = "prefix" },
    },

    services = {
      get   = "/services",
      each  = "services[]",
      reply = { id = "$" },
    },

    buy = {
      post  = "/numbers/request",
      json  = { country = "{country}", service = "{service}" },
      reply = {
        id         = "number.id",
        phone      = "number.phone",
        country    = "number.country",
        service    = "number.service",
        expires_at = "number.expires_at",
      },
    },

    check = {
      get   = "/numbers/{id}/sms",
      reply = {
        messages = { each = "sms[]",
          text        = "text",
          sender      = "from",
          received_at = "received_at",
        },
      },
    },
  },

  tests = {
    -- Catalogue
    { "countries", {},
      sends = { method = "GET", path = "/api/v3/countries", auth = "bearer" },
      reply = { json = { status = "success", countries = {
        { code = "US", name = "United States", prefix = "+1" },
        { code = "GB", name = "United Kingdom", prefix = "+44" },
        { code = "CA", name = "Canada", prefix = "+1" },
      } } },
      gives = {
        { id = "US", name = "United States", iso = "US", prefix = "+1" },
        { id = "GB", name = "United Kingdom", iso = "GB", prefix = "+44" },
        { id = "CA", name = "Canada", iso = "CA", prefix = "+1" },
      } },
    { "services", {},
      sends = { method = "GET", path = "/api/v3/services", auth = "bearer" },
      reply = { json = { status = "success", services = {
        "whatsapp", "telegram", "google", "facebook", "instagram", "twitter", "amazon",
      } } },
      gives = {
        { id = "whatsapp" }, { id = "telegram" }, { id = "google" }, { id = "facebook" },
        { id = "instagram" }, { id = "twitter" }, { id = "amazon" },
      } },

    -- The two ways to send the key
    { "services", {}, settings = { auth = "bearer" },
      sends = { auth = "bearer" },
      reply = { json = { status = "success", services = { "whatsapp" } } },
      gives = { { id = "whatsapp" } } },
    { "services", {}, settings = { auth = "header" },
      sends = { auth = "header API-Key" },
      reply = { json = { status = "success", services = { "whatsapp" } } },
      gives = { { id = "whatsapp" } } },

    -- Numbers
    { "buy", { country = "US", service = "whatsapp" },
      sends = { method = "POST", path = "/api/v3/numbers/request", auth = "bearer",
                json = { country = "US", service = "whatsapp" } },
      reply = { json = { status = "success", number = {
        id = "num_abc123xyz", phone = "+12025550123", country = "US", service = "whatsapp",
        expires_at = "2026-03-21T20:15:00Z",
      } } },
      gives = { id = "num_abc123xyz", phone = "+12025550123", country = "US",
                service = "whatsapp", expires_at = "2026-03-21T20:15:00Z" } },
    { "buy", { country = "US", service = "whatsapp" },
      reply = { json = { status = "success" } }, fails = "protocol" },
    { "check", { id = "num_abc123xyz" },
      sends = { method = "GET", path = "/api/v3/numbers/num_abc123xyz/sms", auth = "bearer" },
      reply = { json = { status = "success", sms = {
        { from = "+447123456789", text = "Your WhatsApp code: 583920",
          received_at = "2026-03-21T19:58:42Z" },
      } } },
      gives = { messages = {
        { sender = "+447123456789", text = "Your WhatsApp code: 583920",
          received_at = "2026-03-21T19:58:42Z" },
      } } },
    { "check", { id = "num_abc123xyz" },
      reply = { json = { status = "success", sms = {
        { from = "+447123456789", text = "Your WhatsApp code: 583920",
          received_at = "2026-03-21T19:58:42Z" },
      } } },
      gives = { status = "received", code = "583920" } },
    { "check", { id = "num_abc123xyz" },
      reply = { body = [[{"status": "success", "sms": []}]] }, gives = { status = "waiting" } },
    { "check", { id = "num_abc123xyz" },
      reply = { json = { status = "success" } }, fails = "protocol" },
    { "check", { id = "num_abc123xyz" },
      reply = { json = { status = "paused", sms = json.array {} } }, fails = "protocol" },
    { "check", { id = "x/../balance" },
      sends = { path = "/api/v3/numbers/x%2F..%2Fbalance/sms" },
      reply = { json = { status = "success", sms = json.array {} } },
      gives = { status = "waiting" } },

    -- Errors
    { "buy", { country = "US", service = "nothing" },
      reply = { status = 400, json = { status = "error", code = "invalid_service",
                                       message = "Unknown service." } },
      fails = "invalid" },
    { "buy", { country = "XX", service = "whatsapp" },
      reply = { status = 400, json = { status = "error", code = "invalid_country",
                                       message = "Unknown country." } },
      fails = { code = "invalid", message = "Unknown country." } },
    { "services", {},
      reply = { status = 401, json = { status = "error", code = "unauthorized",
                                       message = "No valid API key provided." } },
      fails = "auth" },
    { "buy", { country = "US", service = "whatsapp" },
      reply = { status = 402, json = { status = "error", code = "insufficient_balance",
                                       message = "Not enough balance to request this number." } },
      fails = { code = "balance", message = "Not enough balance to request this number." } },
    { "buy", { country = "US", service = "whatsapp" },
      reply = { json = { status = "error", code = "insufficient_balance",
                         message = "Not enough balance to request this number." } },
      fails = "balance" },                          -- the same error inside HTTP 200
    { "buy", { country = "US", service = "whatsapp" },
      reply = { status = 402, json = { status = "error", error = {
        code = "insufficient_balance", message = "Not enough balance." } } },
      fails = { code = "balance", message = "Not enough balance." } },
    { "buy", { country = "US", service = "whatsapp" },
      reply = { status = 404, json = { status = "error", code = "no_numbers_available",
                                       message = "Out of stock." } },
      fails = "no_numbers" },
    { "check", { id = "num_none" },
      reply = { status = 404, json = { status = "error", message = "No such number." } },
      fails = "not_found" },
    { "check", { id = "num_abc123xyz" },
      reply = { status = 429, json = { status = "error", code = "rate_limit_exceeded",
                                       message = "Slow down." },
                headers = { ["retry-after"] = "7" } },
      fails = { code = "rate_limited", retry_after = 7 } },
    { "countries", {}, reply = { text = "<html>Maintenance</html>" }, fails = "protocol" },
    { "countries", {}, reply = { status = 502, text = "<html></html>" }, fails = "unavailable" },
  },
}
