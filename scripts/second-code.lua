-- Two codes on one number: the second by resending, or by using the number again.
-- moonline run scripts/second-code.lua service=telegram country=GB
local args = script {
  about    = "Receive two codes on one number",
  service  = { "string", about = "what to verify with, such as telegram" },
  country  = { "string", about = "an ISO code, such as GB" },
  provider = { "string", optional = true, about = "an account; all by default" },
  max_price = { "money", optional = true, about = "the most a number may cost" },
  wait     = { "duration", default = "90s", about = "how long each code is waited for" },
}

-- Only those that can give a second code at all.
local able = {}
for _, operation in ipairs { "resend", "reuse" } do
  for _, provider in ipairs(otp.providers { with = operation }) do
    if not args.provider or provider == args.provider then able[#able + 1] = provider end
  end
end
if #able == 0 then return nil, "no configured account has resend or reuse" end

local number, failure = otp.buy {
  service = args.service, country = args.country, providers = able, max_price = args.max_price,
}
if not number then return nil, failure end
script.show { phone = number.phone, step = "first code" }

local first
first, failure = number:wait_code(args.wait)
if not first then return nil, failure end
script.show { phone = number.phone, code = first, step = "second code" }

-- A provider that sends another code to an open order does so for nothing; others sell the number
-- once more.
local second
second, failure = number:next_code(args.wait)
if second then
  number:finish()
elseif failure.code == "unsupported" then
  number:finish()
  local again
  again, failure = number:reuse()
  if not again then return nil, failure end
  second, failure = again:wait_code(args.wait)
  if second then again:finish() end
end
if not second then return nil, failure end
return { phone = number.phone, codes = { first, second } }
