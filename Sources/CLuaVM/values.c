// Values as bytes: tag, then the payload in the byte order of the machine.
//   integer, number: 8 bytes · string: u32 count, bytes · function: u32 handle
//   table: u8 "is an array", u32 items, the items, u32 fields, (key, value)…
// Encoding runs inside lua_resume or a protected call, so it may raise.
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static char array_metatable_key;
static char functions_key;

static void put(lua_State *L, luavm_buffer *out, const void *bytes, size_t count) {
    luavm_task *task = luavm_current(L);
    if (!task || count > task->output_max - out->count)
        luaL_error(L, "a value is too large to leave the sandbox");
    if (out->capacity - out->count < count) {
        size_t capacity = out->capacity ? out->capacity : 256;
        while (capacity - out->count < count) capacity *= 2;
        uint8_t *grown = realloc(out->bytes, capacity);
        if (!grown) luaL_error(L, "not enough memory");
        out->bytes = grown;
        out->capacity = capacity;
    }
    memcpy(out->bytes + out->count, bytes, count);
    out->count += count;
}

// What a value takes in Swift beside its bytes here; with them it stays within a bound.
static void weigh(lua_State *L, luavm_task *task, size_t bytes) {
    task->weight += bytes;
    if (task->weight + task->output.count > OUTPUT_MEMORY_MAX)
        luaL_error(L, "a value is too large to leave the sandbox");
}

static void put_tag(lua_State *L, luavm_buffer *out, uint8_t tag) { put(L, out, &tag, 1); }

static void put_count(lua_State *L, luavm_buffer *out, uint32_t count) { put(L, out, &count, 4); }

void luavm_push_null(lua_State *L) { lua_pushlightuserdata(L, NULL); }

bool luavm_is_null(lua_State *L, int index) {
    return lua_islightuserdata(L, index) && lua_touserdata(L, index) == NULL;
}

// Marks the table on top as an array, so that an empty one stays `[]`.
void luavm_mark_array(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &array_metatable_key) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &array_metatable_key);
    }
    lua_setmetatable(L, -2);
}

bool luavm_is_array(lua_State *L, int index) {
    if (!lua_getmetatable(L, index)) return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &array_metatable_key);
    bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
}

// The length of 1…n without a hole: rawlen may land behind one.
lua_Unsigned luavm_sequence_length(lua_State *L, int index) {
    lua_Unsigned count = lua_rawlen(L, index);
    for (lua_Unsigned i = 1; i <= count; i++) {
        bool hole = lua_rawgeti(L, index, (lua_Integer)i) == LUA_TNIL;
        lua_pop(L, 1);
        if (hole) return i - 1;
        if (i % 4096 == 0) luavm_charge(L, 4096 * sizeof(lua_Integer));
    }
    return count;
}

static void encode(lua_State *L, luavm_task *task, int index, int depth);

static void refuse(lua_State *L, const char *type) {
    luaL_error(L, "a %s is no data; text, numbers, booleans and tables are", type);
}

static void encode_function(lua_State *L, luavm_task *task, int index) {
    if (!task->exports_functions) refuse(L, "function");
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &functions_key);
    }
    lua_pushvalue(L, index);
    uint32_t handle = (uint32_t)luaL_ref(L, -2);
    lua_pop(L, 1);
    put_tag(L, &task->output, LUAVM_TAG_FUNCTION);
    put_count(L, &task->output, handle);
}

// Swift looks for equal keys by their normal forms, which takes long beyond ASCII.
static void check_key(lua_State *L, luavm_task *task, int index) {
    size_t count;
    const char *bytes = lua_tolstring(L, index, &count);
    if (count > KEY_BYTES_MAX)
        luaL_error(L, "a table key is longer than %d bytes", KEY_BYTES_MAX);
    for (size_t i = 0; i < count; i++) task->wide_key_bytes += (unsigned char)bytes[i] >= 0x80;
    if (task->wide_key_bytes > WIDE_KEY_BYTES_MAX)
        luaL_error(L, "table keys with more than %d bytes beyond ASCII are too many to leave the "
                      "sandbox", WIDE_KEY_BYTES_MAX);
}

static void encode_table(lua_State *L, luavm_task *task, int index, int depth) {
    luavm_buffer *out = &task->output;
    luavm_charge(L, TABLE_BYTES);
    lua_Unsigned items = luavm_sequence_length(L, index);
    put_tag(L, out, LUAVM_TAG_TABLE);
    put_tag(L, out, luavm_is_array(L, index));
    put_count(L, out, (uint32_t)items);
    for (lua_Unsigned i = 1; i <= items; i++) {
        lua_rawgeti(L, index, (lua_Integer)i);
        encode(L, task, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
    size_t count_at = out->count;
    uint32_t fields = 0;
    put_count(L, out, 0);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        int key = lua_gettop(L) - 1;
        lua_Integer position = lua_isinteger(L, key) ? lua_tointeger(L, key) : 0;
        if (position < 1 || (lua_Unsigned)position > items) {
            int type = lua_type(L, key);
            if (type != LUA_TSTRING && type != LUA_TNUMBER && type != LUA_TBOOLEAN)
                luaL_error(L, "a table key may not be a %s", luaL_typename(L, key));
            if (type == LUA_TSTRING) check_key(L, task, key);
            weigh(L, task, FIELD_BYTES);
            encode(L, task, key, depth + 1);
            encode(L, task, key + 1, depth + 1);
            fields++;
        }
        lua_pop(L, 1);
    }
    memcpy(out->bytes + count_at, &fields, 4);
}

void luavm_refuse_values(lua_State *L) {
    luaL_error(L, "more than %d values are too many to leave the sandbox", OUTPUT_VALUES_MAX);
}

static void encode(lua_State *L, luavm_task *task, int index, int depth) {
    luavm_buffer *out = &task->output;
    if (depth > DEPTH_MAX)
        luaL_error(L, "a value is nested more than %d levels deep; does a table hold itself?",
                   DEPTH_MAX);
    luaL_checkstack(L, 6, NULL);
    luavm_charge(L, NODE_BYTES);
    if (++task->values > OUTPUT_VALUES_MAX) luavm_refuse_values(L);
    weigh(L, task, VALUE_BYTES);
    switch (lua_type(L, index)) {
    case LUA_TNIL: put_tag(L, out, LUAVM_TAG_NIL); break;
    case LUA_TBOOLEAN:
        put_tag(L, out, lua_toboolean(L, index) ? LUAVM_TAG_TRUE : LUAVM_TAG_FALSE);
        break;
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            lua_Integer value = lua_tointeger(L, index);
            put_tag(L, out, LUAVM_TAG_INTEGER);
            put(L, out, &value, 8);
        } else {
            lua_Number value = lua_tonumber(L, index);
            put_tag(L, out, LUAVM_TAG_NUMBER);
            put(L, out, &value, 8);
        }
        break;
    case LUA_TSTRING: {
        size_t count;
        const char *bytes = lua_tolstring(L, index, &count);
        if (count > SMALL_TEXT_BYTES_MAX) weigh(L, task, TEXT_HEAD_BYTES + count);
        put_tag(L, out, LUAVM_TAG_STRING);
        put_count(L, out, (uint32_t)count);
        put(L, out, bytes, count);
        break;
    }
    case LUA_TTABLE: encode_table(L, task, index, depth); break;
    case LUA_TFUNCTION: encode_function(L, task, index); break;
    default:
        if (luavm_is_null(L, index)) put_tag(L, out, LUAVM_TAG_NULL);
        else refuse(L, luaL_typename(L, index));
    }
}

void luavm_encode(lua_State *L, luavm_task *task, int index) {
    encode(L, task, lua_absindex(L, index), 0);
}

// What an earlier attempt left, which may be half a value, is forgotten.
void luavm_encode_begin(luavm_task *task, size_t bytes_max) {
    task->output.count = 0;
    task->values = 0;
    task->weight = 0;
    task->wide_key_bytes = 0;
    task->output_max = bytes_max;
}

void luavm_encode_count(lua_State *L, luavm_task *task, uint32_t count) {
    put_count(L, &task->output, count);
}

static uint32_t get_count(const uint8_t **at) {
    uint32_t count;
    memcpy(&count, *at, 4);
    *at += 4;
    return count;
}

// Bytes made by the host are trusted; pushing them may still run out of memory and raise.
static void decode(lua_State *L, const uint8_t **at) {
    luaL_checkstack(L, 6, NULL);
    luavm_charge(L, NODE_BYTES);
    uint8_t tag = *(*at)++;
    switch (tag) {
    case LUAVM_TAG_FALSE: lua_pushboolean(L, 0); break;
    case LUAVM_TAG_TRUE: lua_pushboolean(L, 1); break;
    case LUAVM_TAG_INTEGER: {
        lua_Integer value;
        memcpy(&value, *at, 8);
        *at += 8;
        lua_pushinteger(L, value);
        break;
    }
    case LUAVM_TAG_NUMBER: {
        lua_Number value;
        memcpy(&value, *at, 8);
        *at += 8;
        lua_pushnumber(L, value);
        break;
    }
    case LUAVM_TAG_STRING: {
        uint32_t count = get_count(at);
        lua_pushlstring(L, (const char *)*at, count);
        *at += count;
        break;
    }
    case LUAVM_TAG_TABLE: {
        bool array = *(*at)++ != 0;
        uint32_t items = get_count(at);
        lua_createtable(L, (int)items, 0);
        for (uint32_t i = 1; i <= items; i++) {
            decode(L, at);
            lua_rawseti(L, -2, i);
        }
        uint32_t fields = get_count(at);
        for (uint32_t i = 0; i < fields; i++) {
            decode(L, at);
            decode(L, at);
            lua_rawset(L, -3);
        }
        if (array) luavm_mark_array(L);
        break;
    }
    case LUAVM_TAG_NULL: luavm_push_null(L); break;
    case LUAVM_TAG_FUNCTION: {
        uint32_t handle = get_count(at);
        // A handle of another machine means nothing here.
        if (lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key) == LUA_TTABLE) {
            lua_rawgeti(L, -1, handle);
            lua_remove(L, -2);
        }
        break;
    }
    default: lua_pushnil(L);
    }
}

// Pushes a list of values: u32 count, then the values. Returns how many.
int luavm_decode_list(lua_State *L, luavm_bytes bytes) {
    if (!bytes.bytes || bytes.count < 4) return 0;
    const uint8_t *at = bytes.bytes;
    uint32_t count = get_count(&at);
    for (uint32_t i = 0; i < count; i++) decode(L, &at);
    return (int)count;
}

static int release(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key) == LUA_TTABLE)
        luaL_unref(L, -1, (int)lua_tointeger(L, 1));
    return 0;
}

void luavm_release(luavm *vm, uint32_t function) {
    lua_pushcfunction(vm->L, release);
    lua_pushinteger(vm->L, function);
    lua_pcall(vm->L, 1, 0, 0);
    lua_settop(vm->L, 0);
}
