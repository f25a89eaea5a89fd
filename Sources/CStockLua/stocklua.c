#include "stocklua.h"

#include <stdlib.h>

#if __has_include(<lua5.4/lua.h>)
#include <lua5.4/lauxlib.h>
#include <lua5.4/lua.h>
#include <lua5.4/lualib.h>
#else
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#endif

struct stocklua {
    lua_State *L;
    int function;
};

stocklua *stocklua_create(const char *chunk) {
    stocklua *lua = calloc(1, sizeof *lua);
    if (!lua) return NULL;
    lua->L = luaL_newstate();
    if (!lua->L) {
        free(lua);
        return NULL;
    }
    luaL_openlibs(lua->L);
    if (luaL_dostring(lua->L, chunk) != LUA_OK) {
        stocklua_destroy(lua);
        return NULL;
    }
    lua->function = luaL_ref(lua->L, LUA_REGISTRYINDEX);
    return lua;
}

void stocklua_destroy(stocklua *lua) {
    lua_close(lua->L);
    free(lua);
}

bool stocklua_call(stocklua *lua, const stocklua_text *arguments, size_t count,
                   stocklua_text *result) {
    lua_State *L = lua->L;
    lua_settop(L, 0);
    lua_rawgeti(L, LUA_REGISTRYINDEX, lua->function);
    for (size_t i = 0; i < count; i++)
        lua_pushlstring(L, (const char *)arguments[i].bytes, arguments[i].count);
    bool succeeded = lua_pcall(L, (int)count, 1, 0) == LUA_OK;
    result->bytes = (const uint8_t *)lua_tolstring(L, -1, &result->count);
    return succeeded;
}
