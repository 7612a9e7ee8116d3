/* TIMER.PRG: how fast the 200 Hz clock, the vertical blank and an MFP timer run against each other. */
#include "tos.h"

#define HZ_200   (*(volatile u32 *)0x4BA)
#define FRCLOCK  (*(volatile u32 *)0x466)

static volatile u32 timer_a_count;

static void number(u32 value)
{
    char text[12];
    s16 n = 11;

    text[n] = 0;
    do {
        text[--n] = '0' + value % 10;
        value /= 10;
    } while (value);
    Cconws(text + n);
}

static void report(const char *what, u32 value)
{
    Cconws(what);
    number(value);
    Cconws("\r\n");
}

static s32 ticks_in_100_frames(void)
{
    u32 frame = FRCLOCK, start;

    while (FRCLOCK == frame)
        ;
    start = HZ_200;
    frame = FRCLOCK;
    while (FRCLOCK - frame < 100)
        ;
    return HZ_200 - start;
}

static s32 frames_in_400_ticks(void)
{
    u32 tick = HZ_200, start;

    while (HZ_200 == tick)
        ;
    tick = HZ_200;
    start = FRCLOCK;
    while (HZ_200 - tick < 400)
        ;
    return FRCLOCK - start;
}

static s32 loops_in_200_ticks(void)
{
    u32 tick = HZ_200, loops = 0;

    while (HZ_200 == tick)
        ;
    tick = HZ_200;
    while (HZ_200 - tick < 200)
        loops++;
    return loops;
}

/* Timer A, 2.4576 MHz / 200 / 123: 99.9 interrupts a second. */
__asm__(
    "timer_a:\n"
    "\taddq.l #1,timer_a_count\n"
    "\tmove.b #0xDF,0xFFFFFA0F\n"
    "\trte\n");
extern void timer_a(void);

static s32 wait_400_ticks(void)
{
    u32 tick = HZ_200;

    while (HZ_200 == tick)
        ;
    tick = HZ_200;
    timer_a_count = 0;
    while (HZ_200 - tick < 400)
        ;
    return timer_a_count;
}

int main(void)
{
    report("200 Hz ticks in 100 frames: ", Supexec(ticks_in_100_frames));
    report("frames in 400 ticks: ", Supexec(frames_in_400_ticks));
    report("loops in 200 ticks: ", Supexec(loops_in_200_ticks));
    Xbtimer(0, 7, 123, timer_a);
    report("timer A in 400 ticks (199.8): ", Supexec(wait_400_ticks));
    Xbtimer(0, 0, 0, timer_a);
    Jdisint(13);
    Cconws("Press a key.\r\n");
    Crawcin();
    return 0;
}
