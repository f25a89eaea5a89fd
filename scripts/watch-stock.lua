-- Waits until numbers are in stock at a price, and says where.
-- moonline run scripts/watch-stock.lua service=whatsapp countries=ID,GB max_price=0.50
local args = script {
  about     = "Watch until a service is in stock",
  service   = { "string", about = "what to look for, such as whatsapp" },
  countries = { "string", list = true, about = "ISO codes, such as ID,GB" },
  max_price = { "money", optional = true, about = "dearer offers do not count" },
  count     = { "integer", default = 1, about = "numbers that have to be there" },
  every     = { "duration", default = "60s", about = "how often it looks" },
  times     = { "integer", default = 60, about = "how many looks at most" },
}

-- A limit in US dollars compares with every offer that has a rate.
local function is_cheap(offer)
  if not args.max_price then return true end
  local price = offer.price
  if price and price.currency ~= args.max_price.currency then price = offer.usd end
  return price ~= nil and price.currency == args.max_price.currency and price <= args.max_price
end

local why
for look = 1, args.times do
  if look > 1 then sleep(args.every) end
  local offers
  offers, why = otp.offers { service = args.service, countries = args.countries }
  for _, offer in ipairs(offers or {}) do
    -- What a provider does not count may be there.
    local available = offer.available or args.count
    if available >= args.count and is_cheap(offer) then
      return { provider = offer.provider, country = offer.country, price = offer.price,
               available = offer.available }
    end
  end
  script.progress("look {look} of {times}: nothing yet", { look = look, times = args.times })
end
return nil, why or "it was not in stock"
