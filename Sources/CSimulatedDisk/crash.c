#include <sqlite3.h>

#include "disk.h"
#include "handle.h"
#include "memory.h"

int sd_disk_is_killed(const sd_disk *disk, uint64_t process) {
    for (size_t index = 0; index < disk->killed_count; index++) {
        if (disk->killed[index] == process) {
            return 1;
        }
    }
    return 0;
}

static void mark_killed(sd_disk *disk, uint64_t process) {
    // 0 is whoever watches from outside, who survives everything.
    if (process == 0 || sd_disk_is_killed(disk, process)) {
        return;
    }
    size_t count = disk->killed_count + 1;
    disk->killed = sd_resize(disk->killed, count * sizeof(uint64_t));
    disk->killed[disk->killed_count] = process;
    disk->killed_count = count;
}

static void kill_handles(sd_file *file, uint64_t process) {
    sd_handle *next;
    for (sd_handle *handle = file->handles; handle; handle = next) {
        next = handle->next;
        if (handle->process == process) {
            sd_handle_die(handle);
        }
    }
}

void sd_disk_kill(sd_disk *disk, uint64_t process) {
    mark_killed(disk, process);
    sd_file *next;
    for (sd_file *file = disk->files; file; file = next) {
        // Read first: the death of its last handle frees a deleted file.
        next = file->next;
        kill_handles(file, process);
    }
}

static uint64_t *next_victim(sd_disk *disk) {
    for (sd_file *file = disk->files; file; file = file->next) {
        if (file->handles) {
            return &file->handles->process;
        }
    }
    return NULL;
}

void sd_disk_lose_power(sd_disk *disk) {
    disk->power_losses += 1;
    for (const uint64_t *victim = next_victim(disk); victim; victim = next_victim(disk)) {
        sd_disk_kill(disk, *victim);
    }
    for (sd_file *file = disk->files; file; file = file->next) {
        sd_file_lose_power(file, &disk->generator);
    }
}

int64_t sd_disk_operations(const sd_disk *disk) {
    return disk->operations;
}

int64_t sd_disk_power_losses(const sd_disk *disk) {
    return disk->power_losses;
}

int sd_disk_is_synced(const sd_disk *disk) {
    for (const sd_file *file = disk->files; file; file = file->next) {
        if (!file->is_deleted && file->change_count > 0) {
            return 0;
        }
    }
    return 1;
}

void sd_disk_crash_at(sd_disk *disk, int64_t operation, sd_crash crash) {
    disk->crash_operation = operation;
    disk->crash = crash;
}

sd_crash sd_disk_begin_operation(sd_disk *disk) {
    disk->operations += 1;
    if (disk->operations != disk->crash_operation) {
        return SD_NO_CRASH;
    }
    sd_crash crash = disk->crash;
    disk->crash = SD_NO_CRASH;
    return crash;
}

static void crash(sd_disk *disk, sd_crash crash, uint64_t process) {
    if (crash == SD_KILL_BEFORE || crash == SD_KILL_AFTER) {
        sd_disk_kill(disk, process);
    } else {
        // The process that asked dies even if it has no file open, as in the midst of a deletion.
        mark_killed(disk, process);
        sd_disk_lose_power(disk);
    }
}

bool sd_disk_crashes_before(sd_disk *disk, sd_crash kind, uint64_t process) {
    bool is_before = kind == SD_KILL_BEFORE || kind == SD_LOSE_POWER_BEFORE ||
                     kind == SD_LOSE_POWER_DURING;
    if (is_before) {
        crash(disk, kind, process);
    }
    return is_before;
}

int sd_disk_end_operation(sd_disk *disk, sd_crash kind, uint64_t process, int result) {
    if (kind == SD_NO_CRASH) {
        return result;
    }
    crash(disk, kind, process);
    return SQLITE_IOERR;
}
