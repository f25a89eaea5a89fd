#include "handle.h"

#include <string.h>

#include "disk.h"

void sd_handle_open(sd_handle *handle, sd_file *file, uint64_t process, int flags) {
    memset(handle, 0, sizeof(*handle));
    handle->base.pMethods = &sd_handle_methods;
    handle->file = file;
    handle->process = process;
    handle->is_read_only = (flags & SQLITE_OPEN_READONLY) != 0;
    handle->is_deleted_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    handle->lock = SQLITE_LOCK_NONE;
    handle->next = file->handles;
    file->handles = handle;
}

void sd_handle_die(sd_handle *handle) {
    sd_file *file = handle->file;
    sd_handle_leave_shared_memory(handle);
    sd_handle **link = &file->handles;
    while (*link != handle) {
        link = &(*link)->next;
    }
    *link = handle->next;
    handle->file = NULL;
    if (file->is_deleted && !file->handles) {
        sd_disk_drop_file(file->disk, file);
    }
}

void sd_handle_close(sd_handle *handle) {
    if (handle->file) {
        if (handle->is_deleted_on_close) {
            handle->file->is_deleted = true;
        }
        sd_handle_die(handle);
    }
    sd_handle_free_regions(handle);
}
