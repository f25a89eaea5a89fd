#include <string.h>

#include "disk.h"
#include "handle.h"

static int close_handle(sqlite3_file *base) {
    sd_handle_close((sd_handle *)base);
    return SQLITE_OK;
}

static int read_handle(sqlite3_file *base, void *buffer, int count, sqlite3_int64 offset) {
    const sd_handle *handle = (const sd_handle *)base;
    if (!handle->file) {
        return SQLITE_IOERR;
    }
    int present = (int)sd_image_read(&handle->file->current, buffer, offset, count);
    if (present == count) {
        return SQLITE_OK;
    }
    memset((uint8_t *)buffer + present, 0, (size_t)(count - present));
    return SQLITE_IOERR_SHORT_READ;
}

static int write_handle(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    const sd_handle *handle = (const sd_handle *)base;
    sd_file *file = handle->file;
    if (!file) {
        return SQLITE_IOERR;
    }
    if (handle->is_read_only) {
        return SQLITE_READONLY;
    }
    sd_disk *disk = file->disk;
    // Read first: a crash takes the handle apart.
    uint64_t process = handle->process;
    bool has_room = sd_disk_has_room(file, offset + count);
    sd_crash crash = sd_disk_begin_operation(disk);
    if (crash == SD_LOSE_POWER_DURING && has_room) {
        sd_file_write(file, bytes, offset, count, SD_FATE_HALF);
    }
    if (sd_disk_crashes_before(disk, crash, process)) {
        return SQLITE_IOERR;
    }
    if (has_room) {
        sd_file_write(file, bytes, offset, count, SD_FATE_OPEN);
    }
    return sd_disk_end_operation(disk, crash, process, has_room ? SQLITE_OK : SQLITE_FULL);
}

static int truncate_handle(sqlite3_file *base, sqlite3_int64 size) {
    const sd_handle *handle = (const sd_handle *)base;
    sd_file *file = handle->file;
    if (!file) {
        return SQLITE_IOERR;
    }
    if (handle->is_read_only) {
        return SQLITE_READONLY;
    }
    sd_disk *disk = file->disk;
    uint64_t process = handle->process;
    sd_crash crash = sd_disk_begin_operation(disk);
    if (sd_disk_crashes_before(disk, crash, process)) {
        return SQLITE_IOERR;
    }
    bool has_room = sd_disk_has_room(file, size);
    if (has_room) {
        sd_file_truncate(file, size, SD_FATE_OPEN);
    }
    return sd_disk_end_operation(disk, crash, process, has_room ? SQLITE_OK : SQLITE_FULL);
}

static int sync_handle(sqlite3_file *base, int flags) {
    (void)flags;
    const sd_handle *handle = (const sd_handle *)base;
    sd_file *file = handle->file;
    if (!file) {
        return SQLITE_IOERR;
    }
    sd_disk *disk = file->disk;
    uint64_t process = handle->process;
    sd_crash crash = sd_disk_begin_operation(disk);
    if (sd_disk_crashes_before(disk, crash, process)) {
        return SQLITE_IOERR;
    }
    sd_file_sync(file);
    return sd_disk_end_operation(disk, crash, process, SQLITE_OK);
}

static int size_handle(sqlite3_file *base, sqlite3_int64 *size) {
    const sd_handle *handle = (const sd_handle *)base;
    if (!handle->file) {
        return SQLITE_IOERR;
    }
    *size = handle->file->current.size;
    return SQLITE_OK;
}

static int control_handle(sqlite3_file *base, int operation, void *argument) {
    sd_handle *handle = (sd_handle *)base;
    if (!handle->file) {
        return SQLITE_IOERR;
    }
    int *value = argument;
    switch (operation) {
    case SQLITE_FCNTL_PERSIST_WAL:
        // A negative value asks instead of setting.
        if (*value >= 0) {
            handle->keeps_wal = *value != 0;
        }
        *value = handle->keeps_wal;
        return SQLITE_OK;
    case SQLITE_FCNTL_HAS_MOVED:
        *value = handle->file->is_deleted;
        return SQLITE_OK;
    default:
        return SQLITE_NOTFOUND;
    }
}

static int sector_size(sqlite3_file *base) {
    (void)base;
    return SD_SECTOR_SIZE;
}

// No promise at all, least of all that a write leaves the rest of its sector alone: SQLite then
// fills the last sector of each synced commit, so that the next one does not touch it.
static int device_characteristics(sqlite3_file *base) {
    (void)base;
    return 0;
}

const sqlite3_io_methods sd_handle_methods = {
    .iVersion = 2,
    .xClose = close_handle,
    .xRead = read_handle,
    .xWrite = write_handle,
    .xTruncate = truncate_handle,
    .xSync = sync_handle,
    .xFileSize = size_handle,
    .xLock = sd_handle_lock,
    .xUnlock = sd_handle_unlock,
    .xCheckReservedLock = sd_handle_check_reserved_lock,
    .xFileControl = control_handle,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = device_characteristics,
    .xShmMap = sd_handle_map_region,
    .xShmLock = sd_handle_lock_slots,
    .xShmBarrier = sd_handle_barrier,
    .xShmUnmap = sd_handle_unmap_regions,
};
