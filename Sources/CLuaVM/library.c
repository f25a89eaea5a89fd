// The globals of a sandbox: an allow list, a pcall that cannot catch a kill, and host operations.
#include "internal.h"

#include <string.h>

// The registry's key of the metatable of failures.
static const char FAILURE[] = "moonline.failure";

// ---- host operations

// "file:line" of the nearest Lua frame, so that a failing host call names the caller's line.
static void push_where(lua_State *L) {
    lua_Debug frame;
    for (int level = 0; lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sl", &frame);
        // A chunk named "=…" is the host's own: the line that called into it is meant.
        if (frame.currentline > 0 && frame.source[0] != '=') {
            lua_pushfstring(L, "%s:%d", frame.short_src, frame.currentline);
            return;
        }
    }
    lua_pushliteral(L, "?");
}

static int resume_host_call(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    luavm_task *task = luavm_current(L);
    lua_settop(L, 0);
    task->vm->takes_reply = true;
    int count = luavm_decode_list(L, task->reply);
    task->vm->takes_reply = false;
    if (task->reply_succeeded) return count;
    lua_settop(L, 1);
    if (lua_istable(L, 1)) {
        push_where(L);
        lua_setfield(L, 1, "where");
        luaL_setmetatable(L, FAILURE);
    }
    return lua_error(L);
}

// The C function or metamethod between the caller and its coroutine, by its name in Lua.
static const char *push_blocker(lua_State *L) {
    lua_Debug frame;
    bool is_unnamed = false;
    // Each level is counted from the top again.
    for (int level = 1; level <= BLOCKER_LEVELS && lua_getstack(L, level, &frame); level++) {
        // Lua goes over the whole function for the name that it is called by.
        luavm_charge(L, CHARGE_BYTES);
        lua_getinfo(L, "Sn", &frame);
        if (strcmp(frame.namewhat, "metamethod") == 0)
            return lua_pushfstring(L, "the metamethod __%s", frame.name);
        if (*frame.what != 'C') continue;
        // Both can wait: something around them cannot.
        bool can_wait = frame.name && (strcmp(frame.name, "pcall") == 0 ||
                                       strcmp(frame.name, "xpcall") == 0);
        if (frame.name && !can_wait) return lua_pushfstring(L, "%s", frame.name);
        is_unnamed = is_unnamed || !frame.name;
    }
    return lua_pushstring(L, is_unnamed ? "a function of a library" : "a file that loads");
}

static int refuse_wait(lua_State *L) {
    push_where(L);
    const char *blocker = push_blocker(L), *name = lua_tostring(L, lua_upvalueindex(2));
    // What the host hides behind a table of its own has another name in the script.
    if (strncmp(name, "host.", 5) == 0) name += 5;
    lua_pushfstring(L, "%s: %s waits, and nothing can wait inside %s; call it before and use "
                       "the result here",
                    lua_tostring(L, -2), name, blocker);
    return lua_error(L);
}

static int host_call(lua_State *L) {
    luavm_task *task = luavm_current(L);
    if (!task || L != task->co || !lua_isyieldable(L)) return refuse_wait(L);
    task->trap = (uint32_t)lua_tointeger(L, lua_upvalueindex(1));
    luavm_encode_begin(task, TRAP_BYTES_MAX);
    int arguments = lua_gettop(L);
    luavm_encode_count(L, task, (uint32_t)arguments);
    for (int i = 1; i <= arguments; i++) luavm_encode(L, task, i);
    task->trapped = true;
    return lua_yieldk(L, 0, 0, resume_host_call);
}

// A member of a family: the key it was fetched by is its first argument.
static int family_call(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    return host_call(L);
}

static int family_index(lua_State *L) {
    luaL_checktype(L, 2, LUA_TSTRING);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, family_call, 2);
    return 1;
}

static int identity(lua_State *L) {
    lua_settop(L, 1);
    return 1;
}

struct definition {
    const char *name;
    uint32_t code;
    lua_CFunction function;
};

// `table.name` is put into a global table, which is made when it is not there.
static int define(lua_State *L) {
    struct definition *definition = lua_touserdata(L, 1);
    const char *dot = strchr(definition->name, '.');
    lua_pushglobaltable(L);
    if (dot) {
        lua_pushlstring(L, definition->name, (size_t)(dot - definition->name));
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 2) != LUA_TTABLE) {
            lua_pop(L, 1);
            lua_newtable(L);
            lua_pushvalue(L, -2);
            lua_pushvalue(L, -2);
            lua_rawset(L, 2);
        }
    }
    lua_pushinteger(L, definition->code);
    lua_pushstring(L, definition->name);
    lua_pushcclosure(L, definition->function, 2);
    lua_setfield(L, -2, dot ? dot + 1 : definition->name);
    return 0;
}

static int define_family(lua_State *L) {
    struct definition *definition = lua_touserdata(L, 1);
    lua_newtable(L);
    lua_newtable(L);
    lua_pushinteger(L, definition->code);
    lua_pushcclosure(L, family_index, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setglobal(L, definition->name);
    return 0;
}

static bool run_define(luavm *vm, lua_CFunction definer, struct definition *definition) {
    lua_pushcfunction(vm->L, definer);
    lua_pushlightuserdata(vm->L, definition);
    bool defined = lua_pcall(vm->L, 1, 0, 0) == LUA_OK;
    lua_settop(vm->L, 0);
    return defined;
}

bool luavm_define(luavm *vm, const char *name, uint32_t code) {
    return run_define(vm, define, &(struct definition){name, code, host_call});
}

bool luavm_define_family(luavm *vm, const char *name, uint32_t code) {
    return run_define(vm, define_family, &(struct definition){name, code, NULL});
}

bool luavm_define_identity(luavm *vm, const char *name) {
    return run_define(vm, define, &(struct definition){name, 0, identity});
}

// ---- base functions

static int finish_pcall(lua_State *L, int status, lua_KContext skipped) {
    // A reply may not have fitted.
    luavm_task *task = luavm_current(L);
    if (task && status != LUA_OK) task->vm->takes_reply = false;
    if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - (int)skipped;
    if (luavm_is_kill(L, -1)) return lua_error(L);
    lua_pushboolean(L, 0);
    lua_pushvalue(L, -2);
    return 2;
}

static int base_pcall(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall);
    return finish_pcall(L, status, 0);
}

// The script's handler never sees the kill value.
static int message_handler(lua_State *L) {
    if (luavm_is_kill(L, 1)) return 1;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int base_xpcall(lua_State *L) {
    luaL_checktype(L, 2, LUA_TFUNCTION);
    int arguments = lua_gettop(L) - 2;
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, message_handler, 1);
    lua_replace(L, 2);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    int status = lua_pcallk(L, arguments, LUA_MULTRET, 2, 2, finish_pcall);
    return finish_pcall(L, status, 2);
}

// The registry's key of the ring of metatables, and how many it holds.
static char metatables_key;
enum { METATABLES_MAX = 32 };

// Finalisers and closers run where no hook does, weak tables and false lengths reach old bugs.
static void refuse_metafields(lua_State *L) {
    static const char *const refused[] = {
        "__gc", "__close", "__mode", "__len", "__metatable", "__pairs", NULL,
    };
    for (int i = 0; refused[i]; i++) {
        lua_pushstring(L, refused[i]);
        if (lua_rawget(L, 2) != LUA_TNIL)
            luaL_error(L, "the metafield %s is not available", refused[i]);
        lua_pop(L, 1);
    }
}

// Pushes the copy of the table at index 2 that the ring has, or a new one in the place of the
// oldest. Ring: [1…n] tables, [n+1…2n] their copies, [0] the place of the last one.
static void push_copy(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &metatables_key) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_createtable(L, 2 * METATABLES_MAX, 1);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &metatables_key);
    }
    int ring = lua_gettop(L);
    for (int i = 1; i <= METATABLES_MAX; i++) {
        bool is_it = lua_rawgeti(L, ring, i) == LUA_TTABLE && lua_rawequal(L, -1, 2);
        lua_pop(L, 1);
        if (!is_it) continue;
        lua_rawgeti(L, ring, METATABLES_MAX + i);
        return;
    }
    lua_rawgeti(L, ring, 0);
    lua_Integer place = lua_tointeger(L, -1) % METATABLES_MAX + 1;
    lua_newtable(L);
    lua_pushinteger(L, place);
    lua_rawseti(L, ring, 0);
    lua_pushvalue(L, 2);
    lua_rawseti(L, ring, place);
    lua_pushvalue(L, -1);
    lua_rawseti(L, ring, METATABLES_MAX + place);
}

// A table gets a copy of its metatable, with nothing but what is allowed: what a script puts into
// its own table afterwards would be looked at by nobody.
static int base_setmetatable(lua_State *L) {
    static const char *const allowed[] = {
        "__index", "__newindex", "__call", "__tostring", "__concat", "__eq", "__lt", "__le",
        "__unm", "__add", "__sub", "__mul", "__div", "__mod", "__pow", "__idiv", "__band",
        "__bor", "__bxor", "__shl", "__shr", "__bnot", NULL,
    };
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_isnoneornil(L, 2) || lua_istable(L, 2), 2, "nil or table");
    lua_settop(L, 2);
    if (lua_istable(L, 2)) {
        refuse_metafields(L);
        push_copy(L);
        for (int i = 0; allowed[i]; i++) {
            lua_pushstring(L, allowed[i]);
            lua_pushvalue(L, -1);
            // A table that is called in its place is called in another's place in turn: Lua goes
            // along all of them in one instruction.
            if (lua_rawget(L, 2) == LUA_TTABLE && strcmp(allowed[i], "__call") == 0)
                return luaL_error(L, "'__call' must be a function");
            lua_rawset(L, -3);
        }
    }
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

// Without addresses: they would tell where memory lies.
void luavm_push_text(lua_State *L, int index) {
    index = lua_absindex(L, index);
    if (luaL_callmeta(L, index, "__tostring")) {
        if (!lua_isstring(L, -1)) luaL_error(L, "'__tostring' must return a string");
        return;
    }
    if (luavm_is_null(L, index)) {
        lua_pushliteral(L, "null");
        return;
    }
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING: luaL_tolstring(L, index, NULL); break;
    default: lua_pushstring(L, luaL_typename(L, index));
    }
}

static int base_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    luavm_push_text(L, 1);
    return 1;
}

// Raises { code = …, message = <string on top> }.
void luavm_raise(lua_State *L, const char *code) {
    lua_createtable(L, 0, 3);
    lua_pushstring(L, code);
    lua_setfield(L, -2, "code");
    lua_rotate(L, -2, 1);
    lua_setfield(L, -2, "message");
    push_where(L);
    lua_setfield(L, -2, "where");
    luaL_setmetatable(L, FAILURE);
    lua_error(L);
}

// Whoever catches a failure can print it.
static int failure_text(lua_State *L) {
    lua_pushliteral(L, "message");
    if (!lua_istable(L, 1) || lua_rawget(L, 1) != LUA_TSTRING) lua_pushliteral(L, "table");
    return 1;
}

static int base_fail(lua_State *L) {
    const char *code = luaL_checkstring(L, 1);
    luaL_optstring(L, 2, NULL);
    if (lua_isnoneornil(L, 2)) lua_pushstring(L, code);
    else lua_pushvalue(L, 2);
    luavm_raise(L, code);
    return 0;
}

// ---- the allow list

static const char *const base_names[] = {
    "assert", "error", "ipairs", "next", "pairs", "rawequal", "rawget",
    "rawlen", "rawset", "select", "tonumber", "type", NULL,
};
static const char *const math_names[] = {
    "abs", "ceil", "floor", "fmod", "huge", "max", "maxinteger", "min",
    "mininteger", "modf", "pi", "sqrt", "tointeger", "type", "ult", NULL,
};
static const char *const utf8_names[] = {"char", "charpattern", "codepoint", "len", "offset", NULL};

// Copies the named fields of a library into a new table: nothing else of it stays reachable.
static void copy_library(lua_State *L, const char *name, lua_CFunction open,
                         const char *const *names) {
    luaL_requiref(L, name, open, 0);
    lua_newtable(L);
    for (; *names; names++) {
        lua_getfield(L, -2, *names);
        lua_setfield(L, -2, *names);
    }
    lua_remove(L, -2);
}

int luavm_open_globals(lua_State *L) {
    static const luaL_Reg own[] = {
        {"pcall", base_pcall},     {"xpcall", base_xpcall}, {"setmetatable", base_setmetatable},
        {"tostring", base_tostring}, {"fail", base_fail},   {NULL, NULL},
    };
    copy_library(L, "_G", luaopen_base, base_names);
    int globals = lua_gettop(L);
    luaL_setfuncs(L, own, 0);
    copy_library(L, "math", luaopen_math, math_names);
    luavm_bound_numbers(L, globals + 1, "max");
    luavm_bound_numbers(L, globals + 1, "min");
    lua_setfield(L, globals, "math");
    copy_library(L, "utf8", luaopen_utf8, utf8_names);
    luavm_bound_numbers(L, globals + 1, "char");
    lua_setfield(L, globals, "utf8");
    luaL_newmetatable(L, FAILURE);
    lua_pushcfunction(L, failure_text);
    lua_setfield(L, -2, "__tostring");
    lua_pop(L, 1);
    luavm_open_table(L, globals);
    luavm_open_text(L, globals);
    luavm_open_json(L, globals);
    lua_settop(L, globals);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pushnil(L);
    lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    return 0;
}
