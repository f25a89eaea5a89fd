// Lua to JSON: keys in order, numbers that read back the same, no guessing about mixed tables.
#include "internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int write_error(lua_State *L, const char *what) {
    return luaL_error(L, "json.encode: %s", what);
}

static int compare_keys(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void write_text(lua_State *L, luaL_Buffer *out, const char *text, size_t count) {
    size_t bad;
    if (!luavm_valid_utf8((const uint8_t *)text, count, &bad)) {
        write_error(L, "a string is not UTF-8");
        return;
    }
    luaL_addchar(out, '"');
    for (size_t i = 0; i < count; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\') {
            luaL_addchar(out, '\\');
            luaL_addchar(out, (char)c);
        } else if (c < 0x20) {
            char escape[8];
            int size = snprintf(escape, sizeof escape, "\\u%04x", c);
            luaL_addlstring(out, escape, (size_t)size);
        } else {
            luaL_addchar(out, (char)c);
        }
    }
    luaL_addchar(out, '"');
}

// The shortest digits that read back as the same number.
static void write_float(lua_State *L, luaL_Buffer *out, double value) {
    if (!isfinite(value)) {
        write_error(L, "a number is not finite");
        return;
    }
    char text[40];
    int size = 0;
    for (int digits = 15; digits <= 17; digits++) {
        size = snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    luaL_addlstring(out, text, (size_t)size);
    if (!strpbrk(text, ".e")) luaL_addlstring(out, ".0", 2);
}

// The buffer may keep a box on the stack's top, so values are addressed by copies below it:
// each level encodes into a string of its own.
static void push_encoded(lua_State *L, int index, int depth);

static void add_encoded(lua_State *L, luaL_Buffer *out, int depth) {
    push_encoded(L, lua_gettop(L), depth + 1);
    lua_remove(L, -2);
    luaL_addvalue(out);
}

static void push_array(lua_State *L, int index, lua_Unsigned count, int depth) {
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    luaL_addchar(&out, '[');
    for (lua_Unsigned i = 1; i <= count; i++) {
        if (i > 1) luaL_addchar(&out, ',');
        lua_rawgeti(L, index, (lua_Integer)i);
        add_encoded(L, &out, depth);
    }
    luaL_addchar(&out, ']');
    luaL_pushresult(&out);
}

static void push_object(lua_State *L, int index, size_t count, int depth) {
    const char **keys = lua_newuserdatauv(L, (count + 1) * sizeof *keys, 0);
    size_t found = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        keys[found++] = lua_tostring(L, -2);
        lua_pop(L, 1);
    }
    qsort(keys, found, sizeof *keys, compare_keys);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    luaL_addchar(&out, '{');
    for (size_t i = 0; i < found; i++) {
        if (i > 0) luaL_addchar(&out, ',');
        write_text(L, &out, keys[i], strlen(keys[i]));
        luaL_addchar(&out, ':');
        lua_getfield(L, index, keys[i]);
        add_encoded(L, &out, depth);
    }
    luaL_addchar(&out, '}');
    luaL_pushresult(&out);
    lua_remove(L, -2);
}

static void push_table(lua_State *L, int index, int depth) {
    lua_Unsigned items = luavm_sequence_length(L, index);
    size_t fields = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        bool item = lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 &&
                    (lua_Unsigned)lua_tointeger(L, -2) <= items;
        if (!item && lua_type(L, -2) != LUA_TSTRING) {
            luavm_push_text(L, -2);
            luaL_error(L, "json.encode: the key %s is neither a string nor part of a list",
                       lua_tostring(L, -1));
        }
        if (!item && (items > 0 || luavm_is_array(L, index)))
            luaL_error(L, "json.encode: the key '%s' stands in a list", lua_tostring(L, -2));
        fields++;
        lua_pop(L, 1);
    }
    if (items > 0 || luavm_is_array(L, index)) push_array(L, index, items, depth);
    else push_object(L, index, fields, depth);
}

static void push_encoded(lua_State *L, int index, int depth) {
    if (depth > DEPTH_MAX) write_error(L, "nested more than 64 levels deep, or in a circle");
    luaL_checkstack(L, 10, "json.encode");
    luavm_charge(L, NODE_BYTES + (lua_type(L, index) == LUA_TSTRING ? lua_rawlen(L, index) : 0));
    luaL_Buffer out;
    switch (lua_type(L, index)) {
    case LUA_TTABLE: push_table(L, index, depth); return;
    case LUA_TBOOLEAN: lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false"); return;
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            lua_pushfstring(L, "%I", lua_tointeger(L, index));
            return;
        }
        luaL_buffinit(L, &out);
        write_float(L, &out, lua_tonumber(L, index));
        break;
    case LUA_TSTRING: {
        size_t count;
        const char *text = lua_tolstring(L, index, &count);
        luaL_buffinit(L, &out);
        write_text(L, &out, text, count);
        break;
    }
    default:
        if (!luavm_is_null(L, index))
            luaL_error(L, "json.encode: a %s has no JSON form", luaL_typename(L, index));
        lua_pushliteral(L, "null");
        return;
    }
    luaL_pushresult(&out);
}

static int json_encode(lua_State *L) {
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    push_encoded(L, 1, 1);
    return 1;
}

static int json_array(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    luavm_mark_array(L);
    return 1;
}

void luavm_open_json(lua_State *L, int globals) {
    static const luaL_Reg own[] = {
        {"decode", luavm_json_decode}, {"encode", json_encode}, {"array", json_array}, {NULL, NULL},
    };
    lua_newtable(L);
    luaL_setfuncs(L, own, 0);
    luavm_push_null(L);
    lua_setfield(L, -2, "null");
    lua_setfield(L, globals, "json");
}
