#ifndef SD_HANDLE_H
#define SD_HANDLE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "file.h"

/// A file that SQLite has open. SQLite owns the memory, so it outlives the process and the disk.
typedef struct sd_handle {
    sqlite3_file base;
    /// NULL once the process was killed or the disk destroyed.
    sd_file *file;
    /// The next handle on the same file.
    struct sd_handle *next;
    uint64_t process;
    bool is_read_only;
    bool is_deleted_on_close;
    bool keeps_wal;
    /// An SQLITE_LOCK_ level.
    int lock;
    /// Bits of the shared-memory slots that the handle has locked.
    int shared_slots;
    int exclusive_slots;
    bool uses_shared_memory;
    void **mapped_regions;
    int mapped_count;
    size_t region_size;
} sd_handle;

/// Prepares the memory that SQLite gave for the handle and adds it to the file.
void sd_handle_open(sd_handle *handle, sd_file *file, uint64_t process, int flags);

/// Takes a handle off its file, with its locks, and frees a deleted file that nobody has open. What
/// the handle has mapped stays readable until `sd_handle_close`.
void sd_handle_die(sd_handle *handle);

/// Frees what the handle, alive or dead, holds.
void sd_handle_close(sd_handle *handle);

/// The methods by which SQLite uses a handle.
extern const sqlite3_io_methods sd_handle_methods;

/// Raises the lock to the level if no other handle is in the way.
int sd_handle_lock(sqlite3_file *base, int level);
/// Lowers the lock to the level.
int sd_handle_unlock(sqlite3_file *base, int level);
/// Whether any handle, this one included, means to write.
int sd_handle_check_reserved_lock(sqlite3_file *base, int *is_reserved);

/// Maps a region of shared memory, creating it if `extends` says so. Without it there may be none.
int sd_handle_map_region(sqlite3_file *base, int index, int size, int extends,
                         void volatile **region);
/// Takes or releases shared-memory slots, all of them or none.
int sd_handle_lock_slots(sqlite3_file *base, int first, int count, int flags);
/// Orders what is read and written in shared memory.
void sd_handle_barrier(sqlite3_file *base);
/// Ends the use of shared memory.
int sd_handle_unmap_regions(sqlite3_file *base, int deletes);

/// Lets go of the shared memory. It vanishes with its last user. A dead handle keeps, at the same
/// addresses, what it has mapped until `sd_handle_free_regions`.
void sd_handle_leave_shared_memory(sd_handle *handle);

/// Unmaps what the handle has mapped.
void sd_handle_free_regions(sd_handle *handle);

#endif
