#include "thread.h"

_Thread_local sd_thread sd_current_thread;

void sd_set_process(uint64_t process) {
    sd_current_thread.process = process;
}

void sd_thread_use_disk(const sd_disk *disk) {
    if (sd_current_thread.disk_serial != disk->serial) {
        sd_current_thread.disk_serial = disk->serial;
        sd_current_thread.generator = disk->seed;
    }
}
