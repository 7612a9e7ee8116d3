/* Line-A: its variables (addresses in linea_vars.S) and its routines. */
#ifndef LINEA_H
#define LINEA_H

#include "types.h"

struct font {
    s16 id, point;
    char name[32];
    s16 first_ade, last_ade, top, ascent, half, descent, bottom;
    s16 max_char_width, max_cell_width, left_offset, right_offset;
    s16 thicken, ul_size;
    u16 lighten, skew, flags;
    const u8 *hor_table;
    const u16 *off_table;
    const u8 *dat_table;
    s16 form_width, form_height;
    const struct font *next;
};

extern const struct font font_6x6, font_8x8, font_8x16;
extern const struct font *const linea_fonts[];

/* Background behind a sprite; the mouse's own is at SAVE_LEN. */
struct save_block {
    s16 lines;
    u16 *address;
    u8 valid, wide;
    u16 area[256];
};

struct sprite {
    s16 hot_x, hot_y, format, background, foreground;
    u16 image[32];                          /* mask and data by turns */
};

extern const struct font *CUR_FONT, *DEF_FONT, *FONT_RING[4];
extern struct sprite M_POS_HX;
extern s16 INQ_TAB[45], DEV_TAB[45], SIZ_TAB[15], FONT_COUNT;
extern volatile s16 GCURX, GCURY, M_HID_CT, MOUSE_BT;
extern s16 REQ_COL[3][16];
extern volatile u8 CUR_MS_STAT, CUR_FLAG, MOUSE_FLAG;
extern volatile s16 V_HID_CNT, CUR_X, CUR_Y;
extern s16 V_SAV_XY[2];
extern struct save_block SAVE_LEN;
extern void *USER_TIM, *NEXT_TIM, *USER_BUT, *USER_CUR, *USER_MOT;
extern s16 V_CEL_HT, V_CEL_MX, V_CEL_MY, V_CEL_WR, V_COL_BG, V_COL_FG, V_CUR_XY[2];
extern u8 *V_CUR_AD;
extern s16 V_CUR_OFF;
extern u8 V_PERIOD, V_CUR_CT;
extern const u8 *V_FNT_AD;
extern u16 V_FNT_ND, V_FNT_ST;
extern s16 V_FNT_WD, V_REZ_HZ, V_REZ_VT, BYTES_LIN;
extern const u16 *V_OFF_AD;
extern volatile u8 V_STAT_0;
extern s16 V_PLANES, V_LIN_WR;
extern s16 *CONTRL, *INTIN, *PTSIN, *INTOUT, *PTSOUT;
extern s16 COLBIT0[4], LSTLIN, WMODE, X1, Y1, X2, Y2, MFILL, CLIP, XMINCL, YMINCL, XMAXCL, YMAXCL;
extern u16 LNMASK, PATMSK;
extern const u16 *PATPTR;
extern s16 SOURCEX, SOURCEY, DESTX, DESTY, DELX, DELY, FWIDTH, STYLE, TEXTFG, TEXTBG, COPYTRAN;
extern u16 LITEMASK, SKEWMASK, WEIGHT;
extern const u16 *FBASE;
extern void *SCRTCHP, *SEEDABORT;
extern u8 linea_base[];

/* V_STAT_0 */
enum { STAT_BLINK = 1, STAT_DRAWN = 2, STAT_VISIBLE = 4, STAT_WRAP = 8, STAT_REVERSE = 16, STAT_SAVED = 32 };

/* Parameters of bit block transfer, as the caller of $A007 lays them out. */
struct bitblt {
    s16 width, height, planes, fg, bg;
    u8 op[4];
    s16 sx, sy;
    u8 *source;
    s16 s_next_word, s_next_line, s_next_plane;
    s16 dx, dy;
    u8 *dest;
    s16 d_next_word, d_next_line, d_next_plane;
    const u8 *pattern;
    s16 p_next_line, p_next_plane;
    u16 p_mask;
};

void linea_put_pixel(void);
s32  linea_get_pixel(void);
void linea_line(void);
void linea_hline(void);
void linea_rectangle(void);
void linea_polygon(void);
void linea_bitblt(struct bitblt *b);
void linea_text(void);
void linea_show_mouse(void);
void linea_hide_mouse(void);
void linea_transform_mouse(void);
void linea_undraw_sprite(struct save_block *save);
void linea_draw_sprite(s16 x, s16 y, const struct sprite *sprite, struct save_block *save);
void linea_copy_raster(void);
void linea_mouse_packet(void);              /* default mousevec; assembly entry */
s16  blit_logic_table(s16 mode, s16 mono, u8 *op);

#endif
