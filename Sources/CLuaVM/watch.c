// Arms the count hook of a task when its slice is over, and not before: a hook that is armed all
// the time makes pure loops more than twice as slow, whatever its count (compare `scripts/bench
// --count-hook` with `scripts/bench`), and a timer of the system would be set with each host call.
// So one thread, the dog, looks after all that run Lua code, and sleeps while none does.
#define _GNU_SOURCE
#include "internal.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
// It holds asynchronous signals back until the next call that it knows, which a loop never makes.
#define LUAVM_COUNT_HOOK 1
#endif
#endif
#if !defined(__linux__)
#define LUAVM_COUNT_HOOK 1
#endif

#ifdef LUAVM_COUNT_HOOK

void luavm_watch_begin(luavm_task *task, uint64_t ns) {
    (void)ns;
    lua_sethook(task->co, luavm_hook, LUA_MASKCOUNT, HOOK_INSTRUCTIONS);
}

void luavm_watch_again(luavm_task *task, uint64_t ns) { (void)task, (void)ns; }

void luavm_watch_end(luavm_task *task) { (void)task; }

#else

#include <pthread.h>
#include <stdatomic.h>

// SIGURG is ignored by default and restarts system calls, so that a stray one harms nobody.
static const int watch_signal = SIGURG;
static const uint64_t look_ns = 500000; // how often the dog looks while Lua code runs
static const int idle_looks = 40;       // without work, before it sleeps

// One thread that runs Lua code: what runs there, and until when.
struct watch {
    _Atomic(uint64_t) due_ns; // 0 when nothing runs
    luavm_task *volatile task;
    pthread_t thread;
    struct watch *next;
};

static struct sigaction earlier;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t watch_key;
static bool is_ready;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; // of the list, and of all threads in it
static pthread_cond_t woken = PTHREAD_COND_INITIALIZER;
static struct watch *watches;
static atomic_bool is_awake;
static _Thread_local struct watch *volatile current;

// Not of the processor: the dog compares times of several threads.
static uint64_t clock_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

// Lua allows setting a hook from a signal handler of the same thread, and nothing else.
static void strike(int number, siginfo_t *info, void *context) {
    struct watch *watch = current;
    luavm_task *task = watch ? watch->task : NULL;
    if (task) {
        lua_sethook(task->co, luavm_hook, LUA_MASKCOUNT, 1);
    } else if (earlier.sa_flags & SA_SIGINFO) {
        earlier.sa_sigaction(number, info, context);
    } else if (earlier.sa_handler != SIG_DFL && earlier.sa_handler != SIG_IGN) {
        earlier.sa_handler(number);
    }
}

// Signals the threads whose time is over; returns whether any runs Lua code. With the mutex.
static bool look(void) {
    bool is_busy = false;
    uint64_t now = clock_ns();
    for (struct watch *watch = watches; watch; watch = watch->next) {
        uint64_t due = atomic_load(&watch->due_ns);
        is_busy = is_busy || due != 0;
        if (due == 0 || now < due) continue;
        // Lua may be about to forget that a hook was set (luaG_traceexec), so it is set again.
        if (atomic_compare_exchange_strong(&watch->due_ns, &due, now + look_ns))
            pthread_kill(watch->thread, watch_signal);
    }
    return is_busy;
}

static void *watch_all(void *unused) {
    pthread_mutex_lock(&mutex);
    for (int idle = 0;; idle++) {
        if (look()) idle = 0;
        if (idle > idle_looks) {
            atomic_store(&is_awake, false);
            // Whoever began since then has seen it awake, and is seen here.
            while (!look() && !atomic_load(&is_awake)) pthread_cond_wait(&woken, &mutex);
            atomic_store(&is_awake, true);
            idle = 0;
        }
        pthread_mutex_unlock(&mutex);
        nanosleep(&(struct timespec){.tv_nsec = (long)look_ns}, NULL);
        pthread_mutex_lock(&mutex);
    }
    return unused;
}

static void wake(void) {
    pthread_mutex_lock(&mutex);
    atomic_store(&is_awake, true);
    pthread_cond_signal(&woken);
    pthread_mutex_unlock(&mutex);
}

static void set_due(struct watch *watch, uint64_t ns) {
    atomic_store(&watch->due_ns, clock_ns() + ns);
    if (!atomic_load(&is_awake)) wake();
}

static void forget(void *ended) {
    current = NULL;
    pthread_mutex_lock(&mutex);
    struct watch **link = &watches;
    while (*link != ended) link = &(*link)->next;
    *link = (*link)->next;
    pthread_mutex_unlock(&mutex);
    free(ended);
}

static bool start_dog(void) {
    pthread_t dog;
    pthread_attr_t attributes;
    // What a program handles is not handled on this thread. The others stay: a crash report stops
    // all threads by a signal, and waits 15 seconds for each that does not take it.
    static const int handled[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGPIPE, SIGALRM, SIGURG};
    sigset_t theirs, before;
    sigemptyset(&theirs);
    for (size_t i = 0; i < sizeof handled / sizeof *handled; i++) sigaddset(&theirs, handled[i]);
    pthread_sigmask(SIG_BLOCK, &theirs, &before); // a new thread inherits the mask
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    atomic_store(&is_awake, true);
    bool is_started = pthread_create(&dog, &attributes, watch_all, NULL) == 0;
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return is_started;
}

static void prepare(void) {
    struct sigaction action = {.sa_sigaction = strike, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    is_ready = pthread_key_create(&watch_key, forget) == 0 &&
               sigaction(watch_signal, &action, &earlier) == 0 && start_dog();
}

static struct watch *watch_of_thread(void) {
    if (current) return current;
    pthread_once(&once, prepare);
    struct watch *made = is_ready ? calloc(1, sizeof *made) : NULL;
    if (!made) return NULL;
    // Dispatch's threads block every signal.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, watch_signal);
    if (pthread_sigmask(SIG_UNBLOCK, &signals, NULL) != 0 ||
        pthread_setspecific(watch_key, made) != 0) {
        free(made);
        return NULL;
    }
    made->thread = pthread_self();
    pthread_mutex_lock(&mutex);
    made->next = watches;
    watches = made;
    pthread_mutex_unlock(&mutex);
    return current = made;
}

void luavm_watch_begin(luavm_task *task, uint64_t ns) {
    struct watch *watch = watch_of_thread();
    if (!watch) {
        // Without a dog the hook itself looks at the clock.
        lua_sethook(task->co, luavm_hook, LUA_MASKCOUNT, HOOK_INSTRUCTIONS);
        return;
    }
    lua_sethook(task->co, NULL, 0, 0);
    watch->task = task;
    set_due(watch, ns);
}

void luavm_watch_again(luavm_task *task, uint64_t ns) {
    struct watch *watch = current;
    if (!watch || watch->task != task) return;
    lua_sethook(task->co, NULL, 0, 0);
    // Since it struck, the dog may have found nothing to do and gone to sleep: on a busy machine
    // the hook comes long after the signal.
    set_due(watch, ns);
}

void luavm_watch_end(luavm_task *task) {
    struct watch *watch = current;
    if (!watch || watch->task != task) return;
    watch->task = NULL;
    atomic_store(&watch->due_ns, 0);
}

#endif
