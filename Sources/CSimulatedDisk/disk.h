#ifndef SD_DISK_H
#define SD_DISK_H

#include <stdbool.h>

#include "file.h"
#include "simulated_disk.h"

struct sd_disk {
    /// The next disk in the process.
    sd_disk *next;
    char *prefix;
    size_t prefix_length;
    uint64_t seed;
    /// Decides what survives a power loss.
    uint64_t generator;
    /// Tells disks apart even where one is created at the address of another.
    uint64_t serial;
    sd_file *files;
    int64_t used_bytes;
    int64_t capacity_bytes;
    int64_t operations;
    int64_t power_losses;
    int64_t crash_operation;
    sd_crash crash;
    uint64_t *killed;
    size_t killed_count;
};

/// Returns the disk on which the path lies, or NULL. Takes the global lock.
sd_disk *sd_disk_for_path(const char *path);

/// Returns the file that has the path, or NULL.
sd_file *sd_disk_find_file(const sd_disk *disk, const char *path);

/// Adds an empty file. Its creation is durable at once: SQLite asks for the directory's sync only
/// with a file's own sync, so a lost creation would lose no more than lost writes do.
sd_file *sd_disk_add_file(sd_disk *disk, const char *path);

/// Deletes a file, which lasts until its last handle is closed.
void sd_disk_delete_file(sd_disk *disk, sd_file *file);

/// Takes a file off the disk and frees it.
void sd_disk_drop_file(sd_disk *disk, sd_file *file);

/// Whether the file may have the size.
bool sd_disk_has_room(const sd_file *file, int64_t size);

/// Counts an operation and returns, and disarms, the crash that is to happen at it.
sd_crash sd_disk_begin_operation(sd_disk *disk);

/// Crashes if it is to happen before the operation, which must then not be carried out.
bool sd_disk_crashes_before(sd_disk *disk, sd_crash crash, uint64_t process);

/// Crashes if it is to happen after the operation. Returns `result` or the error of a crash.
int sd_disk_end_operation(sd_disk *disk, sd_crash crash, uint64_t process, int result);

#endif
