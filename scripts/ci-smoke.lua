-- Checks that every configured account can do its job, and writes JUnit XML for a CI server.
-- moonline run scripts/ci-smoke.lua service=telegram country=GB max_total=2 > junit.xml
local args = script {
  about     = "Check every configured account within a spend cap, as JUnit XML",
  service   = { "string", about = "what is bought, such as telegram" },
  country   = { "string", about = "an ISO code, such as GB" },
  max_total = { "money", default = "2", about = "US dollars that the whole run may spend" },
  buys      = { "boolean", default = true, about = "false only reads balance and offers" },
  wait      = { "duration", default = "90s", about = "how long a code is waited for" },
}

local spent, cases, failed = money("0") + args.max_total * 0, {}, 0    -- only US dollars add up

local function escaped(text)
  return (tostring(text):gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
                                           ['"'] = "&quot;" }))
end

local function note(provider, name, failure, skipped)
  local inside = ""
  if failure and failure.code == "unsupported" then failure, skipped = nil, failure end
  if skipped then inside = ('<skipped message="%s"/>'):format(escaped(skipped)) end
  if failure then
    failed = failed + 1
    inside = ('<failure type="%s" message="%s"/>'):format(failure.code, escaped(failure))
  end
  cases[#cases + 1] = ('  <testcase classname="%s" name="%s">%s</testcase>'):format(
    escaped(provider), name, inside)
end

for _, provider in ipairs(otp.providers { with = "buy" }) do
  local balance, why = otp.balance(provider)
  note(provider, "balance", why or balance[1].error)
  local offers
  offers, why = otp.offers { service = args.service, country = args.country, provider = provider }
  note(provider, "offers", why)
  local offer = offers and offers[1]
  if not args.buys or not offer or not offer.usd or spent + offer.usd > args.max_total then
    note(provider, "code", nil, offer and args.buys and "beyond the cap" or "not bought")
  else
    offer.max_price = offer.price
    local number
    number, why = otp.buy(offer)
    if number then
      spent = spent + offer.usd                     -- counts even when it comes back
      local code
      code, why = number:wait_code(args.wait)
      if code then number:finish() else number:cancel() end
    end
    note(provider, "code", why)
  end
end

print('<?xml version="1.0" encoding="UTF-8"?>')
print(('<testsuite name="moonline" tests="%d" failures="%d">'):format(#cases, failed))
for _, line in ipairs(cases) do print(line) end
print("</testsuite>")
if #cases == 0 then return nil, "no account is configured" end
if failed > 0 then return nil, ("%d of %d checks failed"):format(failed, #cases) end
