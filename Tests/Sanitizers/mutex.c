// Shows ThreadSanitizer the locks of Swift's Mutex.
//
// A lock that nobody holds is taken in code that the compiler instruments. One that is contended
// is taken by the kernel inside libswiftSynchronization, where ThreadSanitizer sees nothing, and
// it then reports everything under that lock as a race. These two stand before the library's own
// and say what happened. scripts/sanitize links them into every program.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

void __tsan_acquire(void *address);
void __tsan_release(void *address);

SWIFT void lockSlow(uint32_t thread, SELF void *mutex) __asm__(LOCK);
SWIFT void unlockSlow(SELF void *mutex) __asm__(UNLOCK);

static void *library(const char *name) {
    void *function = dlsym(RTLD_NEXT, name);
    if (!function) abort();
    return function;
}

SWIFT void lockSlow(uint32_t thread, SELF void *mutex) {
    SWIFT void (*lock)(uint32_t, SELF void *) = library(LOCK);
    lock(thread, mutex);
    __tsan_acquire(mutex);
}

SWIFT void unlockSlow(SELF void *mutex) {
    SWIFT void (*unlock)(SELF void *) = library(UNLOCK);
    __tsan_release(mutex);
    unlock(mutex);
}
