/* BUSY.PRG: keeps the processor busy for ever, never waits and never stops: block copies,
 * multiplications and divisions, calls, sorting, and lines drawn on the screen. */
#include "tos.h"

#define WORDS 2048

static u16 from[WORDS], to[WORDS];
static u32 seed = 1;
static u8 *screen;
static s16 width, height, planes, pitch;

static u16 random16(void)
{
    seed = seed * 1103515245UL + 12345;
    return seed >> 16;
}

static void fill(void)
{
    s16 i;

    for (i = 0; i < WORDS; i++)
        from[i] = random16();
}

static void copy(void)
{
    u32 *d = (u32 *)to;
    const u32 *s = (const u32 *)from;
    s16 i;

    for (i = 0; i < WORDS / 2; i++)
        *d++ = *s++;
}

/* Shell sort of the first 256 words. */
static void sort(void)
{
    s16 gap, i, j;

    for (gap = 128; gap; gap >>= 1)
        for (i = gap; i < 256; i++) {
            u16 v = to[i];
            for (j = i; j >= gap && to[j - gap] > v; j -= gap)
                to[j] = to[j - gap];
            to[j] = v;
        }
}

static u16 divisor(u16 a, u16 b)
{
    return b ? divisor(b, a % b) : a;
}

static u32 arithmetic(void)
{
    u32 sum = 0;
    s16 i;

    for (i = 0; i < 200; i++) {
        sum += (u32)from[i] * to[i];
        sum -= (s32)(s16)from[i] * (s16)to[i + 1] / ((s16)(to[i] | 1));
        sum ^= divisor(from[i], to[i + 2]);
    }
    return sum;
}

static void plot(s16 x, s16 y)
{
    u16 *at = (u16 *)(screen + (s32)y * pitch) + (x >> 4) * planes;
    s16 plane;

    for (plane = 0; plane < planes; plane++)
        at[plane] ^= 0x8000 >> (x & 15);
}

static void line(s16 x, s16 y, s16 x2, s16 y2)
{
    s16 dx = x2 > x ? x2 - x : x - x2, dy = y2 > y ? y2 - y : y - y2;
    s16 sx = x2 > x ? 1 : -1, sy = y2 > y ? 1 : -1, error = dx - dy, e;

    for (;;) {
        plot(x, y);
        if (x == x2 && y == y2)
            return;
        e = error * 2;
        if (e > -dy) { error -= dy; x += sx; }
        if (e < dx) { error += dx; y += sy; }
    }
}

static void block(void)
{
    s16 y = random16() % (height - 32), row, i;
    u32 *d = (u32 *)(screen + (s32)y * pitch);

    for (row = 0; row < 16; row++)
        for (i = 0; i < pitch / 8; i++)
            *d++ ^= 0x0FF00FF0UL;
}

int main(void)
{
    static const struct { s16 width, height, planes, pitch; } modes[3] = {
        { 320, 200, 4, 160 }, { 640, 200, 2, 160 }, { 640, 400, 1, 80 }
    };
    s16 mode = Getrez(), round;
    u32 result = 0;

    screen = (u8 *)Logbase();
    width = modes[mode].width;
    height = modes[mode].height;
    planes = modes[mode].planes;
    pitch = modes[mode].pitch;
    Cconws("\033E\033fBusy. Reset ends it.\r\n");
    for (;;) {
        fill();
        for (round = 0; round < 8; round++) {
            copy();
            sort();
            result += arithmetic();
            line(random16() % width, random16() % height, random16() % width, random16() % height);
        }
        block();
        from[0] ^= result;
    }
}
