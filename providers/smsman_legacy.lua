-- SMS-Man through its sms-activate compatible address.
-- Document: https://sms-man.com/site/docs-api; `smsman` speaks the second version of the own API.
-- Unusual: status -1 cancels; numbers of countries and codes of services are sms-activate's here,
-- not those of the own API; costs are text; filtered prices come in several shapes.
-- Not confirmed against the document: maxPrice and currency, which a client sends; the shape of
-- prices of one service in one country; what a balance is in; any limit of requests; a hold.
local wanted = { service = "tg", country = "16" }   -- what the tests buy

-- Country, then service, then {cost, count}; of one country and service a level may be missing.
local function prices(body)
  if type(body) ~= "table" then return nil end
  local list, unnamed = {}, 0
  for key, entry in pairs(body) do
    if type(entry) ~= "table" then return nil end
    if entry.cost ~= nil then
      unnamed = unnamed + 1
      list[#list + 1] = { price = entry.cost, available = entry.count }
    else
      for service, price in pairs(entry) do
        if type(price) ~= "table" or price.cost == nil then return nil end
        list[#list + 1] = {
          country = key, service = service, price = price.cost, available = price.count,
        }
      end
    end
  end
  -- A single one is what was asked for; of several nobody knows which is which.
  if unnamed > 0 and #list > 1 then return nil end
  return list
end

return provider {
  api      = 1,
  id       = "smsman_legacy",
  name     = "SMS-Man (sms-activate)",
  version  = "1.0.0",
  docs     = "https://sms-man.com/site/docs-api",
  base_url = "https://api.sms-man.com/stubs/handler_api.php",
  dialect  = "sms_activate",

  quirks = { cancel = -1 },

  credentials = { api_key = { label = "API key", help = "sms-man.com → Profile → API key" } },

  limits   = { { requests = 60, per = "1m" } },     -- none is documented: a polite default
  currency = "USD",                                 -- asked for; roubles taken for dollars are
                                                    -- refused, the other way round overspends

  operations = {
    offers = {
      get   = "?action=getPrices&service={service}&country={country}&currency=USD",
      reply = prices,
    },
    buy = {
      get  = "?action=getNumber&service={service}&country={country}&maxPrice={max_price?}"
        .. "&currency=USD",
      text = { ["ACCESS_NUMBER:{id}:{phone}"] = {} },
    },
  },

  tests = {
    -- Account and catalogue
    { "balance", {},
      sends = { method = "GET", path = "/stubs/handler_api.php?action=getBalance",
                auth = "query api_key" },
      reply = { text = "ACCESS_BALANCE:799.70" },
      gives = { amount = "799.70", currency = "USD" } },
    { "countries", {},
      sends = { path = "/stubs/handler_api.php?action=getCountries" },
      reply = { json = { { id = "16", name = "United Kingdom" }, { id = "0", name = "Russia" } } },
      gives = { { id = "0", name = "Russia" }, { id = "16", name = "United Kingdom" } } },
    { "services", {},
      sends = { path = "/stubs/handler_api.php?action=getServices" },
      reply = { json = { { id = "tg", name = "Telegram" }, { id = "go", title = "Google" } } },
      gives = { { id = "go", name = "Google" }, { id = "tg", name = "Telegram" } } },
    { "offers", wanted,
      sends = { path =
        "/stubs/handler_api.php?action=getPrices&service=tg&country=16&currency=USD" },
      reply = { body = [[{"16": {"tg": {"cost": "0.15", "count": 6455}}}]] },
      gives = { { country = "16", service = "tg", price = "0.15", available = 6455 } } },
    { "offers", wanted, reply = { body = [[{"16": {"cost": "0.15", "count": 6455}}]] },
      gives = { { price = "0.15", available = 6455 } } },
    { "offers", wanted, reply = { body = [[{"tg": {"cost": "0.15", "count": 6455}}]] },
      gives = { { price = "0.15", available = 6455 } } },
    { "offers", wanted,
      reply = { body = [[{"tg": {"cost": "0.15", "count": 1}, "wa": {"cost": "9", "count": 1}}]] },
      fails = "protocol" },
    { "offers", wanted, reply = { body = "[]" }, gives = {} },

    -- Orders
    { "buy", { service = "tg", country = "16", max_price = "0.20" },
      sends = { method = "GET", auth = "query api_key",
                path = "/stubs/handler_api.php?action=getNumber&service=tg&country=16"
                  .. "&maxPrice=0.20&currency=USD" },
      reply = { text = "ACCESS_NUMBER:55:447000900123" },
      gives = { id = "55", phone = "+447000900123" } },
    { "check", { id = "55" },
      sends = { path = "/stubs/handler_api.php?action=getStatus&id=55" },
      reply = { text = "STATUS_WAIT_CODE" }, gives = { status = "waiting" } },
    { "check", { id = "55" }, reply = { text = "STATUS_OK:58392" },
      gives = { status = "received", code = "58392" } },
    { "ready", { id = "55" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=1&id=55" },
      reply = { text = "ACCESS_READY" }, gives = {} },
    { "resend", { id = "55" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=3&id=55" },
      reply = { text = "ACCESS_RETRY_GET" }, gives = {} },
    { "finish", { id = "55" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=6&id=55" },
      reply = { text = "ACCESS_ACTIVATION" }, gives = {} },
    { "cancel", { id = "55" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=-1&id=55" },
      reply = { text = "ACCESS_CANCEL" }, gives = {} },

    -- Errors
    { "buy", wanted, reply = { text = "NO_NUMBERS" }, fails = "no_numbers" },
    { "buy", wanted, reply = { text = "NO_BALANCE" }, fails = "balance" },
    { "buy", wanted, reply = { text = "BAD_SERVICE" }, fails = "invalid" },
    { "cancel", { id = "1" }, reply = { text = "NO_ACTIVATION" }, fails = "not_found" },
    { "cancel", { id = "1" }, reply = { text = "BAD_STATUS" }, fails = "invalid" },
    { "balance", {}, reply = { text = "BAD_KEY" }, fails = "auth" },
    { "balance", {}, reply = { status = 401, text = "Unauthorized" }, fails = "auth" },
    { "check", { id = "1" },
      reply = { status = 429, text = "", headers = { ["retry-after"] = "7" } },
      fails = { code = "rate_limited", retry_after = 7 } },
    { "balance", {}, reply = { text = "<html>Maintenance</html>" }, fails = "protocol" },
  },
}
