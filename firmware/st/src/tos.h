/* Calls through the traps, for code that runs as a program. */
#ifndef TOS_H
#define TOS_H

#include "types.h"
#include "signature.h"

s32 gemdos(u32 signature, s16 number, ...);
s32 bios(u32 signature, s16 number, ...);
s32 xbios(u32 signature, s16 number, ...);

#define Pterm0()            gemdos(SIG_0, 0)
#define Cconin()            gemdos(SIG_0, 1)
#define Crawcin()           gemdos(SIG_0, 7)
#define Cconout(c)          gemdos(SIG_W, 2, (s16)(c))
#define Cconws(s)           gemdos(SIG_L, 9, (const char *)(s))
#define Cconis()            gemdos(SIG_0, 11)
#define Dsetdrv(d)          gemdos(SIG_W, 14, (s16)(d))
#define Dgetdrv()           gemdos(SIG_0, 25)
#define Fsetdta(p)          gemdos(SIG_L, 26, (void *)(p))
#define Super(p)            gemdos(SIG_L, 32, (u32)(p))
#define Sversion()          gemdos(SIG_0, 48)
#define Dfree(p, d)         gemdos(SIG_LW, 54, (void *)(p), (s16)(d))
#define Dcreate(p)          gemdos(SIG_L, 57, (const char *)(p))
#define Ddelete(p)          gemdos(SIG_L, 58, (const char *)(p))
#define Dsetpath(p)         gemdos(SIG_L, 59, (const char *)(p))
#define Fcreate(p, a)       gemdos(SIG_LW, 60, (const char *)(p), (s16)(a))
#define Fopen(p, m)         gemdos(SIG_LW, 61, (const char *)(p), (s16)(m))
#define Fclose(h)           gemdos(SIG_W, 62, (s16)(h))
#define Fread(h, n, p)      gemdos(SIG_WLL, 63, (s16)(h), (u32)(n), (void *)(p))
#define Fwrite(h, n, p)     gemdos(SIG_WLL, 64, (s16)(h), (u32)(n), (const void *)(p))
#define Fdelete(p)          gemdos(SIG_L, 65, (const char *)(p))
#define Dgetpath(p, d)      gemdos(SIG_LW, 71, (char *)(p), (s16)(d))
#define Malloc(n)           gemdos(SIG_L, 72, (s32)(n))
#define Pexec(m, p, c, e)   gemdos(SIG_WLLL, 75, (s16)(m), (const char *)(p), (const char *)(c), (const char *)(e))
#define Pterm(c)            gemdos(SIG_W, 76, (s16)(c))
#define Fsfirst(p, a)       gemdos(SIG_LW, 78, (const char *)(p), (s16)(a))
#define Fsnext()            gemdos(SIG_0, 79)
#define Frename(a, b)       gemdos(SIG_WLL, 86, (s16)0, (const char *)(a), (const char *)(b))

#define Bconin(d)           bios(SIG_W, 2, (s16)(d))
#define Bconout(d, c)       bios(SIG_WW, 3, (s16)(d), (s16)(c))
#define Drvmap()            bios(SIG_0, 10)

#define Physbase()          xbios(SIG_0, 2)
#define Logbase()           xbios(SIG_0, 3)
#define Getrez()            xbios(SIG_0, 4)
#define Setscreen(l, p, r)  xbios(SIG_LLW, 5, (u32)(l), (u32)(p), (s16)(r))
#define Setpalette(p)       xbios(SIG_L, 6, (const u16 *)(p))
#define Setcolor(i, c)      xbios(SIG_WW, 7, (s16)(i), (s16)(c))
#define Giaccess(v, r)      xbios(SIG_WW, 28, (s16)(v), (s16)(r))
#define Cursconf(f, r)      xbios(SIG_WW, 21, (s16)(f), (s16)(r))
#define Jdisint(c)          xbios(SIG_W, 26, (s16)(c))
#define Xbtimer(t, c, d, v) xbios(SIG_WWWL, 31, (s16)(t), (s16)(c), (s16)(d), (void *)(v))
#define Vsync()             xbios(SIG_0, 37)
#define Supexec(f)          xbios(SIG_L, 38, (s32 (*)(void))(f))

/* Disk transfer area of Fsfirst */
struct dta {
    u8 reserved[21];
    u8 attr;
    u16 time, date;
    u32 size;
    char name[14];
} __attribute__((packed, aligned(2)));

#endif
