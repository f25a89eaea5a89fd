-- All orders as CSV, one a line, for a spreadsheet.
-- moonline run scripts/export.lua > orders.csv
local args = script {
  about = "Export the orders to CSV",
  open  = { "boolean", default = false, about = "only those that are not over" },
}

local columns = {
  "id", "provider", "phone", "service", "country", "state", "code", "refund", "created_at",
}

-- Text that a spreadsheet would read as a formula or as two cells is put in quotes (RFC 4180).
local function cell(value)
  local text = value == nil and "" or tostring(value)
  if text:match("^[=@%-]") then text = "'" .. text end
  if text:find('[",\n]') then text = '"' .. text:gsub('"', '""') .. '"' end
  return text
end

print(table.concat(columns, ",") .. ",amount,currency")
for _, order in ipairs(otp.orders { open = args.open }) do
  local cells = {}
  for index, column in ipairs(columns) do cells[index] = cell(order[column]) end
  local price = order.price or {}
  cells[#cells + 1] = cell(price.amount)
  cells[#cells + 1] = cell(price.currency)
  print(table.concat(cells, ","))
end
