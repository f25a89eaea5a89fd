#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

#include "generator.h"
#include "handle.h"
#include "thread.h"

static sqlite3_vfs *original;

// Noon on 1 January 2000, in milliseconds of the Julian day.
static const sqlite3_int64 simulated_time_ms = 211813488000000;
static const double day_ms = 86400000.0;

static bool is_simulated(void) {
    return sd_current_thread.process != 0;
}

static int open_on_disk(sd_disk *disk, const char *path, sd_handle *handle, int flags) {
    uint64_t process = sd_current_thread.process;
    handle->base.pMethods = NULL;
    if (sd_disk_is_killed(disk, process)) {
        return SQLITE_CANTOPEN;
    }
    sd_file *file = sd_disk_find_file(disk, path);
    bool must_be_new = (flags & SQLITE_OPEN_EXCLUSIVE) != 0;
    bool may_be_new = (flags & SQLITE_OPEN_CREATE) != 0;
    if (file ? must_be_new : !may_be_new) {
        return SQLITE_CANTOPEN;
    }
    if (!file) {
        file = sd_disk_add_file(disk, path);
    }
    sd_thread_use_disk(disk);
    sd_handle_open(handle, file, process, flags);
    return SQLITE_OK;
}

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags,
                     int *flags_used) {
    (void)vfs;
    // A file without a name is private and lasts no longer than its process, so it may be real.
    sd_disk *disk = path ? sd_disk_for_path(path) : NULL;
    if (!disk) {
        return original->xOpen(original, path, base, flags, flags_used);
    }
    if (flags_used) {
        *flags_used = flags;
    }
    return open_on_disk(disk, path, (sd_handle *)base, flags);
}

static int delete_file(sqlite3_vfs *vfs, const char *path, int syncs_directory) {
    (void)vfs;
    sd_disk *disk = sd_disk_for_path(path);
    if (!disk) {
        return original->xDelete(original, path, syncs_directory);
    }
    uint64_t process = sd_current_thread.process;
    if (sd_disk_is_killed(disk, process)) {
        return SQLITE_IOERR;
    }
    sd_file *file = sd_disk_find_file(disk, path);
    if (!file) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    sd_crash crash = sd_disk_begin_operation(disk);
    if (sd_disk_crashes_before(disk, crash, process)) {
        return SQLITE_IOERR;
    }
    // Durable at once, even where SQLite does not ask for the directory's sync.
    sd_disk_delete_file(disk, file);
    return sd_disk_end_operation(disk, crash, process, SQLITE_OK);
}

static int access_file(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
    (void)vfs;
    const sd_disk *disk = sd_disk_for_path(path);
    if (!disk) {
        return original->xAccess(original, path, flags, result);
    }
    *result = 0;
    if (sd_disk_is_killed(disk, sd_current_thread.process)) {
        return SQLITE_IOERR;
    }
    // As on real systems, SQLite takes an empty file for none when it asks for existence.
    const sd_file *file = sd_disk_find_file(disk, path);
    *result = file && (flags != SQLITE_ACCESS_EXISTS || file->current.size > 0);
    return SQLITE_OK;
}

static int full_path(sqlite3_vfs *vfs, const char *path, int room, char *full) {
    (void)vfs;
    if (!sd_disk_for_path(path)) {
        return original->xFullPathname(original, path, room, full);
    }
    size_t size = strlen(path) + 1;
    if (size > (size_t)room) {
        return SQLITE_CANTOPEN;
    }
    memcpy(full, path, size);
    return SQLITE_OK;
}

static int randomness(sqlite3_vfs *vfs, int count, char *bytes) {
    (void)vfs;
    if (!is_simulated()) {
        return original->xRandomness(original, count, bytes);
    }
    for (int index = 0; index < count; index++) {
        bytes[index] = (char)sd_random(&sd_current_thread.generator);
    }
    return count;
}

// A wait cannot help where nobody else runs meanwhile. SQLite counts its waits by the time it asked
// for, not by a clock, so it still gives up.
static int sleep_thread(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    return is_simulated() ? microseconds : original->xSleep(original, microseconds);
}

static int current_time_ms(sqlite3_vfs *vfs, sqlite3_int64 *time_ms) {
    (void)vfs;
    if (!is_simulated()) {
        return original->xCurrentTimeInt64(original, time_ms);
    }
    *time_ms = simulated_time_ms;
    return SQLITE_OK;
}

static int current_time(sqlite3_vfs *vfs, double *time_days) {
    sqlite3_int64 time_ms = 0;
    int result = current_time_ms(vfs, &time_ms);
    *time_days = (double)time_ms / day_ms;
    return result;
}

static int last_error(sqlite3_vfs *vfs, int room, char *message) {
    (void)vfs;
    return original->xGetLastError(original, room, message);
}

static void *open_library(sqlite3_vfs *vfs, const char *path) {
    (void)vfs;
    return original->xDlOpen(original, path);
}

static void library_error(sqlite3_vfs *vfs, int room, char *message) {
    (void)vfs;
    original->xDlError(original, room, message);
}

static void (*library_symbol(sqlite3_vfs *vfs, void *library, const char *name))(void) {
    (void)vfs;
    return original->xDlSym(original, library, name);
}

static void close_library(sqlite3_vfs *vfs, void *library) {
    (void)vfs;
    original->xDlClose(original, library);
}

static int set_system_call(sqlite3_vfs *vfs, const char *name, sqlite3_syscall_ptr call) {
    (void)vfs;
    return original->xSetSystemCall(original, name, call);
}

static sqlite3_syscall_ptr system_call(sqlite3_vfs *vfs, const char *name) {
    (void)vfs;
    return original->xGetSystemCall(original, name);
}

static const char *next_system_call(sqlite3_vfs *vfs, const char *name) {
    (void)vfs;
    return original->xNextSystemCall(original, name);
}

static sqlite3_vfs simulated = {
    .iVersion = 3,
    .zName = "simulated-disk",
    .xOpen = open_file,
    .xDelete = delete_file,
    .xAccess = access_file,
    .xFullPathname = full_path,
    .xDlOpen = open_library,
    .xDlError = library_error,
    .xDlSym = library_symbol,
    .xDlClose = close_library,
    .xRandomness = randomness,
    .xSleep = sleep_thread,
    .xCurrentTime = current_time,
    .xGetLastError = last_error,
    .xCurrentTimeInt64 = current_time_ms,
    .xSetSystemCall = set_system_call,
    .xGetSystemCall = system_call,
    .xNextSystemCall = next_system_call,
};

static int register_result = SQLITE_ERROR;

static void register_once(void) {
    original = sqlite3_vfs_find(NULL);
    if (!original || original->iVersion < 3) {
        return;
    }
    int size = (int)sizeof(sd_handle);
    // SQLite gives the same memory to whichever of the two opens the file.
    simulated.szOsFile = original->szOsFile > size ? original->szOsFile : size;
    simulated.mxPathname = original->mxPathname;
    register_result = sqlite3_vfs_register(&simulated, 1);
}

int sd_register(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, register_once);
    return register_result;
}
