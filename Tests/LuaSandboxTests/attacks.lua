-- What hostile code tries. Each section is a file of its own; its first line says what has to come
-- of it: time (killed), memory (the cap), error TEXT, value TEXT (it ends, and returns that), or
-- several of them with "or" between.

--@ a bare loop: time
while true do end

--@ a loop that goto makes: time
::again:: goto again

--@ a loop in repeat: time
repeat until false

--@ a numeric loop without a body: time
for i = 1, math.maxinteger do end

--@ a loop over a float: time
for i = 1.0, math.huge do end

--@ a kill that pcall would swallow: time
while true do pcall(function() while true do end end) end

--@ a kill that xpcall would swallow: time
while true do xpcall(function() while true do end end, function() while true do end end) end

--@ a kill inside the handler of xpcall: time
local function handler(e) return xpcall(function() while true do end end, handler) end
while true do xpcall(error, handler) end

--@ pcall called by pcall: time
while true do pcall(pcall, pcall, function() while true do end end) end

--@ a loop of failing calls: time
while true do pcall(error, {}) end

--@ endless recursion, caught again and again: time
local function deep() return 1 + deep() end
while true do pcall(deep) end

--@ endless tail calls: time
local function tail() return tail() end
tail()

--@ two functions that call each other for ever: time
local even, odd
function even(n) return odd(n + 1) end
function odd(n) return even(n + 1) end
even(0)

--@ a comparison function that loops: time
while true do pcall(table.sort, {3, 2, 1}, function() while true do end end) end

--@ a replacement function that loops: time
while true do pcall(string.gsub, "aaa", "a", function() while true do end end) end

--@ a replacement table whose index loops: time
("a"):gsub("a", setmetatable({}, {__index = function() while true do end end}))

--@ a metamethod __index that loops: time
local t = setmetatable({}, {__index = function() while true do end end}) return t.x

--@ a metamethod __newindex that loops: time
setmetatable({}, {__newindex = function() while true do end end}).x = 1

--@ a metamethod __call that loops: time
setmetatable({}, {__call = function() while true do end end})()

--@ a metamethod __concat that loops: time
local _ = setmetatable({}, {__concat = function() while true do end end}) .. "x"

--@ a metamethod __eq that loops: time
local mt = {__eq = function() while true do end end}
local _ = setmetatable({}, mt) == setmetatable({}, mt)

--@ a metamethod __lt that loops inside sort: time
local mt = {__lt = function() while true do end end}
table.sort({setmetatable({}, mt), setmetatable({}, mt)})

--@ a metamethod __unm that loops: time
local _ = -setmetatable({}, {__unm = function() while true do end end})

--@ a metamethod __tostring that loops: time
tostring(setmetatable({}, {__tostring = function() while true do end end}))

--@ a metamethod __tostring that loops inside format: time
string.format("%s", setmetatable({}, {__tostring = function() while true do end end}))

--@ an error whose text loops: time or error
error(setmetatable({}, {__tostring = function() while true do end end}))

--@ an iterator that never ends: time
for _ in function() return 1 end do end

--@ next over a table that grows while it is walked: time or error invalid key to 'next'
local t = {1}
for k in next, t do t[#t + 1] = k t[k .. "x"] = 1 end

--@ an index chain that is its own: error loop
local t = {} setmetatable(t, {__index = t}) return t.x

--@ a chain of two thousand indexes: error loop
local t = {}
for i = 1, 2100 do t = setmetatable({}, {__index = t}) end
return t.x

--@ sorting with an order that is none: time or error invalid order
while true do
    local t = {}
    for i = 1, 200000 do t[i] = i end
    table.sort(t, function() return true end)
end

--@ sorting with a comparison written in C: time
local t = {}
for i = 1, 500000 do t[i] = (i * 7919) % 1000003 end
while true do table.sort(t, math.ult) end

--@ sorting without a comparison: time
local t = {}
for i = 1, 500000 do t[i] = (i * 7919) % 1000003 end
while true do table.sort(t) t[1], t[#t] = t[#t], t[1] end

--@ sorting one long text many times: time
local text, t = ("a"):rep(8000000), {}
for i = 1, 100000 do t[i] = text end
table.sort(t)

--@ sorting a table that holds values at powers of two: error holes
local t = {} for i = 62, 0, -1 do t[1 << i] = 1 end
table.sort(t, function() return false end)

--@ inserting into a table that holds values at powers of two: error holes
local t = {} for i = 62, 0, -1 do t[1 << i] = 1 end
table.insert(t, 1, "x")

--@ removing from a table that holds values at powers of two: error holes
local t = {} for i = 62, 0, -1 do t[1 << i] = 1 end
table.remove(t, 1)

--@ unpacking a table that holds values at powers of two: error holes
local t = {} for i = 62, 0, -1 do t[1 << i] = 1 end
return table.unpack(t)

--@ unpacking a range without end: error too many results
return table.unpack({}, math.mininteger, math.maxinteger)

--@ unpacking more than the stack holds: error too many results
return table.unpack({}, 1, 1e7)

--@ select from the end of nothing: error out of range
select(math.mininteger)

--@ joining by an index that answers for ever: error leaves the table
table.concat(setmetatable({}, {__index = function() return "" end}), "", 1, 2 ^ 53)

--@ inserting at the front of a large table: time or memory
local t = {}
for i = 1, 1000000 do t[i] = i end
while true do table.insert(t, 1, 0) table.remove(t, 1) end

--@ a length that lies: error __len
setmetatable({}, {__len = function() return 2 ^ 53 end})

--@ the plain search of a text that nearly matches everywhere: time
local text, wanted = ("a"):rep(8000000), ("a"):rep(4000000) .. "b"
while true do text:find(wanted, 1, true) end

--@ a pattern that backtracks: error too many steps
("a"):rep(200000):find((".-"):rep(6) .. "b")

--@ a short text and a pattern that backtracks: error too many steps
("a"):rep(3000):find(("a-"):rep(4) .. "b")

--@ a backtracking pattern, caught again and again: time
while true do pcall(string.find, ("a"):rep(3000), ("a-"):rep(4) .. "b") end

--@ a set as long as the text: error too many steps or time
("x"):rep(1000000):find("[" .. ("a"):rep(1000000) .. "]")

--@ a complemented set as long as the text: error too many steps or time
("a"):rep(1000000):find("[^" .. ("a"):rep(1000000) .. "]")

--@ a frontier over a long set: error too many steps or time
("ab"):rep(500000):find("%f[" .. ("c"):rep(1000000) .. "]")

--@ a back reference to a long capture: error too many steps or time
("a"):rep(4000000):find("(a+)%1b")

--@ balanced brackets that never close: error too many steps or time
("("):rep(1000000):find("%b()x")

--@ gmatch over a text that fits nowhere: error too many steps or time
for _ in ("a"):rep(3000):gmatch(("a-"):rep(4) .. "b") do end

--@ gsub that matches nothing very often: time or memory or error
while true do ("a"):rep(1000000):gsub("", "xy") end

--@ gsub that recurses: error overflow
local function again(n) return (("a"):gsub("a", function() return again(n + 1) end)) end
again(1)

--@ a pattern of many captures: error too many captures
("a"):rep(100):find(("(a)"):rep(40))

--@ a pattern of many nested captures: error
("a"):find(("("):rep(300) .. "a" .. (")"):rep(300))

--@ an unfinished pattern: error malformed
("a"):find("[a")

--@ a pattern that ends in a percent sign: error malformed
("a"):find("a%")

--@ repeating a text beyond all memory: error too large
("x"):rep(1e10)

--@ repeating with a separator beyond all memory: error too large
("x"):rep(1e18, "yy")

--@ repeating a text to a thousand million: error too large
("x"):rep(1e9)

--@ repeating nothing for ever: value 0
return #(""):rep(1e18)

--@ doubling a text until something gives: memory or time
local s = "x" while true do s = s .. s end

--@ doubling a text, caught again and again: time or memory
while true do pcall(function() local s = "x" while true do s = s .. s end end) end

--@ a replacement that is far longer than the text: memory or time
("a"):rep(1000000):gsub("a", ("b"):rep(1000))

--@ joining a table that is its own blow-up: time
local t = {} for i = 1, 1000 do t[i] = ("x"):rep(1000) end
while true do local _ = table.concat(t) end

--@ tables until the cap: memory or time
local t = {} for i = 1, 1e9 do t[i] = {} end

--@ tables until the cap, caught again and again: time or memory
local t = {}
while true do pcall(function() while true do t[#t + 1] = ("x"):rep(1000000) end end) end

--@ closures until the cap: memory or time
local t = {} for i = 1, 1e9 do t[i] = function() return i end end

--@ long keys until the cap: memory or time
local t = {} for i = 1, 1e9 do t[("k"):rep(100) .. i] = i end

--@ numbers in text that take long to read: time
local digits = ("9"):rep(8000000)
while true do tonumber(digits) end

--@ arithmetic on long digits: time
local digits = ("9"):rep(8000000)
while true do local _ = digits + 1 end

--@ comparing long texts: time
local a, b = ("a"):rep(8000000), ("a"):rep(7999999) .. "a"
while true do local _ = a < b end

--@ telling long texts apart: time
local a, b = ("a"):rep(8000000), ("a"):rep(7999999) .. "a"
while true do local _ = a == b end

--@ counting the letters of a long text: time
local text = ("ä"):rep(4000000)
while true do utf8.len(text) end

--@ turning long texts to capitals: time
local text = ("a"):rep(8000000)
while true do text:upper() end

--@ the bytes of a long text: error too long
return ("a"):rep(8000000):byte(1, -1)

--@ a width without measure: error invalid
string.format("%99999d", 1)

--@ a number of four hundred digits: value 409
return #string.format("%.99f", 1e308)

--@ an address by format: error %p
string.format("%p", {})

--@ an address by format, with flags: error %p
string.format("%-20p", {})

--@ addresses by tostring: value table function
return tostring({}) .. " " .. tostring(pcall)

--@ an address in an error: value table
local _, e = pcall(error, {}) return tostring(e)

--@ brackets without end: error
return json.decode(("["):rep(100000))

--@ a text of JSON that is its own bomb: time or error or memory
local text = "[" .. ("[1],"):rep(1000000) .. "1]"
while true do json.decode(text) end

--@ encoding a table that holds itself: error circle
local t = {} t[1] = t return json.encode(t)

--@ encoding a table that doubles at each level: time or memory or error
local t = {1} for i = 1, 40 do t = {t, t} end
return json.encode(t)

--@ returning a table that holds itself: error itself
local t = {} t.x = t return t

--@ returning a table that doubles at each level: error too large
local t = {1} for i = 1, 40 do t = {t, t} end
return t

--@ returning what is no data: error no data
return pcall

--@ a key that is a table: error may not be a table
return {[{}] = 1}

--@ an error message of megabytes: error
error(("x"):rep(8000000))

--@ an error that is nil: error
error(nil)

--@ an error that is a number: error 7
error(7)

--@ a finaliser: error __gc
setmetatable({}, {__gc = function() while true do end end})

--@ a finaliser that is put in afterwards: value nil
local mt = {} setmetatable({}, mt) mt.__gc = function() while true do end end
for i = 1, 100000 do local _ = {} end
return nil

--@ a closer: error __close
local _ <close> = setmetatable({}, {__close = function() while true do end end})

--@ a closer that is put in afterwards: time
local mt = {} local t = setmetatable({}, mt)
mt.__close = function() while true do end end
do local _ <close> = t end

--@ a closer that runs when the kill comes: time
local mt = {} local t = setmetatable({}, mt)
mt.__close = function() while true do end end
local _ <close> = t
while true do end

--@ a weak table: error __mode
setmetatable({}, {__mode = "k"})

--@ a weak metatable that is put in afterwards: value 1
local mt = {} local t = setmetatable({}, mt) mt.__mode = "kv" mt.__newindex = {}
for i = 1, 10000 do t[i] = {} end
return 1

--@ a metatable that hides itself: error __metatable
setmetatable({}, {__metatable = false})

--@ the metatable of texts: error
getmetatable("").__index = function() return "pwned" end

--@ a function of texts replaced: value 1
string.format = nil return #("%d"):rep(0) + 1

--@ dumping a function: error
return ("x"):dump()

--@ source text at run time: error
return load("return 1")()

--@ the registry: error
return debug.getregistry()

--@ an environment variable: error
return os.getenv("HOME")

--@ a file: error
return io.open("/etc/passwd")

--@ another process: error
return os.execute("true")

--@ a module: error
return require("os")

--@ a coroutine: error
return coroutine.wrap(function() end)

--@ the garbage collector: error
collectgarbage("stop")

--@ a constant environment: error
local _ENV <const> = 11; X = 1
