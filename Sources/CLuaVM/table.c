// The table library: lengths are counted items, and no loop in C runs on when time is up.
#include "internal.h"

// More items than fit under the memory cap: a longer table has holes, and its length is a guess.
// With values at 1, 2, 4, 8 … alone, Lua takes 2^62 for the length.
static const lua_Unsigned items_max = 1 << 22;

static lua_Integer item_count(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Unsigned count = lua_rawlen(L, 1);
    if (count > items_max) luaL_error(L, "the table has holes, so that its length is not known");
    return (lua_Integer)count;
}

// Each value that moves to where none was may have the whole table built anew.
static void charge_move(lua_State *L, bool is_hole, lua_Integer position) {
    if (is_hole) luavm_charge(L, CHARGE_BYTES);
    else if (position % 4096 == 0) luavm_charge(L, 4096 * NODE_BYTES);
}

static int table_insert(lua_State *L) {
    lua_Integer end = item_count(L) + 1, position = end;
    int arguments = lua_gettop(L);
    if (arguments != 2 && arguments != 3)
        return luaL_error(L, "wrong number of arguments to 'insert'");
    if (arguments == 3) {
        position = luaL_checkinteger(L, 2);
        luaL_argcheck(L, position >= 1 && position <= end, 2, "position out of bounds");
    }
    for (lua_Integer i = end; i > position; i--) {
        bool is_hole = lua_rawgeti(L, 1, i - 1) == LUA_TNIL;
        lua_rawseti(L, 1, i);
        charge_move(L, is_hole, i);
    }
    lua_rawseti(L, 1, position);
    return 0;
}

static int table_remove(lua_State *L) {
    lua_Integer size = item_count(L), position = luaL_optinteger(L, 2, size);
    if (position != size)
        luaL_argcheck(L, position >= 1 && position <= size + 1, 2, "position out of bounds");
    lua_rawgeti(L, 1, position);
    for (; position < size; position++) {
        bool is_hole = lua_rawgeti(L, 1, position + 1) == LUA_TNIL;
        lua_rawseti(L, 1, position);
        charge_move(L, is_hole, position);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, position);
    return 1;
}

static int table_unpack(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer first = luaL_optinteger(L, 2, 1);
    lua_Integer last = lua_isnoneornil(L, 3) ? item_count(L) : luaL_checkinteger(L, 3);
    if (first > last) return 0;
    lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first + 1;
    if (count == 0 || count > items_max || !lua_checkstack(L, (int)count))
        return luaL_error(L, "too many results to unpack");
    for (lua_Unsigned i = 0; i < count; i++) lua_rawgeti(L, 1, first + (lua_Integer)i);
    return (int)count;
}

static int table_concat(lua_State *L) {
    lua_Integer length = item_count(L);
    size_t separator_size;
    const char *separator = luaL_optlstring(L, 2, "", &separator_size);
    lua_Integer first = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, length);
    if (last > length || (first < 1 && first <= last))
        return luaL_error(L, "the range leaves the table (it has %I items)", length);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    for (lua_Integer i = first; i <= last; i++) {
        lua_rawgeti(L, 1, i);
        if (!lua_isstring(L, -1))
            return luaL_error(L, "invalid value (%s) at index %I in table for 'concat'",
                              luaL_typename(L, -1), i);
        luavm_charge(L, lua_rawlen(L, -1) + separator_size + NODE_BYTES);
        luaL_addvalue(&out);
        if (i < last) luaL_addlstring(&out, separator, separator_size);
    }
    luaL_pushresult(&out);
    return 1;
}

// Stands between the library's sort and what compares: the order `<`, or a function that may be
// written in C and then meets no hook.
static int compare(lua_State *L) {
    // What a function in C does with its arguments, their lengths do not tell: `next` walks over
    // a table without items, `rep` over its result. A metamethod may be one as well.
    bool is_order = lua_isnil(L, lua_upvalueindex(1));
    // The sort stores what it compares, where no value may have been.
    if (lua_isnoneornil(L, 1) || lua_isnoneornil(L, 2)) luavm_charge(L, CHARGE_BYTES);
    bool is_foreign = lua_toboolean(L, lua_upvalueindex(2))
                      || (is_order ? lua_istable(L, 1) || lua_istable(L, 2)
                                   : lua_iscfunction(L, lua_upvalueindex(1)));
    luavm_charge(L, lua_rawlen(L, 1) + lua_rawlen(L, 2)
                        + (is_foreign ? FOREIGN_CALL_BYTES : NODE_BYTES));
    if (is_order) {
        lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPLT));
        return 1;
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 2, 1);
    return 1;
}

static int table_sort(lua_State *L) {
    item_count(L);
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    // The library fetches and stores items by metamethods, which may be such functions as well.
    bool has_metatable = lua_getmetatable(L, 1);
    if (has_metatable) lua_pop(L, 1);
    lua_pushboolean(L, has_metatable);
    lua_pushcclosure(L, compare, 2);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 2, 0);
    return 0;
}

void luavm_open_table(lua_State *L, int globals) {
    static const luaL_Reg own[] = {
        {"insert", table_insert}, {"remove", table_remove}, {"unpack", table_unpack},
        {"concat", table_concat}, {NULL, NULL},
    };
    luaL_requiref(L, "table", luaopen_table, 0);
    int library = lua_gettop(L);
    lua_newtable(L);
    luaL_setfuncs(L, own, 0);
    lua_getfield(L, library, "pack");
    lua_setfield(L, -2, "pack");
    lua_getfield(L, library, "sort");
    lua_pushcclosure(L, table_sort, 1);
    lua_setfield(L, -2, "sort");
    lua_setfield(L, globals, "table");
    lua_settop(L, library - 1);
}
