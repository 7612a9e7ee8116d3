/* CHECK.TOS: calls the system in many ways and says what does not answer as documented. Writes
 * and removes CHECK.TMP, CHECK2.TMP and the folder CHECKDIR on the current drive. */
#include "tos.h"

#define Bconstat(d)         bios(SIG_W, 1, (s16)(d))
#define Setexc(n, v)        bios(SIG_WL, 5, (s16)(n), (s32)(v))
#define Tickcal()           bios(SIG_0, 6)
#define Getbpb(d)           bios(SIG_W, 7, (s16)(d))
#define Kbshift(m)          bios(SIG_W, 11, (s16)(m))
#define Rwabs(f, b, n, r, d) bios(SIG_WLWWW, 4, (s16)(f), (void *)(b), (s16)(n), (s16)(r), (s16)(d))
#define Random()            xbios(SIG_0, 17)
#define Keytbl(u, s, c)     xbios(SIG_LLL, 16, (u32)(u), (u32)(s), (u32)(c))
#define Kbrate(d, r)        xbios(SIG_WW, 35, (s16)(d), (s16)(r))
#define Kbdvbase()          xbios(SIG_0, 34)
#define Iorec(d)            xbios(SIG_W, 14, (s16)(d))
#define Floprd(b, d, s, t, h, n) xbios(SIG_LLWWWWW, 8, (void *)(b), 0L, (s16)(d), (s16)(s), (s16)(t), (s16)(h), (s16)(n))
#define Tgetdate()          gemdos(SIG_0, 42)
#define Tsetdate(d)         gemdos(SIG_W, 43, (s16)(d))
#define Fgetdta()           gemdos(SIG_0, 47)
#define Fseek(o, h, m)      gemdos(SIG_LWW, 66, (s32)(o), (s16)(h), (s16)(m))
#define Fattrib(p, w, a)    gemdos(SIG_LWW, 67, (const char *)(p), (s16)(w), (s16)(a))
#define Fdup(h)             gemdos(SIG_W, 69, (s16)(h))
#define Fforce(s, h)        gemdos(SIG_WW, 70, (s16)(s), (s16)(h))
#define Mfree(p)            gemdos(SIG_L, 73, (u32)(p))
#define Mshrink(p, n)       gemdos(SIG_WLL, 74, (s16)0, (u32)(p), (u32)(n))
#define Fdatime(p, h, w)    gemdos(SIG_LWW, 87, (u16 *)(p), (s16)(h), (s16)(w))

static s16 passed, failed;
static u8 buffer[3000], other[3000];

static void number(s32 value)
{
    char text[12];
    s16 n = 11, minus = value < 0;

    text[n] = 0;
    if (minus)
        value = -value;
    do {
        text[--n] = '0' + value % 10;
        value /= 10;
    } while (value);
    if (minus)
        text[--n] = '-';
    Cconws(text + n);
}

static void check(const char *what, s32 got, s32 wanted)
{
    if (got == wanted) {
        passed++;
        return;
    }
    failed++;
    Cconws("FAIL ");
    Cconws(what);
    Cconws(": ");
    number(got);
    Cconws(", not ");
    number(wanted);
    Cconws("\r\n");
}

static void check_arithmetic(void)
{
    volatile u32 a = 0x12345678, b = 0x1234, c = 0x89ABCDEF;
    volatile s32 d = -1000001, e = 1000;

    check("mul", a * b, 0x60B60060);
    check("udiv", a / b, 0x10004);
    check("umod", a % b, 0x0DA8);
    check("udiv long", c / a, 7);
    check("umod long", c % a, 0x0A3D70A7);
    check("sdiv", d / e, -1000);
    check("smod", d % e, -1);
}

static void check_memory(void)
{
    u32 before = Malloc(-1L), a, b;

    a = Malloc(1000);
    b = Malloc(2000);
    check("Malloc order", a != 0 && b >= a + 1000, 1);
    check("Mshrink", Mshrink(b, 1000), 0);
    check("Mfree", Mfree(a), 0);
    check("Mfree", Mfree(b), 0);
    check("Mfree twice", Mfree(b), -40);
    check("all memory back", Malloc(-1L) == (s32)before, 1);
}

static void fill(u8 *p, s16 count)
{
    s16 i;

    for (i = 0; i < count; i++)
        p[i] = i * 7 + (i >> 8);
}

static s16 same(s16 count)
{
    s16 i;

    for (i = 0; i < count; i++)
        if (buffer[i] != other[i])
            return 0;
    return 1;
}

static void check_files(void)
{
    struct dta dta;
    u16 stamp[2] = { 0x6000, 0x5C21 }, read_stamp[2];
    s32 h, h2;

    fill(buffer, 3000);
    h = Fcreate("CHECK.TMP", 0);
    check("Fcreate", h >= 6, 1);
    check("Fwrite", Fwrite((s16)h, 3000, buffer), 3000);
    check("Fseek", Fseek(-2500, (s16)h, 2), 500);
    check("Fread", Fread((s16)h, 1500, other + 500), 1500);
    check("Fseek start", Fseek(0, (s16)h, 0), 0);
    check("Fread start", Fread((s16)h, 500, other), 500);
    check("content", same(2000), 1);
    check("Fseek past end", Fseek(3001, (s16)h, 0), -64);
    check("Fdatime", Fdatime(stamp, (s16)h, 1), 0);
    check("Fclose", Fclose((s16)h), 0);
    check("Fclose twice", Fclose((s16)h), -37);

    h = Fopen("CHECK.TMP", 0);
    check("Fopen", h >= 6, 1);
    check("Fread too much", Fread((s16)h, 5000L, other), 3000);
    check("content again", same(3000), 1);
    Fdatime(read_stamp, (s16)h, 0);
    check("time kept", read_stamp[0], stamp[0]);
    check("date kept", read_stamp[1], stamp[1]);
    Fclose((s16)h);

    Fsetdta(&dta);
    check("Fgetdta", Fgetdta() == (s32)&dta, 1);
    check("Fsfirst", Fsfirst("check.tm?", 0), 0);
    check("DTA size", dta.size, 3000);
    check("DTA name", str_equal(dta.name, "CHECK.TMP"), 1);
    check("Frename", Frename("CHECK.TMP", "CHECK2.TMP"), 0);
    check("Fopen old name", Fopen("CHECK.TMP", 0), -33);
    check("Fattrib", Fattrib("CHECK2.TMP", 1, 1), 1);
    check("Fdelete read-only", Fdelete("CHECK2.TMP"), -36);
    Fattrib("CHECK2.TMP", 1, 0);
    check("Fdelete", Fdelete("CHECK2.TMP"), 0);
    check("Fdelete twice", Fdelete("CHECK2.TMP"), -33);

    h = Fcreate("CHECK.TMP", 0);            /* standard output into a file and back */
    h2 = Fdup(1);
    Fforce(1, (s16)h);
    Cconws("into the file");
    Fforce(1, (s16)h2);
    Fclose((s16)h2);
    check("redirected", Fseek(0, (s16)h, 1), 13);
    Fclose((s16)h);
    Fdelete("CHECK.TMP");
}

static s16 ends_in_checkdir(const char *path)
{
    s16 n = str_length(path);

    return n >= 9 && str_equal(path + n - 9, "\\CHECKDIR");
}

static void check_folders(void)
{
    char path[128];
    u32 before[4], after[4];
    s32 h;

    check("Dfree", Dfree(before, 0), 0);
    check("Dcreate", Dcreate("CHECKDIR"), 0);
    check("Dcreate twice", Dcreate("CHECKDIR"), -36);
    check("Dsetpath", Dsetpath("CHECKDIR"), 0);
    Dgetpath(path, 0);
    check("Dgetpath", ends_in_checkdir(path), 1);
    h = Fcreate("IN.TMP", 0);
    Fwrite((s16)h, 100, buffer);
    Fclose((s16)h);
    check("Dsetpath ..", Dsetpath(".."), 0);
    check("Ddelete full", Ddelete("CHECKDIR"), -36);
    check("Fdelete inside", Fdelete("CHECKDIR\\IN.TMP"), 0);
    check("Ddelete", Ddelete("CHECKDIR"), 0);
    check("Dsetpath gone", Dsetpath("CHECKDIR"), -34);
    Dfree(after, 0);
    check("clusters back", after[0], before[0]);
}

static s32 in_supervisor(void)
{
    return *(volatile u32 *)0x4F2;          /* _sysbase: user mode may not read it */
}

static s32 line_a_pixel(void)
{
    u8 *base;

    __asm__ volatile(".short 0xA000\n\tmove.l %%a0,%0" : "=r"(base) : : "d0", "d1", "d2", "a0", "a1", "a2");
    static s16 intin[2], ptsin[4];
    s32 colour;

    *(s16 **)(base + 8) = intin;
    *(s16 **)(base + 12) = ptsin;
    ptsin[0] = 5;
    ptsin[1] = 100;
    intin[0] = 1;
    __asm__ volatile(".short 0xA001" : : : "d0", "d1", "d2", "a0", "a1", "a2", "memory");
    __asm__ volatile(".short 0xA002\n\tmove.l %%d0,%0" : "=r"(colour) : : "d0", "d1", "d2", "a0", "a1", "a2", "memory");
    return colour & 0xFFFF;
}

static void check_system(void)
{
    s32 stack, old;
    u16 date;
    const u8 **tables;

    check("Tickcal", Tickcal(), 20);
    check("Supexec", Supexec(in_supervisor) >= 0xE00000, 1);
    check("Super asks user", Super(1L), 0);
    stack = Super(0L);
    check("Super asks supervisor", Super(1L), -1);
    Super(stack);
    check("Super back", Super(1L), 0);
    old = Setexc(5, -1L);
    check("Setexc", Setexc(5, old) == old, 1);
    tables = (const u8 **)Keytbl(-1L, -1L, -1L);
    check("Keytbl q", tables[0][0x10], 'q');
    check("Keytbl Q", tables[1][0x10], 'Q');
    check("Random", (Random() & 0xFF000000UL) == 0 && Random() != Random(), 1);
    old = Kbrate(-1, -1);
    check("Kbrate", Kbrate(old >> 8 & 0xFF, old & 0xFF), old);
    check("Kbdvbase", Kbdvbase() != 0 && Iorec(1) != 0, 1);
    check("Kbshift", Kbshift(-1) & 0x0F, 0);
    check("Bconstat", Bconstat(2), 0);
    old = Setcolor(3, -1);
    Setcolor(3, 0x123);
    check("Setcolor", Setcolor(3, old), 0x123);
    Giaccess(0x55, 0x80);
    check("Giaccess", Giaccess(0, 0), 0x55);
    date = Tgetdate();
    check("Tsetdate", Tsetdate(0x5C21), 0);
    check("Tgetdate", Tgetdate(), 0x5C21);
    check("Tsetdate bad", Tsetdate(0x5DE0) < 0, 1);
    Tsetdate(date);
    check("Line-A pixel", line_a_pixel(), 1);
    check("Physbase", Physbase() == Logbase(), 1);
}

static void check_disk(void)
{
    s16 drive = Dgetdrv();
    const u16 *bpb = (const u16 *)Getbpb(drive);

    check("Getbpb", bpb != 0 && bpb[0] == 512, 1);
    check("Rwabs", Rwabs(0, buffer, 1, 0, drive), 0);
    if (drive < 2) {
        check("Floprd", Floprd(other, drive, 1, 0, 0, 1), 0);
        check("same boot sector", same(512), 1);
    }
}

int main(void)
{
    check_arithmetic();
    check_memory();
    check_files();
    check_folders();
    check_system();
    check_disk();
    number(passed);
    Cconws(" checks passed, ");
    number(failed);
    Cconws(" failed. Press a key.\r\n");
    Crawcin();
    return failed;
}
