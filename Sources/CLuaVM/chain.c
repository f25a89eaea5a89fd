// Looks for long rows of selectors, such as a.b.c, before the compiler sees them.
//
// For the message of an error Lua 5.4 finds out how a value was got, and calls itself for each
// selector of the row (getobjname in ldebug.c, until 5.4.6): some ten thousand of them exhaust the
// stack of C, and a few thousand take a second for each error.
#include "internal.h"

#include <ctype.h>
#include <string.h>

enum { LEVELS_MAX = 256 }; // the compiler allows 200 (LUAI_MAXCCALLS)

typedef struct {
    const uint8_t *at;
    const uint8_t *end;
    int line;
} scanner;

struct level {
    int row;      // selectors of the row that is being read
    int longest;  // row so far within these brackets
    bool is_call; // whose result begins a new row: Lua looks no further back
};

static int peek(const scanner *s, ptrdiff_t offset) {
    return s->end - s->at > offset ? s->at[offset] : -1;
}

static void advance(scanner *s) { s->line += *s->at++ == '\n'; }

// The level of a long bracket that begins here, or -1: [[ is 0, [=[ is 1.
static ptrdiff_t long_bracket(const scanner *s) {
    ptrdiff_t level = 0;
    if (peek(s, 0) != '[') return -1;
    while (peek(s, 1 + level) == '=') level++;
    return peek(s, 1 + level) == '[' ? level : -1;
}

static void skip_long(scanner *s, ptrdiff_t level) {
    s->at += level + 2;
    while (s->at < s->end) {
        ptrdiff_t equals = 0;
        if (*s->at == ']') {
            while (peek(s, 1 + equals) == '=') equals++;
            if (equals == level && peek(s, 1 + equals) == ']') {
                s->at += level + 2;
                return;
            }
        }
        advance(s);
    }
}

static void skip_quoted(scanner *s) {
    uint8_t quote = *s->at++;
    while (s->at < s->end && *s->at != quote) {
        if (*s->at == '\\' && s->end - s->at > 1) s->at++;
        advance(s);
    }
    if (s->at < s->end) s->at++;
}

// Blanks and comments stand between the selectors of a row.
static void skip_blanks(scanner *s) {
    while (s->at < s->end) {
        if (isspace(*s->at)) {
            advance(s);
        } else if (peek(s, 0) == '-' && peek(s, 1) == '-') {
            s->at += 2;
            ptrdiff_t level = long_bracket(s);
            if (level >= 0) skip_long(s, level);
            else while (s->at < s->end && *s->at != '\n' && *s->at != '\r') s->at++;
        } else {
            return;
        }
    }
}

static bool is_name(int c) { return c == '_' || (c >= 0 && c < 0x80 && isalnum(c)); }

static void skip_name(scanner *s) {
    while (s->at < s->end && is_name(*s->at)) s->at++;
}

static void add(struct level *level, int selectors) {
    level->row += selectors;
    if (level->row > level->longest) level->longest = level->row;
}

// What follows a dot or colon: a name goes on with the row, everything else ends it.
static void read_selector(scanner *s, struct level *level) {
    s->at++;
    skip_blanks(s);
    if (!is_name(peek(s, 0)) || isdigit(peek(s, 0))) {
        level->row = 0;
        return;
    }
    skip_name(s);
    add(level, 1);
}

// Numbers, with their points: 1.5 and 1..x.
static void skip_number(scanner *s) {
    while (is_name(peek(s, 0)) || (peek(s, 0) == '.' && peek(s, 1) != '.')) s->at++;
}

// The row goes on behind brackets that group, and a key counts as well, since it may be a row.
static void close_brackets(struct level *levels, int *depth, int bracket) {
    if (*depth == 0) return;
    struct level inner = levels[(*depth)--];
    struct level *outer = &levels[*depth];
    if (bracket == ']') add(outer, inner.longest + 1);
    else if (bracket == '}' || inner.is_call) outer->row = 0;
    else if (inner.longest > outer->row) add(outer, inner.longest - outer->row);
}

// Whether a name is one behind which brackets do not call.
static bool is_keyword(const uint8_t *name, size_t count) {
    static const char *const words[] = {
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if",
        "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == count && memcmp(words[i], name, count) == 0) return true;
    return false;
}

int luavm_long_chain(luavm_bytes source) {
    scanner s = {source.bytes, source.bytes + source.count, 1};
    struct level levels[LEVELS_MAX] = {{0}};
    int depth = 0;
    bool is_callable = false; // what stands before, if brackets follow
    for (skip_blanks(&s); s.at < s.end; skip_blanks(&s)) {
        struct level *level = &levels[depth];
        int c = *s.at;
        ptrdiff_t bracket = long_bracket(&s);
        bool was_callable = is_callable;
        is_callable = true;
        if (bracket >= 0 || c == '"' || c == '\'') {
            if (bracket >= 0) skip_long(&s, bracket);
            else skip_quoted(&s);
            level->row = 0; // of itself, or of a call with it
        } else if (c == '(' || c == '[' || c == '{') {
            s.at++;
            // Deeper than the compiler goes: it refuses the source.
            if (depth + 1 == LEVELS_MAX) return 0;
            levels[++depth] = (struct level){.is_call = c == '(' && was_callable};
            is_callable = false;
        } else if (c == ')' || c == ']' || c == '}') {
            s.at++;
            close_brackets(levels, &depth, c);
        } else if (isdigit(c)) {
            skip_number(&s);
            is_callable = false;
            level->row = 0;
        } else if (is_name(c)) {
            const uint8_t *name = s.at;
            skip_name(&s);
            is_callable = !is_keyword(name, (size_t)(s.at - name));
            level->row = 0;
        } else if ((c == '.' && peek(&s, 1) != '.') || (c == ':' && peek(&s, 1) != ':')) {
            read_selector(&s, level);
        } else {
            s.at += (c == '.' || c == ':') ? 2 : 1;
            is_callable = false;
            level->row = 0;
        }
        if (levels[depth].row > SELECTORS_MAX) return s.line;
    }
    return 0;
}
