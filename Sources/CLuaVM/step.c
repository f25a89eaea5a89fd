// The steps of a task: it ends, traps, is preempted, fails or is killed, and what leaves it then.
#include "internal.h"

#include <stdlib.h>

static int collect_results(lua_State *L) {
    luavm_task *task = lua_touserdata(L, 1);
    int count = (int)lua_tointeger(L, 2);
    // Before there is room made for them, which no cap binds here.
    if (count > OUTPUT_VALUES_MAX) luavm_refuse_values(L);
    luaL_checkstack(L, count, NULL);
    lua_xmove(task->co, L, count);
    luavm_encode_begin(task, OUTPUT_BYTES_MAX);
    luavm_encode_count(L, task, (uint32_t)count);
    for (int i = 0; i < count; i++) luavm_encode(L, task, 3 + i);
    return 0;
}

// Copies a field of the error below into the table on top, as far as it is plain and short.
static void copy_field(lua_State *L, const char *name, size_t bytes_max) {
    lua_pushstring(L, name);
    lua_rawget(L, -3);
    switch (lua_type(L, -1)) {
    case LUA_TSTRING:
        if (lua_rawlen(L, -1) > bytes_max) {
            lua_pushlstring(L, lua_tostring(L, -1), bytes_max);
            lua_remove(L, -2);
        }
        break;
    case LUA_TNUMBER:
    case LUA_TBOOLEAN: break;
    default:
        lua_pop(L, 1);
        return;
    }
    lua_pushstring(L, name);
    lua_insert(L, -2);
    lua_rawset(L, -3);
}

// A structured error crosses with the fields that are known, and with its traceback as `trace`;
// any other becomes its text with a traceback.
static int collect_error(lua_State *L) {
    static const char *const names[] = {"code", "where", "after", "unsent", "retry", "provider"};
    luavm_task *task = lua_touserdata(L, 1);
    lua_settop(L, 0);
    luavm_encode_begin(task, OUTPUT_BYTES_MAX);
    luavm_encode_count(L, task, 1);
    lua_xmove(task->co, L, 1);
    if (!lua_istable(L, -1)) {
        luavm_push_text(L, lua_gettop(L));
        luaL_traceback(L, task->co, lua_tostring(L, -1), 0);
        if (lua_rawlen(L, -1) > ERROR_BYTES_MAX)
            lua_pushlstring(L, lua_tostring(L, -1), ERROR_BYTES_MAX);
    } else {
        lua_newtable(L);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            copy_field(L, names[i], ERROR_FIELD_BYTES_MAX);
        copy_field(L, "message", ERROR_BYTES_MAX);
        luaL_traceback(L, task->co, NULL, 0);
        if (lua_rawlen(L, -1) > ERROR_BYTES_MAX)
            lua_pushlstring(L, lua_tostring(L, -1), ERROR_BYTES_MAX);
        lua_setfield(L, 2, "trace");
        lua_settop(L, 2);
    }
    luavm_encode(L, task, -1);
    return 0;
}

// Runs on the main thread with the task as the one that is charged for the work.
static int collect(luavm_task *task, lua_CFunction collector, int results) {
    lua_State *L = task->vm->L;
    *luavm_slot(L) = task;
    lua_pushcfunction(L, collector);
    lua_pushlightuserdata(L, task);
    lua_pushinteger(L, results);
    int status = lua_pcall(L, 2, 0, 0);
    *luavm_slot(L) = NULL;
    return status;
}

static luavm_event fail(luavm_task *task) {
    lua_State *L = task->vm->L;
    if (collect(task, collect_error, 0) == LUA_OK) return LUAVM_FAILED;
    bool is_kill = luavm_is_kill(L, -1);
    lua_settop(L, 0);
    return is_kill ? LUAVM_KILLED : LUAVM_NO_MEMORY;
}

static luavm_event finish(luavm_task *task, int results) {
    lua_State *L = task->vm->L;
    if (collect(task, collect_results, results) == LUA_OK) return LUAVM_DONE;
    if (luavm_is_kill(L, -1)) {
        lua_settop(L, 0);
        return LUAVM_KILLED;
    }
    lua_xmove(L, task->co, 1);
    return fail(task);
}

static luavm_event ending(luavm_task *task, int status, int results) {
    if (status == LUA_YIELD) {
        if (task->trapped) return LUAVM_TRAP;
        return task->killed ? LUAVM_KILLED : LUAVM_PREEMPTED;
    }
    if (status == LUA_OK) return finish(task, results);
    if (luavm_is_kill(task->co, -1)) return LUAVM_KILLED;
    if (status == LUA_ERRMEM) {
        luavm_note_place(task, task->co);
        return LUAVM_NO_MEMORY;
    }
    return fail(task);
}

luavm_event luavm_step(luavm_task *task, bool succeeded, luavm_bytes reply, uint64_t slice_ns,
                       uint64_t budget_ns) {
    if (task->killed) return LUAVM_KILLED;
    if (!task->co) return LUAVM_FAILED;
    luavm *vm = task->vm;
    uint64_t now = luavm_now_ns();
    task->start = now;
    task->slice_end = now + slice_ns;
    task->hard_end = now + budget_ns;
    task->reply_succeeded = succeeded;
    task->reply = reply;
    task->trapped = false;
    task->line = 0;
    int arguments = task->started ? 0 : task->arguments, results = 0;
    task->started = true;
    vm->host = false;
    vm->takes_reply = false;
    vm->running = task;
    luavm_watch_begin(task, slice_ns);
    int status = lua_resume(task->co, vm->L, arguments, &results);
    luavm_watch_end(task);
    vm->running = NULL;
    vm->host = true;
    luavm_event event = ending(task, status, results);
    task->spent_ns = luavm_now_ns() - now;
    return event;
}

uint64_t luavm_spent_ns(const luavm_task *task) { return task->spent_ns; }

int luavm_line(luavm_task *task) {
    if (task->trapped) luavm_note_place(task, task->co);
    return task->line;
}

const char *luavm_file(const luavm_task *task) { return task->file; }

uint32_t luavm_trap_code(const luavm_task *task) { return task->trap; }

luavm_bytes luavm_output(const luavm_task *task) {
    return (luavm_bytes){task->output.bytes, task->output.count};
}

size_t luavm_output_memory(const luavm_task *task) { return task->weight; }

void luavm_forget_output(luavm_task *task) {
    task->output.count = 0;
    if (task->output.capacity <= OUTPUT_BYTES_KEPT) return;
    free(task->output.bytes);
    task->output = (luavm_buffer){0};
}
