#ifndef SD_THREAD_H
#define SD_THREAD_H

#include "disk.h"

/// What the simulation knows of a thread.
typedef struct sd_thread {
    /// 0 outside the simulation.
    uint64_t process;
    /// Where SQLite's randomness comes from inside the simulation.
    uint64_t generator;
    /// The serial of the disk that seeded the generator.
    uint64_t disk_serial;
} sd_thread;

/// The calling thread.
extern _Thread_local sd_thread sd_current_thread;

/// Seeds the thread's randomness from the disk unless this disk did so already.
void sd_thread_use_disk(const sd_disk *disk);

#endif
