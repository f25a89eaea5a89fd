// Shared by the C files of this module.
#ifndef MOONLINE_LUAVM_INTERNAL_H
#define MOONLINE_LUAVM_INTERNAL_H

#include "luavm.h"

#if __has_include(<lua5.4/lua.h>)
#include <lua5.4/lauxlib.h>
#include <lua5.4/lua.h>
#include <lua5.4/lualib.h>
#else
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#endif

enum {
    DEPTH_MAX = 64,                  // nesting of a value or of JSON
    OUTPUT_BYTES_MAX = 8 << 20,      // the output lies outside the Lua cap, so it has its own
    TRAP_BYTES_MAX = 1 << 20,        // of the arguments of one host operation
    OUTPUT_VALUES_MAX = 200000,      // a value of a few bytes takes a hundred in Swift
    OUTPUT_MEMORY_MAX = 16 << 20,    // of the output together with what Swift makes of it
    VALUE_BYTES = 40,                // of that one value
    FIELD_BYTES = 48,                // and the place of a field in a table
    SMALL_TEXT_BYTES_MAX = 15,       // a longer text lies in a block of its own
    TEXT_HEAD_BYTES = 48,            // with such a head
    WIDE_KEY_BYTES_MAX = 64 << 10,   // beyond ASCII, of all keys that leave at once
    OUTPUT_BYTES_KEPT = 64 << 10,    // of a task that waits; what is larger is freed at once
    KEY_BYTES_MAX = 1024,            // of a table's key that leaves
    ERROR_FIELD_BYTES_MAX = 256,     // of a field of an error, such as its code
    ERROR_BYTES_MAX = 4096,          // of an error message with its traceback
    TEXT_BYTES_MAX = 4 << 20,        // of a string that Lua code makes: one call has to end soon
    HOOK_INSTRUCTIONS = 1000,        // a lower count costs the same: the VM traps either way
    CHARGE_BYTES = 1 << 20,          // work in C between two looks at the clock
    OVERTIME_BYTES = 1 << 20,        // a full heap may grow by, when its task is about to end
    SELECTORS_MAX = 64,              // in a row, such as a.b.c
    BLOCKER_LEVELS = 64,             // of the stack that are searched for what cannot wait
    NODE_BYTES = 64,                 // what one value counts for in that
    ESCAPE_BYTES = 16,               // and one escaped character of a JSON text
    FOREIGN_CALL_BYTES = 128 * 1024, // and a call of a function in C of unknown extent
    TABLE_BYTES = CHARGE_BYTES,      // one that was emptied has a million slots to be looked at
    MATCH_STEPS_MAX = 2000000,       // of one pattern call: about 20 ms
    MATCH_STEPS_PER_BYTE = 8         // and of its text: an ordinary pattern needs one or two
};

typedef struct {
    uint8_t *bytes;
    size_t count;
    size_t capacity;
} luavm_buffer;

struct luavm {
    lua_State *L;
    size_t used;
    size_t cap;
    luavm_task *running; // NULL while no Lua code runs
    bool host; // host work may pass the cap: it must be able to finish
    bool takes_reply; // a reply may be longer than what Lua code makes
};

struct luavm_task {
    luavm *vm;
    lua_State *co; // NULL when it failed before it could start
    int anchor;    // an unanchored coroutine would be collected while it waits
    int arguments; // of the first resume
    bool started;
    bool exports_functions;
    bool trapped;
    bool killed;
    uint32_t trap;
    luavm_buffer output;
    bool reply_succeeded;
    luavm_bytes reply;
    uint32_t values;   // in the output
    size_t weight;     // of what Swift makes of it
    size_t wide_key_bytes;
    size_t output_max;
    uint64_t spent_ns; // by the last step
    uint64_t start;    // of the step
    uint64_t slice_end;
    uint64_t hard_end;
    size_t charged; // bytes of work in C since the last look at the clock
    char file[LUA_IDSIZE]; // where it was when it had to end, or called the host
    int line;              // 0 while that is not known
};

// values.c
void luavm_encode(lua_State *L, luavm_task *task, int index);
void luavm_encode_begin(luavm_task *task, size_t bytes_max);
void luavm_encode_count(lua_State *L, luavm_task *task, uint32_t count);
int luavm_decode_list(lua_State *L, luavm_bytes bytes);
void luavm_mark_array(lua_State *L);
bool luavm_is_array(lua_State *L, int index);
bool luavm_is_null(lua_State *L, int index);
void luavm_push_null(lua_State *L);
lua_Unsigned luavm_sequence_length(lua_State *L, int index);

// library.c, text.c, json_*.c: every function runs inside a protected call
int luavm_open_globals(lua_State *L);
void luavm_open_table(lua_State *L, int globals);
void luavm_open_text(lua_State *L, int globals);
void luavm_open_json(lua_State *L, int globals);
int luavm_json_decode(lua_State *L);
void luavm_push_text(lua_State *L, int index);
bool luavm_valid_utf8(const uint8_t *text, size_t count, size_t *bad);
void luavm_raise(lua_State *L, const char *code);

// vm.c
extern char luavm_kill_value;
uint64_t luavm_now_ns(void);
luavm_task **luavm_slot(lua_State *L);
luavm_task *luavm_current(lua_State *L);
void luavm_note_place(luavm_task *task, lua_State *L);
bool luavm_is_kill(lua_State *L, int index);
_Noreturn void luavm_die(lua_State *L);
void luavm_hook(lua_State *L, lua_Debug *activation);
// Work in C that no hook sees: raises the kill value when the time is up.
void luavm_charge(lua_State *L, size_t bytes);

// numbers.c: what bounds functions of the library that turn texts into numbers.
void luavm_make_number(lua_State *L, int index);
void luavm_bound_numbers(lua_State *L, int table, const char *name);

// values.c: raises that too many values would leave.
void luavm_refuse_values(lua_State *L);

// chain.c: the line where too many selectors stand in a row, or 0.
int luavm_long_chain(luavm_bytes source);

// watch.c: calls the hook when so much time has passed.
void luavm_watch_begin(luavm_task *task, uint64_t ns);
void luavm_watch_again(luavm_task *task, uint64_t ns);
void luavm_watch_end(luavm_task *task);

#endif
