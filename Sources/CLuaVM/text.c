// The string library: patterns that can be stopped, and a format that shows no address.
#define _GNU_SOURCE // memmem: its time grows with the text alone
#include "match.h"

#include <ctype.h>
#include <string.h>

static void prepare(struct matcher *m, lua_State *L, int text_index, int pattern_index) {
    size_t text_size, pattern_size;
    const char *text = luaL_checklstring(L, text_index, &text_size);
    const char *pattern = luaL_checklstring(L, pattern_index, &pattern_size);
    *m = (struct matcher){.L = L, .text = text, .text_end = text + text_size};
    m->pattern_end = pattern + pattern_size;
    m->steps_max = MATCH_STEPS_MAX + MATCH_STEPS_PER_BYTE * text_size;
}

static size_t start_offset(lua_Integer position, size_t size) {
    if (position > 0) return (size_t)position - 1;
    if (position == 0 || position < -(lua_Integer)size) return 0;
    return size + (size_t)position;
}

static bool has_specials(const char *pattern, size_t size) {
    for (const char *special = "^$*+?.([%-"; *special; special++)
        if (memchr(pattern, *special, size)) return true;
    return false;
}

static int find_or_match(lua_State *L, bool find) {
    struct matcher m;
    prepare(&m, L, 1, 2);
    const char *pattern = lua_tostring(L, 2);
    size_t size = (size_t)(m.text_end - m.text), pattern_size = (size_t)(m.pattern_end - pattern);
    size_t offset = start_offset(luaL_optinteger(L, 3, 1), size);
    if (offset > size) {
        lua_pushnil(L);
        return 1;
    }
    // As the library does: a pattern without anything special is a plain text.
    if (find && (lua_toboolean(L, 4) || !has_specials(pattern, pattern_size))) {
        const char *at = memmem(m.text + offset, size - offset, pattern, pattern_size);
        if (!at) {
            lua_pushnil(L);
            return 1;
        }
        lua_pushinteger(L, at - m.text + 1);
        lua_pushinteger(L, at - m.text + (ptrdiff_t)pattern_size);
        return 2;
    }
    bool anchored = pattern_size > 0 && *pattern == '^';
    if (anchored) pattern++;
    for (const char *text = m.text + offset; text <= m.text_end; text++) {
        const char *end = luavm_match(&m, text, pattern);
        if (end && find) {
            lua_pushinteger(L, text - m.text + 1);
            lua_pushinteger(L, end - m.text);
            return luavm_push_captures(&m, NULL, NULL) + 2;
        }
        if (end) return luavm_push_captures(&m, text, end);
        if (anchored) break;
    }
    lua_pushnil(L);
    return 1;
}

static int text_find(lua_State *L) { return find_or_match(L, true); }

static int text_match(lua_State *L) { return find_or_match(L, false); }

// Upvalues: text, pattern, offset of the next attempt, end of the last match (or -1).
static int next_match(lua_State *L) {
    struct matcher m;
    prepare(&m, L, lua_upvalueindex(1), lua_upvalueindex(2));
    const char *pattern = lua_tostring(L, lua_upvalueindex(2));
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    const char *text = m.text + lua_tointeger(L, lua_upvalueindex(3));
    for (; text <= m.text_end; text++) {
        const char *end = luavm_match(&m, text, pattern);
        if (!end || end - m.text == last) continue;
        lua_pushinteger(L, end - m.text);
        lua_copy(L, -1, lua_upvalueindex(3));
        lua_replace(L, lua_upvalueindex(4));
        return luavm_push_captures(&m, text, end);
    }
    return 0;
}

static int text_gmatch(lua_State *L) {
    size_t size;
    luaL_checklstring(L, 1, &size);
    luaL_checkstring(L, 2);
    size_t offset = start_offset(luaL_optinteger(L, 3, 1), size);
    lua_settop(L, 2);
    lua_pushinteger(L, (lua_Integer)(offset > size ? size + 1 : offset));
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, next_match, 4);
    return 1;
}

// ---- gsub

static void add_template(struct matcher *m, luaL_Buffer *out, const char *start, const char *end) {
    size_t size;
    const char *template = lua_tolstring(m->L, 3, &size);
    for (size_t i = 0; i < size; i++) {
        if (i % STEP_BYTES == 0) luavm_charge(m->L, STEP_BYTES);
        if (template[i] != '%') {
            luaL_addchar(out, template[i]);
            continue;
        }
        char c = ++i < size ? template[i] : '\0';
        if (c != '%') luavm_charge(m->L, NODE_BYTES + (size_t)(end - start));
        if (c == '%') luaL_addchar(out, '%');
        else if (c == '0') luaL_addlstring(out, start, (size_t)(end - start));
        else if (isdigit((unsigned char)c)) {
            luavm_push_capture(m, c - '1', start, end);
            luaL_tolstring(m->L, -1, NULL);
            lua_remove(m->L, -2);
            luaL_addvalue(out);
        } else luaL_error(m->L, "invalid use of '%%' in replacement string");
    }
}

static void add_replacement(struct matcher *m, luaL_Buffer *out, const char *start,
                            const char *end) {
    lua_State *L = m->L;
    switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        lua_call(L, luavm_push_captures(m, start, end), 1);
        break;
    case LUA_TTABLE:
        // Its `__index` may be a function in C, which meets no hook.
        if (lua_getmetatable(L, 3)) {
            lua_pop(L, 1);
            luavm_charge(L, FOREIGN_CALL_BYTES);
        }
        luavm_push_capture(m, 0, start, end);
        lua_gettable(L, 3);
        break;
    default: add_template(m, out, start, end); return;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(out, start, (size_t)(end - start));
    } else if (lua_isstring(L, -1)) {
        luavm_charge(L, lua_rawlen(L, -1));
        luaL_addvalue(out);
    } else {
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    }
}

static int text_gsub(lua_State *L) {
    struct matcher m;
    prepare(&m, L, 1, 2);
    const char *pattern = lua_tostring(L, 2), *text = m.text, *last = NULL;
    int type = lua_type(L, 3);
    luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION ||
                            type == LUA_TTABLE, 3, "string/function/table");
    lua_Integer limit = luaL_optinteger(L, 4, (m.text_end - m.text) + 1), count = 0;
    bool anchored = pattern < m.pattern_end && *pattern == '^';
    if (anchored) pattern++;
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    while (count < limit) {
        const char *end = luavm_match(&m, text, pattern);
        if (end && end != last) {
            count++;
            add_replacement(&m, &out, text, end);
            text = last = end;
        } else if (text < m.text_end) {
            luaL_addchar(&out, *text++);
        } else {
            break;
        }
        if (anchored) break;
    }
    luaL_addlstring(&out, text, (size_t)(m.text_end - text));
    luaL_pushresult(&out);
    lua_pushinteger(L, count);
    return 2;
}

// ---- format and rep, without their traps

enum {
    FORMAT_VALUES_MAX = 250,
    QUOTED_BYTES_MAX = 64 << 10, // of one call: 120 times as many take 0.44 s
    NUMBER_BYTES_MAX = 200,      // Lua writes none that is longer, but reads any
};

// What `%s` shows of a value without an address; every other conversion looks at it itself.
// Texts that are quoted, or read as numbers, may be long, and the library looks at no clock.
static void prepare_value(lua_State *L, int index, char conversion, size_t *quoted) {
    int type = lua_type(L, index);
    if (type == LUA_TSTRING && conversion == 'q') {
        *quoted += lua_rawlen(L, index);
        if (*quoted > QUOTED_BYTES_MAX)
            luaL_error(L, "'%%q' takes at most %d bytes", QUOTED_BYTES_MAX);
    } else if (type == LUA_TSTRING && conversion != 's' &&
               lua_rawlen(L, index) > NUMBER_BYTES_MAX) {
        luavm_make_number(L, index);
    }
    if (conversion != 's') return;
    if (type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TLIGHTUSERDATA) {
        luavm_push_text(L, index);
        lua_replace(L, index);
    }
}

static int text_format(lua_State *L) {
    size_t size, quoted = 0;
    const char *format = luaL_checklstring(L, 1, &size);
    int arguments = lua_gettop(L), next = 2;
    if (arguments > FORMAT_VALUES_MAX + 1)
        return luaL_error(L, "format takes at most %d values", FORMAT_VALUES_MAX);
    for (size_t i = 0; i + 1 < size; i++) {
        if (format[i] != '%') continue;
        for (i++; i < size && strchr("-+ #0123456789.", format[i]) && format[i]; i++) {}
        if (i >= size || format[i] == '%') continue;
        if (format[i] == 'p') return luaL_error(L, "'%%p' is not available");
        if (next <= arguments) prepare_value(L, next, format[i], &quoted);
        next++;
    }
    luavm_charge(L, (size_t)arguments * 8 * NODE_BYTES + size);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, arguments, LUA_MULTRET);
    return lua_gettop(L);
}

// The library's own loop runs n times even when there is nothing to repeat.
static int text_rep(lua_State *L) {
    size_t size, separator_size;
    luaL_checklstring(L, 1, &size);
    luaL_optlstring(L, 3, "", &separator_size);
    luaL_checkinteger(L, 2);
    if (size + separator_size == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    lua_Integer count = luaL_checkinteger(L, 2);
    if (count > 0 && (size_t)count > TEXT_BYTES_MAX / (size + separator_size))
        return luaL_error(L, "resulting string too large (at most %d bytes)", TEXT_BYTES_MAX);
    if (count > 0) luavm_charge(L, (size_t)count * (size + separator_size));
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

void luavm_open_text(lua_State *L, int globals) {
    static const char *const kept[] = {
        "byte", "char", "len", "lower", "reverse", "sub", "upper", NULL,
    };
    static const luaL_Reg own[] = {
        {"find", text_find}, {"match", text_match}, {"gmatch", text_gmatch},
        {"gsub", text_gsub}, {NULL, NULL},
    };
    luaL_requiref(L, "string", luaopen_string, 0);
    int library = lua_gettop(L);
    lua_newtable(L);
    luaL_setfuncs(L, own, 0);
    for (int i = 0; kept[i]; i++) {
        lua_getfield(L, library, kept[i]);
        lua_setfield(L, -2, kept[i]);
    }
    luavm_bound_numbers(L, library + 1, "char");
    lua_getfield(L, library, "format");
    lua_pushcclosure(L, text_format, 1);
    lua_setfield(L, -2, "format");
    lua_getfield(L, library, "rep");
    lua_pushcclosure(L, text_rep, 1);
    lua_setfield(L, -2, "rep");
    lua_pushvalue(L, -1);
    lua_setfield(L, globals, "string");
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index"); // ("x"):dump() has to be gone as well
    lua_settop(L, library - 1);
}
