#include "file.h"

#include <stdlib.h>
#include <string.h>

#include "disk.h"
#include "generator.h"
#include "memory.h"

// An operating system writes back by itself what was never synced once it is too much to hold. It
// keeps runs without any sync from taking memory for ever.
static const size_t unsynced_limit_bytes = 64 * 1024 * 1024;

static size_t room_for(size_t needed, size_t room) {
    return needed <= room ? room : 2 * needed;
}

static void add_change(sd_file *file, sd_change change, const uint8_t *bytes) {
    size_t size = change.is_truncation ? 0 : (size_t)change.count;
    if (file->unsynced_size + size > unsynced_limit_bytes) {
        sd_file_sync(file);
    }
    if (file->change_count == file->change_room) {
        file->change_room = room_for(file->change_count + 1, file->change_room);
        file->changes = sd_resize(file->changes, file->change_room * sizeof(sd_change));
    }
    if (size > 0) {
        size_t room = room_for(file->unsynced_size + size, file->unsynced_room);
        if (room != file->unsynced_room) {
            file->unsynced_bytes = sd_resize(file->unsynced_bytes, room);
            file->unsynced_room = room;
        }
        memcpy(file->unsynced_bytes + file->unsynced_size, bytes, size);
    }
    change.position = file->unsynced_size;
    file->unsynced_size += size;
    file->changes[file->change_count] = change;
    file->change_count += 1;
}

void sd_file_write(sd_file *file, const uint8_t *bytes, int64_t offset, int64_t count,
                   sd_fate fate) {
    if (count <= 0) {
        return;
    }
    add_change(file, (sd_change){.offset = offset, .count = count, .fate = fate}, bytes);
    int64_t size = file->current.size;
    sd_image_write(&file->current, bytes, offset, count);
    file->disk->used_bytes += file->current.size - size;
}

void sd_file_truncate(sd_file *file, int64_t size, sd_fate fate) {
    add_change(file, (sd_change){.offset = size, .is_truncation = true, .fate = fate}, NULL);
    file->disk->used_bytes += size - file->current.size;
    sd_image_resize(&file->current, size);
}

static void forget_changes(sd_file *file) {
    file->change_count = 0;
    file->unsynced_size = 0;
}

void sd_file_sync(sd_file *file) {
    for (size_t index = 0; index < file->change_count; index++) {
        const sd_change *change = &file->changes[index];
        if (change->is_truncation) {
            sd_image_resize(&file->durable, change->offset);
        } else {
            const uint8_t *bytes = file->unsynced_bytes + change->position;
            sd_image_write(&file->durable, bytes, change->offset, change->count);
        }
    }
    forget_changes(file);
}

static int64_t sector_count(const sd_change *change) {
    if (change->is_truncation) {
        // A truncation happens or does not, as a write to one sector.
        return 1;
    }
    int64_t first = change->offset / SD_SECTOR_SIZE;
    return (change->offset + change->count - 1) / SD_SECTOR_SIZE - first + 1;
}

static int64_t surviving_sectors(const sd_change *change, uint64_t *generator) {
    int64_t sectors = sector_count(change);
    if (change->fate == SD_FATE_KEPT) {
        return sectors;
    }
    if (sectors == 1) {
        return (int64_t)(sd_random(generator) % 2);
    }
    if (change->fate == SD_FATE_HALF) {
        return sectors / 2;
    }
    switch (sd_random(generator) % 3) {
    case 0:
        return 0;
    case 1:
        return sectors;
    default:
        return 1 + (int64_t)(sd_random(generator) % (uint64_t)(sectors - 1));
    }
}

// Each sector is as likely as any other to be among the survivors.
static void write_survivors(sd_file *file, const sd_change *change, int64_t survivors,
                            uint64_t *generator) {
    const uint8_t *bytes = file->unsynced_bytes + change->position;
    int64_t end = change->offset + change->count;
    int64_t sectors = sector_count(change);
    for (int64_t offset = change->offset; offset < end; sectors--) {
        int64_t next = (offset / SD_SECTOR_SIZE + 1) * SD_SECTOR_SIZE;
        if (next > end) {
            next = end;
        }
        if ((int64_t)(sd_random(generator) % (uint64_t)sectors) < survivors) {
            const uint8_t *sector = bytes + (offset - change->offset);
            sd_image_write(&file->durable, sector, offset, next - offset);
            survivors -= 1;
        }
        offset = next;
    }
}

void sd_file_lose_power(sd_file *file, uint64_t *generator) {
    for (size_t index = 0; index < file->change_count; index++) {
        const sd_change *change = &file->changes[index];
        int64_t survivors = surviving_sectors(change, generator);
        if (!change->is_truncation) {
            write_survivors(file, change, survivors, generator);
        } else if (survivors > 0) {
            sd_image_resize(&file->durable, change->offset);
        }
    }
    forget_changes(file);
    file->disk->used_bytes += file->durable.size - file->current.size;
    sd_image_resize(&file->current, 0);
    sd_image_write(&file->current, file->durable.bytes, 0, file->durable.size);
}

void sd_file_free(sd_file *file) {
    file->disk->used_bytes -= file->current.size;
    free(file->current.bytes);
    free(file->durable.bytes);
    free(file->changes);
    free(file->unsynced_bytes);
    free(file->path);
    free(file);
}
