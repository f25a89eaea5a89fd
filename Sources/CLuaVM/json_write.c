// Lua to JSON: keys in order, numbers that read back the same, no guessing about mixed tables.
// No Lua code runs meanwhile: fields are read raw, so that keys and tables stay as they are.
#include "internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER_INDEX = 2, BUFFER_BYTES_FIRST = 1024 };

struct key {
    const char *text; // anchored by the table that it stands in
    size_t count;
};

// The text so far lies in a userdatum at BUFFER_INDEX: under the memory cap, and freed with it.
struct writer {
    lua_State *L;
    char *bytes;
    size_t count;
    size_t capacity;
};

static int write_error(struct writer *w, const char *what) {
    return luaL_error(w->L, "json.encode: %s", what);
}

static void reserve(struct writer *w, size_t more) {
    if (w->capacity - w->count >= more) return;
    size_t capacity = w->capacity ? w->capacity : BUFFER_BYTES_FIRST;
    while (capacity - w->count < more) capacity *= 2;
    if (capacity > 2 * (size_t)TEXT_BYTES_MAX) write_error(w, "the text is too large");
    char *grown = lua_newuserdatauv(w->L, capacity, 0);
    if (w->count > 0) memcpy(grown, w->bytes, w->count);
    lua_replace(w->L, BUFFER_INDEX);
    w->bytes = grown;
    w->capacity = capacity;
}

static void add(struct writer *w, const char *text, size_t count) {
    reserve(w, count);
    memcpy(w->bytes + w->count, text, count);
    w->count += count;
}

// The letter behind the backslash, 0 for a character that has none. The same as on the Swift side:
// what a file signs is what is sent.
static char short_escape(unsigned char c) {
    switch (c) {
    case '"':
    case '\\': return (char)c;
    case '\n': return 'n';
    case '\t': return 't';
    case '\r': return 'r';
    default: return 0;
    }
}

static void write_text(struct writer *w, const char *text, size_t count) {
    static const char digits[] = "0123456789abcdef";
    size_t bad;
    if (!luavm_valid_utf8((const uint8_t *)text, count, &bad)) {
        write_error(w, "a string is not UTF-8");
        return;
    }
    luavm_charge(w->L, count);
    add(w, "\"", 1);
    for (size_t i = 0; i < count; i++) {
        unsigned char c = (unsigned char)text[i];
        reserve(w, 6);
        char *out = w->bytes + w->count;
        char letter = short_escape(c);
        if (letter != 0) {
            out[0] = '\\', out[1] = letter;
            w->count += 2;
        } else if (c < 0x20) {
            memcpy(out, "\\u00", 4);
            out[4] = digits[c >> 4], out[5] = digits[c & 15];
            w->count += 6;
        } else {
            *out = (char)c;
            w->count++;
        }
    }
    add(w, "\"", 1);
}

size_t luavm_number_text(double value, char *text) {
    int size = 0;
    for (int digits = 15; digits <= 17; digits++) {
        size = snprintf(text, LUAVM_NUMBER_BYTES - 2, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    if (!strpbrk(text, ".e")) {
        memcpy(text + size, ".0", 3);
        size += 2;
    }
    return (size_t)size;
}

static void write_float(struct writer *w, double value) {
    if (!isfinite(value)) {
        write_error(w, "a number is not finite");
        return;
    }
    char text[LUAVM_NUMBER_BYTES];
    add(w, text, luavm_number_text(value, text));
}

static void write_value(struct writer *w, int index, int depth);

static void write_array(struct writer *w, int index, lua_Unsigned count, int depth) {
    add(w, "[", 1);
    for (lua_Unsigned i = 1; i <= count; i++) {
        if (i > 1) add(w, ",", 1);
        lua_rawgeti(w->L, index, (lua_Integer)i);
        write_value(w, lua_gettop(w->L), depth + 1);
        lua_pop(w->L, 1);
    }
    add(w, "]", 1);
}

static bool comes_before(lua_State *L, const struct key *left, const struct key *right) {
    size_t shorter = left->count < right->count ? left->count : right->count;
    luavm_charge(L, shorter + NODE_BYTES);
    int order = memcmp(left->text, right->text, shorter);
    return order < 0 || (order == 0 && left->count < right->count);
}

// Merges upwards between the two halves of the memory, so that the time can be counted.
static struct key *sort_keys(lua_State *L, struct key *keys, struct key *spare, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t begin = 0; begin < count; begin += 2 * width) {
            size_t middle = begin + width < count ? begin + width : count;
            size_t end = begin + 2 * width < count ? begin + 2 * width : count;
            size_t left = begin, right = middle;
            for (size_t at = begin; at < end; at++) {
                bool takes_right = left == middle || (right < end &&
                                                      comes_before(L, &keys[right], &keys[left]));
                spare[at] = takes_right ? keys[right++] : keys[left++];
            }
        }
        struct key *sorted = spare;
        spare = keys;
        keys = sorted;
    }
    return keys;
}

static void write_object(struct writer *w, int index, size_t count, int depth) {
    lua_State *L = w->L;
    struct key *keys = lua_newuserdatauv(L, (2 * count + 1) * sizeof *keys, 0);
    size_t found = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        struct key *key = &keys[found++];
        key->text = lua_tolstring(L, -2, &key->count);
        lua_pop(L, 1);
    }
    keys = sort_keys(L, keys, keys + count, found);
    add(w, "{", 1);
    for (size_t i = 0; i < found; i++) {
        if (i > 0) add(w, ",", 1);
        write_text(w, keys[i].text, keys[i].count);
        add(w, ":", 1);
        lua_pushlstring(L, keys[i].text, keys[i].count);
        lua_rawget(L, index);
        write_value(w, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
    add(w, "}", 1);
    lua_pop(L, 1);
}

static void write_table(struct writer *w, int index, int depth) {
    lua_State *L = w->L;
    luavm_charge(L, TABLE_BYTES);
    lua_Unsigned items = luavm_sequence_length(L, index);
    bool is_list = items > 0 || luavm_is_array(L, index);
    size_t fields = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        bool item = lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 &&
                    (lua_Unsigned)lua_tointeger(L, -2) <= items;
        if (!item && (lua_type(L, -2) == LUA_TNUMBER || lua_type(L, -2) == LUA_TBOOLEAN))
            luaL_error(L, "json.encode: the key %s is neither a string nor part of a list",
                       luaL_tolstring(L, -2, NULL));
        if (!item && lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "json.encode: a %s as a key is neither a string nor part of a list",
                       luaL_typename(L, -2));
        if (!item && is_list)
            luaL_error(L, "json.encode: the key '%s' stands in a list", lua_tostring(L, -2));
        luavm_charge(L, NODE_BYTES);
        fields++;
        lua_pop(L, 1);
    }
    if (is_list) write_array(w, index, items, depth);
    else write_object(w, index, fields, depth);
}

static void write_number(struct writer *w, int index) {
    if (!lua_isinteger(w->L, index)) {
        write_float(w, lua_tonumber(w->L, index));
        return;
    }
    char text[24];
    int size = snprintf(text, sizeof text, LUA_INTEGER_FMT, lua_tointeger(w->L, index));
    add(w, text, (size_t)size);
}

static void write_value(struct writer *w, int index, int depth) {
    lua_State *L = w->L;
    if (depth > DEPTH_MAX) write_error(w, "nested more than 64 levels deep, or in a circle");
    luaL_checkstack(L, 8, "json.encode");
    luavm_charge(L, NODE_BYTES);
    switch (lua_type(L, index)) {
    case LUA_TTABLE: write_table(w, index, depth); return;
    case LUA_TBOOLEAN:
        if (lua_toboolean(L, index)) add(w, "true", 4);
        else add(w, "false", 5);
        return;
    case LUA_TNUMBER: write_number(w, index); return;
    case LUA_TSTRING: {
        size_t count;
        const char *text = lua_tolstring(L, index, &count);
        write_text(w, text, count);
        return;
    }
    default:
        if (!luavm_is_null(L, index))
            luaL_error(L, "json.encode: a %s has no JSON form", luaL_typename(L, index));
        add(w, "null", 4);
    }
}

static int json_encode(lua_State *L) {
    luaL_checkany(L, 1);
    lua_settop(L, BUFFER_INDEX);
    struct writer w = {.L = L};
    write_value(&w, 1, 1);
    lua_pushlstring(L, w.bytes, w.count);
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
