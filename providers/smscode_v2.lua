-- SMSCode: the contract of its official client libraries; smscode.lua speaks the older document.
-- Document: https://github.com/smscode-gg/sdks (docs/openapi/openapi.yaml)
-- Unusual: the country and the service of an order are one number, the catalogue product, so the
-- services are listed for each country under those numbers; a purchase names an idempotency key;
-- money comes in dollars from /v2, orders are looked at on /v1, which needs no exchange rate; a
-- cancel before its time is HTTP 409, as is a balance that is too low.
-- Not confirmed against the document: the limit and the pace of polling, which are those of
-- smscode.lua; how long a key is remembered; a reply with `failed_count` 1 and no order; whether
-- products without an `operator_id` in the request are those of all operators.

-- What is in stock, one row for each catalogue product: the price of its cheapest tier.
local function in_stock(args)
  local found, rows = {}, {}
  for _, tier in ipairs(call.products { country = args.country, operator = args.operator }) do
    local row = tier.service and found[tier.service]
    if row then
      if tonumber(tier.price) < tonumber(row.price) then row.price = tier.price end
      row.available = row.available + tier.available
    elseif tier.service then                        -- what is not linked cannot be ordered by it
      found[tier.service] = tier
      rows[#rows + 1] = tier
    end
  end
  return rows
end

-- `orders` is a list, and one number is asked for.
local function sold(data)
  local order = data.orders[1]
  if not order then fail("protocol", "the answer holds no order") end
  return {
    id          = order.id,
    phone       = order.phone_number,
    service     = order.catalog_product_id,
    price       = order.amount.amount,
    currency    = order.amount.currency,
    status_text = order.status,                     -- an unknown word must not lose the number
    expires_at  = order.expires_at,
    cancel_at   = order.cancel_available_at,
  }
end

local status = { "status",
  ACTIVE       = "waiting",
  OTP_RECEIVED = "received",                        -- the SMS came, perhaps without a code
  COMPLETED    = "finished",
  EXPIRED      = "expired",
  CANCELED     = "cancelled",
  CANCELLED    = "cancelled",
}

local wanted = { country = "7", service = "88" }    -- what the tests buy

local created = [[{"success": true, "data": {"orders": [{"id": 90210, "status": "ACTIVE",
  "phone_number": "+6281234567890", "otp_code": null, "otp_received_at": null,
  "expires_at": "2026-05-11T09:20:00+00:00", "failed_reason": null, "product_id": 1024,
  "catalog_product_id": 88, "operator_id": 42, "operator_name": "Telkomsel",
  "amount": {"amount": "0.4688", "currency": "USD", "canonical_amount": 7500,
             "canonical_currency": "IDR"},
  "can_finish": false, "can_resend": false, "can_cancel": false, "can_replace": false,
  "can_reactivate": false, "resend_available_at": null,
  "cancel_available_at": "2026-05-11T09:02:00+00:00",
  "replace_available_at": "2026-05-11T09:02:00+00:00"}], "failed_count": 0},
  "meta": {"fx": {"pair": "USD/IDR", "rate": 16000, "rate_as_of": "2026-05-11T09:00:00+00:00"}}}]]

local tiers = [[{"success": true, "data": [
  {"id": 1025, "name": "WhatsApp - Indonesia", "country_id": 7, "platform_id": 1, "available": 8,
   "price": {"amount": "0.5000", "currency": "USD"}, "active": true, "catalog_product_id": 88},
  {"id": 1024, "name": "WhatsApp - Indonesia", "country_id": 7, "platform_id": 1, "available": 142,
   "price": {"amount": "0.4688", "currency": "USD"}, "active": true, "catalog_product_id": 88,
   "operator_id": 42, "operator_name": "Telkomsel"},
  {"id": 2048, "name": "Discord - Indonesia", "country_id": 7, "platform_id": 2, "available": 3,
   "price": {"amount": "0.1000", "currency": "USD"}, "active": true, "catalog_product_id": 89},
  {"id": 4096, "name": null, "country_id": 7, "platform_id": 3, "available": 3,
   "price": {"amount": "0.0100", "currency": "USD"}, "active": true, "catalog_product_id": null}],
  "meta": {"page": 1, "limit": 10000, "count": 4}}]]

return provider {
  api      = 1,
  id       = "smscode_v2",
  name     = "SMSCode (API v2)",
  version  = "1.0.0",
  docs     = "https://smscode.gg/docs",
  base_url = "https://api.smscode.gg",

  credentials = { token = { label = "API token", help = "Account Settings → API Token" } },
  auth        = { bearer = "{token}" },

  limits   = { { requests = 300, per = "1m" } },
  polling  = { first = "5s", every = "5s" },
  cache    = { countries = "5m", services = "60s", offers = "60s" },
  currency = "USD",
  lifetime = "20m",                                 -- for a reply without `expires_at`

  -- Nothing says how long a key is remembered: later on the list of orders is believed instead.
  idempotency = { header = "idempotency-key", within = "15m" },

  success = { "success", [true] = true },
  value   = "data",

  errors = { "error.code", message = "error.message",
    retry_after = "error.details.retry_after_seconds",
    UNAUTHORIZED             = "auth",
    FORBIDDEN                = "forbidden",
    NOT_FOUND                = "not_found",
    VALIDATION_ERROR         = "invalid",
    PROVIDER_ERROR           = "unavailable",       -- the network behind it; the order stays
    NO_OFFER_AVAILABLE       = "no_numbers",
    INSUFFICIENT_BALANCE     = "balance",
    CONFLICT                 = "refused",
    CANCEL_TOO_EARLY         = "too_early",
    RATE_LIMIT_EXCEEDED      = "rate_limited",
    TEMP_BANNED_ABUSE_GUARD  = "forbidden",         -- for hours, and only for orders: looks and
    IDEMPOTENCY_KEY_REUSED   = "invalid",           -- cancels are not to wait for its end
    REQUEST_IN_PROGRESS      = "unavailable",       -- the first attempt is still at work
    SERVICE_UNAVAILABLE      = "unavailable",
    FX_RATE_UNAVAILABLE      = "unavailable",
    INTERNAL_ERROR           = "unavailable",
    [413]                    = "invalid",           -- a body over 1 MB, and no envelope
  },

  operations = {
    balance = {
      get   = "/v2/balance",
      reply = { amount = "balance.amount", currency = "balance.currency" },
    },

    countries = {
      get   = "/v2/catalog/countries",
      each  = "[]",
      reply = { id = "id", name = "name", iso = "code", prefix = "dial_code" },
    },

    -- A label is "WhatsApp - Indonesia". Without a country it is shown whole: the number beside
    -- it is good for that country alone.
    services = function(args)
      local rows = {}
      for _, row in ipairs(in_stock(args)) do
        local name = row.name
        if name and args.country then name = name:match("^(.+) %- ") or name end
        rows[#rows + 1] = { id = row.service, name = name }
      end
      return rows
    end,

    offers = function(args)
      local rows = {}
      for _, row in ipairs(in_stock(args)) do
        if row.service == (args.service or row.service) then rows[#rows + 1] = row end
      end
      return rows
    end,

    products = {
      get   = "/v2/catalog/products?country_id={country?}&operator_id={operator?}&limit=10000",
      each  = "[]",
      reply = {
        service   = "catalog_product_id",
        country   = "country_id",
        name      = "name",
        price     = "price.amount",
        available = "available",
      },
    },

    -- The operators of one platform of a country; those of a country alone cannot be listed.
    carriers = { get = "/v2/catalog/operators?country_id={country}&platform_id={platform}" },

    -- A request that is sent again under its key has to hold the same: so no tier is chosen here.
    buy = {
      post = "/v2/orders/create",
      json = {
        catalog_product_id = "{service:int}",
        operator_id        = "{operator:int?}",
        max_price          = "{max_price?}",        -- decimal text, US dollars
        policy             = "cheapest",
        quantity           = 1,
      },
      errors = { "error.code|data.failed_count",
        ["1"]          = "no_numbers",              -- of the one number that was asked for
        PROVIDER_ERROR = "no_numbers",
      },
      nothing_bought = { "FX_RATE_UNAVAILABLE" },   -- "no debit occurs"
      reply = sold,
    },

    check = {
      get   = "/v1/orders/{id}",
      reply = {
        status     = status,
        phone      = "phone_number",
        code       = "otp_code",
        message    = "otp_message",
        revision   = "sms_revision",
        expires_at = "expires_at",
        cancel_at  = "cancel_available_at",
      },
    },

    -- /orders/active has neither numbers nor times. Without the price, which is in rupiah here and
    -- may differ from the offer's, no order is taken for somebody else's.
    list = {
      get   = "/v1/orders?limit=100",
      page  = 100,
      each  = "[]",
      reply = {
        id         = "id",
        phone      = "phone_number",
        service    = "catalog_product_id",
        status     = status,
        code       = "otp_code",
        message    = "otp_message",
        revision   = "sms_revision",
        created_at = "created_at",
        expires_at = "expires_at",
        cancel_at  = "cancel_available_at",
      },
    },

    cancel = {
      post  = "/v2/orders/cancel",
      json  = { id = "{id:int}" },
      reply = { refund = "refund_amount.amount", currency = "refund_amount.currency" },
    },

    finish = {
      post   = "/v2/orders/finish",
      json   = { id = "{id:int}" },
      errors = { CONFLICT = "closed" },             -- "not in a finishable state"
    },

    resend = {
      post = "/v2/orders/resend",
      json = { id = "{id:int}" },
    },

    reuse = {
      post = "/v2/orders/reactivate",
      json = { id = "{id:int}" },
      errors = { "error.code|data.failed_count",
        ["1"]          = "refused",
        PROVIDER_ERROR = "refused",
      },
      nothing_bought = { "FX_RATE_UNAVAILABLE" },
      reply = sold,
    },

    active             = { get = "/v1/orders/active" },
    reactivate_options = { get = "/v2/orders/{id}/reactivate-options" },
    exchange_rate      = { get = "/v2/catalog/exchange-rate" },
    webhook            = { get = "/v2/webhook" },   -- shows the secret in clear text
    webhook_update     = {                          -- an empty text clears a field
      patch = "/v2/webhook",
      json  = { webhook_url = "{url?}", webhook_secret = "{secret?}" },
      costs = false,
    },
    webhook_test       = { post = "/v2/webhook/test", costs = false },
  },

  tests = {
    -- Account
    { "balance", {},
      sends = { method = "GET", path = "/v2/balance", auth = "bearer" },
      reply = { json = { success = true, data = { balance = {
        amount = "78.13", currency = "USD", canonical_amount = 1250000, canonical_currency = "IDR",
      } } } },
      gives = { amount = "78.13", currency = "USD" } },

    -- Catalogue
    { "countries", {},
      sends = { method = "GET", path = "/v2/catalog/countries", auth = "bearer" },
      reply = { json = { success = true, data = {
        { id = 7, code = "id", name = "Indonesia", dial_code = "62", active = true },
        { id = 9, code = json.null, name = "Elsewhere", dial_code = json.null, active = false },
      } } },
      gives = { { id = "7", name = "Indonesia", iso = "ID", prefix = "62" },
                { id = "9", name = "Elsewhere" } } },
    { "services", { country = "7" },
      sends = { method = "GET", auth = "bearer",
                path = "/v2/catalog/products?country_id=7&limit=10000" },
      reply = { body = tiers },
      gives = { { id = "88", name = "WhatsApp" }, { id = "89", name = "Discord" } } },
    { "services", {},
      sends = { path = "/v2/catalog/products?limit=10000" },
      reply = { body = tiers },
      gives = { { id = "88", name = "WhatsApp - Indonesia" },
                { id = "89", name = "Discord - Indonesia" } } },
    { "offers", wanted,
      sends = { path = "/v2/catalog/products?country_id=7&limit=10000" },
      reply = { body = tiers },
      gives = { { country = "7", service = "88", price = "0.4688", available = 150 } } },
    { "offers", { country = "7" },
      reply = { body = tiers },
      gives = { { service = "88", price = "0.4688" }, { service = "89", price = "0.1000" } } },
    { "offers", { country = "7", service = "88", operator = "42" },
      sends = { path = "/v2/catalog/products?country_id=7&operator_id=42&limit=10000" },
      reply = { body = [[{"success": true, "data": []}]] }, gives = {} },
    { "offers", wanted,
      reply = { status = 503, headers = { ["retry-after"] = "3" }, json = { success = false,
        error = { code = "FX_RATE_UNAVAILABLE", message = "No exchange rate" } } },
      fails = { code = "unavailable", message = "No exchange rate" } },
    { "products", { country = "7" },
      sends = { path = "/v2/catalog/products?country_id=7&limit=10000" },
      reply = { json = { success = true, data = { { id = 1024, country_id = 7, platform_id = 1,
        available = 142, price = { amount = "0.4688" }, catalog_product_id = 88 } } } },
      gives = { { service = "88", country = "7", price = "0.4688", available = 142 } } },
    { "carriers", { country = "7", platform = "1" },
      sends = { path = "/v2/catalog/operators?country_id=7&platform_id=1" },
      reply = { json = { success = true, data = {
        { operator_id = json.null, code = "any" }, { operator_id = 42, code = "telkomsel" },
      } } },
      gives = { { code = "any" }, { operator_id = 42, code = "telkomsel" } } },
    { "exchange_rate", {},
      sends = { method = "GET", path = "/v2/catalog/exchange-rate" },
      reply = { json = { success = true, data = { pair = "USD/IDR", rate = 16000 } } },
      gives = { pair = "USD/IDR", rate = 16000 } },

    -- Orders
    { "buy", wanted,
      sends = { method = "POST", path = "/v2/orders/create", auth = "bearer",
                json = { catalog_product_id = 88, policy = "cheapest", quantity = 1 } },
      reply = { body = created },
      gives = { id = "90210", phone = "+6281234567890", service = "88", price = "0.4688",
                currency = "USD", status_text = "ACTIVE", expires_at = "2026-05-11T09:20:00Z",
                cancel_at = "2026-05-11T09:02:00Z" } },
    { "buy", { country = "7", service = "88", operator = "42", max_price = "0.50" },
      sends = { json = { catalog_product_id = 88, operator_id = 42, max_price = "0.50",
                         policy = "cheapest", quantity = 1 } },
      reply = { body = created }, gives = { id = "90210" } },
    { "buy", { country = "7", service = "whatsapp" }, fails = "invalid" },
    { "buy", wanted,
      reply = { body = [[{"success": true, "data": {"orders": [], "failed_count": 1}}]] },
      fails = "no_numbers" },
    { "buy", wanted,
      reply = { body = [[{"success": true, "data": {"orders": [], "failed_count": 0}}]] },
      fails = "protocol" },
    { "buy", wanted,
      reply = { json = { success = true, data = { failed_count = 0, orders = { { id = 90210,
        status = "ACTIVE", phone_number = json.null, amount = { amount = "0.4688" } } } } } },
      fails = "protocol" },                         -- no number yet: the same key asks again
    { "check", { id = "90210" },
      sends = { method = "GET", path = "/v1/orders/90210", auth = "bearer" },
      reply = { json = { success = true, data = { id = 90210, status = "ACTIVE",
        phone_number = "+6281234567890", amount = 7500, otp_code = json.null,
        otp_message = json.null, sms_revision = 0, expires_at = "2026-05-11T09:20:00+00:00",
        cancel_available_at = "2026-05-11T09:02:00+00:00" } } },
      gives = { status = "waiting", phone = "+6281234567890", revision = 0,
                expires_at = "2026-05-11T09:20:00Z", cancel_at = "2026-05-11T09:02:00Z" } },
    { "check", { id = "90210" },
      reply = { json = { success = true, data = { status = "OTP_RECEIVED", otp_code = "004721",
        otp_message = "Your code is 004721", sms_revision = 1,
        cancel_available_at = json.null } } },
      gives = { status = "received", code = "004721", message = "Your code is 004721",
                revision = 1 } },
    { "check", { id = "90210" },
      reply = { json = { success = true, data = { status = "OTP_RECEIVED", otp_code = json.null,
        otp_message = "Confirm your login: https://example.com/confirm", sms_revision = 1 } } },
      gives = { status = "received",
                message = "Confirm your login: https://example.com/confirm" } },
    { "check", { id = "90210" },
      reply = { json = { success = true, data = { status = "COMPLETED", otp_code = "123456" } } },
      gives = { status = "finished", code = "123456" } },
    { "check", { id = "90210" },
      reply = { json = { success = true, data = { status = "EXPIRED", otp_code = json.null } } },
      gives = { status = "expired" } },
    { "check", { id = "90210" },
      reply = { json = { success = true, data = { status = "CANCELED" } } },
      gives = { status = "cancelled" } },
    { "check", { id = "90210" },
      reply = { json = { success = true, data = { status = "CANCELLED" } } },
      gives = { status = "cancelled" } },
    { "check", { id = "90210" },
      reply = { json = { success = true, data = { status = "PAUSED" } } }, fails = "protocol" },
    { "check", { id = "x/../balance" },
      sends = { path = "/v1/orders/x%2F..%2Fbalance" },
      reply = { json = { success = true, data = { status = "EXPIRED" } } },
      gives = { status = "expired" } },
    { "list", {},
      sends = { method = "GET", path = "/v1/orders?limit=100", auth = "bearer" },
      reply = { json = { success = true, data = {
        { id = 90210, status = "ACTIVE", created_at = "2026-05-11T09:00:00+00:00",
          product_id = 1024, catalog_product_id = 88, phone_number = "+6281234567890",
          amount = 7500, otp_code = json.null, sms_revision = 0,
          expires_at = "2026-05-11T09:20:00+00:00",
          cancel_available_at = "2026-05-11T09:02:00+00:00" },
        { id = 90209, status = "EXPIRED", created_at = json.null, product_id = 900,
          catalog_product_id = json.null, phone_number = json.null, amount = 7500 },
      } } },
      gives = { { id = "90210", status = "waiting", service = "88", phone = "+6281234567890",
                  created_at = "2026-05-11T09:00:00Z", expires_at = "2026-05-11T09:20:00Z",
                  cancel_at = "2026-05-11T09:02:00Z" },
                { id = "90209", status = "expired" } } },
    { "active", {},
      sends = { method = "GET", path = "/v1/orders/active" },
      reply = { json = { success = true, data = { { id = 90210, status = "OTP_RECEIVED" } } } },
      gives = { { id = 90210, status = "OTP_RECEIVED" } } },
    { "cancel", { id = "90210" },
      sends = { method = "POST", path = "/v2/orders/cancel", auth = "bearer",
                json = { id = 90210 } },
      reply = { json = { success = true, data = { order_id = 90210, status = "CANCELED",
        refund_amount = { amount = "0.4688", currency = "USD" },
        new_balance = { amount = "78.13", currency = "USD" } } } },
      gives = { refund = "0.4688", currency = "USD" } },
    { "cancel", { id = "x/../balance" }, fails = "invalid" },
    { "finish", { id = "90210" },
      sends = { method = "POST", path = "/v2/orders/finish", json = { id = 90210 } },
      reply = { json = { success = true, data = { order_id = 90210, status = "COMPLETED" } } },
      gives = {} },
    { "resend", { id = "90210" },
      sends = { method = "POST", path = "/v2/orders/resend", json = { id = 90210 } },
      reply = { json = { success = true,
                         data = { order_id = 90210, status = "ACTIVE", resent = true } } },
      gives = {} },
    { "reuse", { id = "90200" },
      sends = { method = "POST", path = "/v2/orders/reactivate", auth = "bearer",
                json = { id = 90200 } },
      reply = { body = created }, gives = { id = "90210", phone = "+6281234567890" } },
    { "reactivate_options", { id = "90200" },
      sends = { method = "GET", path = "/v2/orders/90200/reactivate-options" },
      reply = { json = { success = true, data = { cost = { amount = "0.4688" } } } },
      gives = { cost = { amount = "0.4688" } } },

    -- Webhooks
    { "webhook", {},
      sends = { method = "GET", path = "/v2/webhook" },
      reply = { json = { success = true, data = { webhook_url = "https://example.com/sms" } } },
      gives = { webhook_url = "https://example.com/sms" } },
    { "webhook_update", { url = "" },
      sends = { method = "PATCH", path = "/v2/webhook", json = { webhook_url = "" } },
      reply = { json = { success = true, data = { webhook_url = json.null } } },
      gives = { webhook_url = json.null } },
    { "webhook_test", {},
      sends = { method = "POST", path = "/v2/webhook/test" },
      reply = { json = { success = true, data = { status_code = 200 } } },
      gives = { status_code = 200 } },

    -- Documented error codes
    { "balance", {},
      reply = { status = 401, json = { success = false,
        error = { code = "UNAUTHORIZED", message = "Wrong token" } } },
      fails = { code = "auth", message = "Wrong token" } },
    { "balance", {},
      reply = { status = 403, json = { success = false,
        error = { code = "FORBIDDEN", message = "Not allowed" } } },
      fails = "forbidden" },
    { "check", { id = "9" },
      reply = { status = 404, json = { success = false,
        error = { code = "NOT_FOUND", message = "No such order" } } },
      fails = "not_found" },
    { "buy", wanted,
      reply = { status = 422, json = { success = false,
        error = { code = "VALIDATION_ERROR", message = "Bad parameter" } } },
      fails = { code = "invalid", message = "Bad parameter" } },
    { "buy", wanted,
      reply = { status = 422, json = { success = false,
        error = { code = "PROVIDER_ERROR", message = "Rejected upstream" } } },
      fails = "no_numbers" },
    { "cancel", { id = "9" },
      reply = { status = 422, json = { success = false,
        error = { code = "PROVIDER_ERROR", message = "Rejected upstream" } } },
      fails = "unavailable" },
    { "reuse", { id = "9" },
      reply = { status = 422, json = { success = false,
        error = { code = "PROVIDER_ERROR", message = "Rejected upstream" } } },
      fails = "refused" },
    { "buy", wanted,
      reply = { status = 422, json = { success = false,
        error = { code = "NO_OFFER_AVAILABLE", message = "No offer" } } },
      fails = "no_numbers" },
    { "buy", wanted,
      reply = { status = 422, json = { success = false,
        error = { code = "IDEMPOTENCY_KEY_REUSED", message = "Another body" } } },
      fails = "invalid" },
    { "buy", wanted,
      reply = { status = 409, json = { success = false,
        error = { code = "INSUFFICIENT_BALANCE", message = "Balance too low" } } },
      fails = "balance" },
    { "reuse", { id = "9" },
      reply = { status = 409, json = { success = false,
        error = { code = "CONFLICT", message = "Cannot be reactivated" } } },
      fails = "refused" },
    { "cancel", { id = "9" },
      reply = { status = 409, json = { success = false,
        error = { code = "CONFLICT", message = "A code has come" } } },
      fails = "refused" },
    { "resend", { id = "9" },
      reply = { status = 409, json = { success = false,
        error = { code = "CONFLICT", message = "Not now" } } },
      fails = "refused" },
    { "finish", { id = "9" },
      reply = { status = 409, json = { success = false,
        error = { code = "CONFLICT", message = "Not finishable" } } },
      fails = "closed" },
    { "cancel", { id = "9" },
      reply = { status = 409, json = { success = false,
        error = { code = "CANCEL_TOO_EARLY", message = "Wait a little" } } },
      fails = "too_early" },
    { "buy", wanted,
      reply = { status = 409, json = { success = false,
        error = { code = "REQUEST_IN_PROGRESS", message = "Still at it" } } },
      fails = "unavailable" },
    { "check", { id = "9" },
      reply = { status = 429, headers = { ["retry-after"] = "7" }, json = { success = false,
        error = { code = "RATE_LIMIT_EXCEEDED", message = "Slow down" } } },
      fails = { code = "rate_limited", retry_after = 7 } },
    { "buy", wanted,
      reply = { status = 429, json = { success = false, error = {
        code = "TEMP_BANNED_ABUSE_GUARD", message = "Blocked for a while",
        details = { tier = "SOFT", retry_after_seconds = 600 } } } },
      fails = { code = "forbidden", message = "Blocked", retry_after = 600 } },
    { "balance", {},
      reply = { status = 503, headers = { ["retry-after"] = "5" }, json = { success = false,
        error = { code = "SERVICE_UNAVAILABLE", message = "Later" } } },
      fails = { code = "unavailable", retry_after = 5 } },
    { "buy", wanted,
      reply = { status = 503, json = { success = false,
        error = { code = "FX_RATE_UNAVAILABLE", message = "No exchange rate" } } },
      fails = "unavailable" },
    { "balance", {},
      reply = { status = 500, json = { success = false,
        error = { code = "INTERNAL_ERROR", message = "A fault" } } },
      fails = "unavailable" },

    -- HTTP statuses and broken replies
    { "webhook_update", { url = "https://example.com/sms" },
      reply = { status = 413, text = "Payload Too Large" }, fails = "invalid" },
    { "balance", {}, reply = { status = 502, text = "<html></html>" }, fails = "unavailable" },
    { "balance", {}, reply = { text = "<html>Maintenance</html>" }, fails = "protocol" },
    { "balance", {}, reply = { json = { success = true } }, fails = "protocol" },
    { "balance", {},
      reply = { json = { success = false, error = { code = "SOMETHING_ELSE" } } },
      fails = "protocol" },
  },
}
