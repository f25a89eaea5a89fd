#include "disk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

#include "handle.h"
#include "memory.h"
#include "thread.h"

static pthread_mutex_t disks_mutex = PTHREAD_MUTEX_INITIALIZER;
static sd_disk *disks;
static uint64_t last_serial;

static bool add_to_disks(sd_disk *disk) {
    bool is_free = true;
    pthread_mutex_lock(&disks_mutex);
    for (const sd_disk *other = disks; other; other = other->next) {
        is_free = is_free && strcmp(other->prefix, disk->prefix) != 0;
    }
    if (is_free) {
        last_serial += 1;
        disk->serial = last_serial;
        disk->next = disks;
        disks = disk;
    }
    pthread_mutex_unlock(&disks_mutex);
    return is_free;
}

// SQLite seeds its generator once for the whole process, so it is made to do so again, now.
static void seed_sqlite(const sd_disk *disk) {
    uint64_t process = sd_current_thread.process;
    uint8_t byte;
    sd_current_thread.process = 1;
    sd_thread_use_disk(disk);
    sqlite3_randomness(0, NULL);
    sqlite3_randomness(sizeof(byte), &byte);
    sd_current_thread.process = process;
}

sd_disk *sd_disk_create(const char *prefix, uint64_t seed) {
    if (!prefix || prefix[0] != '/') {
        return NULL;
    }
    sd_disk *disk = sd_allocate(sizeof(*disk));
    disk->prefix_length = strlen(prefix);
    disk->prefix = sd_allocate(disk->prefix_length + 1);
    memcpy(disk->prefix, prefix, disk->prefix_length);
    disk->seed = seed;
    disk->generator = ~seed;
    disk->capacity_bytes = -1;
    if (!add_to_disks(disk)) {
        free(disk->prefix);
        free(disk);
        return NULL;
    }
    seed_sqlite(disk);
    return disk;
}

void sd_disk_destroy(sd_disk *disk) {
    if (!disk) {
        return;
    }
    pthread_mutex_lock(&disks_mutex);
    sd_disk **link = &disks;
    while (*link != disk) {
        link = &(*link)->next;
    }
    *link = disk->next;
    pthread_mutex_unlock(&disks_mutex);
    while (disk->files) {
        sd_file *file = disk->files;
        file->is_deleted = false;
        while (file->handles) {
            sd_handle_die(file->handles);
        }
        sd_disk_drop_file(disk, file);
    }
    free(disk->killed);
    free(disk->prefix);
    free(disk);
}

sd_disk *sd_disk_for_path(const char *path) {
    sd_disk *found = NULL;
    pthread_mutex_lock(&disks_mutex);
    for (sd_disk *disk = disks; disk; disk = disk->next) {
        bool is_prefix = strncmp(path, disk->prefix, disk->prefix_length) == 0;
        if (is_prefix && (!found || disk->prefix_length > found->prefix_length)) {
            found = disk;
        }
    }
    pthread_mutex_unlock(&disks_mutex);
    return found;
}

sd_file *sd_disk_find_file(const sd_disk *disk, const char *path) {
    sd_file *file = disk->files;
    while (file && (file->is_deleted || strcmp(file->path, path) != 0)) {
        file = file->next;
    }
    return file;
}

sd_file *sd_disk_add_file(sd_disk *disk, const char *path) {
    sd_file *file = sd_allocate(sizeof(*file));
    size_t length = strlen(path);
    file->path = sd_allocate(length + 1);
    memcpy(file->path, path, length);
    file->disk = disk;
    file->next = disk->files;
    disk->files = file;
    return file;
}

void sd_disk_delete_file(sd_disk *disk, sd_file *file) {
    file->is_deleted = true;
    if (!file->handles) {
        sd_disk_drop_file(disk, file);
    }
}

void sd_disk_drop_file(sd_disk *disk, sd_file *file) {
    sd_file **link = &disk->files;
    while (*link != file) {
        link = &(*link)->next;
    }
    *link = file->next;
    sd_file_free(file);
}

bool sd_disk_has_room(const sd_file *file, int64_t size) {
    const sd_disk *disk = file->disk;
    int64_t growth = size - file->current.size;
    return disk->capacity_bytes < 0 || growth <= 0 ||
           disk->used_bytes + growth <= disk->capacity_bytes;
}

void sd_disk_set_capacity(sd_disk *disk, int64_t bytes) {
    disk->capacity_bytes = bytes;
}
