// Functions of the library that turn texts into numbers, of which there may be many and long ones.
#include "internal.h"

// Makes the numbers that texts stand for before the library does, which looks at no clock.
void luavm_make_number(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TSTRING) return;
    size_t size;
    const char *text = lua_tolstring(L, index, &size);
    luavm_charge(L, 8 * size);
    if (lua_stringtonumber(L, text) == size + 1) lua_replace(L, index);
    else luaL_typeerror(L, index, "number");
}

// A function of the library that takes any count of numbers.
static int call_with_numbers(lua_State *L) {
    int count = lua_gettop(L);
    for (int i = 1; i <= count; i++) luavm_make_number(L, i);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, count, LUA_MULTRET);
    return lua_gettop(L);
}

void luavm_bound_numbers(lua_State *L, int table, const char *name) {
    lua_getfield(L, table, name);
    lua_pushcclosure(L, call_with_numbers, 1);
    lua_setfield(L, table, name);
}
