#ifndef SD_IMAGE_H
#define SD_IMAGE_H

#include <stdint.h>

/// The bytes of a file.
typedef struct sd_image {
    uint8_t *bytes;
    int64_t size;
    /// The size of the block behind `bytes`, which outlasts truncations.
    int64_t room;
} sd_image;

/// Cuts the image, or extends it with zeros.
void sd_image_resize(sd_image *image, int64_t size);

/// Overwrites bytes, extending the image if needed.
void sd_image_write(sd_image *image, const uint8_t *bytes, int64_t offset, int64_t count);

/// Copies the bytes that exist in the range and returns how many.
int64_t sd_image_read(const sd_image *image, uint8_t *buffer, int64_t offset, int64_t count);

#endif
