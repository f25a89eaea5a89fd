#include "handle.h"

static int highest_other_lock(const sd_handle *handle) {
    int highest = SQLITE_LOCK_NONE;
    for (const sd_handle *other = handle->file->handles; other; other = other->next) {
        if (other != handle && other->lock > highest) {
            highest = other->lock;
        }
    }
    return highest;
}

static int lock_exclusively(sd_handle *handle, int highest_other) {
    if (highest_other >= SQLITE_LOCK_PENDING) {
        return SQLITE_BUSY;
    }
    // Kept even if readers are left, so that no new ones come and the writer gets its turn.
    handle->lock = SQLITE_LOCK_PENDING;
    if (highest_other >= SQLITE_LOCK_SHARED) {
        return SQLITE_BUSY;
    }
    handle->lock = SQLITE_LOCK_EXCLUSIVE;
    return SQLITE_OK;
}

int sd_handle_lock(sqlite3_file *base, int level) {
    sd_handle *handle = (sd_handle *)base;
    if (!handle->file) {
        return SQLITE_IOERR;
    }
    if (handle->lock >= level) {
        return SQLITE_OK;
    }
    int highest_other = highest_other_lock(handle);
    if (level == SQLITE_LOCK_EXCLUSIVE) {
        return lock_exclusively(handle, highest_other);
    }
    int first_conflict =
        level == SQLITE_LOCK_SHARED ? SQLITE_LOCK_PENDING : SQLITE_LOCK_RESERVED;
    if (highest_other >= first_conflict) {
        return SQLITE_BUSY;
    }
    handle->lock = level;
    return SQLITE_OK;
}

int sd_handle_unlock(sqlite3_file *base, int level) {
    sd_handle *handle = (sd_handle *)base;
    if (!handle->file) {
        return SQLITE_IOERR;
    }
    if (handle->lock > level) {
        handle->lock = level;
    }
    return SQLITE_OK;
}

int sd_handle_check_reserved_lock(sqlite3_file *base, int *is_reserved) {
    const sd_handle *handle = (const sd_handle *)base;
    if (!handle->file) {
        return SQLITE_IOERR;
    }
    *is_reserved = handle->lock >= SQLITE_LOCK_RESERVED ||
                   highest_other_lock(handle) >= SQLITE_LOCK_RESERVED;
    return SQLITE_OK;
}
