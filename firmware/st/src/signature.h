/* Which arguments of a system call are words and which are longs: the number of arguments,
 * and from bit 8 a set bit for each long. Shared with assembly. */
#ifndef SIGNATURE_H
#define SIGNATURE_H

#define SIG_0         0x0000
#define SIG_W         0x0001
#define SIG_L         0x0101
#define SIG_WW        0x0002
#define SIG_WL        0x0202
#define SIG_LW        0x0102
#define SIG_LL        0x0302
#define SIG_WWL       0x0403
#define SIG_WLL       0x0603
#define SIG_LWW       0x0103
#define SIG_LLW       0x0303
#define SIG_LLL       0x0703
#define SIG_WWWL      0x0804
#define SIG_WLLL      0x0E04
#define SIG_LLWW      0x0304
#define SIG_WLWWW     0x0205
#define SIG_WWWWWW    0x0006
#define SIG_LLWWWWW   0x0307
#define SIG_LLWWWWWLW 0x8309

#ifndef __ASSEMBLER__
#include "types.h"

struct system_call {
    void *function;
    u32 signature;
};

/* A routine behind a system vector, with the arguments of its signature. */
s32 call_words(void *routine, u32 signature, ...);
#endif

#endif
