/* VT52 console, with the ST's additions: colours, cursor, wrap, reverse, save and restore. */
#include "kernel.h"
#include "linea.h"

#define CUR_COL V_CUR_XY[0]
#define CUR_ROW V_CUR_XY[1]

/* con_state holds the routine that takes the next character. */
typedef void (*state_t)(u8 c);
static void set_state(state_t s) { con_state = (u32)s; }

static u8 *cell(s16 x, s16 y)
{
    return (u8 *)_v_bas_ad + V_CUR_OFF + (s32)y * (u16)V_CEL_WR + (x & ~1) * V_PLANES + (x & 1);
}

static void invert_cursor(void)
{
    u8 *at = V_CUR_AD;
    s16 row, plane;

    for (row = V_CEL_HT; row > 0; row--, at += BYTES_LIN)
        for (plane = 0; plane < V_PLANES; plane++)
            at[plane * 2] = ~at[plane * 2];
    V_STAT_0 ^= STAT_DRAWN;
}

/* The hide count also keeps the VBL away while the console draws. */
static void cursor_off(void)
{
    if (V_HID_CNT++ == 0 && V_STAT_0 & STAT_DRAWN)
        invert_cursor();
}

static void cursor_on(void)
{
    if (V_HID_CNT && --V_HID_CNT == 0) {
        V_CUR_CT = V_PERIOD;
        if (!(V_STAT_0 & STAT_DRAWN))
            invert_cursor();
    }
}

void vt52_blink(void)
{
    if (V_HID_CNT || !(V_STAT_0 & STAT_BLINK) || --V_CUR_CT)
        return;
    V_CUR_CT = V_PERIOD;
    invert_cursor();
}

static void move_to(s16 x, s16 y)
{
    CUR_COL = x < 0 ? 0 : x > V_CEL_MX ? V_CEL_MX : x;
    CUR_ROW = y < 0 ? 0 : y > V_CEL_MY ? V_CEL_MY : y;
    V_CUR_AD = cell(CUR_COL, CUR_ROW);
}

static void draw(u8 c)
{
    u8 *at = V_CUR_AD;
    const u8 *glyph = V_FNT_AD;
    s16 plane, row, fg = V_COL_FG, bg = V_COL_BG, width = V_FNT_WD, pitch = BYTES_LIN;

    if (c < V_FNT_ST || c > V_FNT_ND)
        return;
    glyph += V_OFF_AD[c - V_FNT_ST] >> 3;
    if (V_STAT_0 & STAT_REVERSE) { fg = V_COL_BG; bg = V_COL_FG; }
    for (plane = 0; plane < V_PLANES; plane++, at += 2, fg >>= 1, bg >>= 1) {
        u8 *d = at;
        const u8 *s = glyph;
        u8 keep = (fg ^ bg) & 1 ? 0xFF : 0, flip = bg & 1 ? 0xFF : 0;

        for (row = V_CEL_HT; row > 0; row--, d += pitch, s += width)
            *d = (*s & keep) ^ flip;
    }
}

/* Fill cells [x1, x2] of rows [y1, y2] with the background. */
static void erase(s16 x1, s16 y1, s16 x2, s16 y2)
{
    s16 colour = V_STAT_0 & STAT_REVERSE ? V_COL_FG : V_COL_BG, y, x, row, plane;

    if (colour == 0 && x1 == 0 && x2 == V_CEL_MX && y1 <= y2) {
        block_clear(cell(0, y1), (u32)(y2 - y1 + 1) * (u16)V_CEL_WR);
        return;
    }
    for (y = y1; y <= y2; y++)
        for (x = x1; x <= x2; x++) {
            u8 *at = cell(x, y);
            for (row = V_CEL_HT; row > 0; row--, at += BYTES_LIN)
                for (plane = 0; plane < V_PLANES; plane++)
                    at[plane * 2] = colour >> plane & 1 ? 0xFF : 0;
        }
}

static void scroll_up(s16 top)
{
    block_move(cell(0, top), cell(0, top + 1), (u32)(V_CEL_MY - top) * (u16)V_CEL_WR);
    erase(0, V_CEL_MY, V_CEL_MX, V_CEL_MY);
}

static void scroll_down(s16 top)
{
    block_move(cell(0, top + 1), cell(0, top), (u32)(V_CEL_MY - top) * (u16)V_CEL_WR);
    erase(0, top, V_CEL_MX, top);
}

static void line_feed(void)
{
    if (CUR_ROW < V_CEL_MY)
        move_to(CUR_COL, CUR_ROW + 1);
    else
        scroll_up(0);
}

static void put_character(u8 c)
{
    draw(c);
    if (CUR_COL < V_CEL_MX)
        move_to(CUR_COL + 1, CUR_ROW);
    else if (V_STAT_0 & STAT_WRAP) {
        move_to(0, CUR_ROW);
        line_feed();
    }
}

static void ground(u8 c);

static void take_foreground(u8 c)
{
    V_COL_FG = c & 15;
    set_state(ground);
}

static void take_background(u8 c)
{
    V_COL_BG = c & 15;
    set_state(ground);
}

static void take_column(u8 c)
{
    move_to(c - ' ', CUR_ROW);
    set_state(ground);
}

static void take_row(u8 c)
{
    move_to(CUR_COL, c - ' ');
    set_state(take_column);
}

static void clear_screen(void)
{
    move_to(0, 0);
    erase(0, 0, V_CEL_MX, V_CEL_MY);
}

static void escape_upper(u8 c)
{
    switch (c) {
    case 'A': move_to(CUR_COL, CUR_ROW - 1); break;
    case 'B': move_to(CUR_COL, CUR_ROW + 1); break;
    case 'C': move_to(CUR_COL + 1, CUR_ROW); break;
    case 'D': move_to(CUR_COL - 1, CUR_ROW); break;
    case 'E': clear_screen(); break;
    case 'H': move_to(0, 0); break;
    case 'I':
        if (CUR_ROW)
            move_to(CUR_COL, CUR_ROW - 1);
        else
            scroll_down(0);
        break;
    case 'J':
        erase(CUR_COL, CUR_ROW, V_CEL_MX, CUR_ROW);
        erase(0, CUR_ROW + 1, V_CEL_MX, V_CEL_MY);
        break;
    case 'K': erase(CUR_COL, CUR_ROW, V_CEL_MX, CUR_ROW); break;
    case 'L':
        scroll_down(CUR_ROW);
        move_to(0, CUR_ROW);
        break;
    case 'M':
        scroll_up(CUR_ROW);
        move_to(0, CUR_ROW);
        break;
    case 'Y': set_state(take_row); break;
    }
}

static void escape_lower(u8 c)
{
    switch (c) {
    case 'b': set_state(take_foreground); break;
    case 'c': set_state(take_background); break;
    case 'd':
        erase(0, 0, V_CEL_MX, CUR_ROW - 1);
        erase(0, CUR_ROW, CUR_COL, CUR_ROW);
        break;
    case 'e':                               /* show: one level is ours, taken off after the character */
        if (!(V_STAT_0 & STAT_VISIBLE)) {
            V_STAT_0 |= STAT_VISIBLE;
            V_HID_CNT--;
        }
        break;
    case 'f':
        if (V_STAT_0 & STAT_VISIBLE) {
            V_STAT_0 &= ~STAT_VISIBLE;
            V_HID_CNT++;
        }
        break;
    case 'j':
        V_SAV_XY[0] = CUR_COL;
        V_SAV_XY[1] = CUR_ROW;
        V_STAT_0 |= STAT_SAVED;
        break;
    case 'k':
        if (V_STAT_0 & STAT_SAVED)
            move_to(V_SAV_XY[0], V_SAV_XY[1]);
        else
            move_to(0, 0);
        V_STAT_0 &= ~STAT_SAVED;
        break;
    case 'l':
        erase(0, CUR_ROW, V_CEL_MX, CUR_ROW);
        move_to(0, CUR_ROW);
        break;
    case 'o': erase(0, CUR_ROW, CUR_COL, CUR_ROW); break;
    case 'p': V_STAT_0 |= STAT_REVERSE; break;
    case 'q': V_STAT_0 &= ~STAT_REVERSE; break;
    case 'v': V_STAT_0 |= STAT_WRAP; break;
    case 'w': V_STAT_0 &= ~STAT_WRAP; break;
    }
}

static void escape(u8 c)
{
    set_state(ground);
    if (c < 'a')
        escape_upper(c);
    else
        escape_lower(c);
}

static void ground(u8 c)
{
    if (c >= ' ') {
        put_character(c);
        return;
    }
    switch (c) {
    case 7:  sound_bell(); break;
    case 8:  move_to(CUR_COL - 1, CUR_ROW); break;
    case 9:  move_to((CUR_COL & ~7) + 8, CUR_ROW); break;
    case 10: case 11: case 12: line_feed(); break;
    case 13: move_to(0, CUR_ROW); break;
    case 27: set_state(escape); break;
    }
}

s32 vt52_out(s16 dev, s16 c)
{
    (void)dev;
    cursor_off();
    ((state_t)con_state)(c);
    cursor_on();
    return -1;
}

/* Bconout 5: control characters are shown as what the font has for them. */
s32 vt52_raw(s16 dev, s16 c)
{
    (void)dev;
    cursor_off();
    put_character(c);
    cursor_on();
    return -1;
}

s32 xb_cursconf(s16 function, s16 rate)
{
    switch (function) {
    case 0: vt52_out(2, 27); vt52_out(2, 'f'); break;
    case 1: vt52_out(2, 27); vt52_out(2, 'e'); break;
    case 2: V_STAT_0 |= STAT_BLINK; break;
    case 3: V_STAT_0 &= ~STAT_BLINK; break;
    case 4: V_PERIOD = rate; break;
    case 5: return V_PERIOD;
    }
    return 0;
}

void vt52_init(s16 mode)
{
    const struct font *font = mode == 2 ? &font_8x16 : &font_8x8;

    V_HID_CNT = 1;
    V_STAT_0 = STAT_BLINK;
    linea_init(mode);
    V_FNT_AD = font->dat_table;
    V_OFF_AD = font->off_table;
    V_FNT_WD = font->form_width;
    V_FNT_ST = font->first_ade;
    V_FNT_ND = font->last_ade;
    V_CEL_HT = font->form_height;
    V_CEL_WR = V_CEL_HT * BYTES_LIN;
    V_CEL_MX = V_REZ_HZ / 8 - 1;
    V_CEL_MY = V_REZ_VT / V_CEL_HT - 1;
    V_COL_BG = 0;
    V_COL_FG = (1 << V_PLANES) - 1;
    V_CUR_OFF = 0;
    V_PERIOD = V_CUR_CT = 20;
    set_state(ground);
    clear_screen();
}

void print(const char *s)
{
    while (*s)
        bios_bconout(2, (u8)*s++);
}

void print_number(u32 value, s16 width, char pad)
{
    char text[11];
    s16 n = 0;

    do {
        text[n++] = '0' + value % 10;
        value /= 10;
    } while (value);
    while (width-- > n)
        bios_bconout(2, pad);
    while (n)
        bios_bconout(2, text[--n]);
}
