// Lua patterns, matched by code of our own: a match that backtracks too far can be stopped.
#include "match.h"

#include <ctype.h>
#include <string.h>

// Debug hooks do not fire inside C, so a pattern that backtracks has to count for itself.
static void count_step(struct matcher *m) {
    if (++m->steps > m->steps_max)
        luaL_error(m->L, "the pattern needs too many steps on this text; make it more definite");
    if (m->steps % 4096 == 0) luavm_charge(m->L, 4096 * STEP_BYTES);
}

// Looking through a set or comparing a capture takes longer the larger it is.
static void count_bytes(struct matcher *m, size_t bytes) {
    if (bytes < STEP_BYTES) return;
    m->steps += bytes / STEP_BYTES;
    luavm_charge(m->L, bytes);
    count_step(m);
}

static const char *match_here(struct matcher *m, const char *text, const char *pattern);

// The end of the single-character class that begins at `pattern`.
static const char *class_end(struct matcher *m, const char *pattern) {
    char first = *pattern++;
    if (first == '%') {
        if (pattern == m->pattern_end) luaL_error(m->L, "malformed pattern (ends with '%%')");
        return pattern + 1;
    }
    if (first != '[') return pattern;
    if (pattern < m->pattern_end && *pattern == '^') pattern++;
    const char *begin = pattern;
    do { // a ']' that comes first is an ordinary character
        if (pattern == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
        if (*pattern++ == '%' && pattern < m->pattern_end) pattern++;
    } while (pattern == m->pattern_end || *pattern != ']');
    count_bytes(m, (size_t)(pattern - begin));
    return pattern + 1;
}

static bool in_named_class(int c, int name) {
    bool found;
    switch (tolower(name)) {
    case 'a': found = isalpha(c); break;
    case 'c': found = iscntrl(c); break;
    case 'd': found = isdigit(c); break;
    case 'g': found = isgraph(c); break;
    case 'l': found = islower(c); break;
    case 'p': found = ispunct(c); break;
    case 's': found = isspace(c); break;
    case 'u': found = isupper(c); break;
    case 'w': found = isalnum(c); break;
    case 'x': found = isxdigit(c); break;
    case 'z': found = c == 0; break; // of earlier versions
    default: return name == c;
    }
    return isupper(name) ? !found : found;
}

// `set` is at '[', `last` at the closing ']'.
static bool in_set(int c, const char *set, const char *last) {
    bool wanted = true;
    if (set[1] == '^') {
        wanted = false;
        set++;
    }
    while (++set < last) {
        if (*set == '%') {
            set++;
            if (in_named_class(c, (unsigned char)*set)) return wanted;
        } else if (set[1] == '-' && set + 2 < last) {
            if ((unsigned char)*set <= c && c <= (unsigned char)set[2]) return wanted;
            set += 2;
        } else if ((unsigned char)*set == c) {
            return wanted;
        }
    }
    return !wanted;
}

static bool matches_one(struct matcher *m, const char *text, const char *pattern,
                        const char *end) {
    if (text >= m->text_end) return false;
    int c = (unsigned char)*text;
    count_bytes(m, (size_t)(end - pattern));
    switch (*pattern) {
    case '.': return true;
    case '%': return in_named_class(c, (unsigned char)pattern[1]);
    case '[': return in_set(c, pattern, end - 1);
    default: return (unsigned char)*pattern == c;
    }
}

static const char *match_longest(struct matcher *m, const char *text, const char *pattern,
                                 const char *end) {
    ptrdiff_t count = 0;
    while (matches_one(m, text + count, pattern, end)) {
        count_step(m);
        count++;
    }
    for (; count >= 0; count--) {
        const char *found = match_here(m, text + count, end + 1);
        if (found) return found;
    }
    return NULL;
}

static const char *match_shortest(struct matcher *m, const char *text, const char *pattern,
                                  const char *end) {
    for (;;) {
        const char *found = match_here(m, text, end + 1);
        if (found) return found;
        if (!matches_one(m, text, pattern, end)) return NULL;
        text++;
    }
}

static const char *match_balanced(struct matcher *m, const char *text, const char *pattern) {
    if (pattern + 1 >= m->pattern_end) luaL_error(m->L, "missing arguments to '%%b'");
    if (text >= m->text_end || *text != pattern[0]) return NULL;
    int open = 1;
    for (const char *at = text + 1; at < m->text_end; at++) {
        count_step(m);
        if (*at == pattern[1]) {
            if (--open == 0) return at + 1;
        } else if (*at == pattern[0]) {
            open++;
        }
    }
    return NULL;
}

static int open_capture(struct matcher *m) {
    for (int level = m->captures - 1; level >= 0; level--)
        if (m->capture[level].size == CAPTURE_OPEN) return level;
    return luaL_error(m->L, "invalid pattern capture");
}

static const char *start_capture(struct matcher *m, const char *text, const char *pattern,
                                 ptrdiff_t kind) {
    if (m->captures >= CAPTURES_MAX) luaL_error(m->L, "too many captures");
    m->capture[m->captures++] = (struct capture){text, kind};
    const char *found = match_here(m, text, pattern);
    if (!found) m->captures--;
    return found;
}

static const char *end_capture(struct matcher *m, const char *text, const char *pattern) {
    int level = open_capture(m);
    m->capture[level].size = text - m->capture[level].start;
    const char *found = match_here(m, text, pattern);
    if (!found) m->capture[level].size = CAPTURE_OPEN;
    return found;
}

static const char *match_back_reference(struct matcher *m, const char *text, int digit) {
    int level = digit - '1';
    if (level < 0 || level >= m->captures || m->capture[level].size == CAPTURE_OPEN)
        luaL_error(m->L, "invalid capture index %%%d", level + 1);
    // A position is no text, so nothing equals it.
    if (m->capture[level].size == CAPTURE_POSITION) return NULL;
    size_t size = (size_t)m->capture[level].size;
    if ((size_t)(m->text_end - text) < size) return NULL;
    count_bytes(m, size);
    return memcmp(m->capture[level].start, text, size) ? NULL : text + size;
}

static bool at_frontier(struct matcher *m, const char *text, const char *set, const char *end) {
    count_bytes(m, (size_t)(end - set));
    int before = text == m->text ? 0 : (unsigned char)text[-1];
    int after = text < m->text_end ? (unsigned char)*text : 0;
    return !in_set(before, set, end - 1) && in_set(after, set, end - 1);
}

// One item with its repetition. Sets `*next` and returns true when matching goes on behind it.
static bool match_item(struct matcher *m, const char **text, const char **pattern,
                       const char **result) {
    const char *end = class_end(m, *pattern);
    char repeat = end < m->pattern_end ? *end : '\0';
    if (repeat == '*') *result = match_longest(m, *text, *pattern, end);
    else if (repeat == '-') *result = match_shortest(m, *text, *pattern, end);
    else if (repeat == '+')
        *result = matches_one(m, *text, *pattern, end)
                      ? match_longest(m, *text + 1, *pattern, end)
                      : NULL;
    else if (repeat == '?') {
        if (matches_one(m, *text, *pattern, end)) {
            *result = match_here(m, *text + 1, end + 1);
            if (*result) return false;
        }
        *pattern = end + 1;
        return true;
    } else {
        *result = NULL;
        if (!matches_one(m, *text, *pattern, end)) return false;
        (*text)++;
        *pattern = end;
        return true;
    }
    return false;
}

static const char *match_rest(struct matcher *m, const char *text, const char *pattern) {
    const char *found = NULL;
    while (pattern != m->pattern_end) {
        count_step(m);
        char next = pattern + 1 < m->pattern_end ? pattern[1] : '\0';
        if (*pattern == '(')
            return next == ')' ? start_capture(m, text, pattern + 2, CAPTURE_POSITION)
                               : start_capture(m, text, pattern + 1, CAPTURE_OPEN);
        if (*pattern == ')') return end_capture(m, text, pattern + 1);
        if (*pattern == '$' && pattern + 1 == m->pattern_end)
            return text == m->text_end ? text : NULL;
        if (*pattern == '%' && next == 'b') {
            text = match_balanced(m, text, pattern + 2);
            if (!text) return NULL;
            pattern += 4;
        } else if (*pattern == '%' && next == 'f') {
            const char *set = pattern + 2;
            if (set >= m->pattern_end || *set != '[')
                luaL_error(m->L, "missing '[' after '%%f' in pattern");
            const char *end = class_end(m, set);
            if (!at_frontier(m, text, set, end)) return NULL;
            pattern = end;
        } else if (*pattern == '%' && isdigit((unsigned char)next)) {
            text = match_back_reference(m, text, next);
            if (!text) return NULL;
            pattern += 2;
        } else if (!match_item(m, &text, &pattern, &found)) {
            return found;
        }
    }
    return text;
}

static const char *match_here(struct matcher *m, const char *text, const char *pattern) {
    count_step(m);
    if (++m->depth > RECURSION_MAX) luaL_error(m->L, "pattern too complex");
    const char *found = match_rest(m, text, pattern);
    m->depth--;
    return found;
}

const char *luavm_match(struct matcher *m, const char *text, const char *pattern) {
    m->captures = 0;
    m->depth = 0;
    return match_here(m, text, pattern);
}

// ---- captures as values

void luavm_push_capture(struct matcher *m, int level, const char *start, const char *end) {
    if (level >= m->captures) {
        if (level != 0) luaL_error(m->L, "invalid capture index %%%d", level + 1);
        lua_pushlstring(m->L, start, (size_t)(end - start));
        return;
    }
    struct capture *capture = &m->capture[level];
    if (capture->size == CAPTURE_OPEN) luaL_error(m->L, "unfinished capture");
    if (capture->size == CAPTURE_POSITION) lua_pushinteger(m->L, capture->start - m->text + 1);
    else lua_pushlstring(m->L, capture->start, (size_t)capture->size);
}

int luavm_push_captures(struct matcher *m, const char *start, const char *end) {
    int count = m->captures == 0 && start ? 1 : m->captures;
    luaL_checkstack(m->L, count, "too many captures");
    for (int level = 0; level < count; level++) luavm_push_capture(m, level, start, end);
    return count;
}
