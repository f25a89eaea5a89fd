-- VirtualSMS: JSON REST with ISO countries and sms-activate's service codes.
-- Document: https://github.com/virtualsms-io/api-docs (reference: https://virtualsms.io/docs)
-- Unusual: an order cannot be cancelled or swapped in its first two minutes (HTTP 425 with the
-- seconds left); the price is public; errors are codes in some replies and sentences in others.

-- The seconds are a number of their own or stand in the sentence: "Please wait 118 seconds."
local function seconds_left(body)
  if type(body) ~= "table" then return nil end
  local sentence = type(body.error) == "string" and body.error or ""
  return tonumber(body.seconds_remaining) or tonumber(sentence:match("wait (%d+) second"))
end

local wanted = { service = "tg", country = "GB" }   -- what the tests buy

return provider {
  api      = 1,
  id       = "virtualsms",
  name     = "VirtualSMS",
  version  = "1.0.0",
  docs     = "https://virtualsms.io/docs",
  base_url = "https://virtualsms.io/api/v1",

  settings    = { auth = { "header", "query" } },
  credentials = { api_key = { label = "API key", help = "virtualsms.io → Settings → API" } },
  auth = { setting = "auth",
    header = { header = { ["X-API-Key"] = "{api_key}" } },
    query  = { query = { api_key = "{api_key}" } },   -- what sms-activate's clients do
  },

  -- "Certain bot endpoints" allow ten a minute and are not named. Those that take a number out of
  -- stock are taken to be meant; cancelling must not wait behind them.
  limits = {
    { requests = 60, per = "1m" },
    { requests = 10, per = "1m", operations = { "buy", "swap" } },
  },
  polling  = { first = "5s", every = "3s" },        -- "every 3-5s"
  cache    = { countries = "5m", services = "1h", offers = "60s" },
  currency = "USD",
  lifetime = "20m",                                 -- for a reply without `expires_at`
  holds    = { cancel = "2m", swap = "2m" },
  names    = { services = "sms_activate" },

  success = { "success", [false] = false },         -- some good replies do not carry the field

  errors = { "code|error", message = "message|error", retry_after = seconds_left,
    insufficient_balance = "balance",
    invalid_service      = "invalid",
    missing_params       = "invalid",
    no_numbers           = "no_numbers",
    internal_error       = "unavailable",

    -- Sentences, under HTTP 404 and 503 alike
    ["*out of stock*"]              = "no_numbers",
    ["*no stock*"]                  = "no_numbers",
    ["*no number*"]                 = "no_numbers",
    ["*no replacement*"]            = "no_numbers",
    ["cannot * order with status*"] = "closed",
  },

  operations = {
    offers = {
      get   = "/price?service={service}&country={country}",
      auth  = false,
      reply = {
        service = "service",
        country = "country",
        name    = "service_name",
        price   = "price",
      },
    },

    services = {
      get   = "/customer/services",
      each  = "services[]",
      reply = {
        id    = "service_id|code|id",
        name  = "service_name|name",
        price = "base_price|price",
      },
    },

    countries = {
      get   = "/customer/countries?service={service?}",
      each  = "countries[]",
      reply = {
        id        = "country_id|code|id",
        iso       = "country_id|code|id",
        name      = "country_name|name",
        price     = "min_price|price",
        available = "count",
      },
    },

    balance = {
      get   = "/customer/balance",
      reply = { amount = "balance", currency = "currency" },
    },

    -- Without a stated shape these two are handed on as they come.
    profile      = { get = "/customer/profile" },
    transactions = {                                -- pages as the official clients turn them
      get = "/customer/transactions?type={type?}&limit={limit?}&offset={offset?}",
    },

    -- The status is not translated here: an unknown word must not lose a number already paid for.
    buy = {
      post   = "/customer/purchase",
      json   = { service = "{service}", country = "{country}" },
      errors = { [404] = "no_numbers" },            -- no order is named, so nothing else is missing
      reply  = {
        id          = "order_id|id",
        phone       = "phone_number|phone",
        service     = "service|service_id",
        country     = "country|country_id",
        price       = "price|price_charged",
        status_text = "status",
        created_at  = "created_at",
        expires_at  = "expires_at",
        cancel_at   = "cancel_available_at",
      },
    },

    check = {
      get   = "/customer/order/{id}",
      reply = {
        phone      = "phone_number|phone",
        expires_at = "expires_at",
        status     = { "status",
          waiting      = "waiting",
          created      = "waiting",
          pending      = "waiting",
          sms_received = "received",
          completed    = "received",
          expired      = "expired",
          cancelled    = "cancelled",
          failed       = "cancelled",
        },
        messages = { each = "messages[]",
          text        = "content|full_text|text",
          sender      = "sender|from",
          code        = "code",
          received_at = "received_at",
        },
      },
    },

    swap = {
      post  = "/customer/swap/{id}",
      reply = {
        id          = "order_id|id",
        phone       = "phone_number|phone",
        service     = "service|service_id",
        country     = "country|country_id",
        status_text = "status",
        expires_at  = "expires_at",
      },
    },

    cancel = {
      post  = "/customer/cancel/{id}",
      reply = { refund = "refund_amount" },
    },

    webhooks       = { get = "/customer/webhooks" },
    webhook        = { get = "/customer/webhooks/{id}" },
    webhook_create = {                              -- the reply shows the secret this once
      post  = "/customer/webhooks",
      json  = { url = "{url}", events = "{events:list?}", threshold = "{threshold:number?}" },
      costs = false,
    },
    webhook_update = {
      patch = "/customer/webhooks/{id}",
      json  = {
        url       = "{url?}",
        events    = "{events:list?}",
        threshold = "{threshold:number?}",
        active    = "{active:bool?}",
        paused    = "{paused:bool?}",
      },
      costs = false,
    },
    webhook_delete     = { delete = "/customer/webhooks/{id}", costs = false },
    webhook_test       = { post = "/customer/webhooks/{id}/test", costs = false },
    webhook_deliveries = { get = "/customer/webhooks/{id}/deliveries" },
  },

  tests = {
    -- Catalogue
    { "offers", wanted,
      sends = { method = "GET", path = "/api/v1/price?service=tg&country=GB", auth = "none" },
      reply = { body = [[{"success": true, "price": 0.50, "service": "tg", "country": "GB",
                          "service_name": "Telegram", "country_name": "United Kingdom"}]] },
      gives = { service = "tg", country = "GB", price = "0.50", name = "Telegram" } },
    { "offers", wanted,
      settings = { auth = "query" }, sends = { auth = "none" },
      reply = { body = [[{"price": 0.50}]] }, gives = { price = "0.50" } },
    { "offers", wanted,
      reply = { json = { success = false, error = "No stock for this country" } },
      fails = "no_numbers" },
    { "services", {},
      sends = { method = "GET", path = "/api/v1/customer/services", auth = "header X-API-Key" },
      reply = { body = [[{"services": [
        {"service_id": "tg", "service_name": "Telegram", "base_price": 0.05},
        {"code": "wa", "name": "WhatsApp"}]}]] },
      gives = { { id = "tg", name = "Telegram" }, { id = "wa", name = "WhatsApp" } } },
    { "countries", {},
      sends = { method = "GET", path = "/api/v1/customer/countries", auth = "header X-API-Key" },
      reply = { body = [[{"countries": [
        {"country_id": "GB", "country_name": "United Kingdom", "min_price": 0.05,
         "services": ["tg"]},
        {"id": "PL", "name": "Poland", "price": 0.10, "count": 12}]}]] },
      gives = { { id = "GB", iso = "GB", name = "United Kingdom" },
                { id = "PL", iso = "PL", name = "Poland", available = 12 } } },
    { "countries", { service = "tg" },
      sends = { path = "/api/v1/customer/countries?service=tg" },
      reply = { json = { countries = { { country_id = "GB", country_name = "United Kingdom" } } } },
      gives = { { id = "GB" } } },

    -- Account
    { "balance", {},
      sends = { method = "GET", path = "/api/v1/customer/balance", auth = "header X-API-Key" },
      reply = { body = [[{"success": true, "balance": 25.50}]] }, gives = { amount = "25.50" } },
    { "balance", {},
      settings = { auth = "query" },
      sends = { path = "/api/v1/customer/balance", auth = "query api_key" },
      reply = { body = [[{"balance": 25.50}]] },    -- `success` may be absent
      gives = { amount = "25.50" } },
    { "profile", {},
      sends = { method = "GET", path = "/api/v1/customer/profile", auth = "header X-API-Key" },
      reply = { json = { success = true, email = "someone@example.com", api_key_count = 1 } },
      gives = { email = "someone@example.com", api_key_count = 1 } },
    { "transactions", {},
      sends = { method = "GET", path = "/api/v1/customer/transactions" },
      reply = { json = { success = true, page = 1, transactions = { { id = 3 } } } },
      gives = { page = 1, transactions = { { id = 3 } } } },
    { "transactions", { type = "refund", limit = 50, offset = 100 },
      sends = { path = "/api/v1/customer/transactions?type=refund&limit=50&offset=100" },
      reply = { json = { success = true, offset = 100 } }, gives = { offset = 100 } },

    -- Orders
    { "buy", wanted,
      sends = { method = "POST", path = "/api/v1/customer/purchase", auth = "header X-API-Key",
                json = { service = "tg", country = "GB" } },
      reply = { body = [[{"success": true, "order_id": "5f0c-1", "phone_number": "+447700900123",
                          "price": 0.50}]] },
      gives = { id = "5f0c-1", phone = "+447700900123", price = "0.50" } },
    { "buy", { service = "wa", country = "AR" },
      reply = { body = [[{"success": true, "order_id": "5f0c-2", "phone_number": "541127399874",
                          "service": "wa", "country": "AR", "price": 0.50, "status": "waiting",
                          "created_at": "2026-05-24T10:00:00Z",
                          "expires_at": "2026-05-24T10:20:00Z",
                          "cancel_available_at": "2026-05-24T10:02:00Z"}]] },
      gives = { id = "5f0c-2", phone = "+541127399874", service = "wa", country = "AR",
                status_text = "waiting", created_at = "2026-05-24T10:00:00Z",
                expires_at = "2026-05-24T10:20:00Z", cancel_at = "2026-05-24T10:02:00Z" } },
    { "check", { id = "5f0c-1" },
      sends = { method = "GET", path = "/api/v1/customer/order/5f0c-1", auth = "header X-API-Key" },
      reply = { json = { success = true, status = "completed", messages = {
        { sender = "Telegram", content = "Telegram code 48213",
          received_at = "2026-05-24T10:01:00Z" } } } },
      gives = { status = "received", messages = {
        { sender = "Telegram", text = "Telegram code 48213",
          received_at = "2026-05-24T10:01:00Z" } } } },
    { "check", { id = "5f0c-1" },
      reply = { json = { success = true, status = "sms_received", messages = {
        { sender = "Telegram", content = "Your code", code = "48213" } } } },
      gives = { status = "received", messages = { { text = "Your code", code = "48213" } } } },
    { "check", { id = "5f0c-1" },
      reply = { body = [[{"success": true, "status": "waiting", "messages": []}]] },
      gives = { status = "waiting" } },
    { "check", { id = "1" }, reply = { json = { status = "created" } },
      gives = { status = "waiting" } },
    { "check", { id = "1" }, reply = { json = { status = "pending" } },
      gives = { status = "waiting" } },
    { "check", { id = "1" }, reply = { json = { status = "expired" } },
      gives = { status = "expired" } },
    { "check", { id = "1" }, reply = { json = { status = "cancelled" } },
      gives = { status = "cancelled" } },
    { "check", { id = "1" }, reply = { json = { status = "failed" } },
      gives = { status = "cancelled" } },
    { "check", { id = "1" }, reply = { json = { status = "paused" } }, fails = "protocol" },
    { "check", { id = "x/../balance" },
      sends = { path = "/api/v1/customer/order/x%2F..%2Fbalance" },
      reply = { json = { status = "waiting", expires_at = "2026-05-24T10:20:00Z" } },
      gives = { status = "waiting", expires_at = "2026-05-24T10:20:00Z" } },
    { "swap", { id = "5f0c-1" },
      sends = { method = "POST", path = "/api/v1/customer/swap/5f0c-1", auth = "header X-API-Key" },
      reply = { json = { success = true, order_id = "5f0c-1", phone_number = "447700900999",
                         previous_number = "447700900123", status = "pending",
                         expires_at = "2026-05-24T10:25:00Z" } },
      gives = { id = "5f0c-1", phone = "+447700900999", status_text = "pending",
                expires_at = "2026-05-24T10:25:00Z" } },
    { "cancel", { id = "5f0c-1" },
      sends = { method = "POST", path = "/api/v1/customer/cancel/5f0c-1",
                auth = "header X-API-Key" },
      reply = { body = [[{"success": true, "order_id": "5f0c-1", "status": "cancelled",
                          "refund_amount": 0.50}]] },
      gives = { refund = "0.50" } },
    { "cancel", { id = "5f0c-1" }, reply = { json = { success = true, refunded = true } },
      gives = {} },

    -- Webhooks
    { "webhooks", {},
      sends = { method = "GET", path = "/api/v1/customer/webhooks", auth = "header X-API-Key" },
      reply = { json = { webhooks = { { id = "wh_1" } } } },
      gives = { webhooks = { { id = "wh_1" } } } },
    { "webhook", { id = "x/../balance" },
      sends = { method = "GET", path = "/api/v1/customer/webhooks/x%2F..%2Fbalance" },
      reply = { json = { id = "wh_1", active = true } }, gives = { id = "wh_1", active = true } },
    { "webhook_create",
      { url = "https://example.com/sms", events = "sms.received,balance.low", threshold = 2.5 },
      sends = { method = "POST", path = "/api/v1/customer/webhooks", json = {
        url = "https://example.com/sms", events = { "sms.received", "balance.low" },
        threshold = 2.5 } },
      reply = { json = { id = "wh_1", secret = "shown-once" } },
      gives = { id = "wh_1", secret = "shown-once" } },
    { "webhook_update", { id = "wh_1", active = false, paused = true },
      sends = { method = "PATCH", path = "/api/v1/customer/webhooks/wh_1",
                json = { active = false, paused = true } },
      reply = { json = { id = "wh_1", active = false } }, gives = { id = "wh_1" } },
    { "webhook_update", { id = "wh_1", url = "https://example.com/2",
                          events = { "sms.received", "order.cancelled", "order.expired",
                                     "order.swapped", "balance.low" }, threshold = "5" },
      sends = { json = { url = "https://example.com/2", threshold = 5, events = {
        "sms.received", "order.cancelled", "order.expired", "order.swapped", "balance.low" } } },
      reply = { json = { id = "wh_1" } }, gives = { id = "wh_1" } },
    { "webhook_update", { id = "wh_1", active = "perhaps" }, fails = "invalid" },
    { "webhook_delete", { id = "wh_1" },
      sends = { method = "DELETE", path = "/api/v1/customer/webhooks/wh_1" },
      reply = { json = { success = true } }, gives = { success = true } },
    { "webhook_test", { id = "wh_1" },
      sends = { method = "POST", path = "/api/v1/customer/webhooks/wh_1/test" },
      reply = { json = { success = true } }, gives = { success = true } },
    { "webhook_deliveries", { id = "wh_1" },
      sends = { method = "GET", path = "/api/v1/customer/webhooks/wh_1/deliveries" },
      reply = { json = { deliveries = { { id = "evt_1" } } } },
      gives = { deliveries = { { id = "evt_1" } } } },

    -- Too early
    { "cancel", { id = "1" },
      reply = { status = 425, json = {
        error = "Cannot cancel within 120 seconds of purchase. Please wait 118 seconds." } },
      fails = { code = "too_early", retry_after = 118 } },
    { "swap", { id = "1" },
      reply = { status = 425, json = { seconds_remaining = 87,
        error = "Swap not allowed within 2 minute hold period" } },
      fails = { code = "too_early", retry_after = 87 } },
    { "cancel", { id = "1" }, reply = { status = 425, text = "Too Early" }, fails = "too_early" },

    -- Errors as codes
    { "buy", wanted,
      reply = { status = 400, json = { success = false, code = "insufficient_balance",
                                       error = "Top up" } },
      fails = "balance" },
    { "buy", { service = "??", country = "GB" },
      reply = { status = 404, json = { error = "invalid_service" } }, fails = "invalid" },
    { "buy", wanted,
      reply = { status = 400, json = { error = "missing_params" } }, fails = "invalid" },
    { "buy", wanted,
      reply = { json = { success = false, error = "no_numbers" } }, fails = "no_numbers" },
    { "balance", {},
      reply = { status = 500, json = { error = "internal_error" } }, fails = "unavailable" },

    -- Errors as sentences
    { "buy", wanted,
      reply = { status = 402, json = { error = "Not enough money", required = 1, current = 0 } },
      fails = { code = "balance", message = "Not enough money" } },
    { "buy", wanted,
      reply = { status = 404, json = { error = "Sorry, out of stock" } }, fails = "no_numbers" },
    { "buy", wanted,
      reply = { status = 503, json = { error = "No numbers available" } }, fails = "no_numbers" },
    { "buy", wanted,
      reply = { status = 503, json = { error = "No stock" } }, fails = "no_numbers" },
    { "buy", wanted,
      reply = { status = 404, json = { error = "Nothing here" } }, fails = "no_numbers" },
    { "buy", wanted,
      reply = { status = 503, json = { error = "Down for maintenance" } }, fails = "unavailable" },
    { "swap", { id = "1" },
      reply = { status = 404, json = { error = "No replacement available" } },
      fails = "no_numbers" },
    { "swap", { id = "1" },
      reply = { status = 404, json = { error = "Order not found" } }, fails = "not_found" },
    { "cancel", { id = "1" },
      reply = { status = 400, json = { error = "Cannot cancel order with status: cancelled" } },
      fails = "closed" },

    -- HTTP statuses and broken replies
    { "check", { id = "1" },
      reply = { status = 404, json = { error = "Order not found" } }, fails = "not_found" },
    { "balance", {},
      reply = { status = 401, json = { error = "Wrong key" } },
      fails = { code = "auth", message = "Wrong key" } },
    { "balance", {},
      reply = { status = 429, headers = { ["retry-after"] = "7" }, json = { error = "Too many" } },
      fails = { code = "rate_limited", retry_after = 7 } },
    { "balance", {}, reply = { text = "<html>Maintenance</html>" }, fails = "protocol" },
    { "balance", {}, reply = { json = { success = true } }, fails = "protocol" },
    { "balance", {}, reply = { json = { success = false, error = "?" } }, fails = "protocol" },
    { "balance", {}, reply = { status = 502, text = "<html></html>" }, fails = "unavailable" },
  },
}
