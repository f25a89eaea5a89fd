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
      list[#list + 1] = {
        id   = type(id) == "number" and ("%d"):format(id) or id,
        name = entry.eng or entry.name or entry.title,
      }
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
    return tostring(left.id) < tostring(right.id)
  end)
  return list
end

-- Numbers that are open, of the two shapes in use: rows, or rows below another name.
local function open_orders(body)
  if body == "NO_ACTIVATIONS" then return json.array {} end
  if type(body) ~= "table" then return nil end
  local rows = body.activeActivations or body.array or body.data or body
  if type(rows) ~= "table" or body.status == "error" then return nil end
  if type(rows.rows) == "table" then rows = rows.rows end

  local list = {}
  for _, row in ipairs(rows) do
    local code = row.smsCode or row.code
    if type(code) == "table" then code = code[#code] end
    if code == json.null or code == "" then code = nil end
    list[#list + 1] = {
      id      = row.activationId or row.id,
      phone   = row.phoneNumber or row.phone,
      service = row.serviceCode or row.service,
      country = row.countryCode or row.country,
      price   = row.activationCost or row.cost or row.price,
      code    = code,
      status  = code and "received" or "waiting",
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

  countries = {
    get   = "?action=getCountries",
    reply = function(body) return catalogue(body, "countries") end,
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
    reply = { id = "activationId", phone = "phoneNumber", price = "activationCost" },
  }
else
  operations.buy = {
    get  = "?action=getNumber" .. buy,
    text = { ["ACCESS_NUMBER:{id}:{phone}"] = {} },
  }
end

-- Operations that not every host has, or under different names.
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
  operations.list = { get = "?action=" .. quirk.list, reply = open_orders }
end

return {
  quirks = {                                        -- the usual value first
    cancel    = { 8, -1 },                          -- the status that cancels an activation
    services  = { "getServices", "getServicesList", false },
    operators = { false, "getOperators" },
    list      = { false, "getActiveActivations", "getCurrentActivations" },
    max_price = { false, "maxPrice", "max_price" }, -- the parameter that limits the price of a buy
    buy       = { "getNumber", "getNumberV2" },     -- V2 answers JSON, with the price
    error     = { false, "title", "message", "error" },
  },

  credentials = { api_key = { label = "API key", help = "Account → API key" } },
  auth        = { query = { api_key = "{api_key}" } },

  polling  = { first = "5s", every = "5s" },
  cache    = { countries = "1h", services = "1h", offers = "60s" },
  lifetime = "20m",                                 -- no answer says when an activation ends
  names    = "sms_activate",

  errors = errors,

  operations = operations,
}
