-- OnlineSim: GET requests to .php files, service slugs, and dial codes in place of country ids.
-- Document: https://onlinesim.io/openapi_docs/Onlinesim-API-UN
-- Unusual: no cancelling, an unused number is refunded when its time is over; an error is a word
-- in the field that otherwise holds a 1, under HTTP 200; the state is a list even for one number,
-- and "no number is open" is one of the errors.
-- Not confirmed against the document: the currency of the prices (the site shows dollars).
local done = { "response", ["1"] = true }           -- 1 and "1" both occur

-- The messages of a number: nothing, false, one text or number, or a list, oldest first.
local function messages(raw)
  if type(raw) == "string" or type(raw) == "number" then return { { text = tostring(raw) } } end
  local list = {}
  for _, item in ipairs(type(raw) == "table" and raw or {}) do
    list[#list + 1] = type(item) == "table" and { text = item.text or item.msg, code = item.code }
      or { text = tostring(item) }
  end
  return list
end

local states = {
  TZ_INPOOL      = "waiting",
  TZ_NUM_PREPARE = "waiting",
  TZ_NUM_WAIT    = "waiting",
  TZ_NUM_ANSWER  = "received",
  TZ_OVER_OK     = "finished",
  TZ_OVER_EMPTY  = "expired",
}

-- The price is left out: it may be in another currency than the catalogue's. So is the service,
-- which is a title here and a slug there.
local function order(row)
  return {
    id          = row.tzid,
    phone       = row.number,
    country     = row.country,
    status      = states[row.response] or fail("protocol", "state " .. tostring(row.response)),
    status_text = row.response,
    messages    = messages(row.msg),
  }
end

-- The countries of the price list; asked for one country, the document gives that one alone.
local function price_list(country)
  local body = call.tariffs { country = country or "all" }
  if type(body) ~= "table" then fail("protocol", "the price list is no table") end
  if type(body.response) == "string" then fail("protocol", body.response) end
  return body.services and { body } or body
end

local wanted = { service = "telegram", country = "7" }   -- what the tests buy

return provider {
  api      = 1,
  id       = "onlinesim",
  name     = "OnlineSim",
  version  = "1.0.0",
  docs     = "https://onlinesim.io/openapi_docs/Onlinesim-API-UN",
  base_url = "https://onlinesim.io/api",

  credentials = { api_key = { label = "API key", help = "onlinesim.io → Profile → API" } },
  auth        = { query = { apikey = "{api_key}" } },

  limits   = { { requests = 1, per = "1s" } },      -- the pace of the official clients
  polling  = { first = "5s", every = "3s" },        -- theirs, too
  cache    = { countries = "1h", services = "1h" },
  currency = "USD",
  lifetime = "15m",                                 -- replies state the rest in seconds, as `time`

  aliases = {
    services = {
      whatsapp = "whatsapp", telegram = "telegram", google = "google", instagram = "instagram",
      facebook = "3223",
    },
    countries = {                                   -- dial codes, but for CA, KZ
      AF = "93",  AR = "54",  AT = "43",  AZ = "994", BE = "32",  BG = "359", BR = "55",
      BY = "375", CA = "1000", CH = "41", CI = "225", CN = "86",  CO = "57",  CY = "357",
      CZ = "420", DE = "49",  DK = "45",  EC = "593", EE = "372", EG = "20",  ES = "34",
      FI = "358", FR = "33",  GB = "44",  GE = "995", GH = "233", GR = "30",  HK = "852",
      HR = "385", ID = "62",  IE = "353", IL = "972", IN = "91",  IT = "39",  JO = "962",
      KE = "254", KG = "996", KZ = "77",  LA = "856", LK = "94",  LT = "370", LV = "371",
      MA = "212", MD = "373", MK = "389", MM = "95",  MX = "52",  MY = "60",  NG = "234",
      NL = "31",  NP = "977", PE = "51",  PH = "63",  PK = "92",  PL = "48",  PT = "351",
      RO = "40",  RS = "381", RU = "7",   SA = "966", SE = "46",  SG = "65",  SN = "221",
      TH = "66",  TN = "216", TR = "90",  TW = "886", UA = "380", US = "1",   UZ = "998",
      VE = "58",  VN = "84",
    },
  },

  errors = { "response",
    ACCOUNT_BLOCKED                 = "forbidden",
    ACCOUNT_IDENTIFICATION_REQUIRED = "forbidden",
    API_ACCESS_DISABLED             = "forbidden",
    API_ACCESS_IP                   = "forbidden",
    ERROR_NO_KEY                    = "auth",
    ERROR_WRONG_KEY                 = "auth",
    WARNING_LOW_BALANCE             = "balance",
    NO_NUMBER                       = "no_numbers",
    WARNING_NO_NUMS                 = "no_numbers",
    NO_NUMBER_FOR_FORWARD           = "no_numbers",
    SERVICE_TO_NUMBER_EMPTY         = "no_numbers",
    ERROR_NO_NUMBER                 = "invalid",
    ERROR_NO_SERVICE                = "invalid",
    ERROR_NO_TZID                   = "invalid",
    ERROR_NUMBERS_PARAMS            = "invalid",
    ERROR_PARAMS                    = "invalid",
    NO_COUNTRY                      = "invalid",
    REQUEST_NOT_FOUND               = "invalid",    -- no such method
    UNDEFINED_COUNTRY               = "invalid",
    UNDEFINED_DAYS                  = "invalid",
    ERROR_WRONG_TZID                = "not_found",
    LIFICYCLE_NUM_EXPIRED           = "closed",     -- spelt like this
    DUPLICATE_OPERATION             = "refused",
    ERROR_LENGTH_NUMBER_FOR_FORWARD = "refused",
    ERROR_NO_SERVICE_REPEAT         = "refused",
    EXCEEDED_CONCURRENT_OPERATIONS  = "refused",
    NEED_EXTENSION_NUMBER           = "refused",
    NO_CONFIRM_FORWARD              = "refused",
    NO_FORWARD_FOR_DEFFER           = "refused",
    TIME_INTERVAL_ERROR             = "refused",
    NO_COMPLETE_TZID                = "too_early",  -- the guard interval, two minutes or longer
    INTERVAL_CONCURRENT_REQUESTS_ERROR = "rate_limited",
    TRY_AGAIN_LATER                 = "unavailable",
  },

  operations = {
    countries = {
      get   = "/getNumbersStats.php?country=all&lang=en",
      each  = "*",
      reply = { id = "code", name = "name" },
    },

    -- Without a stated shape it is handed on as it comes.
    tariffs = { get = "/getNumbersStats.php?country={country}&lang=en" },

    offers = function(args)
      local offers = {}
      for _, country in pairs(price_list(args.country)) do
        for _, service in pairs(country.services or {}) do
          offers[#offers + 1] = {
            service   = service.slug,
            country   = country.code,
            name      = service.service,
            price     = service.price,
            available = service.count,
          }
        end
      end
      return offers
    end,

    services = function(args)
      local known, services = {}, {}
      for _, country in pairs(price_list(args.country)) do
        for _, service in pairs(country.services or {}) do
          if not known[service.slug] then
            known[service.slug] = true
            services[#services + 1] = { id = service.slug, name = service.service }
          end
        end
      end
      return services
    end,

    balance = {
      get     = "/getBalance.php",
      success = done,
      reply   = { amount = "balance" },             -- `zbalance` is held for the open numbers
    },

    buy = {
      get     = "/getNum.php?service={service}&country={country}&number=true&lang=en",
      success = done,
      nothing_bought = { "TRY_AGAIN_LATER" },
      reply   = { id = "tzid", phone = "number", country = "country" },
    },

    check = {
      get    = "/getState.php?tzid={id}&message_to_code=0&msg_list=1&lang=en",
      errors = { ERROR_NO_OPERATIONS = "not_found" },
      reply  = function(body)
        local row = body[1] or fail("protocol", body.response or "no state")
        return order(row)
      end,
    },

    list = {
      get   = "/getState.php?message_to_code=0&msg_list=1&orderby=asc&lang=en",
      reply = function(body)
        if body.response == "ERROR_NO_OPERATIONS" then return {} end
        if body.response then fail("protocol", body.response) end
        local rows = {}
        for _, row in ipairs(body) do rows[#rows + 1] = order(row) end
        return rows
      end,
    },

    -- Another message to the same number.
    resend = { get = "/setOperationRevise.php?tzid={id}", success = done },

    finish = { get = "/setOperationOk.php?tzid={id}", success = done },

    -- Reports a number that gets no message; five minutes after buying at the earliest.
    ban = { get = "/setOperationOk.php?tzid={id}&ban=1", success = done },
  },

  tests = {
    -- Catalogue
    { "countries", {},
      sends = { method = "GET", path = "/api/getNumbersStats.php?country=all&lang=en",
                auth = "query apikey" },
      reply = { json = {
        ["7"]  = { name = "Russia", position = 1, code = 7, new = false, enabled = true,
                   services = json.array {} },
        ["49"] = { name = "Germany", position = 2, code = 49, new = false, enabled = true,
                   services = json.array {} },
      } },
      gives = { { id = "49", name = "Germany" }, { id = "7", name = "Russia" } } },
    { "offers", { country = "7", service = "3223" },
      sends = { method = "GET", path = "/api/getNumbersStats.php?country=7&lang=en",
                auth = "query apikey" },
      reply = { json = { name = "russia", position = 0, code = 7, other = 0, new = true,
        enabled = true, services = {
          service_3223 = { count = 8141, popular = true, code = 7, price = 0.27, id = 2,
                           service = "Facebook", slug = "3223" },
        } } },
      gives = { { service = "3223", country = "7", name = "Facebook", price = "0.27",
                  available = 8141 } } },
    { "tariffs", { country = "7" },
      sends = { method = "GET", path = "/api/getNumbersStats.php?country=7&lang=en",
                auth = "query apikey" },
      reply = { json = { name = "russia", code = 7, services = json.array {} } },
      gives = { name = "russia", code = 7, services = json.array {} } },
    { "offers", {},
      sends = { path = "/api/getNumbersStats.php?country=all&lang=en" },
      reply = { json = {
        ["46"] = { name = "Sweden", code = 46, enabled = true, services = {
          service_telegram = { count = 12, price = "1.50", service = "Telegram",
                               slug = "telegram" },
        } },
        ["7"]  = { name = "Russia", code = 7, enabled = true, services = json.array {} },
      } },
      gives = { { service = "telegram", country = "46", name = "Telegram", price = "1.5",
                  available = 12 } } },
    { "offers", { country = "7" },
      reply = { json = { response = "UNDEFINED_COUNTRY" } }, fails = "invalid" },
    { "services", {},
      sends = { method = "GET", path = "/api/getNumbersStats.php?country=all&lang=en" },
      reply = { json = {
        ["46"] = { name = "Sweden", code = 46, services = {
          service_telegram = { slug = "telegram", service = "Telegram" } } },
        ["7"]  = { name = "Russia", code = 7, services = {
          service_telegram = { slug = "telegram", service = "Telegram" } } },
      } },
      gives = { { id = "telegram", name = "Telegram" } } },
    { "services", { country = "7" },
      sends = { path = "/api/getNumbersStats.php?country=7&lang=en" },
      reply = { json = { response = "A_NEW_ERROR" } },
      fails = { code = "protocol", message = "A_NEW_ERROR" } },

    -- Account
    { "balance", {},
      sends = { method = "GET", path = "/api/getBalance.php", auth = "query apikey" },
      reply = { json = { response = 1, balance = "230.25", zbalance = 120.5 } },
      gives = { amount = "230.25", currency = "USD" } },
    { "balance", {}, reply = { json = { response = "ERROR_WRONG_KEY" } },
      fails = { code = "auth", message = "ERROR_WRONG_KEY" } },
    { "balance", {}, reply = { json = { response = "ERROR_NO_KEY" } }, fails = "auth" },
    { "balance", {}, reply = { json = { response = "API_ACCESS_DISABLED" } },
      fails = "forbidden" },
    { "balance", {}, reply = { json = { response = "API_ACCESS_IP" } }, fails = "forbidden" },
    { "balance", {}, reply = { json = { response = "REQUEST_NOT_FOUND" } }, fails = "invalid" },
    { "balance", {}, reply = { json = { response = "A_NEW_ERROR" } }, fails = "protocol" },

    -- Buying
    { "buy", wanted,
      sends = { method = "GET", auth = "query apikey",
                path = "/api/getNum.php?service=telegram&country=7&number=true&lang=en" },
      reply = { json = { response = 1, tzid = 10000, number = "+79001234567", country = 7,
                         time = 900, guard_interval_remaining_seconds = 120 } },
      gives = { id = "10000", phone = "+79001234567", country = "7" } },
    { "buy", wanted, reply = { json = { response = "1", tzid = "10001", number = "79001234568" } },
      gives = { id = "10001", phone = "+79001234568" } },
    { "buy", wanted, reply = { json = { response = 1 } }, fails = "protocol" },
    { "buy", wanted, reply = { json = { response = "NO_NUMBER" } }, fails = "no_numbers" },
    { "buy", wanted, reply = { json = { response = "WARNING_NO_NUMS" } }, fails = "no_numbers" },
    { "buy", wanted, reply = { json = { response = "NO_NUMBER_FOR_FORWARD" } },
      fails = "no_numbers" },
    { "buy", wanted, reply = { json = { response = "SERVICE_TO_NUMBER_EMPTY" } },
      fails = "no_numbers" },
    { "buy", wanted, reply = { json = { response = "WARNING_LOW_BALANCE" } }, fails = "balance" },
    { "buy", wanted, reply = { json = { response = "ERROR_NO_SERVICE" } }, fails = "invalid" },
    { "buy", wanted, reply = { json = { response = "ERROR_PARAMS" } }, fails = "invalid" },
    { "buy", wanted, reply = { json = { response = "ERROR_NO_NUMBER" } }, fails = "invalid" },
    { "buy", wanted, reply = { json = { response = "ERROR_NUMBERS_PARAMS" } },
      fails = "invalid" },
    { "buy", wanted, reply = { json = { response = "NO_COUNTRY" } }, fails = "invalid" },
    { "buy", wanted, reply = { json = { response = "UNDEFINED_COUNTRY" } }, fails = "invalid" },
    { "buy", wanted, reply = { json = { response = "UNDEFINED_DAYS" } }, fails = "invalid" },
    { "buy", wanted, reply = { json = { response = "ACCOUNT_BLOCKED" } }, fails = "forbidden" },
    { "buy", wanted, reply = { json = { response = "ACCOUNT_IDENTIFICATION_REQUIRED" } },
      fails = "forbidden" },
    { "buy", wanted, reply = { json = { response = "EXCEEDED_CONCURRENT_OPERATIONS" } },
      fails = "refused" },
    { "buy", wanted, reply = { json = { response = "DUPLICATE_OPERATION" } },
      fails = "refused" },
    { "buy", wanted, reply = { json = { response = "TIME_INTERVAL_ERROR" } },
      fails = "refused" },
    { "buy", wanted, reply = { json = { response = "NEED_EXTENSION_NUMBER" } },
      fails = "refused" },
    { "buy", wanted, reply = { json = { response = "ERROR_NO_SERVICE_REPEAT" } },
      fails = "refused" },
    { "buy", wanted, reply = { json = { response = "ERROR_LENGTH_NUMBER_FOR_FORWARD" } },
      fails = "refused" },
    { "buy", wanted, reply = { json = { response = "NO_CONFIRM_FORWARD" } }, fails = "refused" },
    { "buy", wanted, reply = { json = { response = "NO_FORWARD_FOR_DEFFER" } },
      fails = "refused" },
    { "buy", wanted, reply = { json = { response = "INTERVAL_CONCURRENT_REQUESTS_ERROR" } },
      fails = "rate_limited" },
    { "buy", wanted, reply = { json = { response = "TRY_AGAIN_LATER" } },
      fails = "unavailable" },

    -- The state of one number
    { "check", { id = "10000" },
      sends = { method = "GET", auth = "query apikey",
                path = "/api/getState.php?tzid=10000&message_to_code=0&msg_list=1&lang=en" },
      reply = { json = { { country = 46, sum = 14, service = "Facebook", number = "+46701234567",
        response = "TZ_NUM_WAIT", tzid = 10000, time = 281, form = "index" } } },
      gives = { id = "10000", phone = "+46701234567", country = "46", status = "waiting",
                status_text = "TZ_NUM_WAIT" } },
    { "check", { id = "10000" },
      reply = { json = { { country = 46, number = "+46701234567", response = "TZ_INPOOL",
                           tzid = 10000, msg = false } } },
      gives = { status = "waiting" } },
    { "check", { id = "10000" },
      reply = { json = { { country = 46, number = "+46701234567", response = "TZ_NUM_PREPARE",
                           tzid = 10000 } } },
      gives = { status = "waiting" } },
    { "check", { id = "10000" },
      reply = { json = { { country = 46, number = "+46701234567", response = "TZ_NUM_ANSWER",
        tzid = 10000, msg = { { service = "Facebook", text = "Your code: 48213", code = "48213",
                                created_at = "2024-05-01 12:00:00" } } } } },
      gives = { status = "received", code = "48213",
                messages = { { text = "Your code: 48213", code = "48213" } } } },
    { "check", { id = "10000" },
      reply = { json = { { country = 46, number = "+46701234567", response = "TZ_NUM_ANSWER",
        tzid = 10000, msg = { { service = "Facebook", msg = "Your code: 48213" } } } } },
      gives = { status = "received", code = "48213" } },
    { "check", { id = "10000" },
      reply = { json = { { country = 46, number = "+46701234567", response = "TZ_NUM_ANSWER",
                           tzid = 10000, msg = "Your code: 48213" } } },
      gives = { status = "received", code = "48213" } },
    { "check", { id = "10000" },
      reply = { json = { { country = 46, number = "+46701234567", response = "TZ_NUM_ANSWER",
                           tzid = 10000, msg = 48213 } } },
      gives = { status = "received", code = "48213" } },
    { "check", { id = "10000" },
      reply = { json = { { country = 46, number = "+46701234567", response = "TZ_OVER_OK",
                           tzid = 10000 } } },
      gives = { status = "finished" } },
    { "check", { id = "10000" },
      reply = { json = { { country = 46, number = "+46701234567", response = "TZ_OVER_EMPTY",
                           tzid = 10000 } } },
      gives = { status = "expired" } },
    { "check", { id = "10000" },
      reply = { json = { { country = 46, number = "+46701234567", response = "TZ_NEW",
                           tzid = 10000 } } },
      fails = { code = "protocol", message = "state TZ_NEW" } },
    { "check", { id = "10000" }, reply = { json = { response = "ERROR_NO_OPERATIONS" } },
      fails = "not_found" },
    { "check", { id = "10000" }, reply = { json = { response = "ERROR_WRONG_TZID" } },
      fails = "not_found" },
    { "check", { id = "10000" }, reply = { json = { response = "A_NEW_ERROR" } },
      fails = { code = "protocol", message = "A_NEW_ERROR" } },

    -- All open numbers
    { "list", {},
      sends = { method = "GET", auth = "query apikey",
                path = "/api/getState.php?message_to_code=0&msg_list=1&orderby=asc&lang=en" },
      reply = { json = {
        { country = 46, sum = 14, service = "Facebook", number = "+46701234567",
          response = "TZ_NUM_ANSWER", tzid = 10000, time = 281, msg = "Your code: 48213" },
        { country = 7, sum = 9, service = "Telegram", number = "+79001234567",
          response = "TZ_NUM_WAIT", tzid = 10001, time = 847 },
      } },
      gives = {
        { id = "10000", phone = "+46701234567", country = "46", status = "received" },
        { id = "10001", phone = "+79001234567", country = "7", status = "waiting" },
      } },
    { "list", {}, reply = { json = { response = "ERROR_NO_OPERATIONS" } }, gives = {} },
    { "list", {}, reply = { json = { response = "ERROR_WRONG_KEY" } }, fails = "auth" },
    { "list", {}, reply = { json = { response = "A_NEW_ERROR" } }, fails = "protocol" },

    -- Afterwards
    { "resend", { id = "10000" },
      sends = { method = "GET", path = "/api/setOperationRevise.php?tzid=10000",
                auth = "query apikey" },
      reply = { json = { response = 1, tzid = 10000 } }, gives = {} },
    { "resend", { id = "10000" }, reply = { json = { response = "ERROR_WRONG_TZID" } },
      fails = "not_found" },
    { "resend", { id = "10000" }, reply = { json = { response = "LIFICYCLE_NUM_EXPIRED" } },
      fails = "closed" },
    { "finish", { id = "10000" },
      sends = { method = "GET", path = "/api/setOperationOk.php?tzid=10000",
                auth = "query apikey" },
      reply = { json = { response = "1", tzid = 10000 } }, gives = {} },
    { "finish", { id = "10000" }, reply = { json = { response = "NO_COMPLETE_TZID" } },
      fails = "too_early" },
    { "finish", { id = "10000" }, reply = { json = { response = "ERROR_NO_TZID" } },
      fails = "invalid" },
    { "finish", { id = "10000" }, reply = { json = { response = "A_NEW_ERROR" } },
      fails = "protocol" },
    { "ban", { id = "10000" },
      sends = { method = "GET", path = "/api/setOperationOk.php?tzid=10000&ban=1" },
      reply = { json = { response = 1, tzid = 10000 } } },
    { "ban", { id = "10000" }, reply = { json = { response = "NO_COMPLETE_TZID" } },
      fails = "too_early" },
  },
}
