// Lua patterns: see match.c.
#ifndef MOONLINE_LUAVM_MATCH_H
#define MOONLINE_LUAVM_MATCH_H

#include "internal.h"

enum { CAPTURES_MAX = 32, CAPTURE_POSITION = -1, CAPTURE_OPEN = -2, RECURSION_MAX = 200 };
enum { STEP_BYTES = 64 }; // of a set or a capture that one step looks at

struct capture {
    const char *start;
    ptrdiff_t size; // or CAPTURE_OPEN, CAPTURE_POSITION
};

struct matcher {
    lua_State *L;
    const char *text;
    const char *text_end;
    const char *pattern_end;
    int captures;
    int depth;
    size_t steps; // of all attempts of one call
    size_t steps_max;
    struct capture capture[CAPTURES_MAX];
};

/// The end of the match that begins at `text`, or NULL.
const char *luavm_match(struct matcher *m, const char *text, const char *pattern);
void luavm_push_capture(struct matcher *m, int level, const char *start, const char *end);
/// Pushes every capture, or the whole match when there is none and `start` is given.
int luavm_push_captures(struct matcher *m, const char *start, const char *end);

#endif
