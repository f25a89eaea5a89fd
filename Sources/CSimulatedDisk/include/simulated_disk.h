#ifndef SIMULATED_DISK_H
#define SIMULATED_DISK_H

#include <stdint.h>

/// A disk in memory that SQLite uses through its default VFS and that can lose power.
///
/// One thread at a time may use a disk and the connections on it. Different disks may be used from
/// different threads at the same time.
typedef struct sd_disk sd_disk;

/// What happens at a crash point. The operation itself then returns SQLITE_IOERR.
typedef enum sd_crash {
    /// Nothing: disarms the crash point.
    SD_NO_CRASH = 0,
    /// The process that asks for the operation is killed before it is carried out.
    SD_KILL_BEFORE = 1,
    /// The process is killed once the operation has been carried out.
    SD_KILL_AFTER = 2,
    /// The disk loses power before the operation is carried out.
    SD_LOSE_POWER_BEFORE = 3,
    /// Half the sectors of a write reach the disk. For other operations as SD_LOSE_POWER_BEFORE.
    SD_LOSE_POWER_DURING = 4,
    /// The disk loses power once the operation has been carried out.
    SD_LOSE_POWER_AFTER = 5
} sd_crash;

/// Makes the VFS SQLite's default, once. Paths on no simulated disk go to the former default.
/// Returns an SQLite result code.
int sd_register(void);

/// Sets the process to which the calling thread's work belongs from now on: the files that it opens
/// and those that it deletes. What is done to an open file belongs to the process that opened it.
/// With 0 the thread is outside the simulation: it keeps the real clock, sleep and randomness, and
/// it can open files on a disk even after a power loss. Other threads sleep not at all, and it is
/// always the same moment.
void sd_set_process(uint64_t process);

/// Creates a disk for all files whose full path begins with `prefix`, which is absolute and best
/// ends in a slash. The path need not exist. Also seeds SQLite's own generator, which the whole
/// program shares, so that a run on one thread can be repeated exactly. Returns NULL if the prefix
/// is relative or already taken.
sd_disk *sd_disk_create(const char *prefix, uint64_t seed);

/// Frees the disk. Handles that are still open on it are dead and must still be closed.
void sd_disk_destroy(sd_disk *disk);

/// Kills a process as SIGKILL does: its locks are gone, what it wrote stays visible to the others.
/// Its handles fail with SQLITE_IOERR until they are closed, and it can open no more files.
void sd_disk_kill(sd_disk *disk, uint64_t process);

/// Whether the process was killed, by `sd_disk_kill`, a crash point or a power loss.
int sd_disk_is_killed(const sd_disk *disk, uint64_t process);

/// Kills all processes that have files open. Each write and truncation since the last sync of its
/// file is then kept, lost or torn at random, whatever its order. Creating and deleting a file is
/// durable at once.
void sd_disk_lose_power(sd_disk *disk);

/// Limits the sum of file sizes; a write beyond it returns SQLITE_FULL. Negative means no limit.
void sd_disk_set_capacity(sd_disk *disk, int64_t bytes);

/// The number of operations so far that change the disk: write, truncate, sync and delete.
int64_t sd_disk_operations(const sd_disk *disk);

/// How often the power went.
int64_t sd_disk_power_losses(const sd_disk *disk);

/// Whether a loss of power would change any file.
int sd_disk_is_synced(const sd_disk *disk);

/// Arms the disk's only crash point: it strikes once, at the operation that brings
/// `sd_disk_operations` to `operation`.
void sd_disk_crash_at(sd_disk *disk, int64_t operation, sd_crash crash);

/// The size in bytes of the file as processes see it, or -1 if there is none.
int64_t sd_disk_size(const sd_disk *disk, const char *path);

/// Copies up to `count` bytes as processes see them. Returns how many, or -1 if there is no file.
int64_t sd_disk_read(const sd_disk *disk, const char *path, uint8_t *buffer, int64_t offset,
                     int64_t count);

/// Edits a file behind SQLite's back, creating it if needed. The edit is durable at once, is not
/// counted as an operation and has no regard to capacity. Returns 0, or -1 if the path is not on
/// this disk.
int sd_disk_write(sd_disk *disk, const char *path, const uint8_t *bytes, int64_t offset,
                  int64_t count);

/// Cuts or extends a file behind SQLite's back, durable at once. Returns -1 if there is no file.
int sd_disk_truncate(sd_disk *disk, const char *path, int64_t size);

/// Removes a file behind SQLite's back, durable at once. Returns -1 if there is no file.
int sd_disk_remove(sd_disk *disk, const char *path);

#endif
