-- SMSCode: JSON REST with one envelope, {success, data | error}, around every answer.
-- Document: https://smscode.gg/docs
-- Unusual: amounts are whole rupiah; countries and platforms are the provider's own numbers; the
-- platforms have no endpoint, they are read off the product list; a DELETE cancels an order.

-- The official client libraries speak another dialect of the same names. Its spellings are accepted
-- wherever they cannot be mistaken for something else.
return provider {
  api      = 1,
  id       = "smscode",
  name     = "SMSCode",
  version  = "1.0.0",
  docs     = "https://smscode.gg/docs",
  base_url = "https://api.smscode.gg/v1",

  credentials = { token = { label = "API token", help = "Account Settings → API Token" } },
  auth        = { bearer = "{token}" },

  limits   = { { requests = 300, per = "1m" } },
  polling  = { first = "5s", every = "5s" },        -- "never poll faster than 5 seconds"
  cache    = { countries = "5m", services = "60s", offers = "60s" },
  currency = "IDR",
  retry    = {
    rate_limited = { times = 5, delays = { "1s", "2s", "4s", "8s", "16s" }, cap = "30s" },
    unavailable  = { times = 3, delays = { "1s", "2s", "4s" }, cap = "30s" },
  },

  success = { "success", [true] = true },
  value   = "data",

  -- 401 is a wrong or missing token, 403 a good one without the permission: both by HTTP status.
  errors = { "error.code", message = "error.message",
    INSUFFICIENT_BALANCE = "balance",
    PRODUCT_UNAVAILABLE  = "no_numbers",
    ORDER_NOT_FOUND      = "not_found",
    RATE_LIMIT_EXCEEDED  = "rate_limited",
    INVALID_PARAMETERS   = "invalid",

    NO_OFFER_AVAILABLE   = "no_numbers",            -- the other dialect
    CANCEL_TOO_EARLY     = "too_early",
  },

  operations = {
    balance = {
      get   = "/balance",
      reply = { amount = "balance", currency = "currency" },
    },

    countries = {
      get   = "/catalog/countries",
      each  = "[]",
      reply = {
        id     = "country_id|id",
        name   = "name|country_name",
        iso    = "code|iso|country_code",
        prefix = "dial_code",
      },
    },

    offers = {
      get   = "/catalog/products?country_id={country?}",
      each  = "[]",
      reply = {
        country   = "country_id",
        service   = "platform_id",
        name      = "platform_name|name",
        price     = "price",
        available = "available_count|available",
      },
    },

    -- Built on the product list, so both share its sixty seconds in the cache.
    services = function(args)
      local known, platforms = {}, {}
      for _, offer in ipairs(call.offers { country = args.country }) do
        local id = offer.service
        if id and not known[id] then
          known[id] = true
          platforms[#platforms + 1] = { id = id, name = offer.name }
        end
      end
      return platforms
    end,

    -- The status is not translated here: an unknown word must not lose a number already paid for.
    buy = {
      post  = "/orders",
      json  = { country_id = "{country:int}", platform_id = "{service:int}" },
      reply = {
        id          = "order_id|id",
        phone       = "phone_number",
        price       = "price|amount",
        status_text = "status",
        expires_at  = "expires_at",
      },
    },

    -- An expired or cancelled order has been refunded by the provider.
    check = {
      get   = "/orders/{id}",
      reply = {
        code       = "otp_code",
        message    = "otp_message",
        expires_at = "expires_at",
        status     = { "status",
          pending   = "waiting",   PENDING   = "waiting",
          active    = "waiting",   ACTIVE    = "waiting",
          completed = "received",  COMPLETED = "received",  OTP_RECEIVED = "received",
          expired   = "expired",   EXPIRED   = "expired",
          cancelled = "cancelled", CANCELLED = "cancelled",
          canceled  = "cancelled", CANCELED  = "cancelled",
        },
      },
    },

    cancel = { delete = "/orders/{id}" },
  },

  tests = {
    -- Account
    { "balance", {},
      sends = { method = "GET", path = "/v1/balance", auth = "bearer" },
      reply = { json = { success = true, data = { currency = "IDR", balance = 150000 } } },
      gives = { amount = "150000", currency = "IDR" } },

    -- Catalogue
    { "countries", {},
      sends = { method = "GET", path = "/v1/catalog/countries", auth = "bearer" },
      reply = { json = { success = true, data = {
        { country_id = 6, name = "Indonesia", code = "ID" },
        { id = 16, country_name = "United Kingdom", iso = "GB" },
        { id = 12, name = "United States", country_code = "US", dial_code = "+1" },
      } } },
      gives = {
        { id = "6", name = "Indonesia", iso = "ID" },
        { id = "16", name = "United Kingdom", iso = "GB" },
        { id = "12", name = "United States", iso = "US", prefix = "+1" },
      } },
    { "countries", {},
      reply = { json = { success = true, data = { { country_id = 6 } } } },
      gives = { { id = "6" } } },
    { "offers", { country = "6" },
      sends = { method = "GET", path = "/v1/catalog/products?country_id=6", auth = "bearer" },
      reply = { json = { success = true, data = {
        { country_id = 6, platform_id = 1, price = 2500, available_count = 120 },
        { country_id = 6, platform_id = 2, price = 900, available = 0, name = "Discord" },
      } } },
      gives = {
        { country = "6", service = "1", price = "2500", available = 120 },
        { country = "6", service = "2", price = "900", available = 0, name = "Discord" },
      } },
    { "offers", {},
      sends = { method = "GET", path = "/v1/catalog/products" },
      reply = { body = [[{"success": true, "data": []}]] }, gives = {} },
    { "services", { country = "6" },
      sends = { method = "GET", path = "/v1/catalog/products?country_id=6" },
      reply = { json = { success = true, data = {
        { country_id = 6, platform_id = 1, platform_name = "WhatsApp", price = 2500 },
        { country_id = 6, platform_id = 1, platform_name = "WhatsApp", price = 2700 },
        { country_id = 6, platform_id = 2, platform_name = "Discord", price = 900 },
      } } },
      gives = { { id = "1", name = "WhatsApp" }, { id = "2", name = "Discord" } } },
    { "services", {},
      sends = { method = "GET", path = "/v1/catalog/products" },
      reply = { json = { success = true, data = { { platform_id = 1, price = 2500 } } } },
      gives = { { id = "1" } } },
    { "services", { country = "6" },
      reply = { status = 403, json = { success = false,
        error = { code = "FORBIDDEN", message = "No permission" } } },
      fails = "forbidden" },

    -- Orders
    { "buy", { country = "6", service = "1" },
      sends = { method = "POST", path = "/v1/orders", auth = "bearer",
                json = { country_id = 6, platform_id = 1 } },
      reply = { json = { success = true, data = {
        order_id = "order-123", phone_number = "+628123456789", status = "pending",
        expires_at = "2026-03-21T20:15:00Z",
      } } },
      gives = { id = "order-123", phone = "+628123456789", status_text = "pending",
                expires_at = "2026-03-21T20:15:00Z" } },
    { "buy", { country = "6", service = "1" },
      reply = { body = [[{"success": true, "data": {"order_id": 900719925474099312,
                          "phone_number": 628123456789, "status": "SOMETHING NEW"}}]] },
      gives = { id = "900719925474099312", phone = "+628123456789" } },
    { "buy", { country = "Indonesia", service = "1" }, fails = "invalid" },
    { "check", { id = "order-123" },
      sends = { method = "GET", path = "/v1/orders/order-123", auth = "bearer" },
      reply = { json = { success = true, data = { status = "pending", otp_code = json.null } } },
      gives = { status = "waiting" } },
    { "check", { id = "order-123" },
      reply = { json = { success = true, data = { status = "active", otp_code = json.null } } },
      gives = { status = "waiting" } },
    { "check", { id = "order-123" },
      reply = { json = { success = true, data = { status = "completed", otp_code = "847291" } } },
      gives = { status = "received", code = "847291" } },
    { "check", { id = "order-123" },
      reply = { json = { success = true, data = { status = "completed", otp_code = "004721" } } },
      gives = { status = "received", code = "004721" } },
    { "check", { id = "order-456" },
      reply = { json = { success = true, data = { status = "expired", otp_code = json.null } } },
      gives = { status = "expired" } },
    { "check", { id = "order-456" },
      reply = { json = { success = true, data = { status = "cancelled", otp_code = json.null } } },
      gives = { status = "cancelled" } },
    -- The other dialect's spellings
    { "check", { id = "7" },
      reply = { json = { success = true, data = { status = "PENDING" } } },
      gives = { status = "waiting" } },
    { "check", { id = "7" },
      reply = { json = { success = true, data = { status = "ACTIVE" } } },
      gives = { status = "waiting" } },
    { "check", { id = "7" },
      reply = { json = { success = true, data = { status = "OTP_RECEIVED", otp_code = "5521" } } },
      gives = { status = "received", code = "5521" } },
    { "check", { id = "7" },
      reply = { json = { success = true, data = { status = "COMPLETED", otp_code = json.null,
        otp_message = "Your code is 5521", expires_at = "2026-03-21T20:15:00Z" } } },
      gives = { status = "received", message = "Your code is 5521",
                expires_at = "2026-03-21T20:15:00Z" } },
    { "check", { id = "7" },
      reply = { json = { success = true, data = { status = "EXPIRED" } } },
      gives = { status = "expired" } },
    { "check", { id = "7" },
      reply = { json = { success = true, data = { status = "CANCELLED" } } },
      gives = { status = "cancelled" } },
    { "check", { id = "7" },
      reply = { json = { success = true, data = { status = "canceled" } } },
      gives = { status = "cancelled" } },
    { "check", { id = "7" },
      reply = { json = { success = true, data = { status = "CANCELED" } } },
      gives = { status = "cancelled" } },

    { "check", { id = "7" },
      reply = { json = { success = true, data = { status = "paused" } } }, fails = "protocol" },
    { "check", { id = "x/../balance" },
      sends = { path = "/v1/orders/x%2F..%2Fbalance" },
      reply = { json = { success = true, data = { status = "expired" } } },
      gives = { status = "expired" } },
    { "cancel", { id = "order-123" },
      sends = { method = "DELETE", path = "/v1/orders/order-123", auth = "bearer" },
      reply = { json = { success = true, data = { status = "cancelled" } } }, gives = {} },
    { "cancel", { id = "x/../balance" },
      sends = { method = "DELETE", path = "/v1/orders/x%2F..%2Fbalance" },
      reply = { json = { success = true, data = {} } }, gives = {} },
    { "cancel", { id = "order-123" },
      reply = { status = 409, json = { success = false,
        error = { code = "CANCEL_TOO_EARLY", message = "Wait a little" } } },
      fails = "too_early" },

    -- Documented error codes
    { "buy", { country = "6", service = "1" },
      reply = { status = 400, json = { success = false,
        error = { code = "INSUFFICIENT_BALANCE", message = "Balance too low" } } },
      fails = { code = "balance", message = "Balance too low" } },
    { "buy", { country = "6", service = "1" },
      reply = { status = 400, json = { success = false,
        error = { code = "PRODUCT_UNAVAILABLE", message = "Out of stock" } } },
      fails = "no_numbers" },
    { "buy", { country = "6", service = "1" },
      reply = { json = { success = false,
        error = { code = "PRODUCT_UNAVAILABLE", message = "Out of stock" } } },
      fails = "no_numbers" },                       -- inside HTTP 200
    { "buy", { country = "6", service = "1" },
      reply = { status = 422, json = { success = false,
        error = { code = "NO_OFFER_AVAILABLE", message = "No offer" } } },
      fails = "no_numbers" },
    { "check", { id = "9" },
      reply = { status = 404, json = { success = false,
        error = { code = "ORDER_NOT_FOUND", message = "No such order" } } },
      fails = "not_found" },
    { "cancel", { id = "9" },
      reply = { status = 404, json = { success = false,
        error = { code = "ORDER_NOT_FOUND", message = "No such order" } } },
      fails = "not_found" },
    { "buy", { country = "6", service = "1" },
      reply = { status = 400, json = { success = false,
        error = { code = "INVALID_PARAMETERS", message = "Malformed body" } } },
      fails = "invalid" },
    { "check", { id = "7" },
      reply = { status = 429, headers = { ["retry-after"] = "7" }, json = { success = false,
        error = { code = "RATE_LIMIT_EXCEEDED", message = "Limit hit" } } },
      fails = { code = "rate_limited", retry_after = 7 } },

    -- HTTP statuses and broken replies
    { "balance", {},
      reply = { status = 401, json = { success = false,
        error = { code = "UNAUTHORIZED", message = "Wrong token" } } },
      fails = { code = "auth", message = "Wrong token" } },
    { "balance", {},
      reply = { status = 403, json = { success = false,
        error = { code = "FORBIDDEN", message = "No permission" } } },
      fails = { code = "forbidden", message = "No permission" } },
    { "balance", {},
      reply = { status = 429, headers = { ["retry-after"] = "30" } },
      fails = { code = "rate_limited", retry_after = 30 } },
    { "balance", {}, reply = { status = 500, text = "<html></html>" }, fails = "unavailable" },
    { "balance", {}, reply = { status = 503 }, fails = "unavailable" },
    { "balance", {}, reply = { text = "<html>Maintenance</html>" }, fails = "protocol" },
    { "balance", {},
      reply = { json = { data = { balance = 1, currency = "IDR" } } }, fails = "protocol" },
    { "balance", {}, reply = { json = { success = true } }, fails = "protocol" },
    { "balance", {},
      reply = { json = { success = false, error = { code = "SOMETHING_ELSE" } } },
      fails = "protocol" },
  },
}
