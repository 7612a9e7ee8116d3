/* LINEA.PRG: draws with each Line-A routine, and shows the mouse pointer, until a key is pressed. */
#include "tos.h"

#define W(offset) (*(volatile s16 *)(base + (offset)))
#define L(offset) (*(volatile u32 *)(base + (offset)))

static u8 *base;
static const u8 *const *fonts;
static s16 intin[64], ptsin[64], contrl[12];

static void init(void)
{
    __asm__ volatile(".short 0xA000\n\tmove.l %%a0,%0\n\tmove.l %%a1,%1"
                     : "=m"(base), "=m"(fonts) : : "d0", "d1", "d2", "a0", "a1", "a2");
    L(4) = (u32)contrl;
    L(8) = (u32)intin;
    L(12) = (u32)ptsin;
}

#define CALL(opcode) __asm__ volatile(".short " #opcode : : : "d0", "d1", "d2", "a0", "a1", "a2", "memory")

static void colour(s16 c)
{
    s16 plane;

    for (plane = 0; plane < 4; plane++)
        W(24 + plane * 2) = c >> plane & 1;
}

static void line(s16 x1, s16 y1, s16 x2, s16 y2, s16 c, s16 mask, s16 mode)
{
    colour(c);
    W(32) = -1;
    W(34) = mask;
    W(36) = mode;
    W(38) = x1;
    W(40) = y1;
    W(42) = x2;
    W(44) = y2;
    CALL(0xA003);
}

static void rectangle(s16 x1, s16 y1, s16 x2, s16 y2, s16 c, const u16 *pattern, s16 pattern_mask, s16 mode)
{
    colour(c);
    W(36) = mode;
    W(38) = x1;
    W(40) = y1;
    W(42) = x2;
    W(44) = y2;
    L(46) = (u32)pattern;
    W(50) = pattern_mask;
    W(52) = 0;
    W(54) = 0;
    CALL(0xA005);
}

static void polygon(const s16 *points, s16 corners, s16 c, const u16 *pattern)
{
    s16 i, y, top = points[1], bottom = points[1];

    for (i = 0; i < corners * 2 + 2; i++)
        ptsin[i] = points[i];
    for (i = 0; i < corners; i++) {
        if (points[i * 2 + 1] < top) top = points[i * 2 + 1];
        if (points[i * 2 + 1] > bottom) bottom = points[i * 2 + 1];
    }
    contrl[1] = corners;
    colour(c);
    W(36) = 0;
    L(46) = (u32)pattern;
    W(50) = 0;
    W(52) = 0;
    W(54) = 0;
    for (y = top; y < bottom; y++) {
        W(40) = y;
        CALL(0xA006);
    }
}

static void text(s16 x, s16 y, const char *s, s16 font, s16 mode)
{
    const u8 *header = fonts[font];
    s16 cell = *(const s16 *)(header + 52);

    W(36) = mode;
    L(84) = *(const u32 *)(header + 76);
    W(88) = *(const s16 *)(header + 80);
    W(90) = 0;
    W(102) = 0;
    W(104) = 0;
    W(106) = 1;
    W(114) = 0;
    W(54) = 0;
    for (; *s; s++, x += cell) {
        W(72) = *s * cell;
        W(74) = 0;
        W(76) = x;
        W(78) = y;
        W(80) = cell;
        W(82) = *(const s16 *)(header + 82);
        CALL(0xA008);
    }
}

struct mfdb {
    void *address;
    s16 width, height, words, standard, planes, reserved[3];
};

/* Copies a part of the screen to another place on it. */
static void copy(s16 x, s16 y, s16 width, s16 height, s16 to_x, s16 to_y)
{
    static struct mfdb screen;

    contrl[7] = (u32)&screen >> 16;
    contrl[8] = (u32)&screen;
    contrl[9] = contrl[7];
    contrl[10] = contrl[8];
    intin[0] = 3;
    ptsin[0] = x;
    ptsin[1] = y;
    ptsin[2] = x + width - 1;
    ptsin[3] = y + height - 1;
    ptsin[4] = to_x;
    ptsin[5] = to_y;
    ptsin[6] = to_x + width - 1;
    ptsin[7] = to_y + height - 1;
    W(54) = 0;
    W(116) = 0;
    CALL(0xA00E);
}

int main(void)
{
    static const u16 solid[1] = { 0xFFFF }, checks[2] = { 0xAAAA, 0x5555 };
    static const s16 house[] = { 220, 60, 260, 30, 300, 60, 300, 100, 220, 100, 220, 60 };
    s16 i;

    Cconws("\033E\033f");
    init();
    for (i = 0; i < 10; i++)
        line(10 + i * 10, 10, 100 - i * 10, 60, i & 3, 0xFFFF, 0);
    line(10, 65, 150, 65, 1, 0xF0F0, 0);
    rectangle(120, 10, 160, 50, 1, solid, 0, 0);
    rectangle(140, 30, 190, 60, 2, checks, 1, 0);
    rectangle(130, 20, 180, 55, 3, solid, 0, 2);
    polygon(house, 5, 1, solid);
    text(10, 80, "Line-A 6x6 font", 0, 0);
    text(11, 90, "Line-A 8x8 font", 1, 0);
    text(13, 100, "Line-A 8x16 font", 2, 1);
    copy(5, 75, 150, 45, 30, 125);
    copy(30, 125, 150, 45, 33, 130);
    intin[0] = 0;
    CALL(0xA009);
    Crawcin();
    CALL(0xA00A);
    return 0;
}
