/* Line-A: pixels, lines and filled areas. */
#include "kernel.h"
#include "linea.h"

static u16 *word_at(s16 x, s16 y)
{
    return (u16 *)(_v_bas_ad + (s32)y * V_LIN_WR + (s32)(x >> 4) * (V_PLANES * 2));
}

/* Writing modes: 0 replace, 1 transparent, 2 exclusive or, 3 reverse transparent. */
static u16 combine(u16 old, u16 pattern, u16 mask, s16 bit)
{
    switch (WMODE) {
    case 0:  return (old & ~mask) | (bit ? pattern & mask : 0);
    case 1:  return bit ? old | (pattern & mask) : old & ~(pattern & mask);
    case 2:  return old ^ (pattern & mask);
    default: return bit ? old | (~pattern & mask) : old & ~(~pattern & mask);
    }
}

void linea_put_pixel(void)
{
    s16 x = PTSIN[0], y = PTSIN[1], colour = INTIN[0], plane;
    u16 *at, bit = 0x8000 >> (x & 15);

    if ((u16)x >= (u16)V_REZ_HZ || (u16)y >= (u16)V_REZ_VT)
        return;
    at = word_at(x, y);
    for (plane = 0; plane < V_PLANES; plane++, at++, colour >>= 1)
        *at = colour & 1 ? *at | bit : *at & ~bit;
}

s32 linea_get_pixel(void)
{
    s16 x = PTSIN[0], y = PTSIN[1], plane, colour = 0;
    const u16 *at;

    if ((u16)x >= (u16)V_REZ_HZ || (u16)y >= (u16)V_REZ_VT)
        return 0;
    at = word_at(x, y);
    for (plane = 0; plane < V_PLANES; plane++, at++)
        if (*at & (0x8000 >> (x & 15)))
            colour |= 1 << plane;
    return colour;
}

/* Bresenham; LNMASK turns with every pixel and is left where the line ended. */
void linea_line(void)
{
    s16 x = X1, y = Y1, dx = X2 - X1, dy = Y2 - Y1, sx = 1, sy = 1, error, count, plane;
    u16 *at, bit;

    if (dx < 0) { dx = -dx; sx = -1; }
    if (dy < 0) { dy = -dy; sy = -1; }
    error = (dx > dy ? dx : -dy) / 2;
    for (count = dx > dy ? dx : dy; count >= 0; count--) {
        LNMASK = (LNMASK << 1) | (LNMASK >> 15);
        if ((u16)x < (u16)V_REZ_HZ && (u16)y < (u16)V_REZ_VT && (count || LSTLIN || WMODE != 2)) {
            at = word_at(x, y);
            bit = 0x8000 >> (x & 15);
            for (plane = 0; plane < V_PLANES; plane++, at++)
                *at = combine(*at, LNMASK & 1 ? 0xFFFF : 0, bit, COLBIT0[plane]);
        }
        s16 e = error;
        if (e > -dx) { error -= dy; x += sx; }
        if (e < dy) { error += dx; y += sy; }
    }
}

static void span(s16 left, s16 right, s16 y)
{
    const u16 *pattern;
    s16 t, plane, words;
    u16 *at, mask, last;

    if (left > right) { t = left; left = right; right = t; }
    if (CLIP) {
        if (y < YMINCL || y > YMAXCL) return;
        if (left < XMINCL) left = XMINCL;
        if (right > XMAXCL) right = XMAXCL;
    }
    if (left < 0) left = 0;
    if (right >= V_REZ_HZ) right = V_REZ_HZ - 1;
    if (left > right || (u16)y >= (u16)V_REZ_VT)
        return;
    pattern = PATPTR + (y & PATMSK);
    mask = 0xFFFF >> (left & 15);
    last = 0xFFFF << (15 - (right & 15));
    at = word_at(left, y);
    for (words = (right >> 4) - (left >> 4); words >= 0; words--) {
        if (words == 0)
            mask &= last;
        for (plane = 0; plane < V_PLANES; plane++, at++)
            *at = combine(*at, pattern[MFILL ? plane * (PATMSK + 1) : 0], mask, COLBIT0[plane]);
        mask = 0xFFFF;
    }
}

void linea_hline(void)
{
    span(X1, X2, Y1);
}

void linea_rectangle(void)
{
    s16 top = Y1 < Y2 ? Y1 : Y2, bottom = Y1 < Y2 ? Y2 : Y1, y;

    for (y = top; y <= bottom; y++)
        span(X1, X2, y);
}

/* One scan line (Y1) of the polygon in PTSIN with CONTRL[1] corners. */
void linea_polygon(void)
{
    s16 crossing[64], count = 0, i, j, x, corners = CONTRL[1], y = Y1;

    for (i = 0; i < corners && count < COUNT(crossing); i++) {
        const s16 *a = PTSIN + 2 * i, *b = PTSIN + 2 * (i + 1 == corners ? 0 : i + 1);

        if (a[1] == b[1] || (y < a[1]) == (y < b[1]))
            continue;
        x = a[0] + (s32)(b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]);
        for (j = count++; j > 0 && crossing[j - 1] > x; j--)
            crossing[j] = crossing[j - 1];
        crossing[j] = x;
    }
    for (i = 0; i + 1 < count; i += 2)
        span(crossing[i], crossing[i + 1], y);
}
