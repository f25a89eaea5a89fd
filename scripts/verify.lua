-- One number that receives a code: cheapest first, falling back over countries and providers.
-- moonline run scripts/verify.lua service=telegram countries=ID,GB max_price=0.80
local args = script {
  about     = "Verify one account, falling back over providers and countries",
  service   = { "string", about = "what to verify with, such as telegram" },
  countries = { "string", list = true, about = "ISO codes, such as ID,GB" },
  providers = { "string", list = true, optional = true, about = "accounts; all by default" },
  max_price = { "money", optional = true, about = "the most a number may cost" },
  wait      = { "duration", default = "90s", about = "how long each number is waited for" },
  tries     = { "integer", default = 5, about = "numbers that are bought at most" },
}

local offers, failure = otp.offers {
  service = args.service, countries = args.countries, providers = args.providers,
}
if not offers then return nil, failure end

local dropped = {}                                  -- accounts that nothing more is to be had from
for _, offer in ipairs(offers) do
  if args.tries == 0 then break end
  offer.max_price = args.max_price
  if not dropped[offer.provider] and offer.available ~= 0 then
    local number, why = otp.buy(offer)
    if number then
      args.tries = args.tries - 1
      script.show { phone = number.phone, provider = number.provider, price = number.price }
      local code
      code, why = number:wait_code(args.wait)
      if code then
        number:finish()
        return { phone = number.phone, code = code, provider = number.provider,
                 country = number.country, price = number.price }
      end
      number:cancel()                               -- in its hold it is given back at the end
    elseif why.code == "unknown_purchase" then
      return nil, why                               -- it may have been bought: no second one
    elseif why.code == "balance" or why.code == "auth" or why.code == "forbidden" then
      dropped[offer.provider] = true
    elseif why.retry == "never" and why.code ~= "refused" then
      error(why)                                    -- a mistake of ours: stop
    end
    failure = why
    log.info("{provider} {country}: {why}", {
      provider = offer.provider, country = offer.country, why = why })
  end
end
return nil, failure or "nothing is on offer within the limits"
