#ifndef SD_FILE_H
#define SD_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image.h"

struct sd_disk;
struct sd_handle;

enum {
    /// Both the size that SQLite is told and the size in which writes are torn.
    SD_SECTOR_SIZE = 512
};

/// What a power loss does to a change that was not synced.
typedef enum sd_fate {
    /// Decided at random.
    SD_FATE_OPEN,
    /// Half the sectors reach the disk.
    SD_FATE_HALF,
    /// It reaches the disk.
    SD_FATE_KEPT
} sd_fate;

/// A write or truncation that was not synced yet.
typedef struct sd_change {
    /// Where a write begins, or the new size.
    int64_t offset;
    int64_t count;
    /// Where the written bytes are in `sd_file.unsynced_bytes`.
    size_t position;
    bool is_truncation;
    sd_fate fate;
} sd_change;

/// Shared memory of the size that SQLite asks for, which each handle maps for itself.
typedef struct sd_region {
    int descriptor;
} sd_region;

/// A file, named or deleted but still open.
typedef struct sd_file {
    struct sd_file *next;
    struct sd_disk *disk;
    char *path;
    bool is_deleted;
    /// What processes see.
    sd_image current;
    /// What is left at a power loss, apart from the changes that happen to survive.
    sd_image durable;
    sd_change *changes;
    size_t change_count;
    size_t change_room;
    uint8_t *unsynced_bytes;
    size_t unsynced_size;
    size_t unsynced_room;
    /// The handles of living processes.
    struct sd_handle *handles;
    sd_region *regions;
    int region_count;
} sd_file;

/// Writes to the current image and keeps the change until the next sync.
void sd_file_write(sd_file *file, const uint8_t *bytes, int64_t offset, int64_t count,
                   sd_fate fate);

/// Resizes the current image and keeps the change until the next sync.
void sd_file_truncate(sd_file *file, int64_t size, sd_fate fate);

/// Makes all changes durable.
void sd_file_sync(sd_file *file);

/// Decides which changes survive; nothing else is left.
void sd_file_lose_power(sd_file *file, uint64_t *generator);

/// Frees the file and no longer counts its bytes.
void sd_file_free(sd_file *file);

#endif
