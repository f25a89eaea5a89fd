// A state with a memory cap, and its tasks: how they begin, and what kills them.
#define _GNU_SOURCE
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

// How long a function in C, or a callback of sort or gsub, may keep its thread: it cannot yield.
static const uint64_t UNYIELDING_NS_MAX = 250000000;

char luavm_kill_value; // its address is an error value that no script can make

// Processor time of this thread: a busy machine must not make a definition look like a loop. Two
// readings are compared within one step only, and a step stays on its thread.
uint64_t luavm_now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static bool is_over(const luavm_task *task, uint64_t now) {
    return now >= task->hard_end || now - task->start >= UNYIELDING_NS_MAX;
}

// Whether a heap that is full may grow all the same. A refusal makes Lua collect all garbage, which
// takes long and meets no hook: the clock is looked at soon after, and once the time is over there
// is no other collection until the task ends.
static bool may_pass_cap(luavm *vm, size_t growth) {
    luavm_task *task = vm->running;
    if (!task) return false;
    task->charged = CHARGE_BYTES;
    return is_over(task, luavm_now_ns()) && vm->used + growth <= vm->cap + OVERTIME_BYTES;
}

// The cap binds only while Lua code runs; shrinking never fails.
static void *allocate(void *context, void *block, size_t old_size, size_t new_size) {
    luavm *vm = context;
    if (!block) { // Lua passes a type tag in place of a size
        bool is_long = old_size == LUA_TSTRING && new_size > TEXT_BYTES_MAX;
        if (is_long && !vm->host && !vm->takes_reply) return NULL;
        old_size = 0;
    }
    if (new_size == 0) {
        free(block);
        vm->used -= old_size;
        return NULL;
    }
    if (new_size > old_size && !vm->host) {
        size_t room = vm->used < vm->cap ? vm->cap - vm->used : 0;
        if (new_size - old_size > room && !may_pass_cap(vm, new_size - old_size)) return NULL;
    }
    void *moved = realloc(block, new_size);
    if (!moved) return new_size <= old_size ? block : NULL;
    vm->used = vm->used - old_size + new_size;
    return moved;
}

// A new thread's extra space is a copy of the main thread's, so each task sets its own.
luavm_task **luavm_slot(lua_State *L) { return (luavm_task **)lua_getextraspace(L); }

luavm_task *luavm_current(lua_State *L) { return *luavm_slot(L); }

bool luavm_is_kill(lua_State *L, int index) {
    return lua_islightuserdata(L, index) && lua_touserdata(L, index) == &luavm_kill_value;
}

// The nearest line of Lua code; the host's own, which is named "=…", tells an author nothing.
void luavm_note_place(luavm_task *task, lua_State *L) {
    lua_Debug frame;
    for (int level = 0; !task->line && lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sl", &frame);
        if (frame.currentline <= 0 || frame.source[0] == '=') continue;
        task->line = frame.currentline;
        memcpy(task->file, frame.short_src, sizeof task->file);
    }
}

static void kill_task(luavm_task *task, lua_State *L) {
    task->killed = true;
    luavm_note_place(task, L);
}

_Noreturn void luavm_die(lua_State *L) {
    lua_pushlightuserdata(L, &luavm_kill_value);
    lua_error(L);
    abort();
}

void luavm_charge(lua_State *L, size_t bytes) {
    luavm_task *task = luavm_current(L);
    if (!task) return;
    task->charged += bytes;
    if (task->charged < CHARGE_BYTES) return;
    task->charged = 0;
    if (!task->killed && !is_over(task, luavm_now_ns())) return;
    kill_task(task, L);
    luavm_die(L);
}

// A yield from the hook cannot be caught by pcall. Where yielding is impossible (inside sort or
// gsub) the kill value is raised instead, and again at every instruction until the task is out.
void luavm_hook(lua_State *L, lua_Debug *activation) {
    (void)activation;
    luavm_task *task = luavm_current(L);
    if (!task) return;
    uint64_t now = luavm_now_ns();
    if (!task->killed && now < task->slice_end) {
        // The machine was busy with others.
        luavm_watch_again(task, task->slice_end - now);
        return;
    }
    if (now >= task->hard_end) kill_task(task, L);
    if (L == task->co && lua_isyieldable(L)) {
        lua_yield(L, 0);
        return;
    }
    // Nobody else gets the thread meanwhile.
    if (now - task->start >= UNYIELDING_NS_MAX) kill_task(task, L);
    if (task->killed) {
        lua_sethook(L, luavm_hook, LUA_MASKCOUNT, 1);
        luavm_die(L);
    }
    uint64_t end = task->start + UNYIELDING_NS_MAX;
    luavm_watch_again(task, (end < task->hard_end ? end : task->hard_end) - now);
}

luavm *luavm_create(size_t memory_cap) {
    luavm *vm = calloc(1, sizeof *vm);
    if (!vm) return NULL;
    vm->cap = memory_cap;
    vm->host = true;
    vm->L = lua_newstate(allocate, vm);
    if (!vm->L) {
        free(vm);
        return NULL;
    }
    *luavm_slot(vm->L) = NULL;
    lua_pushcfunction(vm->L, luavm_open_globals); // a light function: pushing it cannot fail
    if (lua_pcall(vm->L, 0, 0, 0) != LUA_OK) {
        luavm_destroy(vm);
        return NULL;
    }
    return vm;
}

void luavm_destroy(luavm *vm) {
    vm->host = true;
    lua_close(vm->L);
    free(vm);
}

size_t luavm_memory(const luavm *vm) { return vm->used; }

// ---- making tasks

struct start {
    luavm_task *task;
    luavm_bytes source;
    luavm_bytes arguments;
    const char *chunk_name;
    uint64_t budget_ns; // of the compiler, and of reading the arguments
    int line;           // that it has come to
    uint32_t function;
};

static lua_State *make_coroutine(lua_State *L, luavm_task *task) {
    task->co = lua_newthread(L);
    task->anchor = luaL_ref(L, LUA_REGISTRYINDEX);
    *luavm_slot(task->co) = task;
    return task->co;
}

// Meanwhile no deadline and no signal ends the task, so that it may not take as long as a run.
enum { PIECE_BYTES = 512, COMPILER_NS_MAX = 1000000000 };

// Hands the source out in pieces and looks at the clock before each: the compiler walks over all
// pending jumps for each new one, as in a long chain of `or`, and no hook runs meanwhile.
static const char *next_piece(lua_State *L, void *data, size_t *size) {
    struct start *start = data;
    luavm_task *task = start->task;
    uint64_t now = luavm_now_ns();
    if (now > task->hard_end || now - task->start > COMPILER_NS_MAX) {
        task->killed = true;
        snprintf(task->file, sizeof task->file, "%s", start->chunk_name + 1);
        task->line = start->line;
        luavm_die(L);
    }
    const uint8_t *piece = start->source.bytes;
    *size = start->source.count < PIECE_BYTES ? start->source.count : PIECE_BYTES;
    for (size_t i = 0; i < *size; i++) start->line += piece[i] == '\n';
    start->source.bytes += *size;
    start->source.count -= *size;
    return (const char *)piece;
}

static int start_chunk(lua_State *L) {
    struct start *start = lua_touserdata(L, 1);
    lua_State *co = make_coroutine(L, start->task);
    int line = luavm_long_chain(start->source);
    if (line)
        return luaL_error(L, "%s:%d: more than %d names or keys stand in a row here; put what the "
                             "first ones lead to into a local variable",
                          start->chunk_name + 1, line, SELECTORS_MAX);
    if (lua_load(co, next_piece, start, start->chunk_name, "t")) {
        lua_xmove(co, L, 1);
        return lua_error(L);
    }
    int count = luavm_decode_list(L, start->arguments);
    start->task->arguments = count;
    luaL_checkstack(co, count, NULL);
    lua_xmove(L, co, count);
    return 0;
}

static int start_call(lua_State *L) {
    struct start *start = lua_touserdata(L, 1);
    lua_State *co = make_coroutine(L, start->task);
    uint8_t encoded[9] = {1, 0, 0, 0, LUAVM_TAG_FUNCTION};
    memcpy(encoded + 5, &start->function, 4);
    int count = luavm_decode_list(L, (luavm_bytes){encoded, sizeof encoded});
    start->task->arguments = luavm_decode_list(L, start->arguments);
    count += start->task->arguments;
    luaL_checkstack(co, count, NULL);
    lua_xmove(L, co, count);
    return 0;
}

// The message outlives the state's stack: a task that failed to start is stepped like any other.
static void keep_failure(luavm_task *task, lua_State *L) {
    size_t count = 0;
    const char *message = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &count) : NULL;
    if (!message) message = "not enough memory", count = strlen(message);
    uint32_t size = (uint32_t)count, one = 1;
    uint8_t *bytes = malloc(count + 9);
    if (bytes) {
        memcpy(bytes, &one, 4);
        bytes[4] = LUAVM_TAG_STRING;
        memcpy(bytes + 5, &size, 4);
        memcpy(bytes + 9, message, count);
        task->output = (luavm_buffer){bytes, count + 9, count + 9};
    }
    lua_settop(L, 0);
    if (task->co) *luavm_slot(task->co) = NULL;
    task->co = NULL;
}

static luavm_task *make_task(luavm *vm, lua_CFunction starter, struct start *start) {
    luavm_task *task = calloc(1, sizeof *task);
    if (!task) return NULL;
    task->vm = vm;
    task->anchor = LUA_NOREF;
    start->task = task;
    uint64_t now = luavm_now_ns();
    task->start = now;
    task->hard_end = now + start->budget_ns;
    lua_pushcfunction(vm->L, starter);
    lua_pushlightuserdata(vm->L, start);
    *luavm_slot(vm->L) = task;
    int status = lua_pcall(vm->L, 1, 0, 0);
    *luavm_slot(vm->L) = NULL;
    if (status != LUA_OK) keep_failure(task, vm->L);
    task->spent_ns = luavm_now_ns() - now;
    return task;
}

luavm_task *luavm_load(luavm *vm, luavm_bytes source, const char *chunk_name,
                       luavm_bytes arguments, bool exports, uint64_t budget_ns) {
    struct start start = {.source = source, .arguments = arguments, .chunk_name = chunk_name,
                          .budget_ns = budget_ns, .line = 1};
    luavm_task *task = make_task(vm, start_chunk, &start);
    if (task) task->exports_functions = exports;
    return task;
}

luavm_task *luavm_call(luavm *vm, uint32_t function, luavm_bytes arguments, bool exports,
                       uint64_t budget_ns) {
    struct start start = {.arguments = arguments, .function = function, .budget_ns = budget_ns};
    luavm_task *task = make_task(vm, start_call, &start);
    if (task) task->exports_functions = exports;
    return task;
}

void luavm_task_free(luavm_task *task) {
    luaL_unref(task->vm->L, LUA_REGISTRYINDEX, task->anchor);
    if (task->co) {
        lua_sethook(task->co, NULL, 0, 0);
        *luavm_slot(task->co) = NULL;
    }
    free(task->output.bytes);
    free(task);
}
