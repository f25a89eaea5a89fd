-- 5sim: JSON for good answers, plain text for bad ones, everything by GET, even a purchase.
-- Document: https://5sim.net/docs
-- Unusual: "no free phones" comes with HTTP 200; the price list nests country, product and
-- operator; RECEIVED means that the number is there, not that a message has come.
-- A caveat: accounts have a rating. A number that is cancelled, banned or timed out lowers it, a
-- code raises it, and without rating nothing is sold for a day. Frequent cancels cost more here
-- than money.
-- Not confirmed against the document: the currency (dollars by accounts of 2026, roubles by older
-- ones), the texts of early cancels and of exceeded limits, an empty list of orders that is null.

local texts = {
  ["no free phones"]          = "no_numbers",
  ["no product"]              = "no_numbers",       -- not sold in that country
  ["not enough user balance"] = "balance",
  ["not enough rating"]       = "forbidden",        -- for a day: no use to ask again
  ["select country"]          = "invalid",
  ["select operator"]         = "invalid",
  ["bad country"]             = "invalid",
  ["bad operator"]            = "invalid",
  ["country is incorrect"]    = "invalid",
  ["product is incorrect"]    = "invalid",
  ["order not found"]         = "not_found",
  ["record not found"]        = "not_found",
  ["order expired"]           = "closed",
  ["order has sms"]           = "refused",
  ["order no sms"]            = "refused",
  ["hosting order"]           = "invalid",          -- a rented number, not an activation
  ["you need to wait time"]   = "too_early",
  ["server offline"]          = "unavailable",
  ["internal error"]          = "unavailable",
  ["api limit is 100 requests per second"]        = "rate_limited",
  ["ip address limit is 100 requests per second"] = "rate_limited",
}

local statuses = { [401] = "auth", [403] = "forbidden", [429] = "rate_limited" }

local words = {
  PENDING  = "waiting",
  RECEIVED = "waiting",
  FINISHED = "finished",
  CANCELED = "cancelled",
  BANNED   = "cancelled",
  TIMEOUT  = "expired",
}

local status = { "status" }
for word, meaning in pairs(words) do status[word] = meaning end

-- Codes and prefixes stand as keys: {"gb": 1}.
local function first_key(object)
  local first
  for key in pairs(type(object) == "table" and object or {}) do
    if not first or key < first then first = key end
  end
  return first
end

-- Prices by operator. What is not sold at all is null.
local function prices_of(args)
  local prices = call.prices { country = args.country, product = args.service }
  for _, key in ipairs { args.country, args.service } do
    prices = type(prices) == "table" and prices[key]
  end
  return type(prices) == "table" and prices or {}
end

-- A purchase with a text instead of an order is a refusal, unless the server is at fault.
local function sold(reply)
  local text = reply.body:match("^%s*(.-)%s*$")
  local code = texts[text] or statuses[reply.status]
  if not code and reply.status >= 500 then code = "unavailable" end
  if not code and reply.status >= 400 then code = "refused" end
  if code then fail(code, "fivesim: " .. (text ~= "" and text or "HTTP " .. reply.status)) end
  local order = json.decode(text)
  if type(order) ~= "table" then fail("protocol", "the answer is no order") end
  return {
    id          = order.id,
    phone       = order.phone,
    service     = order.product,
    country     = order.country,
    operator    = order.operator,
    price       = order.price,
    status_text = order.status,                     -- an unknown word must not lose the number
    created_at  = order.created_at,
    expires_at  = order.expires,
  }
end

-- Without the price: by "any" operator it may differ from the offer's, and no order is to be
-- taken for somebody else's.
local function listed(order)
  local messages
  for _, sms in ipairs(type(order.sms) == "table" and order.sms or {}) do
    messages = messages or {}
    messages[#messages + 1] = {
      text = sms.text, code = sms.code, sender = sms.sender, received_at = sms.created_at,
    }
  end
  return {
    id         = order.id,
    phone      = order.phone,
    service    = order.product,
    country    = order.country,
    status     = words[order.status] or "waiting",   -- a new word must hide no order
    created_at = order.created_at,
    expires_at = order.expires,
    messages   = messages,
  }
end

local wanted = { country = "england", service = "whatsapp" }   -- what the tests buy

local pending = [[{"id": 11631253, "phone": "+447350690992", "operator": "vodafone",
  "product": "whatsapp", "price": 0.13, "status": "PENDING",
  "expires": "2026-08-13T08:28:38.809469028Z", "sms": null,
  "created_at": "2026-08-13T08:13:38.809469028Z", "forwarding": false, "forwarding_number": "",
  "country": "england"}]]

local prices = [[{"england": {"whatsapp": {
  "ee":        {"cost": 0.10, "count": 0, "rate": 99.9},
  "vodafone":  {"cost": 0.13, "count": 200, "rate": 73.1},
  "virtual54": {"cost": 0.25, "count": 1500}}}}]]

local function order_in(word, sms)
  return { json = { id = 11631253, phone = "+447350690992", operator = "vodafone",
    product = "whatsapp", price = 0.13, status = word, expires = "2026-08-13T08:28:38Z",
    sms = sms or json.null, created_at = "2026-08-13T08:13:38Z", country = "england" } }
end

return provider {
  api      = 1,
  id       = "fivesim",
  name     = "5sim",
  version  = "1.0.0",
  docs     = "https://5sim.net/docs",
  base_url = "https://5sim.net/v1",

  credentials = {
    token = { label = "API key (5sim protocol)", help = "5sim.net/settings/security" },
  },
  auth = { bearer = "{token}" },

  limits   = { { requests = 100, per = "1s" } },    -- for a key, and as many for an address
  polling  = { first = "5s", every = "5s" },        -- none is documented: a polite default
  cache    = { countries = "1h", services = "5m", offers = "30s" },
  currency = "USD",
  lifetime = "15m",                                 -- for a reply without `expires`

  aliases = {
    countries = {                                   -- names of its own, or shortened
      GB = "england", US = "usa", BT = "bhutane", DO = "dominicana", TT = "tit",
      VG = "virginislands",
    },
    services = { grab = "grabtaxi", qiwi = "qiwiwallet", ["potato-chat"] = "potato" },
  },

  errors = { text = texts },

  operations = {
    balance = {
      get   = "/user/profile",
      reply = { amount = "balance" },
    },

    countries = {
      get   = "/guest/countries",
      auth  = false,
      each  = "*",
      reply = {
        id     = "$1",
        name   = "text_en",
        iso    = function(country) return first_key(country.iso) end,
        prefix = function(country) return first_key(country.prefix) end,
      },
    },

    services = {
      get   = "/guest/products/{country}/any",
      auth  = false,
      each  = "*",
      reply = { id = "$1", name = "$1", price = "Price", available = "Qty" },
    },

    -- Those of a country stand beside its name: {"text_en": "England", "ee": {"activation": 1}}.
    operators = function(args)
      local rows = {}
      for name, offers in pairs(call.catalogue {}[args.country] or {}) do
        if type(offers) == "table" and offers.activation then rows[#rows + 1] = { id = name } end
      end
      table.sort(rows, function(left, right) return left.id < right.id end)
      return rows
    end,

    -- One row: a purchase names one operator, or lets 5sim choose among all that have numbers.
    offers = function(args)
      local offer
      for name, price in pairs(prices_of(args)) do
        if name == (args.operator or name) then
          offer = offer or { country = args.country, service = args.service, available = 0 }
          local is_first = not offer.price or price.count > 0 and offer.available == 0
          if is_first or price.count > 0 and price.cost < offer.price then
            offer.price = price.cost
          end
          offer.available = offer.available + price.count
        end
      end
      return { offer }
    end,

    prices    = { get = "/guest/prices?country={country}&product={product}", auth = false },
    catalogue = { get = "/guest/countries", auth = false },

    -- The operator stands within the path and may be left open: no template can say that.
    buy = function(args)
      local path = "/user/buy/activation"
      for _, part in ipairs { args.country, args.operator or "any", args.service } do
        if not part:match("^[%w_-]+$") then fail("invalid", "'" .. part .. "' is no 5sim name") end
        path = path .. "/" .. part
      end
      local query = {}                              -- a limit is kept for any operator only
      if not args.operator then query.maxPrice = args.max_price end
      local reply, trouble = http.get(path, { query = query })
      if not reply then error(trouble) end
      return sold(reply)
    end,

    check = {
      get   = "/user/check/{id}",
      reply = {
        phone      = "phone",
        status     = status,
        expires_at = "expires",
        messages   = { each = "sms[]",
          text        = "text",
          code        = "code",
          sender      = "sender",
          received_at = "created_at|date",
        },
      },
    },

    -- The newest orders, ended ones among them; the list may be null.
    list = {
      get   = "/user/orders?category=activation&limit=50&offset=0&order=id&reverse=true",
      page  = 50,
      reply = function(history)
        local rows = {}
        for _, order in ipairs(type(history.Data) == "table" and history.Data or {}) do
          rows[#rows + 1] = listed(order)
        end
        return rows
      end,
    },

    cancel = {
      get     = "/user/cancel/{id}",
      success = { "status", CANCELED = true },      -- nothing else is proof of a refund
    },

    finish = {
      get     = "/user/finish/{id}",
      success = { "status", FINISHED = true },
    },

    -- For a number that was used before; it costs rating, as a cancel does.
    ban = {
      get     = "/user/ban/{id}",
      success = { "status", BANNED = true },
    },

    profile = { get = "/user/profile" },            -- with the rating
  },

  tests = {
    -- Account
    { "balance", {},
      sends = { method = "GET", path = "/v1/user/profile", auth = "bearer" },
      reply = { json = { id = 1, email = "someone@example.com", vendor = "demo", balance = 100,
        rating = 96, frozen_balance = 0,
        default_country = { name = "england", iso = "gb", prefix = "+44" } } },
      gives = { amount = "100", currency = "USD" } },
    { "profile", {},
      sends = { method = "GET", path = "/v1/user/profile" },
      reply = { json = { balance = 3.62, rating = 95.5 } }, gives = { rating = 95.5 } },

    -- Catalogue
    { "countries", {},
      sends = { method = "GET", path = "/v1/guest/countries", auth = "none" },
      reply = { body = [[{
        "england": {"iso": {"gb": 1}, "prefix": {"+44": 1}, "text_en": "England",
                    "text_ru": "Англия", "vodafone": {"activation": 1}},
        "kazakhstan": {"iso": {"kz": 1}, "prefix": {"+77": 1, "+7": 1},
                       "text_en": "Kazakhstan", "text_ru": "Казахстан"}}]] },
      gives = { { id = "england", name = "England", iso = "GB", prefix = "+44" },
                { id = "kazakhstan", name = "Kazakhstan", iso = "KZ", prefix = "+7" } } },
    { "countries", {},
      reply = { json = { atlantis = { text_en = "Atlantis" } } },
      gives = { { id = "atlantis", name = "Atlantis" } } },
    { "services", { country = "england" },
      sends = { method = "GET", path = "/v1/guest/products/england/any", auth = "none" },
      reply = { body = [[{"whatsapp": {"Category": "activation", "Qty": 1700, "Price": 0.13},
                          "1day": {"Category": "hosting", "Qty": 14, "Price": 0.80}}]] },
      gives = { { id = "whatsapp", name = "whatsapp", price = "0.13", available = 1700 },
                { id = "1day" } } },
    { "services", { country = "atlantis" },
      reply = { status = 400, text = "country is incorrect" }, fails = "invalid" },
    { "offers", wanted,
      sends = { method = "GET", auth = "none",
                path = "/v1/guest/prices?country=england&product=whatsapp" },
      reply = { body = prices },
      gives = { country = "england", service = "whatsapp", price = "0.13", available = 1700 } },
    { "offers", { country = "england", service = "whatsapp", operator = "virtual54" },
      reply = { body = prices }, gives = { { price = "0.25", available = 1500 } } },
    { "offers", { country = "england", service = "whatsapp", operator = "ee" },
      reply = { body = prices }, gives = { { price = "0.10", available = 0 } } },
    { "offers", { country = "england", service = "whatsapp", operator = "three" },
      reply = { body = prices }, gives = {} },
    { "offers", wanted, reply = { text = "null" }, gives = {} },
    { "offers", wanted, reply = { json = {} }, gives = {} },
    { "offers", wanted,
      reply = { status = 400, text = "product is incorrect" }, fails = "invalid" },
    { "operators", { country = "england" },
      sends = { method = "GET", path = "/v1/guest/countries", auth = "none" },
      reply = { body = [[{"england": {"iso": {"gb": 1}, "prefix": {"+44": 1},
        "text_en": "England", "vodafone": {"activation": 1}, "ee": {"activation": 1},
        "virtual4": {"hosting": 1}}, "france": {"orange": {"activation": 1}}}]] },
      gives = { { id = "ee" }, { id = "vodafone" } } },
    { "operators", { country = "atlantis" }, reply = { json = {} }, gives = {} },
    { "catalogue", {},
      sends = { path = "/v1/guest/countries", auth = "none" },
      reply = { json = { england = { ee = { activation = 1 } } } },
      gives = { england = { ee = { activation = 1 } } } },
    { "prices", { country = "england", product = "whatsapp" },
      sends = { path = "/v1/guest/prices?country=england&product=whatsapp", auth = "none" },
      reply = { body = prices }, gives = { england = { whatsapp = { ee = { count = 0 } } } } },

    -- Orders
    { "buy", wanted,
      sends = { method = "GET", path = "/v1/user/buy/activation/england/any/whatsapp",
                auth = "bearer" },
      reply = { body = pending },
      gives = { id = "11631253", phone = "+447350690992", service = "whatsapp",
                country = "england", operator = "vodafone", price = "0.13",
                status_text = "PENDING", created_at = "2026-08-13T08:13:38.809Z",
                expires_at = "2026-08-13T08:28:38.809Z" } },
    { "buy", { country = "england", service = "whatsapp", max_price = "0.50" },
      sends = { path = "/v1/user/buy/activation/england/any/whatsapp?maxPrice=0.50" },
      reply = { body = pending }, gives = { id = "11631253" } },
    { "buy", { country = "england", service = "whatsapp", operator = "vodafone",
               max_price = "0.50" },
      sends = { path = "/v1/user/buy/activation/england/vodafone/whatsapp" },
      reply = { body = pending }, gives = { id = "11631253" } },
    { "buy", { country = "england", service = "x/../../finish/7" }, fails = "invalid" },
    { "buy", { country = "england", service = "whatsapp?maxPrice=9" }, fails = "invalid" },
    { "check", { id = "11631253" },
      sends = { method = "GET", path = "/v1/user/check/11631253", auth = "bearer" },
      reply = { body = pending },
      gives = { status = "waiting", phone = "+447350690992",
                expires_at = "2026-08-13T08:28:38.809Z" } },
    { "check", { id = "11631253" },                 -- the number is there, nothing else
      reply = order_in("RECEIVED"), gives = { status = "waiting" } },
    { "check", { id = "11631253" },
      reply = order_in("RECEIVED", { {
        created_at = "2026-08-13T08:20:38.809469028Z", date = "2026-08-13T08:19:38Z",
        sender = "WhatsApp", text = "WhatsApp code: 09363", code = "09363" } }),
      gives = { status = "waiting", code = "09363", message = "WhatsApp code: 09363",
                messages = { { sender = "WhatsApp", received_at = "2026-08-13T08:20:38.809Z" } } },
    },
    { "check", { id = "11631253" },
      reply = order_in("RECEIVED", { { text = "Your code is 4821", code = "" } }),
      gives = { code = "4821" } },
    { "check", { id = "11631253" },
      reply = order_in("FINISHED", { { text = "Code: 09363", code = "09363" } }),
      gives = { status = "finished", code = "09363" } },
    { "check", { id = "11631253" },
      reply = order_in("CANCELED"), gives = { status = "cancelled" } },
    { "check", { id = "11631253" },
      reply = order_in("BANNED"), gives = { status = "cancelled" } },
    { "check", { id = "11631253" },
      reply = order_in("TIMEOUT"), gives = { status = "expired" } },
    { "check", { id = "11631253" }, reply = order_in("PAUSED"), fails = "protocol" },
    { "check", { id = "x/../profile" },
      sends = { path = "/v1/user/check/x%2F..%2Fprofile" },
      reply = order_in("TIMEOUT"), gives = { status = "expired" } },
    { "list", {},
      sends = { method = "GET", auth = "bearer", path = "/v1/user/orders?category=activation"
        .. "&limit=50&offset=0&order=id&reverse=true" },
      reply = { body = [[{"Data": [
        {"id": 53533933, "phone": "+447350690992", "operator": "vodafone", "product": "facebook",
         "price": 2, "status": "BANNED", "expires": "2020-06-28T16:32:43.307041Z", "sms": [],
         "created_at": "2020-06-28T16:17:43.307041Z", "country": "england"},
        {"id": 53533934, "phone": "+447350690993", "operator": "vodafone", "product": "facebook",
         "price": 2, "status": "RECEIVED", "expires": "2020-06-28T16:32:43.307041Z",
         "sms": [{"text": "Code 55213", "code": "55213"}],
         "created_at": "2020-06-28T16:17:43.307041Z", "country": "england"}],
        "ProductNames": [], "Statuses": [], "Total": 2}]] },
      gives = { { id = "53533933", phone = "+447350690992", service = "facebook",
                  country = "england", status = "cancelled",
                  created_at = "2020-06-28T16:17:43.307Z" },
                { id = "53533934", status = "waiting", code = "55213" } } },
    -- A word that is not known yet: the order is still listed, and `check` names the word.
    { "list", {}, reply = { json = { Data = { order_in("PAUSED").json }, Total = 1 } },
      gives = { { id = "11631253", status = "waiting" } } },
    { "list", {}, reply = { json = { Data = json.null, Total = 0 } }, gives = {} },
    { "list", {}, reply = { json = { Data = json.array {}, Total = 0 } }, gives = {} },
    { "cancel", { id = "11631253" },
      sends = { method = "GET", path = "/v1/user/cancel/11631253", auth = "bearer" },
      reply = order_in("CANCELED"), gives = {} },
    { "cancel", { id = "11631253" }, reply = order_in("RECEIVED"), fails = "protocol" },
    { "finish", { id = "11631253" },
      sends = { method = "GET", path = "/v1/user/finish/11631253", auth = "bearer" },
      reply = order_in("FINISHED"), gives = {} },
    { "ban", { id = "11631253" },
      sends = { method = "GET", path = "/v1/user/ban/11631253", auth = "bearer" },
      reply = order_in("BANNED"), gives = { status = "BANNED" } },

    -- Documented texts of a purchase
    { "buy", wanted, reply = { text = "no free phones" },
      fails = { code = "no_numbers", message = "no free phones" } },   -- HTTP 200
    { "buy", wanted, reply = { status = 400, text = "no free phones\n" }, fails = "no_numbers" },
    { "buy", wanted, reply = { status = 400, text = "not enough user balance" },
      fails = "balance" },
    { "buy", wanted, reply = { status = 400, text = "not enough rating" }, fails = "forbidden" },
    { "buy", wanted, reply = { status = 400, text = "no product" }, fails = "no_numbers" },
    { "buy", wanted, reply = { status = 400, text = "select country" }, fails = "invalid" },
    { "buy", wanted, reply = { status = 400, text = "select operator" }, fails = "invalid" },
    { "buy", wanted, reply = { status = 400, text = "bad country" }, fails = "invalid" },
    { "buy", wanted, reply = { status = 400, text = "bad operator" }, fails = "invalid" },
    { "buy", wanted, reply = { status = 400, text = "something new" },
      fails = { code = "refused", message = "something new" } },
    { "buy", wanted, reply = { status = 400, text = "server offline" }, fails = "unavailable" },
    { "buy", wanted, reply = { status = 500, text = "internal error" }, fails = "unavailable" },
    { "buy", wanted, reply = { status = 502, text = "<html></html>" }, fails = "unavailable" },
    { "buy", wanted, reply = { status = 401 }, fails = "auth" },
    { "buy", wanted, reply = { status = 429 }, fails = "rate_limited" },
    { "buy", wanted,
      reply = { status = 503, text = "ip address limit is 100 requests per second" },
      fails = "rate_limited" },
    { "buy", wanted, reply = { text = "<html>Maintenance</html>" }, fails = "protocol" },
    { "buy", wanted, reply = { text = "null" }, fails = "protocol" },
    { "buy", wanted, reply = { json = { id = 7 } }, fails = "protocol" },

    -- Documented texts of the others
    { "check", { id = "9" }, reply = { status = 400, text = "order not found" },
      fails = { code = "not_found", message = "order not found" } },
    { "cancel", { id = "9" }, reply = { status = 400, text = "order not found" },
      fails = "not_found" },
    { "cancel", { id = "9" }, reply = { status = 400, text = "order expired" }, fails = "closed" },
    { "cancel", { id = "9" }, reply = { status = 400, text = "order has sms" },
      fails = "refused" },
    { "cancel", { id = "9" }, reply = { status = 400, text = "hosting order" },
      fails = "invalid" },
    { "cancel", { id = "9" }, reply = { status = 400, text = "you need to wait time" },
      fails = "too_early" },
    { "finish", { id = "9" }, reply = { status = 400, text = "order no sms" }, fails = "refused" },
    { "finish", { id = "9" }, reply = { status = 400, text = "order expired" }, fails = "closed" },
    { "ban", { id = "9" }, reply = { status = 400, text = "record not found" },
      fails = "not_found" },
    { "balance", {}, reply = { status = 401 }, fails = "auth" },
    { "check", { id = "9" }, reply = { status = 429 }, fails = "rate_limited" },
    { "check", { id = "9" },
      reply = { status = 429, text = "api limit is 100 requests per second" },
      fails = "rate_limited" },
    { "list", {}, reply = { status = 500, text = "internal error" }, fails = "unavailable" },
    { "balance", {}, reply = { text = "<html>Maintenance</html>" }, fails = "protocol" },
  },
}
