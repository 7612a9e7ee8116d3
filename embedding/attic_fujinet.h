/*
 * A FujiNet inside a C program.
 *
 * The FujiNet is the one that "attic fuji serve" runs: the same devices, files, network sessions and configuration. Here it
 * has no thread of its own. The program gives it bytes and takes bytes from it through channels in memory, and lets it work
 * by calling attic_fujinet_tick(). Bytes are FujiBus packets in SLIP's framing (docs/fujinet.md).
 *
 *     attic_fujinet_load("lib/attic", NULL);
 *     attic_fujinet_create(&options, &fuji);
 *     int channel = attic_fujinet_open(fuji);
 *     attic_fujinet_write(fuji, channel, request, length);
 *     while ((count = attic_fujinet_read(fuji, channel, answer, sizeof answer)) == 0) {
 *         if (attic_fujinet_tick(fuji) == ATTIC_FUJINET_OK)
 *             attic_fujinet_wait(fuji, 50);
 *     }
 *     attic_fujinet_destroy(fuji);
 *
 * RESULTS. Functions that return int answer 0 or more when they did what they should, and a negative value of enum
 * attic_fujinet_result otherwise; attic_fujinet_error() then says in words what was wrong.
 *
 * OWNERSHIP. Everything handed in stays the program's: texts and buffers are copied, or filled in, during the call. What the
 * library makes is a number (attic_fujinet, a channel), not memory; numbers are never used again, so that a stale one is
 * refused with ATTIC_FUJINET_BAD_HANDLE and harms nothing. Nothing needs to be freed except by attic_fujinet_destroy().
 *
 * THREADS. Functions may be called on any thread. For one FujiNet, calls of tick, open, close and destroy must not overlap:
 * a tick that overlaps is refused with ATTIC_FUJINET_BUSY; destroy must be the last call. Reading, writing and waiting may
 * go on beside a tick. FujiNets are independent of each other. No function blocks except load, create (files of the data
 * folder) and wait.
 *
 * Linux and macOS. Needs the .NET 10 runtime (not the SDK) and the folder that "make library" fills. One copy of the runtime
 * lives in a process, and it cannot be unloaded.
 */
#ifndef ATTIC_FUJINET_H
#define ATTIC_FUJINET_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. The library refuses programs that were made for another. */
#define ATTIC_FUJINET_VERSION 1

enum attic_fujinet_result {
    ATTIC_FUJINET_OK = 0,            /* done */
    ATTIC_FUJINET_MORE = 1,          /* tick: call again at once; wait: a tick has something to do */
    ATTIC_FUJINET_RESTART = 2,       /* tick: a client asked for a restart; destroy this one and create another */
    ATTIC_FUJINET_BAD_ARGUMENT = -1, /* a pointer is null, a length or time negative, options.size too small */
    ATTIC_FUJINET_BAD_HANDLE = -2,   /* no such FujiNet or channel, or no longer */
    ATTIC_FUJINET_BUSY = -3,         /* a tick is under way on another thread; or 16 channels are open */
    ATTIC_FUJINET_NO_RUNTIME = -4,   /* no .NET runtime, or none that is new enough */
    ATTIC_FUJINET_NO_LIBRARY = -5,   /* the library's folder is missing, incomplete or of another version; or nothing was loaded */
    ATTIC_FUJINET_BAD_DATA = -6,     /* the data folder cannot be used */
    ATTIC_FUJINET_FAILED = -7        /* a fault inside; attic_fujinet_error() has it in full */
};

/* A FujiNet; 0 is never one. */
typedef uint64_t attic_fujinet;

/* What a FujiNet is made with. Set all of it to zero, then size, then what is wanted. */
typedef struct attic_fujinet_options {
    /* sizeof(attic_fujinet_options) */
    size_t size;

    /* The folder that is the file system host:, UTF-8; made if it is not there. Its fujinet.yaml is the configuration; a
     * damaged one is reported through log and the last good one, or the defaults, are used. NULL: a file system in memory. */
    const char *data_folder;

    /* Told what people should know, a line without its end; the text lives during the call. May be called on any thread
     * while any function of this FujiNet runs. It must not call the library. NULL: nobody. */
    void (*log)(void *user, const char *message);

    /* Told, once before each tick, that a tick has something to do: a channel was written to, the network has news. May be
     * called on any thread, also inside attic_fujinet_write(); never after attic_fujinet_destroy() has returned. It must not
     * call the library except attic_fujinet_read() and attic_fujinet_write(). NULL: nobody. */
    void (*wake)(void *user);

    /* Handed to both. */
    void *user;
} attic_fujinet_options;

/*
 * Starts the .NET runtime in this process and loads the library. Once; calling it again is refused with NO_LIBRARY unless
 * the folder is the same.
 *
 * folder       The library's folder, which holds Attic.FujiNet.Embedding.dll and .runtimeconfig.json.
 * dotnet_root  The folder of the .NET installation, which holds host/fxr. NULL: the first of $DOTNET_ROOT, what
 *              /etc/dotnet/install_location names, /usr/share/dotnet, /usr/lib/dotnet, /usr/local/share/dotnet, ~/.dotnet.
 *
 * OK, BAD_ARGUMENT, NO_RUNTIME, NO_LIBRARY. Not for several threads at once.
 */
int attic_fujinet_load(const char *folder, const char *dotnet_root);

/* Makes a FujiNet. OK, BAD_ARGUMENT, NO_LIBRARY, BAD_DATA, FAILED; *result is set only with OK. */
int attic_fujinet_create(const attic_fujinet_options *options, attic_fujinet *result);

/* Ends a FujiNet: writes what disks still hold, closes all channels and connections. OK, BAD_HANDLE, FAILED. */
int attic_fujinet_destroy(attic_fujinet fuji);

/* Opens a channel, which stands for one client: sessions and handles belong to the channel that opened them. Its number, which
 * is 1 or more; BAD_HANDLE; BUSY. */
int attic_fujinet_open(attic_fujinet fuji);

/* Closes a channel and what was opened through it. OK, BAD_HANDLE, BUSY. */
int attic_fujinet_close(attic_fujinet fuji, int channel);

/* Sends bytes to the FujiNet. Bytes taken, from 0 to length: a channel holds 1 MiB that no tick has read yet. BAD_ARGUMENT,
 * BAD_HANDLE. */
int attic_fujinet_write(attic_fujinet fuji, int channel, const void *bytes, int length);

/* Takes bytes from the FujiNet. Bytes read, 0 when there are none. BAD_ARGUMENT, BAD_HANDLE. */
int attic_fujinet_read(attic_fujinet fuji, int channel, void *buffer, int length);

/* Does everything that can be done now, and never blocks. OK: nothing more at the moment; call again when woken, and in any
 * case after 50 ms, since some things happen by time alone. MORE, RESTART, BAD_HANDLE, BUSY, FAILED. */
int attic_fujinet_tick(attic_fujinet fuji);

/* Waits until a tick has something to do, or so many milliseconds. MORE: it has; OK: the time is over. BAD_ARGUMENT,
 * BAD_HANDLE. */
int attic_fujinet_wait(attic_fujinet fuji, int milliseconds);

/* What was wrong with the last call of this thread that failed, UTF-8. It lives until the thread's next call. Never NULL. */
const char *attic_fujinet_error(void);

#ifdef __cplusplus
}
#endif

#endif
