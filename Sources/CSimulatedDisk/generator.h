#ifndef SD_GENERATOR_H
#define SD_GENERATOR_H

#include <stdint.h>

/// Returns the next number of a SplitMix64 sequence; any seed serves as the first state.
static inline uint64_t sd_random(uint64_t *state) {
    *state += 0x9E3779B97F4A7C15;
    uint64_t mixed = *state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return mixed ^ (mixed >> 31);
}

#endif
