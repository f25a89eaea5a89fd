-- SMSPVA, the modern API: JSON in an envelope with HTTP-like codes of its own, ISO countries and
-- service codes such as opt20.
-- Document: https://docs.smspva.com
-- Unusual: a number is paid for when its message is fetched, not when it is ordered, so `check`
-- can fail for want of balance; a number comes without its dial code; the HTTP codes mean other
-- things than usual (405, 407, 410, 411, 501, 502); an order is made by GET.
-- Not confirmed against the document: countryCode has letters, an open order's service its code.
local dial_codes = {                                -- of the documented countries
  AL = 355, AR = 54,  AT = 43,  AU = 61,  BA = 387, BD = 880, BG = 359, BR = 55,
  CA = 1,   CH = 41,  CL = 56,  CM = 237, CO = 57,  CY = 357, CZ = 420, DE = 49,
  DK = 45,  DO = 1,   EE = 372, EG = 20,  ES = 34,  FI = 358, FR = 33,  GE = 995,
  GH = 233, GI = 350, GR = 30,  HK = 852, HR = 385, HU = 36,  ID = 62,  IE = 353,
  IL = 972, IN = 91,  IT = 39,  JP = 81,  KE = 254, KG = 996, KH = 855, KZ = 7,
  LA = 856, LT = 370, LV = 371, MA = 212, MD = 373, MK = 389, MT = 356, MX = 52,
  MY = 60,  NG = 234, NL = 31,  NO = 47,  NZ = 64,  PH = 63,  PK = 92,  PL = 48,
  PT = 351, PY = 595, RO = 40,  RS = 381, RU = 7,   SA = 966, SE = 46,  SG = 65,
  SI = 386, SK = 421, TH = 66,  TR = 90,  TZ = 255, UA = 380, UK = 44,  US = 1,
  UZ = 998, VN = 84,  ZA = 27,
}

-- The country is a code of letters; should it be a dial code some day, that is taken. Of a country
-- that is not in the table the bare number is better than losing the order.
local function phone(body)
  local order   = body.data or body
  local number  = tostring(order.phoneNumber or "")
  local country = tostring(order.countryCode or ""):upper()
  local code    = dial_codes[country] or country:match("^%+?(%d+)$") or ""
  return number:sub(1, 1) == "+" and number or code .. number
end

local wanted = { service = "opt20", country = "UK" }   -- what the tests buy

return provider {
  api      = 1,
  id       = "smspva",
  name     = "SMSPVA",
  version  = "1.0.0",
  docs     = "https://docs.smspva.com",
  base_url = "https://api.smspva.com",

  credentials = { api_key = { label = "API key", help = "smspva.com → Profile → API key" } },
  auth        = { header = { apikey = "{api_key}" } },

  limits   = { { requests = 60, per = "1m" } },     -- the document allows 50 connections a second
                                                    -- but asks for four seconds between queries
  polling  = { first = "5s", every = "5s" },        -- the least that the official client waits
  cache    = { services = "1h" },
  currency = "USD",
  lifetime = "10m",                                 -- replies state the rest in seconds

  aliases = {
    services = {
      whatsapp = "opt20", telegram = "opt29", google = "opt1", facebook = "opt2",
      instagram = "opt16", tiktok = "opt104", twitter = "opt41", discord = "opt45",
      microsoft = "opt15", amazon = "opt44", openai = "opt132", apple = "opt131",
      yahoo = "opt65", uber = "opt72", steam = "opt58", signal = "opt127", viber = "opt11",
      wechat = "opt67", linkedin = "opt8", netflix = "opt101", paypal = "opt83",
      snapchat = "opt90", tinder = "opt9", airbnb = "opt46", line = "opt37", claude = "opt196",
      other = "opt19",
    },
    countries = { GB = "UK" },                      -- the others are ISO's; there is no list
  },

  success = { "statusCode", ["200"] = true, ["202"] = true },

  errors = { "error.type", message = "error.description|error.type",
    [401] = "auth",
    [405] = "invalid",
    [406] = "not_found",
    [407] = "balance",
    [410] = "closed",
    [411] = "rate_limited",                         -- or too many numbers given back
    [500] = "unavailable",
    [501] = "unavailable",
    [502] = "unavailable",
    [503] = "unavailable",
  },

  operations = {
    -- Three views of the prices, the last one of everything there is.
    price = {
      get   = "/activation/serviceprice/{country}/{service}",
      reply = {
        service   = "data.service",
        country   = "data.country",
        name      = "data.serviceDescription",
        price     = "data.price",
        operators = "data.priceByOperators",
      },
    },

    country_prices = {
      get   = "/activation/serviceprice/{country}",
      each  = "data[]",
      reply = { service = "s", country = "c", name = "sd", price = "p" },
    },

    prices = {
      get   = "/activation/servicesprices",
      each  = "data[]",
      reply = {
        service = "service",
        country = "country",
        name    = "serviceDescription",
        price   = "price",
      },
    },

    offers = function(args)
      if not args.country then return call.prices {} end
      if not args.service then return call.country_prices { country = args.country } end
      local offer = call.price { country = args.country, service = args.service }
      return { { service = offer.service, country = offer.country, name = offer.name,
                 price = offer.price } }
    end,

    services = function(args)
      local offers = args.country and call.country_prices { country = args.country }
        or call.prices {}
      local known, services = {}, {}
      for _, offer in ipairs(offers) do
        local id = offer.service
        if id and not known[id] then
          known[id] = true
          services[#services + 1] = { id = id, name = offer.name }
        end
      end
      return services
    end,

    operators = {
      get   = "/activation/operators/{country}",
      each  = "data.operators[]",
      reply = { id = "$" },
    },

    balance = {
      get   = "/activation/balance",
      reply = { amount = "data.balance" },
    },

    -- Without a stated shape these two are handed on as they come.
    profile = { get = "/activation/userinfo" },
    stock   = { get = "/activation/countnumbers/{country}" },

    -- An operator would be one more part of the path, which cannot be left out: any is taken.
    buy = {
      get    = "/activation/number/{country}/{service}",
      errors = { [501] = "no_numbers", [502] = "no_numbers" },
      reply  = { id = "data.orderId", phone = phone },
    },

    -- 202 brings an error named SMS_NOT_YET_RECEIVED, or only the order.
    check = {
      get   = "/activation/sms/{id}",
      reply = {
        code    = "data.sms.code",
        message = "data.sms.fullText",
        status  = { "statusCode", ["202"] = "waiting", ["200"] = "received" },
      },
    },

    list = {
      get   = "/activation/orders",
      each  = "data.orders[]",
      reply = {
        id          = "orderId",
        phone       = phone,
        service     = "service",
        code        = "sms.code",
        message     = "sms.fullText",
        status_text = "status",
      },
    },

    -- Drops the message that is there and waits for another one.
    resend = {
      put    = "/activation/clearsms/{id}",
      errors = { [404] = "too_early" },             -- none has come, or it is not paid for yet
    },

    finish = { put = "/activation/stopsms/{id}" },

    cancel = { put = "/activation/cancelorder/{id}" },

    -- Reports a number that gets no message; in the last seconds of its ten minutes only.
    ban = { put = "/activation/blocknumber/{id}", costs = false },
  },

  tests = {
    -- Catalogue
    { "offers", { country = "UK", service = "opt20" },
      sends = { method = "GET", path = "/activation/serviceprice/UK/opt20",
                auth = "header apikey" },
      reply = { json = { statusCode = 200, data = { service = "opt20", country = "UK",
        serviceDescription = "WhatsApp", price = "0.5", priceByOperators = { any = 0.5 } } } },
      gives = { { service = "opt20", country = "UK", name = "WhatsApp", price = "0.5" } } },
    { "offers", { country = "UK" },
      sends = { method = "GET", path = "/activation/serviceprice/UK", auth = "header apikey" },
      reply = { json = { statusCode = 200, data = {
        { s = "opt20", sd = "WhatsApp", c = "UK", p = "0.5", po = { any = 0.5 } },
        { s = "opt29", sd = "Telegram", c = "UK", p = 1.25 },
      } } },
      gives = { { service = "opt20", country = "UK", name = "WhatsApp", price = "0.5" },
                { service = "opt29", country = "UK", name = "Telegram", price = "1.25" } } },
    { "offers", { service = "opt20" },
      sends = { method = "GET", path = "/activation/servicesprices", auth = "header apikey" },
      reply = { json = { statusCode = 200, data = {
        { service = "opt20", serviceDescription = "WhatsApp", country = "UK", price = "0.5" },
        { service = "opt29", serviceDescription = "Telegram", country = "US", price = "0.9" },
      } } },
      gives = { { service = "opt20", country = "UK", name = "WhatsApp", price = "0.5" },
                { service = "opt29", country = "US", name = "Telegram", price = "0.9" } } },
    { "offers", { country = "XX", service = "opt20" },
      reply = { status = 405, json = { statusCode = 405,
                                       error = { description = "Invalid country" } } },
      fails = { code = "invalid", message = "Invalid country" } },
    { "price", { country = "UK", service = "opt20" },
      reply = { json = { statusCode = 200, data = { service = "opt20", country = "UK",
        serviceDescription = "WhatsApp", price = "0.5", priceByOperators = { any = 0.5 } } } },
      gives = { price = "0.5", operators = { any = 0.5 } } },
    { "country_prices", { country = "UK" },
      reply = { status = 405, json = { statusCode = 405 } }, fails = "invalid" },
    { "prices", {}, reply = { status = 503, json = { statusCode = 503 } },
      fails = "unavailable" },
    { "services", {},
      sends = { method = "GET", path = "/activation/servicesprices" },
      reply = { json = { statusCode = 200, data = {
        { service = "opt20", serviceDescription = "WhatsApp", country = "UK", price = "0.5" },
        { service = "opt20", serviceDescription = "WhatsApp", country = "US", price = "0.9" },
      } } },
      gives = { { id = "opt20", name = "WhatsApp" } } },
    { "services", { country = "UK" },
      sends = { method = "GET", path = "/activation/serviceprice/UK" },
      reply = { json = { statusCode = 200, data = { { s = "opt29", sd = "Telegram" } } } },
      gives = { { id = "opt29", name = "Telegram" } } },
    { "operators", { country = "UK" },
      sends = { method = "GET", path = "/activation/operators/UK", auth = "header apikey" },
      reply = { json = { statusCode = 200, data = { country = "UK",
                                                    operators = { "any", "vodafone" } } } },
      gives = { { id = "any" }, { id = "vodafone" } } },
    { "operators", { country = "XX" },
      reply = { status = 405, json = { statusCode = 405 } }, fails = "invalid" },
    { "stock", { country = "UK" },
      sends = { method = "GET", path = "/activation/countnumbers/UK" },
      reply = { json = { statusCode = 200, data = { { operator = "any", country = "UK",
        services = { { service = "opt20", total = 7 } } } } } } },

    -- Account
    { "balance", {},
      sends = { method = "GET", path = "/activation/balance", auth = "header apikey" },
      reply = { json = { statusCode = 200, data = { balance = 10.5 } } },
      gives = { amount = "10.5", currency = "USD" } },
    { "balance", {},
      reply = { json = { statusCode = 200, data = { balance = "10.50" } } },
      gives = { amount = "10.5" } },
    { "balance", {}, reply = { status = 401, json = { statusCode = 401 } }, fails = "auth" },
    { "balance", {},                                -- an error in the envelope alone
      reply = { json = { statusCode = 405, error = { type = "A_NEW_TYPE" } } },
      fails = { code = "protocol", message = "A_NEW_TYPE" } },
    { "profile", {},
      sends = { method = "GET", path = "/activation/userinfo" },
      reply = { json = { statusCode = 200, data = { balance = 10.5, name = "x", karma = 5 } } } },

    -- Ordering
    { "buy", wanted,
      sends = { method = "GET", path = "/activation/number/UK/opt20", auth = "header apikey" },
      reply = { json = { statusCode = 200, data = { orderId = 123456, phoneNumber = 7400123456,
                                                    countryCode = "UK", orderExpireIn = 600 } } },
      gives = { id = "123456", phone = "+447400123456" } },
    { "buy", { service = "opt29", country = "RU" },
      reply = { json = { statusCode = 200, data = { orderId = "123457",
        phoneNumber = "9876544321", countryCode = "ru", orderExpireIn = 600 } } },
      gives = { id = "123457", phone = "+79876544321" } },
    { "buy", wanted,
      reply = { json = { statusCode = 200, data = { orderId = 123458,
        phoneNumber = "+447400123457", countryCode = "UK" } } },
      gives = { id = "123458", phone = "+447400123457" } },
    { "buy", wanted,
      reply = { json = { statusCode = 200, data = { orderId = 123459,
        phoneNumber = 7400123458, countryCode = "+44" } } },
      gives = { id = "123459", phone = "+447400123458" } },
    { "buy", wanted, reply = { json = { statusCode = 200, data = {} } }, fails = "protocol" },
    { "buy", wanted, reply = { status = 405, json = { statusCode = 405 } }, fails = "invalid" },
    { "buy", wanted, reply = { status = 407, json = { statusCode = 407 } }, fails = "balance" },
    { "buy", wanted, reply = { status = 411, json = { statusCode = 411 } },
      fails = "rate_limited" },
    { "buy", wanted, reply = { status = 500, json = { statusCode = 500 } },
      fails = "unavailable" },
    { "buy", wanted,
      reply = { status = 501, json = { statusCode = 501,
                                       error = { description = "Number not found" } } },
      fails = { code = "no_numbers", message = "Number not found" } },
    { "buy", wanted, reply = { status = 502, json = { statusCode = 502 } },
      fails = "no_numbers" },
    { "buy", wanted, reply = { status = 503, json = { statusCode = 503 } },
      fails = "unavailable" },

    -- The message
    { "check", { id = "123456" },
      sends = { method = "GET", path = "/activation/sms/123456", auth = "header apikey" },
      reply = { status = 202, json = { statusCode = 202,
                                       error = { type = "SMS_NOT_YET_RECEIVED" } } },
      gives = { status = "waiting" } },
    { "check", { id = "123456" },
      reply = { status = 202, json = { statusCode = 202,
                                       data = { orderId = 123456, orderExpireIn = 580 } } },
      gives = { status = "waiting" } },
    { "check", { id = "123456" },
      reply = { json = { statusCode = 200, data = { orderId = 123456, orderExpireIn = 500,
        sms = { code = "482913", fullText = "Your WhatsApp code is 482-913" } } } },
      gives = { status = "received", code = "482913",
                message = "Your WhatsApp code is 482-913" } },
    { "check", { id = "123456" }, reply = { status = 405, json = { statusCode = 405 } },
      fails = "invalid" },
    { "check", { id = "1" }, reply = { status = 406, json = { statusCode = 406 } },
      fails = "not_found" },
    { "check", { id = "123456" }, reply = { status = 407, json = { statusCode = 407 } },
      fails = "balance" },
    { "check", { id = "123456" }, reply = { status = 410, json = { statusCode = 410 } },
      fails = "closed" },
    { "check", { id = "123456" }, reply = { status = 411, json = { statusCode = 411 } },
      fails = "rate_limited" },
    { "check", { id = "123456" }, reply = { status = 500, json = { statusCode = 500 } },
      fails = "unavailable" },
    { "check", { id = "123456" }, reply = { status = 501, json = { statusCode = 501 } },
      fails = "unavailable" },
    { "check", { id = "123456" }, reply = { status = 503, json = { statusCode = 503 } },
      fails = "unavailable" },

    -- Open orders
    { "list", {},
      sends = { method = "GET", path = "/activation/orders", auth = "header apikey" },
      reply = { json = { statusCode = 200, data = { orders = {
        { orderId = 123456, phoneNumber = 7400123456, countryCode = "UK", orderExpireIn = 480,
          service = "opt20", country = "UK", status = "active",
          sms = { code = "482913", fullText = "Your WhatsApp code is 482-913" } },
        { orderId = 123457, phoneNumber = 9876544321, countryCode = "RU", orderExpireIn = 590,
          service = "opt29", country = "RU", status = "active" },
      } } } },
      gives = {
        { id = "123456", phone = "+447400123456", service = "opt20", code = "482913" },
        { id = "123457", phone = "+79876544321", service = "opt29", status_text = "active" },
      } },
    { "list", {},
      reply = { json = { statusCode = 200, data = { orders = json.array {} } } }, gives = {} },
    { "list", {}, reply = { status = 501, json = { statusCode = 501 } },
      fails = "unavailable" },
    { "list", {}, reply = { status = 502, json = { statusCode = 502 } },
      fails = "unavailable" },
    { "list", {}, reply = { status = 503, json = { statusCode = 503 } },
      fails = "unavailable" },

    -- Afterwards
    { "resend", { id = "123456" },
      sends = { method = "PUT", path = "/activation/clearsms/123456", auth = "header apikey" },
      reply = { json = { statusCode = 200, data = { orderId = 123456, orderExpireIn = 599 } } },
      gives = {} },
    { "resend", { id = "123456" }, reply = { status = 404, json = { statusCode = 404 } },
      fails = "too_early" },
    { "resend", { id = "1" }, reply = { status = 406, json = { statusCode = 406 } },
      fails = "not_found" },
    { "resend", { id = "123456" }, reply = { status = 503, json = { statusCode = 503 } },
      fails = "unavailable" },
    { "finish", { id = "123456" },
      sends = { method = "PUT", path = "/activation/stopsms/123456", auth = "header apikey" },
      reply = { json = { statusCode = 200, data = { orderId = 123456 } } }, gives = {} },
    { "finish", { id = "1" }, reply = { status = 406, json = { statusCode = 406 } },
      fails = "not_found" },
    { "cancel", { id = "123456" },
      sends = { method = "PUT", path = "/activation/cancelorder/123456",
                auth = "header apikey" },
      reply = { json = { statusCode = 200, data = { orderId = 123456 } } }, gives = {} },
    { "cancel", { id = "1" }, reply = { status = 406, json = { statusCode = 406 } },
      fails = "not_found" },
    { "cancel", { id = "123456" }, reply = { status = 411, json = { statusCode = 411 } },
      fails = "rate_limited" },
    { "cancel", { id = "123456" }, reply = { json = { statusCode = 405 } }, fails = "protocol" },
    { "ban", { id = "123456" },
      sends = { method = "PUT", path = "/activation/blocknumber/123456",
                auth = "header apikey" },
      reply = { json = { statusCode = 200, data = { orderId = 123456 } } } },
    { "ban", { id = "123456" }, reply = { status = 405, json = { statusCode = 405 } },
      fails = "invalid" },
  },
}
