/* XBIOS: the table of functions. */
#include "kernel.h"

s32 xbios_supexec(void *routine);

static s32 xb_ssbrk(u16 bytes)
{
    _memtop -= (bytes + 1) & ~1;            /* only before GEMDOS has taken the memory */
    return _memtop;
}

static s32 xb_setprt(s16 config)
{
    u16 old = _prtabt;

    if (config >= 0)
        _prtabt = config;
    return old;
}

/* Returns: this ROM has no AES to throw away. */
static s32 xb_puntaes(void)
{
    return 0;
}

static s32 xb_absent(void)
{
    return 0;
}

const struct { u16 count; struct system_call call[42]; } xbios_table = {
    42,
    {
        { xb_initmous, SIG_WLL }, { xb_ssbrk, SIG_W }, { xb_physbase, SIG_0 }, { xb_logbase, SIG_0 },
        { xb_getrez, SIG_0 }, { xb_setscreen, SIG_LLW }, { xb_setpalette, SIG_L }, { xb_setcolor, SIG_WW },
        { xb_floprd, SIG_LLWWWWW }, { xb_flopwr, SIG_LLWWWWW }, { xb_flopfmt, SIG_LLWWWWWLW },
        { xb_absent, SIG_0 },               /* used by debuggers */
        { xb_midiws, SIG_WL }, { xb_mfpint, SIG_WL }, { xb_iorec, SIG_W }, { xb_rsconf, SIG_WWWWWW },
        { xb_keytbl, SIG_LLL }, { xb_random, SIG_0 }, { xb_protobt, SIG_LLWW }, { xb_flopver, SIG_LLWWWWW },
        { xb_absent, SIG_0 },               /* Scrdmp */
        { xb_cursconf, SIG_WW }, { xb_settime, SIG_L }, { xb_gettime, SIG_0 }, { xb_bioskeys, SIG_0 },
        { xb_ikbdws, SIG_WL }, { xb_jdisint, SIG_W }, { xb_jenabint, SIG_W }, { xb_giaccess, SIG_WW },
        { xb_offgibit, SIG_W }, { xb_ongibit, SIG_W }, { xb_xbtimer, SIG_WWWL }, { xb_dosound, SIG_L },
        { xb_setprt, SIG_W }, { xb_kbdvbase, SIG_0 }, { xb_kbrate, SIG_WW },
        { xb_absent, SIG_0 },               /* Prtblk */
        { xb_vsync, SIG_0 }, { xbios_supexec, SIG_L }, { xb_puntaes, SIG_0 },
        { xb_absent, SIG_0 },               /* reserved */
        { xb_floprate, SIG_WW }
    }
};
