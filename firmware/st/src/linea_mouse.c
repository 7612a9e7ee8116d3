/* Line-A: sprites, and the mouse pointer that the VBL keeps under the mouse. */
#include "kernel.h"
#include "linea.h"

u32 call_with_xy(void *routine, u16 x, u16 y);
void call_with_byte(void *routine, u8 byte);

/* Up to 16 lines, two words of each plane wide, are saved and drawn into. */
void linea_draw_sprite(s16 x, s16 y, const struct sprite *sprite, struct save_block *save)
{
    s16 left = x - sprite->hot_x, top = y - sprite->hot_y, row = 0, rows = 16, n, plane, word, words, start;
    u16 *at, *keep = save->area;

    if (top < 0) {
        row = -top;
        rows += top;
        top = 0;
    }
    if (top + rows > V_REZ_VT)
        rows = V_REZ_VT - top;
    if (rows <= 0 || left <= -16 || left >= V_REZ_HZ) {
        save->valid = 0;
        return;
    }
    start = left >> 4;
    words = 2;
    if (start < 0 || start + 1 >= V_REZ_HZ >> 4)
        words = 1;
    at = (u16 *)(_v_bas_ad + (s32)top * V_LIN_WR + (s32)(start < 0 ? 0 : start) * (V_PLANES * 2));
    save->lines = rows;
    save->address = at;
    save->wide = words == 2;
    for (n = 0; n < rows; n++, row++) {
        u32 mask = (u32)sprite->image[row * 2] << 16 >> (left & 15);
        u32 data = (u32)sprite->image[row * 2 + 1] << 16 >> (left & 15);
        u16 *d = at;

        for (word = 0; word < words; word++) {
            s16 low = start < 0 || word == 1;
            u16 m = low ? mask : mask >> 16, v = low ? data : data >> 16;

            for (plane = 0; plane < V_PLANES; plane++, d++) {
                u16 old = *d;
                *keep++ = old;
                if (sprite->format < 0) {   /* exclusive or where only data is set */
                    u16 both = v & m;
                    old = sprite->background >> plane & 1 ? old | (m & ~v) : old & ~(m & ~v);
                    old = sprite->foreground >> plane & 1 ? old | both : old & ~both;
                    *d = old ^ (v & ~m);
                } else {
                    old = sprite->background >> plane & 1 ? old | m : old & ~m;
                    *d = sprite->foreground >> plane & 1 ? old | v : old & ~v;
                }
            }
        }
        at = (u16 *)((u8 *)at + V_LIN_WR);
    }
    save->valid = 1;
}

void linea_undraw_sprite(struct save_block *save)
{
    s16 n, i, count;
    u16 *at = save->address, *keep = save->area;

    if (!save->valid)
        return;
    save->valid = 0;
    count = (save->wide ? 2 : 1) * V_PLANES;
    for (n = 0; n < save->lines; n++) {
        for (i = 0; i < count; i++)
            at[i] = *keep++;
        at = (u16 *)((u8 *)at + V_LIN_WR);
    }
}

/* INTIN[0] = 0 shows whatever the count; otherwise calls to hide and show must pair. */
void linea_show_mouse(void)
{
    if (INTIN[0] == 0)
        M_HID_CT = 1;
    if (M_HID_CT == 0 || --M_HID_CT)
        return;
    MOUSE_FLAG = 1;
    linea_draw_sprite(GCURX, GCURY, &M_POS_HX, &SAVE_LEN);
    CUR_FLAG = 0;
    MOUSE_FLAG = 0;
}

void linea_hide_mouse(void)
{
    if (M_HID_CT++)
        return;
    MOUSE_FLAG = 1;
    linea_undraw_sprite(&SAVE_LEN);
    MOUSE_FLAG = 0;
}

/* INTIN: hot spot, planes, background, foreground, 16 mask words, 16 data words. */
void linea_transform_mouse(void)
{
    s16 i;

    MOUSE_FLAG = 1;
    M_POS_HX.hot_x = INTIN[0];
    M_POS_HX.hot_y = INTIN[1];
    M_POS_HX.format = INTIN[2];
    M_POS_HX.background = INTIN[3];
    M_POS_HX.foreground = INTIN[4];
    for (i = 0; i < 16; i++) {
        M_POS_HX.image[i * 2] = INTIN[5 + i];
        M_POS_HX.image[i * 2 + 1] = INTIN[21 + i];
    }
    CUR_FLAG = 1;
    MOUSE_FLAG = 0;
}

static s16 limit(s16 value, s16 size)
{
    return value < 0 ? 0 : value >= size ? size - 1 : value;
}

void linea_mouse_moved(const u8 *packet)
{
    s16 buttons = (packet[0] >> 1 & 1) | (packet[0] << 1 & 2), dx = (s8)packet[1], dy = (s8)packet[2];
    u32 moved;

    if (packet[0] < 0xF8)
        return;                             /* absolute reports have no default handler */
    if (buttons != (MOUSE_BT & 3)) {
        CUR_MS_STAT |= ((buttons ^ MOUSE_BT) & 3) << 6;
        MOUSE_BT = buttons;
        call_with_byte(USER_BUT, buttons);
    }
    if (dx || dy) {
        moved = call_with_xy(USER_MOT, limit(GCURX + dx, V_REZ_HZ), limit(GCURY + dy, V_REZ_VT));
        GCURX = CUR_X = moved >> 16;
        GCURY = CUR_Y = moved;
        CUR_MS_STAT |= 0x20;
        CUR_FLAG = 1;
        call_with_xy(USER_CUR, GCURX, GCURY);
    }
}

void linea_vbl(void)
{
    if (!CUR_FLAG || M_HID_CT || MOUSE_FLAG)
        return;
    CUR_FLAG = 0;
    linea_undraw_sprite(&SAVE_LEN);
    linea_draw_sprite(GCURX, GCURY, &M_POS_HX, &SAVE_LEN);
}
