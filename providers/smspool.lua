-- SMSPool: JSON by POST forms; a pool is what others call an operator.
-- Document: https://api.smspool.net/docs (client libraries: smspool-sdk, smspool/smspool-php)
-- Unusual: `success` 0 may come with HTTP 200, and a reply without `success` is a good one; the
-- services go by their names, since the list of open orders knows no others; a code that is not
-- there yet is "0"; that list's times have no zone; a resend that costs money is refused here.
-- Not confirmed against the document: the statuses 2, 4, 5, 7 and 8 and the two minutes before a
-- cancel (from other clients), the limit (from the provider's articles), what `price` means for
-- several pools, and other texts than those in the tests.

-- The list of open orders writes "0" where there is no code.
local function code_in(field)
  return function(order)
    local code = order[field]
    if type(code) == "string" and code ~= "0" then return code end
  end
end

local wanted = { country = "1", service = "WhatsApp" }   -- what the tests buy

return provider {
  api      = 1,
  id       = "smspool",
  name     = "SMSPool",
  version  = "1.0.0",
  docs     = "https://api.smspool.net/docs",
  base_url = "https://api.smspool.net",

  credentials = { api_key = { label = "API key", help = "www.smspool.net/my/settings" } },
  auth        = { bearer = "{api_key}" },

  limits   = { { requests = 32, per = "1s" } },
  polling  = { first = "5s", every = "5s" },        -- none is documented: a polite default
  cache    = { countries = "1h", services = "1h", offers = "60s" },
  currency = "USD",
  lifetime = "20m",                                 -- for a reply without `expiration`
  holds    = { cancel = "2m" },

  -- The other names are found in the list of services.
  aliases = { services = { qq = "Tencent / QQ", qiwi = "QIWIWallet" } },

  success = { "success", ["0"] = false, [false] = false },

  errors = { "type|message", message = "message",
    OUT_OF_STOCK    = "no_numbers",
    PRICE_NOT_FOUND = "no_numbers",                 -- none at or below `max_price`
    BALANCE_ERROR   = "balance",

    -- Sentences without a type
    ["*couldn't find an available phone number*"] = "no_numbers",
    ["*insufficient balance*"]                    = "balance",
    ["*cannot be cancelled yet*"]                 = "too_early",
    ["*cannot be resent at the moment*"]          = "too_early",
    ["*could not be found*"]                      = "not_found",

    [200] = "refused",                              -- `success` 0, whatever the reason
    [403] = "auth",                                 -- "Invalid API key"
  },

  operations = {
    balance = {
      post  = "/request/balance",
      reply = { amount = "balance" },
    },

    countries = {
      get   = "/country/retrieve_all",
      each  = "[]",
      reply = { id = "ID", name = "name", iso = "short_name" },
    },

    services = {
      get   = "/service/retrieve_all?country={country?}",
      each  = "[]",
      reply = { id = "name", name = "name" },
    },

    operators = {                                   -- all of them, whatever the country
      post  = "/pool/retrieve_all",
      each  = "[]",
      reply = { id = "ID", name = "name" },
    },

    offers = {
      post  = "/request/price",
      form  = { country = "{country}", service = "{service}", pool = "{operator?}" },
      reply = { price = "price" },
    },

    buy = {
      post   = "/purchase/sms",
      form   = {
        country         = "{country}",
        service         = "{service}",
        pool            = "{operator?}",
        max_price       = "{max_price?}",
        pricing_option  = "0",                      -- the cheapest
        quantity        = "1",
        create_token    = "0",
        activation_type = "SMS",
      },
      errors = { [422] = "no_numbers" },            -- stock, price or money, and the last is named
      reply  = {
        id          = "order_id",
        phone       = "number",                     -- `phonenumber` lacks the country here
        price       = "cost",
        status_text = "message",
        expires_at  = "expiration",
      },
    },

    check = {
      post  = "/sms/check",
      form  = { orderid = "{id}" },
      reply = {
        code       = code_in("sms"),
        message    = "full_sms",
        expires_at = "expiration",
        status     = { "status",
          ["1"] = "waiting",
          ["2"] = "expired",
          ["3"] = "received",
          ["4"] = "waiting",                        -- asked for again
          ["5"] = "cancelled",
          ["6"] = "cancelled",                      -- refunded
          ["7"] = "waiting",
          ["8"] = "waiting",                        -- being activated
        },
      },
    },

    -- Without `timestamp`, which is local to the provider, and without the price, which may differ
    -- from the offer's: no order is to be taken for somebody else's.
    list = {
      post  = "/request/active",
      each  = "[]",
      reply = {
        id         = "order_code",
        phone      = "phonenumber",
        service    = "service",
        code       = code_in("code"),
        message    = "full_code",
        expires_at = "expiry",
      },
    },

    cancel = {
      post    = "/sms/cancel",
      form    = { orderid = "{id}" },
      success = { "success", ["1"] = true, [true] = true },
    },

    -- Some pools charge for it: only what costs nothing is asked for again.
    resend = function(args)
      local quote = call.check_resend { id = args.id }
      if quote.resendCost ~= 0 then
        fail("refused", "SMSPool wants money for a resend; www.smspool.net/my/orders sends it")
      end
      local reply, trouble = http.post("/sms/resend", { form = { orderid = args.id } })
      if not reply then error(trouble) end
      if reply.status == 429 then fail("rate_limited", "too many requests") end
      if reply.status >= 500 then fail("unavailable", "HTTP " .. reply.status) end
      local answer = json.decode(reply.body)
      if reply.status ~= 200 or answer.success ~= 1 then
        fail("refused", type(answer.message) == "string" and answer.message or "no resend")
      end
      return {}
    end,

    check_resend = {
      post  = "/sms/check_resend",
      form  = { orderid = "{id}" },
      costs = false,
    },

    pools = {                                       -- those that sell a service in a country
      post  = "/pool/retrieve_valid",
      form  = { country = "{country}", service = "{service}" },
      costs = false,
    },

    stock = {
      post  = "/sms/stock",
      form  = { country = "{country}", service = "{service}", pool = "{pool?}" },
      costs = false,
    },

    history = {
      post  = "/request/history",
      form  = { start = "{start?}", length = "{length?}", search = "{search?}" },
      costs = false,
    },
  },

  tests = {
    -- Account
    { "balance", {},
      sends = { method = "POST", path = "/request/balance", auth = "bearer" },
      reply = { json = { balance = "5.00" } }, gives = { amount = "5.00", currency = "USD" } },
    { "history", { length = 10 },
      sends = { method = "POST", path = "/request/history", form = { length = "10" } },
      reply = { json = { { order_code = "ABCDEFGH", status = "refunded" } } },
      gives = { { order_code = "ABCDEFGH", status = "refunded" } } },

    -- Catalogue
    { "countries", {},
      sends = { method = "GET", path = "/country/retrieve_all" },
      reply = { json = {
        { ID = 1, name = "United States", region = "North America", short_name = "US" },
        { ID = "2", name = "United Kingdom", region = "Europe" },
      } },
      gives = { { id = "1", name = "United States", iso = "US" },
                { id = "2", name = "United Kingdom" } } },
    { "services", { country = "1" },
      sends = { method = "GET", path = "/service/retrieve_all?country=1" },
      reply = { json = { { ID = 1012, favourite = 0, name = "WhatsApp" },
                         { ID = 395, favourite = 0, name = "Google/Gmail" } } },
      gives = { { id = "WhatsApp", name = "WhatsApp" },
                { id = "Google/Gmail", name = "Google/Gmail" } } },
    { "services", {},
      sends = { path = "/service/retrieve_all" },
      reply = { body = "[]" }, gives = {} },
    { "operators", { country = "1" },
      sends = { method = "POST", path = "/pool/retrieve_all", auth = "bearer" },
      reply = { json = { { ID = 0, name = "Default" }, { ID = 7, name = "Foxtrot" } } },
      gives = { { id = "0", name = "Default" }, { id = "7", name = "Foxtrot" } } },
    { "pools", wanted,
      sends = { method = "POST", path = "/pool/retrieve_valid",
                form = { country = "1", service = "WhatsApp" } },
      reply = { json = { { custom_area = 1, name = "Foxtrot", pool = 7, price = "0.30" } } },
      gives = { { name = "Foxtrot", pool = 7, price = "0.30" } } },
    { "offers", wanted,
      sends = { method = "POST", path = "/request/price", auth = "bearer",
                form = { country = "1", service = "WhatsApp" } },
      reply = { json = { high_price = "0.30", pool = 7, price = "0.24", success_rate = 100 } },
      gives = { { price = "0.24" } } },
    { "offers", { country = "1", service = "Google/Gmail", operator = "7" },
      sends = { form = { country = "1", service = "Google/Gmail", pool = "7" } },
      reply = { json = { price = "0.24" } }, gives = { { price = "0.24" } } },
    { "offers", wanted,
      reply = { status = 400, json = { success = 0, errors = { { param = "country",
        message = "Missing parameter" } } } },
      fails = "invalid" },
    { "stock", { country = "1", service = "WhatsApp" },
      sends = { method = "POST", path = "/sms/stock",
                form = { country = "1", service = "WhatsApp" } },
      reply = { json = { success = 1, amount = 7126 } }, gives = { amount = 7126 } },

    -- Orders
    { "buy", wanted,
      sends = { method = "POST", path = "/purchase/sms", auth = "bearer",
                form = { country = "1", service = "WhatsApp", pricing_option = "0",
                         quantity = "1", create_token = "0", activation_type = "SMS" } },
      reply = { json = { success = 1, cc = "1", cost = "0.24", cost_in_cents = 24,
        country = "United States", expiration = 1705309968, expires_in = 1200, pool = 7,
        message = "Ordered", number = 12345678901, phonenumber = "2345678901",
        order_id = "ABCDEFGH", service = "WhatsApp" } },
      gives = { id = "ABCDEFGH", phone = "+12345678901", price = "0.24", status_text = "Ordered",
                expires_at = "2024-01-15T09:12:48Z" } },
    { "buy", { country = "1", service = "WhatsApp", operator = "7", max_price = "0.50" },
      sends = { form = { country = "1", service = "WhatsApp", pool = "7", max_price = "0.50",
                         pricing_option = "0", quantity = "1", create_token = "0",
                         activation_type = "SMS" } },
      reply = { json = { success = 1, order_id = "ABCDEFGH", number = "12345678901" } },
      gives = { id = "ABCDEFGH", phone = "+12345678901" } },
    { "buy", wanted,
      reply = { json = { success = 1, order_id = "ABCDEFGH" } }, fails = "protocol" },
    { "check", { id = "ABCDEFGH" },
      sends = { method = "POST", path = "/sms/check", auth = "bearer",
                form = { orderid = "ABCDEFGH" } },
      reply = { json = { status = 1, resend = 0, expiration = 1704562249, time_left = 1173 } },
      gives = { status = "waiting", expires_at = "2024-01-06T17:30:49Z" } },
    { "check", { id = "ABCDEFGH" },
      reply = { json = { status = 3, sms = "01234", full_sms = "Full code: 01234",
                         expiration = 1704562249 } },
      gives = { status = "received", code = "01234", message = "Full code: 01234" } },
    { "check", { id = "ABCDEFGH" },
      reply = { json = { status = 6, message = "Refunded", resend = 0,
                         expiration = 1704562249, time_left = 1134 } },
      gives = { status = "cancelled" } },
    { "check", { id = "1" }, reply = { json = { status = 2 } }, gives = { status = "expired" } },
    { "check", { id = "1" }, reply = { json = { status = 4 } }, gives = { status = "waiting" } },
    { "check", { id = "1" }, reply = { json = { status = 5 } }, gives = { status = "cancelled" } },
    { "check", { id = "1" }, reply = { json = { status = 7 } }, gives = { status = "waiting" } },
    { "check", { id = "1" },
      reply = { json = { status = "8", sms = "0", full_sms = "" } },
      gives = { status = "waiting" } },
    { "check", { id = "1" }, reply = { json = { status = 9 } }, fails = "protocol" },
    { "check", { id = "1&orderid=2" },
      sends = { form = { orderid = "1&orderid=2" } },
      reply = { json = { status = 1 } }, gives = { status = "waiting" } },
    { "list", {},
      sends = { method = "POST", path = "/request/active", auth = "bearer" },
      reply = { json = {
        { order_code = "ABCDEFGH", phonenumber = "12345678901", service = "WhatsApp",
          short_name = "US", cost = "0.24", code = "0", full_code = "", status = "pending",
          expiry = 1704561795, time_left = 1126, timestamp = "2024-01-06 18:03:15" },
        { order_code = "IJKLMNOP", phonenumber = "447700900123", service = "Discord",
          short_name = "GB", cost = "0.10", code = "55213", full_code = "Code: 55213",
          status = "completed", expiry = 1704561795 },
      } },
      gives = { { id = "ABCDEFGH", phone = "+12345678901", service = "WhatsApp",
                  status = "waiting", expires_at = "2024-01-06T17:23:15Z" },
                { id = "IJKLMNOP", phone = "+447700900123", status = "received",
                  code = "55213", message = "Code: 55213" } } },
    { "list", {}, reply = { body = "[]" }, gives = {} },
    { "cancel", { id = "ABCDEFGH" },
      sends = { method = "POST", path = "/sms/cancel", auth = "bearer",
                form = { orderid = "ABCDEFGH" } },
      reply = { json = { success = 1, message = "Cancelled, 0.24 dollars refunded." } },
      gives = {} },
    { "cancel", { id = "ABCDEFGH" }, reply = { json = { message = "?" } }, fails = "refused" },
    { "resend", { id = "ABCDEFGH" },
      sends = { { method = "POST", path = "/sms/check_resend", form = { orderid = "ABCDEFGH" } },
                { method = "POST", path = "/sms/resend", form = { orderid = "ABCDEFGH" } } },
      replies = { { json = { success = 1, resendCost = 0, resends = 2, expires_in_hour = 115 } },
                  { json = { success = 1, charge = 0, order_id = "ABCDEFGH" } } },
      gives = {} },
    { "resend", { id = "ABCDEFGH" },
      reply = { json = { success = 1, resendCost = 0.1 } },
      fails = { code = "refused", message = "wants money" } },
    { "check_resend", { id = "ABCDEFGH" },
      sends = { method = "POST", path = "/sms/check_resend", form = { orderid = "ABCDEFGH" } },
      reply = { json = { success = 1, resendCost = 0 } }, gives = { resendCost = 0 } },

    -- Documented errors
    { "buy", wanted,
      reply = { status = 422, json = { success = 0, type = "OUT_OF_STOCK",
        message = "<p>Pool <b>Foxtrot</b>: try again later</p>" } },
      fails = { code = "no_numbers", message = "Foxtrot" } },
    { "buy", wanted,
      reply = { json = { success = 0, type = "OUT_OF_STOCK", message = "Try again later" } },
      fails = "no_numbers" },                       -- inside HTTP 200
    { "buy", wanted,
      reply = { json = { success = 0,
        message = "Sorry, we couldn't find an available phone number" } },
      fails = "no_numbers" },
    { "buy", wanted,
      reply = { status = 422, json = { success = 0, type = "PRICE_NOT_FOUND",
        message = "Nothing below the price of: 0.01" } },
      fails = "no_numbers" },
    { "buy", wanted,
      reply = { status = 422, json = { success = 0, type = "BALANCE_ERROR",
        message = "The price is: 0.24 while you only have: 0.00" } },
      fails = "balance" },
    { "buy", wanted,
      reply = { json = { success = 0, message = "Insufficient balance, the price is: 0.24" } },
      fails = "balance" },
    { "buy", wanted,
      reply = { status = 422, json = { success = 0, type = "SOMETHING_NEW" } },
      fails = "no_numbers" },
    { "buy", wanted,
      reply = { json = { success = false, message = "Something new" } },
      fails = { code = "refused", message = "Something new" } },
    { "cancel", { id = "1" },
      reply = { status = 400, json = { success = 0,
        message = "Your order cannot be cancelled yet." } },
      fails = "too_early" },
    { "cancel", { id = "1" },
      reply = { json = { success = 0,
        message = "It cannot be cancelled yet!" } },
      fails = "too_early" },
    { "cancel", { id = "1" },
      reply = { status = 404, json = { success = 0, message = "It could not be found." } },
      fails = "not_found" },
    { "check", { id = "1" },
      reply = { json = { success = 0, message = "It could not be found." } },
      fails = "not_found" },
    { "resend", { id = "1" },
      reply = { status = 404, json = { success = 0, message = "It could not be found." } },
      fails = "not_found" },
    { "resend", { id = "1" },
      reply = { status = 400, json = { success = 0,
        message = "It cannot be resent at the moment." } },
      fails = "too_early" },
    { "resend", { id = "1" },
      replies = { { json = { success = 1, resendCost = 0 } },
                  { status = 400, json = { success = 0,
        message = "No SMS has come yet" } } },
      fails = { code = "refused", message = "No SMS has come yet" } },
    { "resend", { id = "1" },
      replies = { { json = { success = 1, resendCost = 0 } }, { status = 503 } },
      fails = "unavailable" },
    { "resend", { id = "1" },
      replies = { { json = { success = 1, resendCost = 0 } }, { status = 429 } },
      fails = "rate_limited" },
    { "balance", {},
      reply = { status = 403, json = { success = 0,
        errors = { { param = "key", message = "Invalid API key" } } } },
      fails = "auth" },
    { "balance", {},
      reply = { status = 400, json = { success = 0, errors = { { param = "key",
        message = "Missing parameter" } } } },
      fails = "invalid" },

    -- HTTP statuses and broken replies
    { "check", { id = "1" },
      reply = { status = 429, headers = { ["retry-after"] = "7" } },
      fails = { code = "rate_limited", retry_after = 7 } },
    { "balance", {}, reply = { status = 502, text = "<html></html>" }, fails = "unavailable" },
    { "balance", {}, reply = { text = "<html>Maintenance</html>" }, fails = "protocol" },
    { "balance", {}, reply = { json = {} }, fails = "protocol" },
  },
}
