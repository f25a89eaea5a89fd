-- What hostile code tries. Each section is a file of its own; its first line says what has to come
-- of it: time (killed), memory (the cap), error TEXT, value TEXT (it ends, and returns that), or
-- two of them with "or" between, where the speed of the processor says which budget ends first.

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

--@ an error whose text loops: error of another kind
error(setmetatable({}, {__tostring = function() while true do end end}))

--@ an iterator that never ends: time
for _ in function() return 1 end do end

--@ next over a table that grows while it is walked: time or memory
local t = {1}
for k in next, t do t[#t + 1] = k t[k .. "x"] = 1 end

--@ an index chain that is its own: error loop
local t = {} setmetatable(t, {__index = t}) return t.x

--@ a chain of two thousand indexes: error loop
local t = {}
for i = 1, 2100 do t = setmetatable({}, {__index = t}) end
return t.x

--@ sorting with an order that is none: error invalid order
while true do
    local t = {}
    for i = 1, 200000 do t[i] = i end
    table.sort(t, function() return true end)
end

--@ sorting with a comparison written in C: time
local t = {}
for i = 1, 500000 do t[i] = (i * 7919) % 1000003 end
while true do table.sort(t, math.ult) end

--@ sorting with a comparison that repeats texts: time
local t = {}
for i = 1, 20000 do t[i] = 600000 end
table.sort(t, string.rep)
table.sort(t, string.rep)
while true do table.sort(t, string.rep) end

--@ sorting with a comparison that walks over a table that was emptied: time
local empty = {}
empty[empty] = true
for i = 1, 100000 do empty[i + 0.5] = true end
for i = 1, 100000 do empty[i + 0.5] = nil end
local t = {}
for i = 1, 20000 do t[i] = empty end
while true do table.sort(t, next) end

--@ sorting without a comparison: time
local t = {}
for i = 1, 500000 do t[i] = (i * 7919) % 1000003 end
while true do table.sort(t) t[1], t[#t] = t[#t], t[1] end

--@ sorting one long text many times: time
local text, t = ("a"):rep(4000000), {}
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
local text, wanted = ("a"):rep(4000000), ("a"):rep(2000000) .. "b"
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

--@ gsub that matches nothing very often: time or memory
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

--@ doubling a text until something gives: memory
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
local digits = ("9"):rep(4000000)
while true do tonumber(digits) end

--@ arithmetic on long digits: time
local digits = ("9"):rep(4000000)
while true do local _ = digits + 1 end

--@ comparing long texts: time
local a, b = ("a"):rep(4000000), ("a"):rep(3999999) .. "a"
while true do local _ = a < b end

--@ telling long texts apart: time
local a, b = ("a"):rep(4000000), ("a"):rep(3999999) .. "a"
while true do local _ = a == b end

--@ counting the letters of a long text: time
local text = ("ä"):rep(2000000)
while true do utf8.len(text) end

--@ turning long texts to capitals: time
local text = ("a"):rep(4000000)
while true do text:upper() end

--@ the bytes of a long text: error too long
return ("a"):rep(4000000):byte(1, -1)

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

--@ a text of JSON that is its own bomb: memory or time
local text = "[" .. ("[1],"):rep(1000000) .. "1]"
while true do json.decode(text) end

--@ encoding a table that holds itself: error circle
local t = {} t[1] = t return json.encode(t)

--@ encoding a table that doubles at each level: time or memory
local t = {1} for i = 1, 40 do t = {t, t} end
return json.encode(t)

--@ returning a table that holds itself: error itself
local t = {} t.x = t return t

--@ returning a table that doubles at each level: error too many
local t = {1} for i = 1, 40 do t = {t, t} end
return t

--@ returning what is no data: error no data
return pcall

--@ a key that is a table: error may not be a table
return {[{}] = 1}

--@ an error message of megabytes: error
error(("x"):rep(4000000))

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

--@ a closer that is put in afterwards: error non-closable
local mt = {} local t = setmetatable({}, mt)
mt.__close = function() while true do end end
do local _ <close> = t end

--@ a closer that runs when the kill comes: error non-closable
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

--@ a host call that is refused, and then a result: value 1
pcall(log.info, "x", next)
return 1

--@ a host call that is refused behind a long list: value 1
local t = {}
for i = 1, 100000 do t[i] = true end
t[2] = next
log.info("slice")
pcall(log.info, t)
return 1

--@ a host call that is refused behind half a text: memory
local a, b = ("A"):rep(1000), ("B"):rep(4194304)
log.info("slice")
pcall(log.info, a, b)
return 1

--@ a key of JSON that holds a zero byte: value 14
return #json.encode { ["a\0b"] = 1 }

--@ a table that is emptied while it is encoded: value
local t = setmetatable({}, { __index = function(t) for k in next, t do t[k] = nil end end })
for i = 1, 200 do t["\1\0k" .. i] = i end
return #json.encode(t)

--@ encoding that encodes in its key's __tostring: error as a key
local bad
local K = setmetatable({}, { __tostring = function() json.encode(bad) end })
bad = { [K] = 1 }
for i = 1, 61 do bad = { bad } end
json.encode(bad)

--@ encoding that encodes in __index: value
local depth = 0
local bad = {["a\0"] = 1}
setmetatable(bad, {__index = function() depth = depth + 1 return json.encode(bad) end})
local inner = bad
for i = 1, 61 do bad = {bad} end
local ok, e = pcall(json.encode, bad)
return depth, e

--@ a weak mode that comes late: value table
local m = {}
local w = setmetatable({}, m)
m.__mode = "v"
w[1] = {}
for i = 1, 200000 do local _ = {} end
return tostring(w[1])

--@ a weak metatable whose __newindex is collected: value nil 1 or time
local mm = {}
local mt = setmetatable({}, mm)
mm.__mode = "v"
local obj = setmetatable({}, mt)
local function wipe()
  local a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z
  local a1,b1,c1,d1,e1,f1,g1,h1,i1,j1,k1,l1,m1,n1,o1,p1,q1,r1,s1,t1
end
local fill = {}
local function prepare()
  local big = {}
  for i = 1, 4096 do big["k" .. i] = 1 end   -- the hash part is full
  mt.__newindex = big
end
local function filling(size) local i = 0 while true do i = i + 1 fill[#fill + 1] = ("x"):rep(size) .. i end end
local function set() obj.fresh = 1 end
local hold = {}
prepare()
hold[1] = mt.__newindex
pcall(filling, 50000) pcall(filling, 5000)
hold[1] = nil
wipe()
pcall(set)
return mt.__newindex == nil, 1

--@ a chain of weak keys: time
local N = tonumber(60000)
local mt, keys, eph = {}, {}, {}
local order = {}
for i = 1, N do keys[i] = {} eph[i] = setmetatable({}, mt) end
mt.__mode = "k"
-- adverse order: the chain runs against the order of the tables
local seed = 12345
local perm = {}
for i = 1, N do perm[i] = i end
for i = N, 2, -1 do seed = (seed * 1103515245 + 12345) % 2147483648 local j = seed % i + 1 perm[i], perm[j] = perm[j], perm[i] end
for i = 1, N - 1 do eph[perm[i]][keys[i]] = keys[i + 1] end
local root = keys[1]
keys = nil
while true do local x = {} end

--@ a false length that comes late: value 0
local m = {}
local t = setmetatable({}, m)
m.__len = function() return 9 end
return #t

--@ a closer that comes late: value 0
local n = 0
local m = {}
local t = setmetatable({}, m)
m.__close = function() n = 1 end
pcall(function() local _ <close> = t end)
return n

--@ a closer that raises in place of the kill: time
local mt, n = {}, 0
local t = setmetatable({}, mt)
mt.__close = function() n = n + 1 error("replaced") end
while true do
  pcall(function()
    local _ <close> = t
    table.sort({3, 2, 1}, function() while true do end end)
  end)
end

--@ closers at every depth: time
local mt = {} local t = setmetatable({}, mt)
mt.__close = function() error("x") end
local function f(n) local a <close> = t local b <close> = t if n > 0 then return 1 + f(n - 1) end end
while true do pcall(f, 150) end

--@ a closer that keeps the kill: value nil
local got
local mt = {} local t = setmetatable({}, mt)
mt.__close = function(_, e) got = e; local i = 0 while true do i = i + 1 end end
pcall(function()
  local _ <close> = t
  table.sort({3, 2, 1}, function() while true do end end)
end)
return tostring(got)

--@ a replacement of empty captures: time
("a"):rep(20):gsub("(x-)", ("%1"):rep(2000000))

--@ a replacement of positions: time or memory
while true do pcall(string.gsub, ("a"):rep(1000), "()a", ("%1"):rep(30000)) end

--@ a replacement of nothing: time or memory
while true do pcall(string.gsub, ("a"):rep(100), "", ("%0"):rep(2000000)) end

--@ replacements of a megabyte each: time or memory
local r = ("b"):rep(1000000)
while true do pcall(string.gsub, ("a"):rep(60), "a", function() return r end) end

--@ an emptied table that is returned twenty thousand times: time or memory
local e = {}
for i = 1, 500000 do e[i .. ""] = 1 end
for k in next, e do e[k] = nil end
local r = {}
for i = 1, 20000 do r[i] = e end
return r

--@ an emptied table that the host gets: time or memory
local e = {}
for i = 1, 500000 do e[i .. ""] = 1 end
for k in next, e do e[k] = nil end
local r = {}
for i = 1, 20000 do r[i] = e end
log.info(r)
return 1

--@ an emptied table in JSON: time
local e = {}
for i = 1, 500000 do e[i .. ""] = 1 end
for k in next, e do e[k] = nil end
local r = {}
for i = 1, 300 do r[i] = e end
return #json.encode(r)

--@ eight million booleans: error too many
local a = {} for i = 1, 8000 do a[i] = true end
local b = {} for i = 1, 1000 do b[i] = a end
return b

--@ quoting a text of control bytes: time
local s = ("\1"):rep(4000000)
while true do pcall(string.format, "%q", s) end

--@ half a million conversions: time
local t = {}
for i = 1, 500000 do t[i] = 1.7e-308 end
local f = ("%.99g"):rep(500000)
while true do pcall(function() return f:format(table.unpack(t)) end) end

--@ a long text deep in JSON: time or memory
local t = ("x"):rep(4000000)
for i = 1, 60 do t = { t } end
while true do pcall(json.encode, t) end

--@ a text of control bytes in JSON: time or memory
local s = ("\1"):rep(1300000)
while true do pcall(json.encode, s) end

--@ JSON of four hundred thousand keys: time or memory
local t = {}
local n = 0
pcall(function() for i = 1, 400000 do t[(i * 7919 % 1000003) .. ""] = 1 end end)
while true do pcall(json.encode, t) end

--@ comparing texts of zero bytes: time
local a, b = ("\0"):rep(4000000), ("\0"):rep(3999999) .. "a"
while true do local _ = a < b end

--@ sorting texts of zero bytes: time or memory
local t = {}
for i = 1, 7 do t[i] = ("\0"):rep(4000000 - i) end
while true do table.sort(t) table.sort(t, function(a, b) return a > b end) end

--@ an error that holds a function: error
error { code = "invalid", f = next }

--@ a structured error of megabytes: error
error { code = "invalid", message = ("x"):rep(4000000) }

--@ a code of megabytes: error
fail(("x"):rep(4000000))

--@ an error that holds itself: error
local t = { code = "x" }
t.t = t
error(t)

--@ a key of combining marks: error longer than
log.info { [("\u{316}\u{301}"):rep(10000)] = 1 }

--@ a text of combining marks: value 1
for i = 1, 20 do log.info(("\u{316}\u{301}"):rep(20000)) end return 1

--@ a flood of host calls: time
while true do log.info("x") end

--@ a flood of host calls in pcall: time
while true do pcall(sleep, "1s") end

--@ lines of megabytes: time or value 1
for i = 1, 100 do log.info(("x"):rep(900000)) end return 1

--@ a name of megabytes after call: error too large to leave
call[("x"):rep(4000000)]()

--@ a callback of sort that loops: time
table.sort({ 3, 2, 1 }, function() for i = 1, 1e12 do end end)

--@ a false length with __index in sort: value
local mt = {__index = function(_, i) return i end, __newindex = function() end} local t = setmetatable({}, mt)
mt.__len = function() return 2^31 - 2 end
table.sort(t)

--@ waiting as a comparison: error nothing can wait
table.sort({ 3, 2, 1 }, sleep)

--@ waiting in __index and in an iterator: error non-closable
local t = setmetatable({}, {__index = function(_, k) log.info(k) return 1 end})
for i = 1, 100 do local _ = t[i] end
local mt = {} local c = setmetatable({}, mt) mt.__close = function() log.info("close") end
do local _ <close> = c end
for k in log.info do break end
return "ok"

--@ nine hundred thousand results: error more than 200000 values
local t = {}
for i = 1, 900000 do t[i] = true end
return table.unpack(t)

--@ long texts in a machine that is full: time or memory
local t = {}
pcall(function() for i = 1, 1e9 do t[i] = {} end end)
while true do pcall(string.rep, "x", 4000000) end

--@ a handler that raises: time
local function h(e) error(e) end
while true do xpcall(error, h, "x") end

--@ a kill while a handler is too deep: time
local function h(e) return (("a"):gsub("a", function() return h(e) end)) end
while true do xpcall(function() table.sort({2,1}, function() while true do end end) end, h) end

--@ a type's name of megabytes: time
local t = setmetatable({}, { __name = ("x"):rep(2e6) })
while true do pcall(function() return t + 1 end) end

--@ numbers of thousands of digits: time or memory
local n = "0." .. ("123456789"):rep(400) .. "e-300,"
local s = "[" .. n:rep(1000) .. "1]"
while true do json.decode(s) end

--@ finding a bracket: value 2
return (("a)b"):find(")"))

--@ a back reference to a position: value nil
return ("aa"):match("()%1")

--@ a metatable filled later: value late
local m = {}
local t = setmetatable({}, m)
m.__index = function() return "late" end
setmetatable({}, m)
return t.x

--@ a thousand metatables: value 1000
local n = 0
for i = 1, 1000 do
  local t = setmetatable({}, { __index = function() return i end })
  if t.x == i then n = n + 1 end
end
return n

--@ metatables that are each other's: value nil
local a, b = {}, {}
a.__index, b.__index = setmetatable({}, b), setmetatable({}, a)
return tostring(setmetatable({}, a).x)

--@ a metatable that is its own: error loop
local t = {}
t.__index = t
setmetatable(t, t)
return tostring(t.x)

--@ inserting at the front of a long list: time or memory
local t = {}
for i = 1, 1e6 do t[i] = i end
while true do table.insert(t, 1, 0) end

--@ removing from the front of a long list: time
local t = {}
for i = 1, 1e6 do t[i] = i end
for i = 1, 1e6 do table.remove(t, 1) end
return 1

--@ searching what is emptied again and again: time or memory
local t = {}
for i = 1, 300000 do t["k" .. i] = 1 end
for k in next, t do t[k] = nil end
while true do next(t) end

--@ a long plain search: time or memory
local s = ("a"):rep(4000000)
while true do s:find(("a"):rep(2000) .. "b", 1, true) end

--@ turning a long text over: time or memory
local s = ("a"):rep(4000000)
while true do s:reverse() s:upper() end

--@ a long number as a text: time
local s = ("1"):rep(4000000)
while true do tonumber(s) tonumber("0x" .. s) end

--@ bytes of a long text: error stack overflow
return select("#", ("a"):rep(4000000):byte(1, -1))

--@ code points of a long text: error stack overflow
return select("#", utf8.codepoint(("a"):rep(4000000), 1, -1))

--@ a concatenation that doubles: memory
local s = "x"
while true do s = s .. s end

--@ a text that fills the memory twice: memory or time
local t = {}
for i = 1, 64 do t[i] = ("x"):rep(4000000) .. i end

--@ sorting a table whose items come by next: time
local N, t = 1 << 18, {}
for i = 1, N do t[i] = N end
for i = 2, N - 1 do t[i] = nil end
while true do
  pcall(table.sort, setmetatable(t, { __index = next, __newindex = rawequal }))
end

--@ replacements that come by next: time
local N, t = 1 << 18, {}
for i = 1, N do t[i] = N end
for i = 2, N - 1 do t[i] = nil end
setmetatable(t, { __index = next })
while true do pcall(string.gsub, ("x"):rep(1e5), "()", t) end

--@ many small tables that leave a full heap: value nil or time
local kept = {}
pcall(function() local s = ("x"):rep(5e5) for i = 1, 1e7 do kept[i] = s .. i end end)
kept = #kept
local out = {}
for i = 1, 66000 do out[i] = { k = "v" .. i } end
return out

--@ many small tables beside a full heap: value nil or time
local kept, out = {}, {}
for i = 1, 66000 do out[i] = { k50 = i } end
pcall(function() local s = ("x"):rep(5e5) for i = 1, 1e7 do kept[i] = s .. i end end)
return out, kept[1]

--@ a move through a table that is built anew for each item: time
local S, t = 1 << 18, {}
for i = 1, S - 12 do t[4 * i] = i end
t[1] = 1 t[2] = 1 t[1 << 20] = 1
while true do pcall(table.insert, t, 1, 0) pcall(table.remove, t, 1) end

--@ a sort of a table that is built anew for each item: time
local S, t = 1 << 18, {}
for i = 1, S - 12 do t[4 * i] = i end
t[1] = 1 t[2] = 1 t[1 << 20] = 1
while true do pcall(table.sort, t, rawequal) end

--@ numbers that are written into a full heap: time or memory
local f, n, keep = ("%.0s"):rep(250), {}, {}
for i = 1, 250 do n[i] = i + 1 / 3 end
for i = 1, 1 << 19 do keep[i] = false end
local function run(...)
  pcall(function() for i = 1, 1 << 19 do keep[i] = {} end end)
  for i = 1, 3 do keep[i] = false end
  while true do pcall(f.format, f, ...) end
end
run(table.unpack(n))

--@ long keys that are encoded into a full heap: time or memory
local t, keep = {}, {}
for i = 1, 10000 do t[("k"):rep(41) .. i] = i end
for i = 1, 1 << 18 do keep[i] = false end
pcall(function() for i = 1, 1 << 18 do keep[i] = {} end end)
for i = 1, 3 do keep[i] = false end
while true do pcall(json.encode, t) end

--@ numbers that are joined in a full heap: time or memory
local t, keep = {}, {}
for i = 1, 1 << 14 do t[i] = i + 1 / 3 end
for i = 1, 1 << 18 do keep[i] = false end
pcall(function() for i = 1, 1 << 18 do keep[i] = {} end end)
for i = 1, 3 do keep[i] = false end
while true do pcall(table.concat, t) end

--@ numbers that are put together in a full heap: time or memory
local keep = {}
local a, b, c, d = 1 / 3, 2 / 3, 4 / 3, 5 / 3
for i = 1, 1 << 18 do keep[i] = false end
pcall(function() for i = 1, 1 << 18 do keep[i] = {} end end)
for i = 1, 3 do keep[i] = false end
local function join()
  return a .. b .. c .. d .. a .. b .. c .. d .. a .. b .. c .. d .. a .. b .. c .. d .. a .. b
    .. c .. d .. a .. b .. c .. d .. a .. b .. c .. d .. a .. b .. c .. d .. a .. b .. c .. d
end
while true do pcall(join) end

--@ errors at the end of a row of names: time
local x = {}
x.a = x
local function last()
  return x.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.b.c
end
while true do pcall(last) end

--@ long texts under many keys beyond ASCII: error
local out = {}
for i = 1, 8000 do out[i .. ("a" .. ("\u{301}\u{316}"):rep(15)):rep(16)] = i end
return out

--@ two hundred thousand short texts: error
local out, s = {}, ("x"):rep(35)
for i = 1, 199000 do out[i] = s end
return out

--@ a wait that a sort cannot do, from deep in a recursion: time
local function deep(n)
  if n == 0 then return sleep(1) end
  local r = deep(n - 1)
  return r
end
while true do pcall(table.sort, { 1, 2 }, function() return deep(100000) end) end

--@ a chain of things that are called in each other's place: error must be a function
local t = function() return 1 end
for i = 1, 100000 do t = setmetatable({}, { __call = t }) end
return t()

--@ a function that is called through its table: value 3
local t = setmetatable({}, { __call = function(self, a, b) return a + b end })
return t(1, 2)

--@ the largest of long numbers: time
local s, t = ("0"):rep(3999998) .. "65", {}
for i = 1, 250 do t[i] = s end
return math.max(table.unpack(t))

--@ the smallest of what are no numbers: error number expected
local s, t = ("\0"):rep(4000000), {}
for i = 1, 250 do t[i] = s end
return math.min(table.unpack(t))

--@ code points of long numbers: time
local s, t = ("0"):rep(3999998) .. "65", {}
for i = 1, 300 do t[i] = s end
return utf8.char(table.unpack(t))

--@ bytes of long numbers: time
local s, t = ("0"):rep(3999998) .. "65", {}
for i = 1, 300 do t[i] = s end
return string.char(table.unpack(t))

--@ a format of long numbers: time
local s, t = ("0"):rep(3999998) .. "65", {}
for i = 1, 250 do t[i] = s end
return string.format(("%d"):rep(250), table.unpack(t))

--@ quoting many texts of control bytes: error takes at most 65536 bytes
local s, t = ("\1"):rep(65536), {}
for i = 1, 120 do t[i] = s end
return string.format(("%q"):rep(120), table.unpack(t))

--@ as many results as the stack holds: error more than 200000 values
return table.unpack({}, 1, 990000)

--@ numbers in texts stay numbers: value 10 A A
return math.max("10", 2), string.char("65"), utf8.char("65.0")
