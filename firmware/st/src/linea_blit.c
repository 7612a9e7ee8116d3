/* Line-A: bit block transfer, text blit and copy raster, all on one routine. */
#include "kernel.h"
#include "linea.h"

static u16 logic(u16 s, u16 d, u8 op)
{
    switch (op & 15) {
    case 0:  return 0;
    case 1:  return s & d;
    case 2:  return s & ~d;
    case 3:  return s;
    case 4:  return ~s & d;
    case 5:  return d;
    case 6:  return s ^ d;
    case 7:  return s | d;
    case 8:  return ~(s | d);
    case 9:  return ~(s ^ d);
    case 10: return ~d;
    case 11: return s | ~d;
    case 12: return ~s;
    case 13: return ~s | d;
    case 14: return ~(s & d);
    default: return 0xFFFF;
    }
}

/* One row of one plane. Words run right to left when source and destination overlap that way. */
static void blit_row(const struct bitblt *b, const u8 *source, u8 *dest, u16 pattern, u8 op, s16 backward)
{
    s16 s_bit = b->sx & 15, d_bit = b->dx & 15, shift = s_bit - d_bit;
    s16 words = (d_bit + b->width - 1) >> 4, n, step = 1;
    s16 last_source = (s_bit + b->width - 1) >> 4;
    u16 first_mask = 0xFFFF >> d_bit, last_mask = 0xFFFF << (15 - ((d_bit + b->width - 1) & 15));

    n = 0;
    if (backward) {
        n = words;
        step = -1;
    }
    for (; n >= 0 && n <= words; n += step) {
        s16 k = shift < 0 ? n - 1 : n;      /* the source word that holds the leftmost bit */
        u16 hi = 0, lo = 0, s, mask = 0xFFFF;
        u16 *d = (u16 *)(dest + (s32)n * b->d_next_word);

        if (k >= 0 && k <= last_source)
            hi = *(const u16 *)(source + (s32)k * b->s_next_word);
        if (shift && k + 1 <= last_source)
            lo = *(const u16 *)(source + (s32)(k + 1) * b->s_next_word);
        s = shift ? (u16)((((u32)hi << 16) | lo) >> (16 - (shift & 15))) : hi;
        s &= pattern;
        if (n == 0) mask &= first_mask;
        if (n == words) mask &= last_mask;
        *d = (*d & ~mask) | (logic(s, *d, op) & mask);
    }
}

void linea_bitblt(struct bitblt *b)
{
    s16 plane, row, y;

    if (b->width <= 0 || b->height <= 0)
        return;
    for (plane = 0; plane < b->planes; plane++) {
        u8 op = b->op[((b->fg >> plane) & 1) * 2 + ((b->bg >> plane) & 1)];
        const u8 *source = b->source + (s32)b->sy * b->s_next_line + (s32)(b->sx >> 4) * b->s_next_word
                         + (s32)plane * b->s_next_plane;
        u8 *dest = b->dest + (s32)b->dy * b->d_next_line + (s32)(b->dx >> 4) * b->d_next_word
                 + (s32)plane * b->d_next_plane;
        s16 backward = source < dest || (source == dest && (b->sx & 15) < (b->dx & 15));

        for (row = 0; row < b->height; row++) {
            u16 pattern = 0xFFFF;

            y = backward ? b->height - 1 - row : row;
            if (b->pattern)
                pattern = *(const u16 *)(b->pattern + (((b->dy + y) * b->p_next_line) & b->p_mask)
                                         + (s32)plane * b->p_next_plane);
            blit_row(b, source + (s32)y * b->s_next_line, dest + (s32)y * b->d_next_line, pattern, op, backward);
        }
    }
}

/* Logic operations for the four combinations of foreground and background bit. */
s16 blit_logic_table(s16 mode, s16 mono, u8 *op)
{
    static const u8 writing[4][4] = {
        { 0, 12, 3, 15 }, { 4, 4, 7, 7 }, { 6, 6, 6, 6 }, { 1, 1, 13, 13 }
    };
    s16 i;

    if (mode < 0 || mode > (mono ? 3 : 15))
        return 0;
    for (i = 0; i < 4; i++)
        op[i] = mono ? writing[mode][i] : mode;
    return 1;
}

static s16 clip(s16 *source, s16 *dest, s16 *size, s16 low, s16 high)
{
    if (*dest < low) {
        *source += low - *dest;
        *size -= low - *dest;
        *dest = low;
    }
    if (*dest + *size - 1 > high)
        *size = high - *dest + 1;
    return *size > 0;
}

static void screen_form(struct bitblt *b)
{
    b->dest = (u8 *)_v_bas_ad;
    b->planes = V_PLANES;
    b->d_next_word = V_PLANES * 2;
    b->d_next_line = V_LIN_WR;
    b->d_next_plane = 2;
}

/* Characters of a font, without effects, scaling or rotation. Modes 4 to 19 are the sixteen blits. */
void linea_text(void)
{
    struct bitblt b;
    s16 visible = 1;

    screen_form(&b);
    b.source = (u8 *)FBASE;
    b.s_next_word = 2;
    b.s_next_line = FWIDTH;
    b.s_next_plane = 0;
    b.sx = SOURCEX;
    b.sy = SOURCEY;
    b.dx = DESTX;
    b.dy = DESTY;
    b.width = DELX;
    b.height = DELY;
    b.fg = TEXTFG;
    b.bg = TEXTBG;
    b.pattern = NULL;
    if (!blit_logic_table(WMODE < 4 ? WMODE : WMODE - 4, WMODE < 4, b.op))
        return;
    if (CLIP)
        visible = clip(&b.sx, &b.dx, &b.width, XMINCL, XMAXCL) && clip(&b.sy, &b.dy, &b.height, YMINCL, YMAXCL);
    if (visible && clip(&b.sx, &b.dx, &b.width, 0, V_REZ_HZ - 1) && clip(&b.sy, &b.dy, &b.height, 0, V_REZ_VT - 1))
        linea_bitblt(&b);
    DESTX += DELX;
}

struct mfdb {
    u8 *address;
    s16 width, height, words, standard, planes, reserved[3];
};

static struct mfdb *mfdb_at(s16 index)
{
    return (struct mfdb *)(((u32)(u16)CONTRL[index] << 16) | (u16)CONTRL[index + 1]);
}

/* Opaque (COPYTRAN 0): same planes. Transparent: one plane in colours INTIN[1] and [2]. */
void linea_copy_raster(void)
{
    const struct mfdb *from = mfdb_at(7), *to = mfdb_at(9);
    struct bitblt b;

    b.sx = PTSIN[0];
    b.sy = PTSIN[1];
    b.width = PTSIN[2] - PTSIN[0] + 1;
    b.height = PTSIN[3] - PTSIN[1] + 1;
    b.dx = PTSIN[4];
    b.dy = PTSIN[5];
    b.fg = COPYTRAN ? INTIN[1] : 1;
    b.bg = COPYTRAN ? INTIN[2] : 0;
    b.pattern = NULL;
    if (!blit_logic_table(COPYTRAN ? INTIN[0] - 1 : INTIN[0], COPYTRAN, b.op))
        return;

    screen_form(&b);
    if (to->address) {
        b.dest = to->address;
        b.planes = to->planes;
        b.d_next_word = to->planes * 2;
        b.d_next_line = to->words * b.d_next_word;
    } else if (!clip(&b.sx, &b.dx, &b.width, 0, V_REZ_HZ - 1) || !clip(&b.sy, &b.dy, &b.height, 0, V_REZ_VT - 1))
        return;
    b.source = from->address ? from->address : (u8 *)_v_bas_ad;
    b.s_next_word = (from->address ? from->planes : V_PLANES) * 2;
    b.s_next_line = from->address ? from->words * b.s_next_word : V_LIN_WR;
    b.s_next_plane = COPYTRAN ? 0 : 2;
    linea_bitblt(&b);
}
