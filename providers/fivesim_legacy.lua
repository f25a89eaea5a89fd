-- 5sim through its sms-activate compatible address, for keys of the old kind ("API1").
-- Document: https://5sim.net/docs, which calls it deprecated; `fivesim` speaks the present API.
-- Unusual: the verbs and words are sms-activate's, the names are 5sim's own (england, whatsapp);
-- prices are told by operator; status -1 cancels, 8 bans the number and costs rating.
-- The document's address is http://api1.5sim.net/…; this is the same over https, as a few clients
-- use it. A front in between may refuse the addresses of data centres.
-- Not confirmed against the document: https, all of getPrices, whether a purchase takes a price
-- limit, the currency, any limit of requests.
local wanted = { service = "telegram", country = "england" }  -- what the tests buy

-- Country, service, operator: a purchase without an operator may get any of them, so what counts
-- for the caps is the dearest that is in stock. A service that is not sold there is null.
local function prices(body)
  if type(body) ~= "table" then return nil end
  local list = {}
  for country, services in pairs(body) do
    if type(services) ~= "table" then return nil end
    for service, operators in pairs(services) do
      local price, available = nil, 0
      for _, offer in pairs(type(operators) == "table" and operators or {}) do
        local cost, count = tonumber(offer.cost), tonumber(offer.count) or 0
        if cost and count > 0 then
          price     = math.max(price or 0, cost)
          available = available + count
        end
      end
      if price then
        list[#list + 1] = {
          country = country, service = service, price = price, available = available,
        }
      end
    end
  end
  return list
end

return provider {
  api      = 1,
  id       = "fivesim_legacy",
  name     = "5sim (sms-activate)",
  version  = "1.0.0",
  docs     = "https://5sim.net/docs",
  base_url = "https://api1.5sim.net/stubs/handler_api.php",
  dialect  = "sms_activate",

  quirks = { cancel = -1, countries = false, services = false },

  credentials = {
    api_key = { label = "API1 key", help = "5sim.net → Settings → Security → API1 (old)" },
  },

  limits   = { { requests = 60, per = "1m" } },     -- none is documented: a polite default
  currency = "USD",

  -- 5sim's names: those on which two lists of clients agree. A service is Moonline's own name,
  -- unless it stands here.
  names   = {},
  aliases = {
    services = {
      vk = "vkontakte", ok = "odnoklassniki", qq = "tencentqq", xiaohongshu = "redbook",
      indrive = "indriver", tripcom = "trip", ola = "olacabs", dominos = "dominospizza",
      hepsiburada = "hepsiburadacom", ["plenty-of-fish"] = "pof", ["bigo-live"] = "bigolive",
      ["burger-king"] = "burgerking", ["dodo-pizza"] = "dodopizza",
      ["disney-hotstar"] = "disneyhotstar", ["humble-bundle"] = "humblebundle",
      ["paddy-power"] = "paddypower", ["samsung-shop"] = "samsungshop",
      ["taptap-send"] = "taptapsend", ["mts-cashback"] = "mtscashback",
    },
    countries = {
      AF = "afghanistan", AG = "antiguaandbarbuda", AI = "anguilla", AL = "albania",
      AM = "armenia", AO = "angola", AR = "argentina", AT = "austria", AU = "australia",
      AW = "aruba", AZ = "azerbaijan", BA = "bih", BB = "barbados", BD = "bangladesh",
      BE = "belgium", BF = "burkinafaso", BG = "bulgaria", BH = "bahrain", BI = "burundi",
      BJ = "benin", BO = "bolivia", BR = "brazil", BS = "bahamas", BT = "bhutane",
      BW = "botswana", BY = "belarus", BZ = "belize", CA = "canada", CG = "congo",
      CH = "switzerland", CI = "ivorycoast", CL = "chile", CM = "cameroon", CN = "china",
      CO = "colombia", CR = "costarica", CV = "capeverde", CY = "cyprus", CZ = "czech",
      DE = "germany", DJ = "djibouti", DM = "dominica", DO = "dominicana", DZ = "algeria",
      EC = "ecuador", EE = "estonia", EG = "egypt", ER = "eritrea", ES = "spain", ET = "ethiopia",
      FI = "finland", FR = "france", GA = "gabon", GB = "england", GD = "grenada", GE = "georgia",
      GF = "frenchguiana", GH = "ghana", GM = "gambia", GN = "guinea", GP = "guadeloupe",
      GQ = "equatorialguinea", GR = "greece", GT = "guatemala", GW = "guineabissau",
      GY = "guyana", HK = "hongkong", HN = "honduras", HR = "croatia", HT = "haiti",
      HU = "hungary", ID = "indonesia", IE = "ireland", IL = "israel", IN = "india", IT = "italy",
      JM = "jamaica", JO = "jordan", JP = "japan", KE = "kenya", KG = "kyrgyzstan",
      KH = "cambodia", KM = "comoros", KN = "saintkittsandnevis", KW = "kuwait",
      KY = "caymanislands", KZ = "kazakhstan", LA = "laos", LC = "saintlucia", LK = "srilanka",
      LR = "liberia", LS = "lesotho", LT = "lithuania", LU = "luxembourg", LV = "latvia",
      MA = "morocco", MD = "moldova", ME = "montenegro", MG = "madagascar", MK = "northmacedonia",
      MM = "myanmar", MN = "mongolia", MO = "macau", MR = "mauritania", MS = "montserrat",
      MU = "mauritius", MV = "maldives", MW = "malawi", MX = "mexico", MY = "malaysia",
      MZ = "mozambique", NA = "namibia", NC = "newcaledonia", NE = "niger", NG = "nigeria",
      NI = "nicaragua", NL = "netherlands", NO = "norway", NP = "nepal", NZ = "newzealand",
      OM = "oman", PA = "panama", PE = "peru", PG = "papuanewguinea", PH = "philippines",
      PK = "pakistan", PL = "poland", PR = "puertorico", PT = "portugal", PY = "paraguay",
      RE = "reunion", RO = "romania", RS = "serbia", RU = "russia", RW = "rwanda",
      SA = "saudiarabia", SB = "solomonislands", SC = "seychelles", SE = "sweden",
      SG = "singapore", SI = "slovenia", SK = "slovakia", SL = "sierraleone", SN = "senegal",
      SR = "suriname", ST = "saotomeandprincipe", SV = "salvador", SZ = "swaziland",
      TC = "turksandcaicos", TD = "chad", TG = "togo", TH = "thailand", TJ = "tajikistan",
      TL = "easttimor", TM = "turkmenistan", TN = "tunisia", TO = "tonga", TR = "turkey",
      TT = "tit", TW = "taiwan", TZ = "tanzania", UA = "ukraine", UG = "uganda", US = "usa",
      UY = "uruguay", UZ = "uzbekistan", VC = "saintvincentandgrenadines", VE = "venezuela",
      VG = "virginislands", VN = "vietnam", WS = "samoa", ZA = "southafrica", ZM = "zambia",
      ZW = "zimbabwe",
    },
  },

  errors = { "msg", message = "msg",
    ["country is incorrect"] = "invalid",
    ["service is incorrect"] = "invalid",
    ["product is incorrect"] = "invalid",
  },

  operations = {
    -- Without a country the service comes first, so both are asked for.
    offers = { get = "?action=getPrices&service={service}&country={country}", reply = prices },
  },

  tests = {
    -- Account and prices
    { "balance", {},
      sends = { method = "GET", path = "/stubs/handler_api.php?action=getBalance",
                auth = "query api_key" },
      reply = { text = "ACCESS_BALANCE:12.34" }, gives = { amount = "12.34", currency = "USD" } },
    { "offers", wanted,
      sends = { path =
        "/stubs/handler_api.php?action=getPrices&service=telegram&country=england" },
      reply = { body = [[{"england": {"telegram": {
        "virtual4":  {"cost": 0.5,  "count": 20},
        "virtual21": {"cost": 0.75, "count": 3},
        "virtual34": {"cost": 2.5,  "count": 0}}}}]] },
      gives = { { country = "england", service = "telegram", price = "0.75", available = 23 } } },
    { "offers", wanted,
      reply = { body = [[{"england": {"telegram": {"virtual4": {"cost": 1, "count": 0}}}}]] },
      gives = {} },
    { "offers", wanted, reply = { body = [[{"england": {"telegram": null}}]] }, gives = {} },
    { "offers", wanted,
      reply = { json = { status = "false", msg = "country is incorrect" } }, fails = "invalid" },
    { "offers", wanted, reply = { json = { status = "false", msg = "else" } },
      fails = "protocol" },
    { "offers", { service = "telegram" }, fails = "invalid" },

    -- Orders
    { "buy", { service = "telegram", country = "england", operator = "virtual4" },
      sends = { method = "GET", auth = "query api_key",
                path = "/stubs/handler_api.php?action=getNumber&service=telegram"
                  .. "&country=england&operator=virtual4" },
      reply = { text = "ACCESS_NUMBER:421542172:447000900123" },
      gives = { id = "421542172", phone = "+447000900123" } },
    { "check", { id = "421542172" },
      sends = { path = "/stubs/handler_api.php?action=getStatus&id=421542172" },
      reply = { text = "STATUS_WAIT_CODE" }, gives = { status = "waiting" } },
    { "check", { id = "421542172" }, reply = { text = "STATUS_OK:58392" },
      gives = { status = "received", code = "58392" } },
    { "check", { id = "421542172" }, reply = { text = "STATUS_CANCEL" },
      gives = { status = "cancelled" } },
    { "ready", { id = "1" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=1&id=1" },
      reply = { text = "ACCESS_READY" }, gives = {} },
    { "resend", { id = "1" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=3&id=1" },
      reply = { text = "ACCESS_RETRY_GET" }, gives = {} },
    { "finish", { id = "1" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=6&id=1" },
      reply = { text = "ACCESS_ACTIVATION" }, gives = {} },
    { "cancel", { id = "1" },
      sends = { path = "/stubs/handler_api.php?action=setStatus&status=-1&id=1" },
      reply = { text = "ACCESS_CANCEL" }, gives = {} },

    -- Errors
    { "buy", wanted, reply = { text = "NO_NUMBERS" }, fails = "no_numbers" },
    { "buy", wanted, reply = { text = "NO_BALANCE" }, fails = "balance" },
    { "buy", wanted, reply = { text = "BAD_SERVICE" }, fails = "invalid" },
    { "buy", wanted, reply = { text = "BAD_COUNTRY" }, fails = "invalid" },
    { "check", { id = "1" }, reply = { text = "NO_ACTIVATION" }, fails = "not_found" },
    { "balance", {}, reply = { text = "BAD_KEY" }, fails = "auth" },
    { "balance", {}, reply = { status = 401, text = "" }, fails = "auth" },
    { "balance", {}, reply = { status = 403, text = "<html>Attention</html>" },
      fails = "forbidden" },
    { "check", { id = "1" },
      reply = { status = 429, text = "", headers = { ["retry-after"] = "7" } },
      fails = { code = "rate_limited", retry_after = 7 } },
  },
}
