-- The dialect of sms-activate: one address, the verb in `action`, answers that are short words
-- (`STATUS_OK:1234`) for orders and JSON for catalogues. Dozens of providers copied it.
-- Unusual: everything is a GET, errors arrive as words under HTTP 200 or under a real error status,
-- and the catalogues differ from copy to copy in shape but not in meaning.

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

return {
  credentials = { api_key = { label = "API key", help = "Account → API key" } },
  auth        = { query = { api_key = "{api_key}" } },

  polling  = { first = "5s", every = "5s" },
  cache    = { countries = "1h", services = "1h", offers = "60s" },
  lifetime = "20m",                                 -- no answer says when an activation ends
  names    = "sms_activate",

  errors = {
    text = {
      -- The key and the account
      BAD_KEY                    = "auth",
      NO_KEY                     = "auth",
      API_KEY_NOT_VALID          = "auth",
      ACCOUNT_INACTIVE           = "forbidden",
      BANNED                     = "forbidden",
      ["BANNED:{until}"]         = "forbidden",
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
      NO_NUMBERS                = "no_numbers",
      MAX_PRICE_EXCEEDED        = "no_numbers",
      WRONG_MAX_PRICE           = "no_numbers",
      ["WRONG_MAX_PRICE:{min}"] = "no_numbers",

      -- Orders
      NO_ACTIVATION                  = "not_found",
      WRONG_ACTIVATION_ID            = "not_found",
      ACTIVATION_NOT_ACTIVE          = "closed",
      EARLY_CANCEL_DENIED            = "too_early",
      OTP_RECEIVED                   = "refused",   -- a code has come: no refund any more
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
      INCORECT_STATUS  = "invalid",                 -- spelled so on the wire
      INVALID_TIME     = "invalid",
      MAX_HOURS_EXCEED = "invalid",
      INVALID_PHONE    = "not_found",
      CANT_CANCEL      = "refused",
      ALREADY_FINISH   = "closed",
      ALREADY_CANCEL   = "closed",
      RENT_DIE         = "closed",
    },
  },

  operations = {
    balance = {
      get  = "?action=getBalance",
      text = { ["ACCESS_BALANCE:{amount}"] = {} },
    },

    countries = {
      get   = "?action=getCountries",
      reply = function(body) return catalogue(body, "countries") end,
    },

    services = {
      get   = "?action=getServices",
      reply = function(body) return catalogue(body, "services") end,
    },

    offers = {
      get   = "?action=getPrices&service={service?}&country={country?}",
      each  = "*.*",
      reply = { country = "$1", service = "$2", price = "cost", available = "count" },
    },

    buy = {
      get  = "?action=getNumber&service={service}&country={country}&operator={operator?}",
      text = { ["ACCESS_NUMBER:{id}:{phone}"] = {} },
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
    cancel = { get = "?action=setStatus&status=8&id={id}", text = { ACCESS_CANCEL     = {} } },
  },
}
