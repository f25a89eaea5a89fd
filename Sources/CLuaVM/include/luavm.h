// The whole surface that Swift may use. lua.h is not included here: Swift cannot name a lua_*
// function, so no Swift frame can ever sit between a lua_error and its catch.
#ifndef MOONLINE_LUAVM_H
#define MOONLINE_LUAVM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// One Lua state with its own memory cap and allow-listed globals.
typedef struct luavm luavm;
/// One coroutine of a state: a chunk or a function that runs, traps and ends.
typedef struct luavm_task luavm_task;

/// Why `luavm_step` returned.
typedef enum {
    LUAVM_DONE,      ///< the task ended; its results are the output
    LUAVM_TRAP,      ///< a host operation was called; its arguments are the output
    LUAVM_PREEMPTED, ///< the slice of time is used up; step again to go on
    LUAVM_FAILED,    ///< an error left the task; one value, the error, is the output
    LUAVM_KILLED,    ///< the budget of time is used up, or the task was killed
    LUAVM_NO_MEMORY  ///< the memory cap was reached
} luavm_event;

/// Bytes that belong to somebody else.
typedef struct {
    const uint8_t *_Nullable bytes;
    size_t count;
} luavm_bytes;

/// Tags of the byte encoding in which values cross (see values.c).
enum luavm_tag {
    LUAVM_TAG_NIL,
    LUAVM_TAG_FALSE,
    LUAVM_TAG_TRUE,
    LUAVM_TAG_INTEGER,
    LUAVM_TAG_NUMBER,
    LUAVM_TAG_STRING,
    LUAVM_TAG_TABLE,
    LUAVM_TAG_NULL,
    LUAVM_TAG_FUNCTION
};

luavm *_Nullable luavm_create(size_t memory_cap);
void luavm_destroy(luavm *_Nonnull vm);
size_t luavm_memory(const luavm *_Nonnull vm);

/// Registers a host operation, `name` or `table.name`: calling it traps with this code.
bool luavm_define(luavm *_Nonnull vm, const char *_Nonnull name, uint32_t code);
/// Registers a table whose every key is a host operation that gets the key as first argument.
bool luavm_define_family(luavm *_Nonnull vm, const char *_Nonnull name, uint32_t code);
/// Registers a global function that returns its argument (`provider { … }`).
bool luavm_define_identity(luavm *_Nonnull vm, const char *_Nonnull name);

/// Compiles text (never bytecode) into a task that has not started. A task that failed to
/// compile reports LUAVM_FAILED at its first step, and LUAVM_KILLED when compiling took longer
/// than `budget_ns` of processor time. `exports_functions` lets results carry functions, as
/// handles for `luavm_call`. The chunk gets the encoded arguments as `...`.
luavm_task *_Nullable luavm_load(luavm *_Nonnull vm, luavm_bytes source,
                                 const char *_Nonnull chunk_name, luavm_bytes arguments,
                                 bool exports_functions, uint64_t budget_ns);
/// Makes a task that calls an exported function with encoded arguments. It reports
/// LUAVM_KILLED at its first step when reading them took longer than `budget_ns`.
luavm_task *_Nullable luavm_call(luavm *_Nonnull vm, uint32_t function, luavm_bytes arguments,
                                 bool exports_functions, uint64_t budget_ns);
/// Forgets an exported function.
void luavm_release(luavm *_Nonnull vm, uint32_t function);

/// Runs until the task ends, traps, is preempted, fails or is killed. `reply` answers the last
/// trap: encoded values when `succeeded`, else one value to raise as an error. `budget_ns` is
/// processor time that this step may use.
luavm_event luavm_step(luavm_task *_Nonnull task, bool succeeded, luavm_bytes reply,
                       uint64_t slice_ns, uint64_t budget_ns);
/// Processor time that the last step used, or compiling before the first.
uint64_t luavm_spent_ns(const luavm_task *_Nonnull task);
/// The code of the host operation that trapped.
uint32_t luavm_trap_code(const luavm_task *_Nonnull task);
/// Encoded values, valid until they are forgotten or the next step.
luavm_bytes luavm_output(const luavm_task *_Nonnull task);
/// What the values take in Swift, about.
size_t luavm_output_memory(const luavm_task *_Nonnull task);
/// Frees what a task that waits need not keep.
void luavm_forget_output(luavm_task *_Nonnull task);
/// Where a task was when it was killed, had no memory or called the host: its line, 0 when that
/// is not known.
int luavm_line(luavm_task *_Nonnull task);
/// The name of the chunk with that line.
const char *_Nonnull luavm_file(const luavm_task *_Nonnull task);
void luavm_task_free(luavm_task *_Nonnull task);

/// Room for a number as text.
enum { LUAVM_NUMBER_BYTES = 40 };
/// Writes a finite number as JSON, in few digits that read back as the same number, with a point
/// or an exponent. Returns how many bytes it wrote.
size_t luavm_number_text(double value, char *_Nonnull text);

#endif
