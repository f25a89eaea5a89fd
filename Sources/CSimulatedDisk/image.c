#include "image.h"

#include <string.h>

#include "memory.h"

enum { FIRST_ROOM = 4096 };

void sd_image_resize(sd_image *image, int64_t size) {
    if (size > image->room) {
        int64_t room = image->room > 0 ? image->room : FIRST_ROOM;
        while (room < size) {
            room *= 2;
        }
        image->bytes = sd_resize(image->bytes, (size_t)room);
        image->room = room;
    }
    if (size > image->size) {
        memset(image->bytes + image->size, 0, (size_t)(size - image->size));
    }
    image->size = size;
}

void sd_image_write(sd_image *image, const uint8_t *bytes, int64_t offset, int64_t count) {
    if (count <= 0) {
        return;
    }
    if (offset + count > image->size) {
        sd_image_resize(image, offset + count);
    }
    memcpy(image->bytes + offset, bytes, (size_t)count);
}

int64_t sd_image_read(const sd_image *image, uint8_t *buffer, int64_t offset, int64_t count) {
    int64_t present = image->size - offset;
    if (offset < 0 || present <= 0 || count <= 0) {
        return 0;
    }
    if (count > present) {
        count = present;
    }
    memcpy(buffer, image->bytes + offset, (size_t)count);
    return count;
}
