// The string library as the system's Lua has it, beside that of the sandbox: fuzzing compares both.
#ifndef MOONLINE_STOCKLUA_H
#define MOONLINE_STOCKLUA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A Lua state without any sandbox, for code of the project alone.
typedef struct stocklua stocklua;

/// Bytes that belong to somebody else.
typedef struct {
    const uint8_t *_Nullable bytes;
    size_t count;
} stocklua_text;

/// Makes a state and keeps the function that the chunk returns.
stocklua *_Nullable stocklua_create(const char *_Nonnull chunk);
void stocklua_destroy(stocklua *_Nonnull lua);
/// Calls the function with texts. Its result, or its error, is valid until the next call.
bool stocklua_call(stocklua *_Nonnull lua, const stocklua_text *_Nonnull arguments, size_t count,
                   stocklua_text *_Nonnull result);

#endif
