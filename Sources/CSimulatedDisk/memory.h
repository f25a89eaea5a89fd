#ifndef SD_MEMORY_H
#define SD_MEMORY_H

#include <stdlib.h>

// A simulation that runs out of memory cannot say anything about the engine, so it stops.

/// Resizes a block, of which NULL is the empty one.
static inline void *sd_resize(void *block, size_t size) {
    void *resized = realloc(block, size);
    if (!resized) {
        abort();
    }
    return resized;
}

/// Returns a block of zeros.
static inline void *sd_allocate(size_t size) {
    void *block = calloc(1, size);
    if (!block) {
        abort();
    }
    return block;
}

#endif
