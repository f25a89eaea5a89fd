/// The part of the script API that is Lua: objects with methods, exact money, parallel tasks.
///
/// It runs before the script, takes the host operations (`host.…`) into its closures, and leaves
/// only what scripts are to see. Values that cross to Swift lose their methods, so tasks keep their
/// results inside the machine.
enum ScriptPrelude {
    /// A name with `=` marks the host's own code: errors name the script's line, not one of these.
    static let name = "=moonline"

    /// The lines of a message with its traceback; frames of the API tell an author nothing.
    static func withoutFrames(_ message: String) -> [String] {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        return lines.prefix(1) + lines.dropFirst().filter { !$0.contains("moonline:") }
    }

    static let source = """
        local operations = host
        host = nil

        -- Money: exact, nine decimals at most, never compared across currencies.

        local Money = {}
        Money.__index = Money
        local decimals = 9

        local function units(amount)
          local sign, whole, part = amount:match("^(%-?)(%d+)%.?(%d*)$")
          if not whole then error(("'%s' is no amount, write \\"1.50\\""):format(amount), 3) end
          part = part:match("^(.-)0*$")
          if #whole > decimals or #part > decimals then
            error(("'%s' has too many digits"):format(amount), 3)
          end
          local value = tonumber(whole .. part .. ("0"):rep(decimals - #part))
          return sign == "-" and -value or value
        end

        local function text(value)
          local digits = ("%010d"):format(value < 0 and -value or value)
          local part = digits:sub(-decimals):match("^(.-)0*$")
          if #part < 2 then part = part .. ("0"):rep(2 - #part) end
          return (value < 0 and "-" or "") .. digits:sub(1, -decimals - 1) .. "." .. part
        end

        local most = 10 ^ (2 * decimals) // 1 | 0

        local function made(value, currency)
          if value <= -most or value >= most then
            error("the amount is too large, nine digits before the point are the most", 3)
          end
          return setmetatable({ amount = text(value), currency = currency }, Money)
        end

        local function is_money(value)
          return type(value) == "table" and type(value.amount) == "string"
            and type(value.currency) == "string"
        end

        local function both(left, right, what)
          if not is_money(left) or not is_money(right) then
            error("money can only be " .. what .. " with money, write money(\\"1.50\\")", 3)
          end
          if left.currency ~= right.currency then
            error(("%s and %s are of two currencies; use the .usd of an offer"):format(
              tostring(left), tostring(right)), 3)
          end
          return units(left.amount), units(right.amount)
        end

        function Money.__add(left, right)
          local one, other = both(left, right, "added")
          return made(one + other, left.currency)
        end
        function Money.__sub(left, right)
          local one, other = both(left, right, "subtracted")
          return made(one - other, left.currency)
        end
        function Money.__mul(left, right)
          if math.type(left) == "integer" then left, right = right, left end
          if math.type(right) ~= "integer" then
            error("money can be multiplied by a whole number only", 2)
          end
          local value = units(left.amount)
          if value ~= 0 and (right > most or right < -most
              or math.abs(right) > most // math.abs(value)) then
            error("the amount is too large, nine digits before the point are the most", 2)
          end
          return made(value * right, left.currency)
        end
        function Money.__div(left, right)
          if not is_money(left) or math.type(right) ~= "integer" or right < 1 then
            error("money can be divided by a whole number from 1 on only", 2)
          end
          return made(-(-units(left.amount) // right), left.currency)
        end
        function Money.__unm(value) return made(-units(value.amount), value.currency) end
        function Money.__lt(left, right)
          local one, other = both(left, right, "compared")
          return one < other
        end
        function Money.__le(left, right)
          local one, other = both(left, right, "compared")
          return one <= other
        end
        function Money.__eq(left, right)
          return left.currency == right.currency and units(left.amount) == units(right.amount)
        end
        function Money.__tostring(value) return value.amount .. " " .. value.currency end
        function Money.__concat(left, right) return tostring(left) .. tostring(right) end

        local function as_money(value)
          if not is_money(value) then return value end
          -- What one provider says may not end the script: such an amount counts as not told.
          local is_readable, amount = pcall(units, value.amount)
          return is_readable and made(amount, value.currency) or nil
        end

        function money(value)
          if math.type(value) == "integer" then value = tostring(value) end
          local amount, currency = tostring(value):match("^(%-?[%d.]+) *(%a*)$")
          if type(value) ~= "string" or not amount then
            error("write money(\\"1.50\\") for US dollars or money(\\"20000IDR\\")", 2)
          end
          if currency == "" then currency = "USD" end
          return made(units(amount), currency:upper())
        end

        -- Failures that a script has to expect are values: nil and the error.

        local Failure = {}
        function Failure.__tostring(failure) return failure.message end
        function Failure.__concat(left, right) return tostring(left) .. tostring(right) end

        local function outcome(value, failure)
          if failure then return nil, setmetatable(failure, Failure) end
          return value
        end

        local function with_money(record, ...)
          for _, name in ipairs { ... } do record[name] = as_money(record[name]) end
          return record
        end

        -- Numbers.

        local Number = {}
        Number.__index = Number

        local function as_number(order, failure)
          if not order then return outcome(nil, failure) end
          return setmetatable(with_money(order, "price"), Number)
        end

        local function id_of(number, method)
          if type(number) ~= "table" or type(number.id) ~= "string" then
            error(("call it with a colon: number:%s()"):format(method), 3)
          end
          return number.id
        end

        function Number:wait_code(duration)
          return outcome(operations.wait(id_of(self, "wait_code"), duration or "90s"))
        end
        function Number:next_code(duration)
          return outcome(operations.next(id_of(self, "next_code"), duration or "90s"))
        end
        function Number:swap() return as_number(operations.swap(id_of(self, "swap"))) end
        function Number:reuse() return as_number(operations.reuse(id_of(self, "reuse"))) end
        function Number:status() return as_number(operations.status(id_of(self, "status"))) end
        for _, name in ipairs { "cancel", "finish", "resend" } do
          Number[name] = function(number)
            return outcome(operations.change(name, id_of(number, name)))
          end
        end

        -- otp: what providers sell and what was bought.

        otp = {}
        local function check_keys(what, given, known)
          if given == nil then return {} end
          if type(given) ~= "table" then error(what .. " takes a table", 3) end
          for name, value in pairs(given) do
            local kind = known[name]
            if not kind then
              local names = {}
              for key in pairs(known) do names[#names + 1] = key end
              table.sort(names)
              error(("%s: unknown key '%s'; known are %s"):format(
                what, tostring(name), table.concat(names, ", ")), 3)
            elseif math.type(value) ~= kind and type(value) ~= kind then
              error(("%s: %s is a %s, a %s is expected"):format(
                what, name, type(value), kind), 3)
            end
          end
          return given
        end

        function otp.providers(filter)
          return operations.providers(check_keys("otp.providers", filter, { with = "string" }))
        end
        function otp.offers(query)
          local offers, failure = operations.offers(query)
          if not offers then return outcome(nil, failure) end
          for _, offer in ipairs(offers) do with_money(offer, "price", "usd") end
          return offers
        end
        function otp.buy(what) return as_number(operations.buy(what)) end
        function otp.order(id) return as_number(operations.status(id)) end
        function otp.orders(filter)
          local orders = operations.orders(check_keys("otp.orders", filter, { open = "boolean" }))
          for _, order in ipairs(orders) do setmetatable(with_money(order, "price"), Number) end
          return orders
        end
        function otp.stats(filter)
          check_keys("otp.stats", filter, {})
          local groups = operations.stats()
          for _, group in ipairs(groups) do with_money(group, "spent", "cost_per_code") end
          return groups
        end
        function otp.balance(provider)
          local rows, failure = operations.balance(provider)
          if not rows then return outcome(nil, failure) end
          for _, row in ipairs(rows) do
            with_money(row, "amount")
            if row.error then setmetatable(row.error, Failure) end
          end
          return rows
        end

        -- task: functions that run while others wait.

        task = {}
        local function check_functions(list, name)
          if type(list) ~= "table" then
            error(("task.%s takes a list of functions"):format(name), 3)
          end
          for index, entry in ipairs(list) do
            if type(entry) ~= "function" then
              local what = ("task.%s: item %d is a %s, not a function")
              error(what:format(name, index, type(entry)), 3)
            end
          end
        end
        function task.all(functions, options)
          check_functions(functions, "all")
          local at_once = check_keys("task.all", options, { at_once = "integer" }).at_once or 16
          if at_once < 1 then error("task.all: at_once is at least 1", 2) end
          local results, failures, wrapped = {}, {}, {}
          for index, entry in ipairs(functions) do
            wrapped[index] = function()
              local value, failure = entry()
              if value == nil then value = false end
              results[index], failures[index] = value, failure
            end
          end
          operations.all(wrapped, at_once)
          return results, failures
        end
        function task.race(functions)
          check_functions(functions, "race")
          if #functions == 0 then error("task.race takes a list of at least one function", 2) end
          local winner, failures, wrapped = nil, {}, {}
          for index, entry in ipairs(functions) do
            wrapped[index] = function()
              local value, failure = entry()
              failures[index] = failure
              if value and not winner then winner = { value, index } end
              return winner ~= nil
            end
          end
          operations.race(wrapped)
          if winner then return winner[1], winner[2] end
          return nil, failures
        end

        -- Other things of the operations.

        local function filled(message, fields)
          return (tostring(message):gsub("{([%w_]+)}", function(name)
            local value = (fields or {})[name]
            if value ~= nil then return tostring(value) end
          end))
        end
        log = {}
        for _, level in ipairs { "debug", "info", "warn", "error" } do
          log[level] = function(message, fields) operations.log(level, filled(message, fields)) end
        end
        function print(...)
          local parts = table.pack(...)
          for index = 1, parts.n do parts[index] = tostring(parts[index]) end
          operations.print(table.concat(parts, "\t", 1, parts.n))
        end
        function sleep(duration) operations.sleep(duration) end
        http = {}
        function http.request(method, url, options)
          return outcome(operations.http(method, url, options or {}))
        end
        function http.get(url, options) return http.request("get", url, options) end
        function http.post(url, options) return http.request("post", url, options) end

        script = setmetatable({
          show = function(fields)
            if type(fields) ~= "table" then
              error("script.show takes a table, write script.show { phone = number.phone }", 2)
            end
            local shown = {}
            for name, value in pairs(fields) do
              shown[name] = type(value) == "table" and tostring(value) or value
            end
            operations.show(shown)
          end,
          progress = function(message, fields) operations.progress(filled(message, fields)) end,
        }, { __call = function(_, specification)
          local arguments, moneys = operations.declare(specification)
          for _, name in ipairs(moneys) do
            local value = arguments[name]
            if value and value.amount then
              arguments[name] = as_money(value)
            elseif value then
              for index, item in ipairs(value) do value[index] = as_money(item) end
            end
          end
          return arguments
        end })

        """
}
