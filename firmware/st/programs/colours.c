/* COLOURS.PRG: the sixteen colours of low resolution, then the four of medium. */
#include "tos.h"

/* One row is worked out point by point, the others are its copies. */
static void bars(s16 count, s16 planes)
{
    static u16 row[80];
    u16 *at = (u16 *)Logbase();
    s16 x, y, i, plane, colour, width = 1280 / planes;

    for (i = 0; i < 80; i++)
        row[i] = 0;
    for (x = 0; x < width; x++) {
        colour = (s32)x * count / width;
        for (plane = 0; plane < planes; plane++)
            if (colour >> plane & 1)
                row[(x >> 4) * planes + plane] |= 0x8000 >> (x & 15);
    }
    for (y = 0; y < 176; y++)
        for (i = 0; i < 80; i++)
            *at++ = row[i];
}

static void show(s16 mode, s16 count, s16 planes, const char *text)
{
    Setscreen(-1L, -1L, mode);
    Cconws("\033f");
    bars(count, planes);
    Cconws("\033Y7 ");
    Cconws(text);
    Crawcin();
}

int main(void)
{
    static u16 saved[16];
    static const u16 sixteen[16] = {
        0x000, 0x700, 0x070, 0x770, 0x007, 0x707, 0x077, 0x555,
        0x333, 0x733, 0x373, 0x773, 0x337, 0x737, 0x377, 0x777
    };
    static const u16 four[16] = {
        0x000, 0x700, 0x070, 0x777, 0x007, 0x707, 0x077, 0x555,
        0x333, 0x733, 0x373, 0x773, 0x337, 0x737, 0x377, 0x777
    };
    s16 mode = Getrez(), i;

    if (mode == 2) {
        Cconws("COLOURS needs a colour monitor. Press a key.\r\n");
        Crawcin();
        return 1;
    }
    for (i = 0; i < 16; i++)
        saved[i] = Setcolor(i, -1);
    Setpalette(sixteen);
    show(0, 16, 4, "Low resolution, 16 colours. Press a key");
    Setpalette(four);
    show(1, 4, 2, "Medium resolution, 4 colours. Press a key.");
    Setpalette(saved);
    Setscreen(-1L, -1L, mode);
    return 0;
}
