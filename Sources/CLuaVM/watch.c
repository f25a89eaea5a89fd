// Arms the count hook of a task when its slice is over, and not before: a hook that is armed all
// the time makes pure loops 2.3 to 2.6 times as slow, whatever its count (`scripts/bench`).
#define _GNU_SOURCE
#include "internal.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

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

// SIGURG is ignored by default and restarts system calls, so that a stray one harms nobody.
static const int watch_signal = SIGURG;
static struct sigaction earlier;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t timer_key;
static bool is_ready;

// One thread's timer, and the task that it watches.
struct watch {
    timer_t timer;
    luavm_task *volatile task;
};
static _Thread_local struct watch *volatile current;

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

static void delete_watch(void *watch) {
    current = NULL;
    timer_delete(((struct watch *)watch)->timer);
    free(watch);
}

static void prepare(void) {
    struct sigaction action = {.sa_sigaction = strike, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    is_ready = pthread_key_create(&timer_key, delete_watch) == 0 &&
               sigaction(watch_signal, &action, &earlier) == 0;
}

static struct watch *watch_of_thread(void) {
    if (current) return current;
    pthread_once(&once, prepare);
    struct watch *made = is_ready ? calloc(1, sizeof *made) : NULL;
    if (!made) return NULL;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = watch_signal};
    event._sigev_un._tid = gettid();
    if (timer_create(CLOCK_MONOTONIC, &event, &made->timer) != 0) {
        free(made);
        return NULL;
    }
    // Dispatch's threads block every signal.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, watch_signal);
    if (pthread_sigmask(SIG_UNBLOCK, &signals, NULL) != 0 ||
        pthread_setspecific(timer_key, made) != 0) {
        timer_delete(made->timer);
        free(made);
        return NULL;
    }
    return current = made;
}

static void set(struct watch *watch, uint64_t ns) {
    struct itimerspec when = {.it_value = {(time_t)(ns / 1000000000), (long)(ns % 1000000000)}};
    timer_settime(watch->timer, 0, &when, NULL);
}

void luavm_watch_begin(luavm_task *task, uint64_t ns) {
    struct watch *watch = watch_of_thread();
    if (!watch) {
        // Without a timer the hook itself looks at the clock.
        lua_sethook(task->co, luavm_hook, LUA_MASKCOUNT, HOOK_INSTRUCTIONS);
        return;
    }
    lua_sethook(task->co, NULL, 0, 0);
    watch->task = task;
    set(watch, ns ? ns : 1);
}

void luavm_watch_again(luavm_task *task, uint64_t ns) {
    struct watch *watch = current;
    if (!watch || watch->task != task) return;
    lua_sethook(task->co, NULL, 0, 0);
    set(watch, ns ? ns : 1);
}

void luavm_watch_end(luavm_task *task) {
    struct watch *watch = current;
    if (!watch || watch->task != task) return;
    watch->task = NULL;
    set(watch, 0);
}

#endif
