-- The dialect of sms-activate: one address, the verb in `action`, answers that are short words
-- (`STATUS_OK:1234`) for orders and JSON for catalogues. Dozens of providers copied it.
-- Unusual: everything is a GET, errors arrive as words under HTTP 200 or under a real error status,
-- and the catalogues differ from copy to copy in shape but not in meaning. What differs in meaning
-- is a quirk: a file names those that its host has, `quirks = { cancel = -1 }`.
local quirk = ...                                   -- those that the file names

-- A catalogue is a list or an object keyed by id, bare or under a name of its own, of records or of
-- plain names. Nothing is returned for what is none of these, which the core reports.
local function catalogue(body, name)
  if type(body) ~= "table" or body.error or body.status == "error" then return nil end
  local entries = type(body[name]) == "table" and body[name] or body

  local list = {}
  for key, entry in pairs(entries) do
    if type(entry) == "table" then
      local id = entry.id or entry.code or (type(key) == "string" and key or nil)
      if id ~= json.null and id ~= "" then          -- a row without one cannot be bought
        list[#list + 1] = {
          id   = type(id) == "number" and ("%d"):format(id) or id,
          name = entry.eng or entry.name or entry.title,
        }
      end
    elseif type(entry) == "string" and type(key) == "string" then
      list[#list + 1] = { id = key, name = entry }
    else
      return nil
    end
  end

  -- Objects have no order of their own; a stable one keeps two equal answers equal.
  table.sort(list, function(left, right)
    local one, other = tonumber(left.id), tonumber(right.id)
    if one and other then return one < other end
    if one or other then return one ~= nil end      -- numbers before texts
    return tostring(left.id) < tostring(right.id)
  end)
  return list
end

-- A time without a zone is that of a country which no answer names: only one with a zone counts,
-- and an odd one must not spoil the rest of the answer.
local function instant(time)
  if type(time) == "number" then return time > 0 and time or nil end
  if type(time) ~= "string" then return nil end
  local zone = time:match("^%d%d%d%d%-%d%d%-%d%d[T ]%d%d:%d%d:%d%d%.?%d*(.+)$")
  return zone and (zone == "Z" or zone:match("^[+-]%d%d:%d%d$")) and time or nil
end

-- Numbers that are open: rows, or rows below another name, or below two names of which one stays
-- empty. What has none of them is no list: an empty one would prove that nothing was bought.
local function open_orders(body)
  if body == "NO_ACTIVATIONS" then return json.array {} end
  if type(body) ~= "table" or body.status == "error" then return nil end
  if body.msg == "no_activations" then return json.array {} end

  local active, rows = body.activeActivations, nil
  if type(active) == "table" and type(active.rows) == "table" then active = active.rows end
  for _, found in ipairs { body.data or false, active or false, body.array or false } do
    if type(found) == "table" and (not rows or #rows == 0) then rows = found end
  end
  rows = rows or body
  if #rows == 0 and next(rows) ~= nil then return nil end

  local list = {}
  for _, row in ipairs(rows) do
    local code = row.smsCode or row.code
    if type(code) == "table" then code = code[#code] end
    if type(code) == "number" then code = tostring(code) end
    if type(code) ~= "string" or code == "" or code:match("^<") then code = nil end
    -- getCurrentActivations names the dialling code where the others name the country.
    local country = row.countryCode or row.country
    if quirk.list == "getCurrentActivations" then country = nil end
    list[#list + 1] = {
      id         = row.activationId or row.id,
      phone      = row.phoneNumber or row.phone,
      service    = row.serviceCode or row.service,
      country    = country,
      price      = row.activationCost or row.cost or row.price,
      created_at = instant(row.activationTime or row.createDate),
      code       = code,
      status     = code and "received" or "waiting",
    }
  end
  return list
end

-- Codes of all countries' operators, or of one country's.
local function operators(body)
  local found = type(body) == "table" and (body.countryOperators or body.operators)
  if type(found) ~= "table" then return nil end
  local list = {}
  for _, names in pairs(found) do
    for _, name in ipairs(type(names) == "table" and names or { names }) do
      list[#list + 1] = { id = name, name = name }
    end
  end
  return list
end

local words = {
  -- The key and the account
  BAD_KEY                    = "auth",
  NO_KEY                     = "auth",
  API_KEY_NOT_VALID          = "auth",
  ACCOUNT_INACTIVE           = "forbidden",
  BANNED                     = "forbidden",
  SERVICE_UNAVAILABLE_REGION = "forbidden",
  NO_BALANCE                 = "balance",
  NO_MONEY                   = "balance",
  NO_BALANCE_FORWARD         = "balance",

  -- The request
  BAD_ACTION            = "invalid",
  BAD_SERVICE           = "invalid",
  WRONG_SERVICE         = "invalid",
  BAD_COUNTRY           = "invalid",
  BAD_STATUS            = "invalid",
  WRONG_EXCEPTION_PHONE = "invalid",
  OPERATORS_NOT_FOUND   = "not_found",

  -- The stock; a price limit only says that nothing is to be had below it
  NO_NUMBERS         = "no_numbers",
  MAX_PRICE_EXCEEDED = "no_numbers",
  WRONG_MAX_PRICE    = "no_numbers",

  -- Orders
  NO_ACTIVATION                  = "not_found",
  WRONG_ACTIVATION_ID            = "not_found",
  ACTIVATION_NOT_ACTIVE          = "closed",
  EARLY_CANCEL_DENIED            = "too_early",
  OTP_RECEIVED                   = "refused",       -- a code has come: no refund any more
  NEW_OTP_RECEIVED               = "refused",
  FREE_CANCELLATION_EXPIRED      = "refused",
  ORDER_ALREADY_EXISTS           = "refused",
  RENEW_ACTIVATION_NOT_AVAILABLE = "refused",
  SIM_OFFLINE                    = "refused",
  TOO_MANY_ACTIVE_RENTALS        = "refused",
  CHANNELS_LIMIT                 = "refused",
  MAIL_RULE                      = "refused",

  -- The server
  SERVER_ERROR = "unavailable",
  ERROR_SQL    = "unavailable",
  SQL_ERROR    = "unavailable",

  -- Rented numbers
  NO_ID_RENT       = "invalid",
  INCORECT_STATUS  = "invalid",                     -- spelled so on the wire
  INVALID_TIME     = "invalid",
  MAX_HOURS_EXCEED = "invalid",
  INVALID_PHONE    = "not_found",
  CANT_CANCEL      = "refused",
  ALREADY_FINISH   = "closed",
  ALREADY_CANCEL   = "closed",
  RENT_DIE         = "closed",
}

-- A host answers errors as bare words, or as JSON whose member holds the word.
local errors = { quirk.error, text = {
  ["BANNED:{until}"]         = "forbidden",
  ["WRONG_MAX_PRICE:{min}"]  = "no_numbers",
} }
for word, code in pairs(words) do
  errors.text[word] = code
  if quirk.error then errors[word] = code end
end

local operations = {
  balance = {
    get  = "?action=getBalance",
    text = { ["ACCESS_BALANCE:{amount}"] = {} },
  },

  offers = {
    get   = "?action=getPrices&service={service?}&country={country?}",
    each  = "*.*",
    reply = { country = "$1", service = "$2", price = "cost", available = "count" },
  },

  -- After WAIT_RETRY stands the code that came before; the order waits for the next one.
  check = {
    get  = "?action=getStatus&id={id}",
    text = {
      STATUS_WAIT_CODE             = { status = "waiting" },
      ["STATUS_WAIT_RETRY:{code}"] = { status = "waiting" },
      STATUS_WAIT_RESEND           = { status = "waiting" },
      ["STATUS_OK:{code}"]         = { status = "received" },
      STATUS_CANCEL                = { status = "cancelled" },
      ACCESS_CANCEL                = { status = "cancelled" },
    },
  },

  -- Tells the provider that the SMS is on its way; few providers still ask for it.
  ready = {
    get   = "?action=setStatus&status=1&id={id}",
    text  = { ACCESS_READY = {} },
    costs = false,
  },

  resend = { get = "?action=setStatus&status=3&id={id}", text = { ACCESS_RETRY_GET  = {} } },
  finish = { get = "?action=setStatus&status=6&id={id}", text = { ACCESS_ACTIVATION = {} } },
  cancel = {
    get  = "?action=setStatus&status=" .. (quirk.cancel or 8) .. "&id={id}",
    text = { ACCESS_CANCEL = {} },
  },
}

local buy = "&service={service}&country={country}&operator={operator?}"
if quirk.max_price then buy = buy .. "&" .. quirk.max_price .. "={max_price?}" end
if quirk.buy == "getNumberV2" then
  operations.buy = {
    get   = "?action=getNumberV2" .. buy,
    reply = {
      id         = "activationId",
      phone      = "phoneNumber",
      price      = "activationCost",
      expires_at = function(body) return instant(body.activationEndTime) end,
    },
  }
else
  operations.buy = {
    get  = "?action=getNumber" .. buy,
    text = { ["ACCESS_NUMBER:{id}:{phone}"] = {} },
  }
end

-- Operations that not every host has, or under different names.
if quirk.countries ~= false then
  operations.countries = {
    get   = "?action=getCountries",
    reply = function(body) return catalogue(body, "countries") end,
  }
end
if quirk.services ~= false then
  operations.services = {
    get   = "?action=" .. (quirk.services or "getServices"),
    reply = function(body) return catalogue(body, "services") end,
  }
end
if quirk.operators then
  operations.operators = {
    get   = "?action=" .. quirk.operators .. "&country={country?}",
    reply = operators,
  }
end
if quirk.list then
  local rows = quirk.rows and "&limit=" .. quirk.rows or ""
  operations.list = {
    get = "?action=" .. quirk.list .. rows, page = quirk.rows or nil, reply = open_orders,
  }
end

-- Only what is there can be kept.
local cache = { offers = "60s" }
for _, name in ipairs { "countries", "services", "operators" } do
  cache[name] = operations[name] and "1h"
end

return {
  quirks = {                                        -- the usual value first
    cancel    = { 8, -1 },                          -- the status that cancels an activation
    countries = { true, false },
    services  = { "getServices", "getServicesList", false },
    operators = { false, "getOperators" },
    list      = { false, "getActiveActivations", "getCurrentActivations" },
    rows      = { false, 100 },                     -- as many as the list is asked for
    max_price = { false, "maxPrice", "max_price" }, -- the parameter that limits the price of a buy
    buy       = { "getNumber", "getNumberV2" },     -- V2 answers JSON, with the price
    error     = { false, "title", "message", "error" },
  },

  credentials = { api_key = { label = "API key", help = "Account → API key" } },
  auth        = { query = { api_key = "{api_key}" } },

  polling  = { first = "5s", every = "5s" },
  cache    = cache,
  lifetime = "20m",                                 -- no answer says when an activation ends
  names    = "sms_activate",

  errors = errors,

  operations = operations,
}
