-- SMS-Man, API v2.0: GET requests whose parameters and key stand in the URL; all ids are numbers.
-- Document: https://sms-man.com/api (reference: https://sms-man.com/site/docs-apiv2)
-- Unusual: "no message yet" arrives as an error code beside the order's own fields; lists come as
-- arrays or keyed by id; one request, told apart by a word, does all that follows a purchase.
-- Not confirmed against the document: prices' currency, lifetime, aliases but 1, most error codes.
local function sorted(body)
  local rows = {}
  for key, value in pairs(type(body) == "table" and body or {}) do
    if type(value) == "table" then rows[#rows + 1] = { key = tostring(key), value = value } end
  end
  table.sort(rows, function(a, b) return (tonumber(a.key) or 0) < (tonumber(b.key) or 0) end)
  return rows
end

-- A price list is keyed by country and then by service; of one country also by service alone.
local function prices(body, asked)
  local offers = {}
  local function add(country, service, price)
    offers[#offers + 1] = {
      country   = country,
      service   = service,
      price     = price.cost,
      available = price.count,
    }
  end
  for _, row in ipairs(sorted(body)) do
    if row.value.cost ~= nil then
      add(asked, row.value.application_id or row.key, row.value)
    else
      for _, inner in ipairs(sorted(row.value)) do add(row.key, inner.key, inner.value) end
    end
  end
  return offers
end

-- The document has the first; clients know the others.
local waiting = { wait_sms = true, no_sms = true, sms_not_found = true }

local wanted = { service = "1", country = "1" }     -- what the tests buy

return provider {
  api      = 1,
  id       = "smsman",
  name     = "SMS-Man",
  version  = "1.0.0",
  docs     = "https://sms-man.com/api",
  base_url = "https://api.sms-man.com/control",

  credentials = { api_key = { label = "API token", help = "sms-man.com → Profile → API" } },
  auth        = { query = { token = "{api_key}" } },

  limits   = { { requests = 60, per = "1m" } },     -- none is documented: a polite default
  polling  = { first = "5s", every = "5s" },
  cache    = { countries = "1h", services = "1h" },
  currency = "RUB",
  lifetime = "20m",                                 -- no reply says when an order ends

  aliases = {
    services  = { vkontakte = "1", telegram = "3", whatsapp = "6", google = "122" },
    countries = { RU = "1", US = "5" },             -- the catalogue gives the others, by name
  },

  success = { "success", [false] = false },         -- good replies do not carry the field

  -- The text is a sentence, or one for the parameter at fault.
  errors = { "error_code",
    message = "error_msg.token|error_msg.country_id|error_msg.application_id"
      .. "|error_msg.request_id|error_msg.status|error_msg",

    bad_token            = "auth",
    wrong_token          = "auth",
    balance              = "balance",
    not_enough_balance   = "balance",
    no_free_phones       = "no_numbers",
    no_numbers           = "no_numbers",
    wrong_application_id = "invalid",
    wrong_country_id     = "invalid",
    expired              = "closed",
    wrong_status         = "refused",

    -- Sentences, whatever the code
    ["*No numbers*"] = "no_numbers",
    ["*not exists*"] = "closed",                    -- of an order that is over
  },

  operations = {
    countries = {
      get   = "/countries",
      each  = "*",
      reply = { id = "id", name = "title|name" },
    },

    services = {
      get   = "/applications",
      each  = "*",
      reply = { id = "id", name = "title|name" },
    },

    -- Without a stated shape these two are handed on as they come.
    prices = { get = "/get-prices?country_id={country?}" },
    stock  = { get = "/limits?country_id={country?}&application_id={service?}" },

    offers = function(args)
      return prices(call.prices { country = args.country }, args.country)
    end,

    balance = {
      get   = "/get-balance",
      reply = { amount = "balance" },
    },

    -- The currency is that of `maxPrice`.
    buy = {
      get   = "/get-number?country_id={country}&application_id={service}"
        .. "&maxPrice={max_price?}&currency=RUB",
      reply = {
        id      = "request_id",
        phone   = "number",
        country = "country_id",
        service = "application_id",
      },
    },

    -- While it waits the code is "wait_sms", so an error code alone is no refusal here. Those that
    -- are listed above have been dealt with before the function is asked.
    check = {
      get     = "/get-sms?request_id={id}",
      success = { "error_code|success", [false] = false },
      reply   = function(body)
        local code, text = body.error_code, body.error_msg
        if type(code) ~= "string" then return { phone = body.number, code = body.sms_code } end
        if waiting[code] then return { phone = body.number, status = "waiting" } end
        text = type(text) == "string" and text or code
        return fail(text:find("not exists", 1, true) and "closed" or "protocol", text)
      end,
    },

    -- Ready for another message to the same number.
    resend = {
      get     = "/set-status?request_id={id}&status=ready",
      success = { "success", [true] = true },
    },

    finish = {
      get     = "/set-status?request_id={id}&status=close",
      success = { "success", [true] = true },
    },

    cancel = {
      get     = "/set-status?request_id={id}&status=reject",
      success = { "success", [true] = true },       -- nothing else is proof of a refund
    },

    -- Reports a number that was in use already.
    used = {
      get     = "/set-status?request_id={id}&status=used",
      success = { "success", [true] = true },
    },
  },

  tests = {
    -- Catalogue
    { "countries", {},
      sends = { method = "GET", path = "/control/countries", auth = "query token" },
      reply = { json = { ["1"] = { id = "1", title = "Russia" },
                         ["2"] = { id = "2", title = "Kazakhstan" } } },
      gives = { { id = "1", name = "Russia" }, { id = "2", name = "Kazakhstan" } } },
    { "countries", {},
      reply = { json = { { id = 1, title = "Russia", code = "RU" } } },
      gives = { { id = "1", name = "Russia" } } },
    { "countries", {},
      reply = { json = { success = false, error_code = "wrong_token",
                         error_msg = "Wrong token!" } },
      fails = { code = "auth", message = "Wrong token!" } },
    { "services", {},
      sends = { method = "GET", path = "/control/applications", auth = "query token" },
      reply = { json = { ["1"] = { id = "1", title = "Vkontakte", code = "vk" } } },
      gives = { { id = "1", name = "Vkontakte" } } },
    { "services", {},
      reply = { json = { { id = 1, name = "Vkontakte", code = "vk" } } },
      gives = { { id = "1", name = "Vkontakte" } } },
    { "offers", { country = "4" },
      sends = { method = "GET", path = "/control/get-prices?country_id=4", auth = "query token" },
      reply = { json = { ["4"] = { ["3"] = { cost = "0.15", count = 32302 } } } },
      gives = { { country = "4", service = "3", price = "0.15", available = 32302 } } },
    { "offers", { country = "4" },
      reply = { json = { ["3"] = { cost = "0.15", count = 32302 },
                         ["6"] = { cost = 7, count = "12" } } },
      gives = { { country = "4", service = "3", price = "0.15", available = 32302 },
                { country = "4", service = "6", price = "7", available = 12 } } },
    { "offers", { country = "4" },
      reply = { json = { { application_id = "3", cost = "0.15", count = 32302 } } },
      gives = { { country = "4", service = "3", price = "0.15", available = 32302 } } },
    { "offers", {},
      sends = { path = "/control/get-prices" },
      reply = { json = { ["1"] = { ["1"] = { cost = "10", count = 1 } },
                         ["4"] = { ["3"] = { cost = "0.15", count = 32302 } } } },
      gives = { { country = "1", service = "1", price = "10", available = 1 },
                { country = "4", service = "3", price = "0.15", available = 32302 } } },
    { "offers", { country = "999" },
      reply = { status = 400, json = { success = false, error_code = "wrong_country_id",
                                       error_msg = { country_id = "Wrong country id!" } } },
      fails = { code = "invalid", message = "Wrong country id!" } },
    { "prices", { country = "4" },
      sends = { method = "GET", path = "/control/get-prices?country_id=4", auth = "query token" },
      reply = { json = { ["4"] = { ["3"] = { cost = "0.15", count = 32302 } } } },
      gives = { ["4"] = { ["3"] = { cost = "0.15", count = 32302 } } } },
    { "stock", { country = "1", service = "1" },
      sends = { method = "GET", path = "/control/limits?country_id=1&application_id=1" },
      reply = { json = { { application_id = "1", country_id = "1", numbers = "32302" } } } },

    -- Account
    { "balance", {},
      sends = { method = "GET", path = "/control/get-balance", auth = "query token" },
      reply = { json = { balance = "799.70" } },
      gives = { amount = "799.7", currency = "RUB" } },
    { "balance", {},
      reply = { json = { success = false, error_code = "wrong_token",
                         error_msg = { token = "Wrong token!" } } },
      fails = { code = "auth", message = "Wrong token!" } },
    { "balance", {},
      reply = { json = { success = false, error_code = "bad_token", error_msg = "Bad token" } },
      fails = "auth" },
    { "balance", {},
      reply = { json = { success = false, error_code = "a_new_code", error_msg = "New" } },
      fails = { code = "protocol", message = "New" } },

    -- Buying
    { "buy", wanted,
      sends = { method = "GET", auth = "query token",
                path = "/control/get-number?country_id=1&application_id=1&currency=RUB" },
      reply = { json = { request_id = 1, country_id = 1, application_id = 1,
                         number = "79002415539" } },
      gives = { id = "1", phone = "+79002415539", country = "1", service = "1" } },
    { "buy", { service = "1", country = "1", max_price = "12.5" },
      sends = { path = "/control/get-number?country_id=1&application_id=1"
                  .. "&maxPrice=12.5&currency=RUB" },
      reply = { json = { request_id = "2", number = "79002415540" } },
      gives = { id = "2", phone = "+79002415540" } },
    { "buy", wanted, reply = { json = { request_id = 1 } }, fails = "protocol" },
    { "buy", wanted,
      reply = { json = { success = false, error_code = "no_numbers",
                         error_msg = "No numbers, try again" } },
      fails = { code = "no_numbers", message = "No numbers, try again" } },
    { "buy", wanted,
      reply = { json = { success = false, error_code = "a_new_code",
                         error_msg = "No numbers, try again" } },
      fails = "no_numbers" },
    { "buy", wanted,
      reply = { json = { success = false, error_code = "no_free_phones", error_msg = "None" } },
      fails = "no_numbers" },
    { "buy", wanted,
      reply = { json = { success = false, error_code = "balance", error_msg = "Low balance" } },
      fails = "balance" },
    { "buy", wanted,
      reply = { json = { success = false, error_code = "not_enough_balance",
                         error_msg = "Low balance" } },
      fails = "balance" },
    { "buy", wanted,
      reply = { status = 400, json = { success = false, error_code = "wrong_application_id",
                                       error_msg = "Wrong application id!" } },
      fails = "invalid" },
    { "buy", wanted,
      reply = { json = { success = false, error_code = "wrong_country_id",
                         error_msg = "Wrong country id!" } },
      fails = "invalid" },

    -- The message
    { "check", { id = "1" },
      sends = { method = "GET", path = "/control/get-sms?request_id=1", auth = "query token" },
      reply = { json = { request_id = 1, country_id = 1, application_id = 1,
                         number = "79002415539", sms_code = "1243" } },
      gives = { phone = "+79002415539", code = "1243" } },
    { "check", { id = "1" },
      reply = { json = { request_id = 1, country_id = 1, application_id = 1,
                         number = "79002415539", error_code = "wait_sms",
                         error_msg = "Still waiting..." } },
      gives = { phone = "+79002415539", status = "waiting" } },
    { "check", { id = "1" },
      reply = { json = { success = false, error_code = "wait_sms",
                         error_msg = "Still waiting..." } },
      gives = { status = "waiting" } },
    { "check", { id = "1" },
      reply = { json = { success = false, error_code = "expired", error_msg = "Expired" } },
      fails = "closed" },
    { "check", { id = "1" },
      reply = { json = { success = false, error_code = "wrong_request",
                         error_msg = "Current request not exists" } },
      fails = "closed" },
    { "check", { id = "1" },
      reply = { json = { success = false, error_code = "sms_not_found", error_msg = "None" } },
      gives = { status = "waiting" } },
    { "check", { id = "1" },
      reply = { json = { success = false, error_code = "no_sms", error_msg = "None" } },
      gives = { status = "waiting" } },
    { "check", { id = "1" },
      reply = { json = { request_id = 1, number = "79002415539", sms_code = "1243",
                         error_code = json.null } },
      gives = { code = "1243" } },
    { "check", { id = "1" },
      reply = { json = { success = false, error_code = "a_new_code", error_msg = "New" } },
      fails = { code = "protocol", message = "New" } },
    { "check", { id = "1" },
      reply = { json = { success = false, error_msg = "New" } },
      fails = { code = "protocol", message = "New" } },

    -- Afterwards
    { "resend", { id = "1" },
      sends = { method = "GET", path = "/control/set-status?request_id=1&status=ready",
                auth = "query token" },
      reply = { json = { request_id = 1, success = true } }, gives = {} },
    { "finish", { id = "1" },
      sends = { method = "GET", path = "/control/set-status?request_id=1&status=close",
                auth = "query token" },
      reply = { json = { request_id = 1, success = true } }, gives = {} },
    { "cancel", { id = "1" },
      sends = { method = "GET", path = "/control/set-status?request_id=1&status=reject",
                auth = "query token" },
      reply = { json = { request_id = 1, success = true } }, gives = {} },
    { "cancel", { id = "1" },
      reply = { json = { success = false, error_code = "wrong_status",
                         error_msg = "Wrong status!" } },
      fails = { code = "refused", message = "Wrong status!" } },
    { "cancel", { id = "1" },
      reply = { json = { success = false, error_code = "wrong_request",
                         error_msg = "Current request not exists" } },
      fails = "closed" },
    { "cancel", { id = "1" }, reply = { json = { request_id = 1 } }, fails = "protocol" },
    { "used", { id = "1" },
      sends = { method = "GET", path = "/control/set-status?request_id=1&status=used" },
      reply = { json = { request_id = 1, success = true } } },
  },
}
