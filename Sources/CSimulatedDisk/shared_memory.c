#define _GNU_SOURCE
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "handle.h"
#include "memory.h"

// Each handle maps a region for itself, as separate processes do. SQLite keeps the addresses and
// uses them without asking, even while it closes the connection of a process that was killed: a
// rollback cleans the WAL index. Only a mapping of its own can be taken from a dead process.

#if defined(__linux__) && !defined(SD_PORTABLE_SHARED_MEMORY)
static int anonymous_descriptor(void) {
    return memfd_create("simulated-disk", MFD_CLOEXEC);
}
#else
static int anonymous_descriptor(void) {
    static atomic_uint serial;
    char name[32];
    unsigned number = atomic_fetch_add(&serial, 1);
    snprintf(name, sizeof(name), "/sd-%ld-%u", (long)getpid(), number);
    int descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (descriptor >= 0) {
        shm_unlink(name);
    }
    return descriptor;
}
#endif

// One descriptor for each region, because not every system lets shared memory grow.
static bool add_region(sd_file *file, size_t size) {
    int descriptor = anonymous_descriptor();
    if (descriptor < 0) {
        return false;
    }
    if (ftruncate(descriptor, (off_t)size) != 0) {
        close(descriptor);
        return false;
    }
    size_t count = (size_t)file->region_count + 1;
    file->regions = sd_resize(file->regions, count * sizeof(sd_region));
    file->regions[file->region_count] = (sd_region){.descriptor = descriptor};
    file->region_count += 1;
    return true;
}

static void *map_region(sd_handle *handle, int index) {
    if (index >= handle->mapped_count) {
        size_t count = (size_t)index + 1;
        handle->mapped_regions = sd_resize(handle->mapped_regions, count * sizeof(void *));
        for (int added = handle->mapped_count; added <= index; added++) {
            handle->mapped_regions[added] = NULL;
        }
        handle->mapped_count = index + 1;
    }
    if (!handle->mapped_regions[index]) {
        int descriptor = handle->file->regions[index].descriptor;
        void *region = mmap(NULL, handle->region_size, PROT_READ | PROT_WRITE, MAP_SHARED,
                            descriptor, 0);
        handle->mapped_regions[index] = region == MAP_FAILED ? NULL : region;
    }
    return handle->mapped_regions[index];
}

int sd_handle_map_region(sqlite3_file *base, int index, int size, int extends,
                         void volatile **region) {
    sd_handle *handle = (sd_handle *)base;
    *region = NULL;
    if (!handle->file) {
        return SQLITE_IOERR;
    }
    handle->uses_shared_memory = true;
    handle->region_size = (size_t)size;
    if (index >= handle->file->region_count && !extends) {
        return SQLITE_OK;
    }
    while (index >= handle->file->region_count) {
        if (!add_region(handle->file, handle->region_size)) {
            return SQLITE_IOERR_SHMSIZE;
        }
    }
    *region = map_region(handle, index);
    return *region ? SQLITE_OK : SQLITE_IOERR_SHMMAP;
}

static int unlock_slots(sd_handle *handle, int slots) {
    handle->shared_slots &= ~slots;
    handle->exclusive_slots &= ~slots;
    return SQLITE_OK;
}

int sd_handle_lock_slots(sqlite3_file *base, int first, int count, int flags) {
    sd_handle *handle = (sd_handle *)base;
    if (!handle->file) {
        return SQLITE_IOERR;
    }
    int slots = ((1 << count) - 1) << first;
    if (flags & SQLITE_SHM_UNLOCK) {
        return unlock_slots(handle, slots);
    }
    bool is_exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (const sd_handle *other = handle->file->handles; other; other = other->next) {
        int taken = other->exclusive_slots | (is_exclusive ? other->shared_slots : 0);
        if (other != handle && (taken & slots)) {
            return SQLITE_BUSY;
        }
    }
    if (is_exclusive) {
        handle->exclusive_slots |= slots;
    } else {
        handle->shared_slots |= slots;
    }
    return SQLITE_OK;
}

void sd_handle_barrier(sqlite3_file *base) {
    (void)base;
    atomic_thread_fence(memory_order_seq_cst);
}

int sd_handle_unmap_regions(sqlite3_file *base, int deletes) {
    // Nothing is left to delete: the memory vanishes with its last user anyway.
    (void)deletes;
    sd_handle *handle = (sd_handle *)base;
    if (handle->file) {
        sd_handle_leave_shared_memory(handle);
    }
    sd_handle_free_regions(handle);
    return SQLITE_OK;
}

// Puts private copies at the addresses of what was shared.
static void detach_regions(sd_handle *handle) {
    void *copy = sd_allocate(handle->region_size);
    for (int index = 0; index < handle->mapped_count; index++) {
        void *region = handle->mapped_regions[index];
        if (!region) {
            continue;
        }
        memcpy(copy, region, handle->region_size);
        void *private_region = mmap(region, handle->region_size, PROT_READ | PROT_WRITE,
                                    MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0);
        if (private_region != region) {
            abort();
        }
        memcpy(region, copy, handle->region_size);
    }
    free(copy);
}

void sd_handle_leave_shared_memory(sd_handle *handle) {
    if (!handle->uses_shared_memory) {
        return;
    }
    handle->uses_shared_memory = false;
    handle->shared_slots = 0;
    handle->exclusive_slots = 0;
    sd_file *file = handle->file;
    for (const sd_handle *other = file->handles; other; other = other->next) {
        if (other->uses_shared_memory) {
            detach_regions(handle);
            return;
        }
    }
    for (int index = 0; index < file->region_count; index++) {
        close(file->regions[index].descriptor);
    }
    free(file->regions);
    file->regions = NULL;
    file->region_count = 0;
}

void sd_handle_free_regions(sd_handle *handle) {
    for (int index = 0; index < handle->mapped_count; index++) {
        if (handle->mapped_regions[index]) {
            munmap(handle->mapped_regions[index], handle->region_size);
        }
    }
    free(handle->mapped_regions);
    handle->mapped_regions = NULL;
    handle->mapped_count = 0;
}
