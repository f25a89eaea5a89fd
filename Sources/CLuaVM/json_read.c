// JSON to Lua: strict RFC 8259, 64-bit integers exact, arrays that stay arrays.
#include "internal.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    lua_State *L;
    const uint8_t *start;
    const uint8_t *at;
    const uint8_t *end;
    bool null_is_nil;
    int depth;
};

static void complain(struct reader *r, const char *what) {
    int line = 1, column = 1;
    for (const uint8_t *p = r->start; p < r->at; p++) {
        column++;
        if (*p == '\n') line++, column = 1;
    }
    lua_pushfstring(r->L, "json.decode: line %d column %d: %s", line, column, what);
    luavm_raise(r->L, "protocol");
}

static void skip_space(struct reader *r) {
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

static void expect_word(struct reader *r, const char *word) {
    size_t size = strlen(word);
    if ((size_t)(r->end - r->at) < size || memcmp(r->at, word, size) != 0)
        complain(r, "a value was expected");
    r->at += size;
}

static bool is_digit(const struct reader *r) {
    return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

static void skip_digits(struct reader *r) {
    if (!is_digit(r)) complain(r, "a digit was expected");
    while (is_digit(r)) r->at++;
}

// An integer beyond 64 bits becomes the string of its digits: exact, and it concatenates right.
static void read_number(struct reader *r) {
    const uint8_t *start = r->at;
    bool whole = true;
    if (*r->at == '-') r->at++;
    if (r->at < r->end && *r->at == '0') r->at++;
    else skip_digits(r);
    if (is_digit(r)) complain(r, "a number may not begin with 0");
    if (r->at < r->end && *r->at == '.') {
        whole = false;
        r->at++;
        skip_digits(r);
    }
    if (r->at < r->end && (*r->at == 'e' || *r->at == 'E')) {
        whole = false;
        r->at++;
        if (r->at < r->end && (*r->at == '+' || *r->at == '-')) r->at++;
        skip_digits(r);
    }
    size_t size = (size_t)(r->at - start);
    const char *text = lua_pushlstring(r->L, (const char *)start, size);
    if (whole) {
        errno = 0;
        long long value = strtoll(text, NULL, 10);
        if (errno == ERANGE) return;
        lua_pop(r->L, 1);
        lua_pushinteger(r->L, value);
        return;
    }
    size_t converted = lua_stringtonumber(r->L, text);
    if (converted == 0 || !isfinite(lua_tonumber(r->L, -1))) complain(r, "the number is too large");
    lua_remove(r->L, -2);
}

static unsigned read_hex(struct reader *r) {
    unsigned value = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        uint8_t c = r->at < r->end ? *r->at : 0;
        unsigned digit = c >= '0' && c <= '9'   ? c - '0'
                         : c >= 'a' && c <= 'f' ? c - 'a' + 10u
                         : c >= 'A' && c <= 'F' ? c - 'A' + 10u
                                                : 16u;
        if (digit == 16u) complain(r, "four hexadecimal digits were expected");
        value = value * 16 + digit;
    }
    return value;
}

static void add_utf8(luaL_Buffer *out, unsigned c) {
    if (c < 0x80) {
        luaL_addchar(out, (char)c);
    } else if (c < 0x800) {
        luaL_addchar(out, (char)(0xC0 | c >> 6));
        luaL_addchar(out, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        luaL_addchar(out, (char)(0xE0 | c >> 12));
        luaL_addchar(out, (char)(0x80 | (c >> 6 & 0x3F)));
        luaL_addchar(out, (char)(0x80 | (c & 0x3F)));
    } else {
        luaL_addchar(out, (char)(0xF0 | c >> 18));
        luaL_addchar(out, (char)(0x80 | (c >> 12 & 0x3F)));
        luaL_addchar(out, (char)(0x80 | (c >> 6 & 0x3F)));
        luaL_addchar(out, (char)(0x80 | (c & 0x3F)));
    }
}

static void read_escape(struct reader *r, luaL_Buffer *out) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    uint8_t c = r->at < r->end ? *r->at++ : 0;
    const char *simple = c ? strchr(from, c) : NULL;
    if (simple) {
        luaL_addchar(out, to[simple - from]);
        return;
    }
    if (c != 'u') complain(r, "an unknown escape");
    unsigned unit = read_hex(r);
    if (unit >= 0xDC00 && unit <= 0xDFFF) complain(r, "a lone low surrogate");
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        if (r->end - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u')
            complain(r, "a lone high surrogate");
        r->at += 2;
        unsigned low = read_hex(r);
        if (low < 0xDC00 || low > 0xDFFF) complain(r, "a lone high surrogate");
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    add_utf8(out, unit);
}

static void read_string(struct reader *r) {
    luaL_Buffer out;
    luaL_buffinit(r->L, &out);
    for (r->at++;;) {
        const uint8_t *run = r->at;
        while (r->at < r->end && *r->at != '"' && *r->at != '\\' && *r->at >= 0x20) r->at++;
        luaL_addlstring(&out, (const char *)run, (size_t)(r->at - run));
        luavm_charge(r->L, (size_t)(r->at - run));
        if (r->at >= r->end) complain(r, "the string does not end");
        if (*r->at == '"') break;
        if (*r->at < 0x20) complain(r, "a control character has to be escaped");
        r->at++;
        read_escape(r, &out);
        luavm_charge(r->L, ESCAPE_BYTES);
    }
    r->at++;
    luaL_pushresult(&out);
}

static void read_value(struct reader *r);

static bool ends(struct reader *r, uint8_t closing) {
    skip_space(r);
    if (r->at >= r->end) complain(r, "the text ends too early");
    if (*r->at == closing) {
        r->at++;
        return true;
    }
    return false;
}

static void read_array(struct reader *r) {
    lua_newtable(r->L);
    luavm_mark_array(r->L);
    r->at++;
    if (ends(r, ']')) return;
    for (lua_Integer i = 1;; i++) {
        read_value(r);
        lua_rawseti(r->L, -2, i);
        if (ends(r, ']')) return;
        if (*r->at++ != ',') complain(r, "',' or ']' was expected");
    }
}

static void read_object(struct reader *r) {
    lua_newtable(r->L);
    r->at++;
    if (ends(r, '}')) return;
    for (;;) {
        skip_space(r);
        if (r->at >= r->end || *r->at != '"') complain(r, "a key in quotes was expected");
        read_string(r);
        lua_pushvalue(r->L, -1);
        if (lua_rawget(r->L, -3) != LUA_TNIL) complain(r, "a key occurs twice");
        lua_pop(r->L, 1);
        skip_space(r);
        if (r->at >= r->end || *r->at++ != ':') complain(r, "':' was expected");
        read_value(r);
        lua_rawset(r->L, -3);
        if (ends(r, '}')) return;
        if (*r->at++ != ',') complain(r, "',' or '}' was expected");
    }
}

static void read_value(struct reader *r) {
    skip_space(r);
    if (r->at >= r->end) complain(r, "a value was expected");
    if (++r->depth > DEPTH_MAX) complain(r, "nested more than 64 levels deep");
    luaL_checkstack(r->L, 8, "json.decode");
    luavm_charge(r->L, NODE_BYTES);
    switch (*r->at) {
    case '{': read_object(r); break;
    case '[': read_array(r); break;
    case '"': read_string(r); break;
    case 't': expect_word(r, "true"), lua_pushboolean(r->L, 1); break;
    case 'f': expect_word(r, "false"), lua_pushboolean(r->L, 0); break;
    case 'n':
        expect_word(r, "null");
        if (r->null_is_nil) lua_pushnil(r->L);
        else luavm_push_null(r->L);
        break;
    default:
        if (*r->at != '-' && !is_digit(r)) complain(r, "a value was expected");
        read_number(r);
    }
    r->depth--;
}

bool luavm_valid_utf8(const uint8_t *text, size_t count, size_t *bad) {
    for (size_t i = 0; i < count;) {
        uint8_t c = text[i];
        size_t more = c < 0x80 ? 0 : c >= 0xC2 && c <= 0xDF ? 1 : c >= 0xE0 && c <= 0xEF ? 2
                      : c >= 0xF0 && c <= 0xF4 ? 3 : 4;
        bool valid = more < 4 && i + more < count;
        for (size_t k = 1; valid && k <= more; k++) valid = (text[i + k] & 0xC0) == 0x80;
        if (valid && more == 2)
            valid = !(c == 0xE0 && text[i + 1] < 0xA0) && !(c == 0xED && text[i + 1] > 0x9F);
        if (valid && more == 3)
            valid = !(c == 0xF0 && text[i + 1] < 0x90) && !(c == 0xF4 && text[i + 1] > 0x8F);
        if (!valid) {
            *bad = i;
            return false;
        }
        i += more + 1;
    }
    return true;
}

int luavm_json_decode(lua_State *L) {
    size_t count, bad;
    const char *text = luaL_checklstring(L, 1, &count);
    struct reader r = {.L = L, .start = (const uint8_t *)text, .at = (const uint8_t *)text};
    r.end = r.start + count;
    if (lua_istable(L, 2)) {
        lua_getfield(L, 2, "null");
        r.null_is_nil = lua_type(L, -1) == LUA_TSTRING && !strcmp(lua_tostring(L, -1), "nil");
    }
    if (!luavm_valid_utf8(r.start, count, &bad)) {
        r.at += bad;
        complain(&r, "the text is not UTF-8");
    }
    read_value(&r);
    skip_space(&r);
    if (r.at != r.end) complain(&r, "something stands behind the value");
    return 1;
}
