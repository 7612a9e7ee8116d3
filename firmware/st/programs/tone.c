/* TONE.PRG: YM2149 channel A, period 125, volume 15, until a key is pressed.
 * 2 MHz / (16 * 125) = 1000 Hz (on a PAL machine, whose clock is 32.084988 MHz / 16, 1002.66 Hz). */
#include "tos.h"

enum { PERIOD = 125, WRITE = 0x80 };

/* No key click: it would play on the same chip. */
static s32 click_off(void)
{
    volatile u8 *conterm = (volatile u8 *)0x484;
    u8 old = *conterm;

    *conterm = old & ~1;
    return old;
}

static u8 saved_conterm;

static s32 click_back(void)
{
    *(volatile u8 *)0x484 = saved_conterm;
    return 0;
}

int main(void)
{
    s16 mixer = Giaccess(0, 7);

    saved_conterm = Supexec(click_off);
    Cconws("Channel A: period 125, 1000 Hz.\r\nPress a key.\r\n");
    Giaccess(PERIOD & 0xFF, WRITE | 0);
    Giaccess(PERIOD >> 8, WRITE | 1);
    Giaccess((mixer & 0xC0) | 0x3E, WRITE | 7);
    Giaccess(15, WRITE | 8);
    Crawcin();
    Giaccess(0, WRITE | 8);
    Giaccess(mixer, WRITE | 7);
    Supexec(click_back);
    return 0;
}
