/* Random: 24 bits, the generator documented for XBIOS 17 (Knuth 3.2.1 linear congruence). */
#include "kernel.h"

static u32 seed;

s32 xb_random(void)
{
    if (seed == 0)
        seed = (_hz_200 << 16) | (_hz_200 & 0xFFFF) | 1;
    seed = seed * 3141592621UL + 1;
    return (seed >> 8) & 0xFFFFFF;
}
