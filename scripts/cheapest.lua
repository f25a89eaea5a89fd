-- Where a code costs least: the price of a number divided by how often it brings a code. With no
-- history, half of the numbers are assumed to.
-- moonline run scripts/cheapest.lua service=telegram countries=ID,GB
local args = script {
  about     = "Rank offers by the expected cost of a code",
  service   = { "string", about = "what to verify with, such as telegram" },
  countries = { "string", list = true, about = "ISO codes, such as ID,GB" },
  rows      = { "integer", default = 10, about = "how many are shown" },
}

local offers, failure = otp.offers { service = args.service, countries = args.countries }
if not offers then return nil, failure end

-- An account without a history counts as one with two numbers, one of which brought a code.
local codes, numbers = {}, {}
for _, group in ipairs(otp.stats()) do
  if group.service == args.service then
    local key = group.provider .. " " .. group.country
    codes[key], numbers[key] = group.codes, group.numbers
  end
end

local rows = {}
for _, offer in ipairs(offers) do
  if offer.usd and offer.available ~= 0 then
    local key = offer.provider .. " " .. offer.country
    local got, bought = (codes[key] or 0) + 1, (numbers[key] or 0) + 2
    rows[#rows + 1] = {
      provider = offer.provider, country = offer.country, price = offer.price,
      cost = offer.usd * bought / got,
      history = bought > 2 and ("%d of %d brought a code"):format(got - 1, bought - 2)
        or "no history",
    }
  end
end
table.sort(rows, function(a, b) return a.cost < b.cost end)

for index = 1, math.min(args.rows, #rows) do
  local row = rows[index]
  print(("%-18s %-3s %14s  %s a code, %s"):format(
    row.provider, row.country, tostring(row.price), tostring(row.cost), row.history))
end
if #rows == 0 then return nil, "nothing is on offer" end
