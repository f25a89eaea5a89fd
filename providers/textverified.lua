-- TextVerified, API v2: numbers of the United States, JSON REST, services by name.
-- Document: https://www.textverified.com/docs/api/v2
-- Unusual: the key buys a token for a quarter of an hour; an order is answered with the address to
-- read it at; its state and its messages are two requests; a repeated order is recognised.
-- Not confirmed against the document: limits, order of the list, digits of a number (10 or 11).
local refusals = { "errorCode", message = "errorDescription|errorCode",
  InsufficientBalance            = "balance",
  Unavailable                    = "no_numbers",
  PricingFailure                 = "no_numbers",    -- none for the highest price
  TooManyUnfinishedVerifications = "refused",
  ProcessingError                = "refused",
  IdempotencyConflict            = "unavailable",   -- the first attempt is still being worked on
  [400] = "invalid",
  [401] = "auth",
  [403] = "forbidden",
  [404] = "not_found",
  [429] = "rate_limited",
}

-- For the functions, which read their replies themselves.
local function body_of(response)
  local ok, body = pcall(json.decode, response.body, { null = "nil" })
  return ok and type(body) == "table" and body or {}
end

local function refuse(response)
  local body = body_of(response)
  local code = refusals[tostring(body.errorCode)] or refusals[response.status]
    or (response.status >= 500 and "unavailable") or "protocol"
  fail(code, body.errorDescription or body.errorCode or "HTTP " .. response.status)
end

local function phone(order)
  local number = tostring(order.number or "")
  if #number == 10 then return "1" .. number end
  return number ~= "" and number or nil
end

local states = { "state",
  verificationPending     = "waiting",
  verificationCompleted   = "received",
  verificationReused      = "finished",
  verificationReactivated = "finished",
  verificationTimedOut    = "expired",
  verificationCanceled    = "cancelled",
  verificationReported    = "cancelled",
  verificationRefunded    = "cancelled",
}

-- Asks for an order and reads it where the reply says. Once it has been accepted, whatever goes
-- wrong proves nothing about it, not even a 404.
local function order(path, body)
  local response, problem = http.post(path, { json = body })
  if not response then fail("network", tostring(problem)) end
  if response.status < 200 or response.status > 299 then refuse(response) end

  local address = tostring(body_of(response).href or response.headers.location or "")
  local id = address:match("/verifications/([^/?#]+)")
  if not id then fail("protocol", "the order has no address") end

  for attempt = 1, 4 do
    local ok, found = pcall(call.details, { id = id })
    if ok and found.phone then
      return {
        id          = id,
        phone       = found.phone,
        service     = found.service,
        price       = found.price,
        status_text = found.status,
        created_at  = found.created_at,
        expires_at  = found.expires_at,
      }
    end
    if attempt < 4 then sleep("1s") end
  end
  return fail("unavailable", "the order " .. id .. " cannot be read yet")
end

local wanted = { service = "yahoo", country = "US" }   -- what the tests buy

local accepted = { status = 201,                    -- the reply to an order
  headers = { Location = "/api/pub/v2/verifications/lr_01ABC" },
  json = { method = "GET",
           href = "https://www.textverified.com/api/pub/v2/verifications/lr_01ABC" } }

local function details(state, number)
  return { json = {
    id = "lr_01ABC", number = number or "2025550123", state = state, serviceName = "yahoo",
    totalCost = 0.95, createdAt = "2026-01-15T12:00:00+00:00",
    endsAt = "2026-01-15T12:15:00+00:00", cancel = { canCancel = true },
  } }
end

return provider {
  api      = 1,
  id       = "textverified",
  name     = "TextVerified",
  version  = "1.0.0",
  docs     = "https://www.textverified.com/docs/api/v2",
  base_url = "https://www.textverified.com/api/pub/v2",

  credentials = {
    api_key  = { label = "API key", help = "textverified.com → API → API Keys" },
    username = { label = "User name", help = "the e-mail address of the account" },
  },
  auth = {
    login = { post = "/auth",
      header     = { ["X-API-KEY"] = "{api_key}", ["X-API-USERNAME"] = "{username}" },
      token      = "token",
      expires_at = "expiresAt",
      lifetime   = "15m",
    },
    bearer = "{login}",
  },

  -- None is documented, except that orders are to be sent one at a time.
  limits = {
    { requests = 60, per = "1m" },
    { requests = 1, per = "1s", operations = { "buy", "reuse", "cancel" } },
  },
  polling     = { first = "5s", every = "3s" },
  cache       = { countries = "24h", services = "1h" },
  currency    = "USD",
  lifetime    = "15m",                              -- for a reply without `endsAt`
  idempotency = { header = "Idempotency-Key" },

  errors = refusals,

  operations = {
    countries = function()
      return { { id = "US", iso = "US", name = "United States" } }
    end,

    -- A service that can also call is listed twice.
    services = {
      get   = "/services?numberType=mobile&reservationType=verification",
      reply = function(body)
        local services = {}
        for _, row in ipairs(body) do
          if tostring(row.capability or "sms"):lower() == "sms" then
            services[#services + 1] = { id = row.serviceName, name = row.serviceName }
          end
        end
        return services
      end,
    },

    offers = {
      post  = "/pricing/verifications",
      json  = { serviceName = "{service}", numberType = "mobile", capability = "sms",
                areaCode = false, carrier = false },
      reply = { service = "serviceName", country = "=US", price = "price" },
    },

    -- 9000 stands for that many or more.
    stock = {
      post  = "/inventory/verifications",
      costs = false,
      json  = { serviceName = "{service}", numberType = "mobile", capability = "sms" },
      reply = { available = "availableQuantity" },
    },

    balance = {
      get   = "/account/me",
      reply = { amount = "currentBalance" },
    },

    buy = function(args)
      return order("/verifications", {
        serviceName = args.service,
        capability  = "sms",
        maxPrice    = tonumber(args.max_price),
      })
    end,

    details = {
      get   = "/verifications/{id}",
      reply = {
        id         = "id",
        phone      = phone,
        service    = "serviceName",
        price      = "totalCost",
        created_at = "createdAt",
        expires_at = "endsAt",
        status     = states,
      },
    },

    messages = {
      get   = "/sms?reservationId={id}",
      each  = "data[]",
      reply = {
        id          = "id",
        text        = "smsContent",
        code        = "parsedCode",
        sender      = "from",
        received_at = "createdAt",
      },
    },

    -- There is nothing to read before the state says so.
    check = function(args)
      local found = call.details { id = args.id }
      return {
        phone      = found.phone,
        status     = found.status,
        expires_at = found.expires_at,
        messages   = found.status == "received" and call.messages { id = args.id } or nil,
      }
    end,

    -- Closed orders are among them; the first page is enough for the open ones.
    list = {
      get   = "/verifications",
      each  = "data[]",
      reply = {
        id          = "id",
        phone       = phone,
        service     = "serviceName",
        price       = "totalCost",
        created_at  = "createdAt",
        status      = states,
        status_text = "state",
      },
    },

    cancel = {
      post   = "/verifications/{id}/cancel",
      errors = { [400] = "refused" },               -- `cancel.canCancel` of the order is false
    },

    -- The same number and service once more, as a new order.
    reuse = function(args)
      return order("/verifications/" .. args.id .. "/reuse")
    end,

    -- Reports a number that gets no message; the price is given back.
    report = {
      post   = "/verifications/{id}/report",
      costs  = false,
      errors = { [400] = "refused" },
    },

    -- Goes on with an order that timed out, as a new order.
    reactivate = {
      post   = "/verifications/{id}/reactivate",
      costs  = true,
      errors = { [400] = "refused" },
      reply  = { id = function(body) return (tostring(body.href):match("([^/?#]+)$")) end },
    },

    area_codes = { get = "/area-codes" },
  },

  tests = {
    -- Catalogue
    { "countries", {}, gives = { { id = "US", iso = "US", name = "United States" } } },
    { "services", {},
      sends = { method = "GET", auth = "bearer",
                path = "/api/pub/v2/services?numberType=mobile&reservationType=verification" },
      reply = { json = { { serviceName = "yahoo", capability = "sms" },
                         { serviceName = "yahoo", capability = "voice" },
                         { serviceName = "whatsapp", capability = "Sms" } } },
      gives = { { id = "yahoo", name = "yahoo" }, { id = "whatsapp", name = "whatsapp" } } },
    { "services", {}, reply = { status = 401, body = "" }, fails = "auth" },
    { "offers", { service = "yahoo", country = "US" },
      sends = { method = "POST", path = "/api/pub/v2/pricing/verifications", auth = "bearer",
                json = { serviceName = "yahoo", numberType = "mobile", capability = "sms",
                         areaCode = false, carrier = false } },
      reply = { json = { serviceName = "yahoo", price = 0.5 } },
      gives = { service = "yahoo", country = "US", price = "0.5" } },
    { "offers", { service = "nothing", country = "US" },
      reply = { status = 400, json = { errorCode = "Unknown",
                                       errorDescription = "No such service" } },
      fails = { code = "invalid", message = "No such service" } },
    { "stock", { service = "yahoo" },
      sends = { method = "POST", path = "/api/pub/v2/inventory/verifications", auth = "bearer",
                json = { serviceName = "yahoo", numberType = "mobile", capability = "sms" } },
      reply = { json = { availableQuantity = 9000 } },
      gives = { available = 9000 } },
    { "area_codes", {},
      sends = { method = "GET", path = "/api/pub/v2/area-codes" },
      reply = { json = { { areaCode = "202", state = "DC" } } } },

    -- Account
    { "balance", {},
      sends = { method = "GET", path = "/api/pub/v2/account/me", auth = "bearer" },
      reply = { json = { username = "me@example.com", currentBalance = 12.5 } },
      gives = { amount = "12.5", currency = "USD" } },
    { "balance", {}, reply = { status = 401, body = "" }, fails = "auth" },
    { "balance", {}, reply = { status = 403, body = "" }, fails = "forbidden" },
    { "balance", {}, reply = { status = 429, body = "" }, fails = "rate_limited" },
    { "balance", {}, reply = { status = 500, body = "" }, fails = "unavailable" },

    -- Buying
    { "buy", wanted,
      sends = {
        { method = "POST", path = "/api/pub/v2/verifications", auth = "bearer",
          json = { serviceName = "yahoo", capability = "sms" } },
        { method = "GET", path = "/api/pub/v2/verifications/lr_01ABC", auth = "bearer" },
      },
      replies = { accepted, details("verificationPending") },
      gives = { id = "lr_01ABC", phone = "+12025550123", service = "yahoo", price = "0.95",
                created_at = "2026-01-15T12:00:00Z", expires_at = "2026-01-15T12:15:00Z" } },
    { "buy", { service = "yahoo", country = "US", max_price = "0.5" },
      sends = { { json = { serviceName = "yahoo", capability = "sms", maxPrice = 0.5 } },
                { method = "GET" } },
      replies = { accepted, details("verificationPending", "12025550123") },
      gives = { phone = "+12025550123" } },
    { "buy", wanted,                                -- the address in the header alone
      replies = { { status = 201, headers = accepted.headers, body = "" },
                  details("verificationPending") },
      gives = { id = "lr_01ABC" } },
    { "buy", wanted,                                -- no number at first
      replies = { accepted, details("verificationPending", ""), details("verificationPending") },
      gives = { id = "lr_01ABC", phone = "+12025550123" } },
    { "buy", wanted,                                -- accepted, but it cannot be read
      replies = { accepted, { status = 404, body = "" } }, fails = "unavailable" },
    { "buy", wanted, reply = { status = 201, json = {} }, fails = "protocol" },
    { "buy", wanted,
      reply = { status = 400, json = { errorCode = "InsufficientBalance",
                                       errorDescription = "Not enough credits" } },
      fails = { code = "balance", message = "Not enough credits" } },
    { "buy", wanted, reply = { status = 400, json = { errorCode = "Unavailable" } },
      fails = "no_numbers" },
    { "buy", wanted, reply = { status = 400, json = { errorCode = "PricingFailure" } },
      fails = "no_numbers" },
    { "buy", wanted,
      reply = { status = 400, json = { errorCode = "TooManyUnfinishedVerifications" } },
      fails = "refused" },
    { "buy", wanted, reply = { status = 400, json = { errorCode = "ProcessingError" } },
      fails = "refused" },
    { "buy", wanted, reply = { status = 409, json = { errorCode = "IdempotencyConflict" } },
      fails = "unavailable" },
    { "buy", wanted,
      reply = { status = 400, json = { errorCode = json.null, errorDescription = "Bad" } },
      fails = { code = "invalid", message = "Bad" } },
    { "buy", wanted, reply = { status = 401, body = "" }, fails = "auth" },
    { "buy", wanted, reply = { status = 403, body = "" }, fails = "forbidden" },
    { "buy", wanted, reply = { status = 404, body = "" }, fails = "not_found" },
    { "buy", wanted, reply = { status = 418, body = "" }, fails = "protocol" },
    { "buy", wanted, reply = { status = 429, body = "" }, fails = "rate_limited" },
    { "buy", wanted, reply = { status = 503, body = "<html>" }, fails = "unavailable" },

    -- The state
    { "check", { id = "lr_01ABC" },
      sends = { method = "GET", path = "/api/pub/v2/verifications/lr_01ABC", auth = "bearer" },
      reply = details("verificationPending"),
      gives = { phone = "+12025550123", status = "waiting",
                expires_at = "2026-01-15T12:15:00Z" } },
    { "check", { id = "lr_01ABC" },
      sends = {
        { method = "GET", path = "/api/pub/v2/verifications/lr_01ABC", auth = "bearer" },
        { method = "GET", path = "/api/pub/v2/sms?reservationId=lr_01ABC", auth = "bearer" },
      },
      replies = { details("verificationCompleted"), { json = { data = {
        { id = "sms_1", from = "22395", to = "2025550123", smsContent = "Your code is 482913",
          parsedCode = "482913", createdAt = "2026-01-15T12:01:00+00:00", encrypted = false },
      }, hasNext = false, hasPrevious = false, count = 1 } } },
      gives = { status = "received", code = "482913", messages = {
        { text = "Your code is 482913", code = "482913", sender = "22395",
          received_at = "2026-01-15T12:01:00Z" } } } },
    { "check", { id = "lr_01ABC" },
      replies = { details("verificationCompleted"), { status = 500, body = "" } },
      fails = "unavailable" },
    { "check", { id = "lr_01ABC" }, reply = details("verificationTimedOut"),
      gives = { status = "expired" } },
    { "check", { id = "lr_01ABC" }, reply = details("verificationCanceled"),
      gives = { status = "cancelled" } },
    { "check", { id = "lr_01ABC" }, reply = details("verificationReported"),
      gives = { status = "cancelled" } },
    { "check", { id = "lr_01ABC" }, reply = details("verificationRefunded"),
      gives = { status = "cancelled" } },
    { "check", { id = "lr_01ABC" }, reply = details("verificationReused"),
      gives = { status = "finished" } },
    { "check", { id = "lr_01ABC" }, reply = details("verificationReactivated"),
      gives = { status = "finished" } },
    { "check", { id = "lr_01ABC" }, reply = details("aNewState"), fails = "protocol" },
    { "check", { id = "nothing" }, reply = { status = 404, body = "" }, fails = "not_found" },
    { "details", { id = "lr_01ABC" }, reply = details("verificationPending"),
      gives = { id = "lr_01ABC", phone = "+12025550123", price = "0.95", status = "waiting" } },
    { "messages", { id = "lr_01ABC" },
      sends = { path = "/api/pub/v2/sms?reservationId=lr_01ABC" },
      reply = { json = { data = json.array {}, hasNext = false } }, gives = {} },

    -- Orders
    { "list", {},
      sends = { method = "GET", path = "/api/pub/v2/verifications", auth = "bearer" },
      reply = { json = { data = {
        { id = "lr_01ABC", number = "2025550123", serviceName = "yahoo", totalCost = 0.95,
          state = "verificationPending", createdAt = "2026-01-15T12:00:00+00:00" },
        { id = "lr_01ABB", number = "", serviceName = "google", totalCost = 1.5,
          state = "verificationTimedOut", createdAt = "2026-01-14T12:00:00+00:00" },
      }, hasNext = false, hasPrevious = false, count = 2 } },
      gives = {
        { id = "lr_01ABC", phone = "+12025550123", service = "yahoo", price = "0.95",
          created_at = "2026-01-15T12:00:00Z", status = "waiting",
          status_text = "verificationPending" },
        { id = "lr_01ABB", service = "google", status = "expired" },
      } },
    { "list", {}, reply = { status = 401, body = "" }, fails = "auth" },

    -- Afterwards
    { "cancel", { id = "lr_01ABC" },
      sends = { method = "POST", path = "/api/pub/v2/verifications/lr_01ABC/cancel",
                auth = "bearer" },
      reply = { body = "" }, gives = {} },
    { "cancel", { id = "lr_01ABC" }, reply = { status = 400, body = "" }, fails = "refused" },
    { "cancel", { id = "nothing" }, reply = { status = 404, body = "" }, fails = "not_found" },
    { "report", { id = "lr_01ABC" },
      sends = { method = "POST", path = "/api/pub/v2/verifications/lr_01ABC/report",
                auth = "bearer" },
      reply = { body = "" } },
    { "report", { id = "lr_01ABC" }, reply = { status = 400, body = "" }, fails = "refused" },
    { "reuse", { id = "lr_01ABB" },
      sends = {
        { method = "POST", path = "/api/pub/v2/verifications/lr_01ABB/reuse", auth = "bearer" },
        { method = "GET", path = "/api/pub/v2/verifications/lr_01ABC", auth = "bearer" },
      },
      replies = { accepted, details("verificationPending") },
      gives = { id = "lr_01ABC", phone = "+12025550123" } },
    { "reuse", { id = "lr_01ABB" },
      reply = { status = 400, json = { errorCode = "Unavailable",
                                       errorDescription = "Too late" } },
      fails = { code = "no_numbers", message = "Too late" } },
    { "reactivate", { id = "lr_01ABB" },
      sends = { method = "POST", path = "/api/pub/v2/verifications/lr_01ABB/reactivate" },
      reply = accepted, gives = { id = "lr_01ABC" } },
    { "reactivate", { id = "lr_01ABB" }, reply = { status = 400, body = "" },
      fails = "refused" },
  },
}
