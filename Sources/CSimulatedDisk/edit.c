#include "disk.h"

#include <string.h>

// Edits are changes that every power loss keeps. So they stay in order with what SQLite wrote.

int64_t sd_disk_size(const sd_disk *disk, const char *path) {
    const sd_file *file = sd_disk_find_file(disk, path);
    return file ? file->current.size : -1;
}

int64_t sd_disk_read(const sd_disk *disk, const char *path, uint8_t *buffer, int64_t offset,
                     int64_t count) {
    const sd_file *file = sd_disk_find_file(disk, path);
    return file ? sd_image_read(&file->current, buffer, offset, count) : -1;
}

int sd_disk_write(sd_disk *disk, const char *path, const uint8_t *bytes, int64_t offset,
                  int64_t count) {
    if (offset < 0 || strncmp(path, disk->prefix, disk->prefix_length) != 0) {
        return -1;
    }
    sd_file *file = sd_disk_find_file(disk, path);
    if (!file) {
        file = sd_disk_add_file(disk, path);
    }
    sd_file_write(file, bytes, offset, count, SD_FATE_KEPT);
    return 0;
}

int sd_disk_truncate(sd_disk *disk, const char *path, int64_t size) {
    sd_file *file = sd_disk_find_file(disk, path);
    if (!file || size < 0) {
        return -1;
    }
    sd_file_truncate(file, size, SD_FATE_KEPT);
    return 0;
}

int sd_disk_remove(sd_disk *disk, const char *path) {
    sd_file *file = sd_disk_find_file(disk, path);
    if (!file) {
        return -1;
    }
    sd_disk_delete_file(disk, file);
    return 0;
}
