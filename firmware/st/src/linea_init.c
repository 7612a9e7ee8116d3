/* Line-A: variables for a screen mode, and the system fonts. */
#include "kernel.h"
#include "linea.h"

const struct font *const linea_fonts[] = { &font_6x6, &font_8x8, &font_8x16, NULL };

static s16 contrl[12], intin[128], ptsin[256], intout[128], ptsout[128];
static u16 text_scratch[128];

static const struct sprite arrow = {
    0, 0, 1, 0, 15,
    {
        0xC000, 0x0000, 0xE000, 0x4000, 0xF000, 0x6000, 0xF800, 0x7000,
        0xFC00, 0x7800, 0xFE00, 0x7C00, 0xFF00, 0x7E00, 0xFF80, 0x7F00,
        0xFFC0, 0x7F80, 0xFFC0, 0x7C00, 0xFE00, 0x6C00, 0xEF00, 0x4600,
        0xCF00, 0x0600, 0x0780, 0x0300, 0x0780, 0x0300, 0x0300, 0x0000
    }
};

/* Maxima of x and y, colours and sizes: the part of the VDI's inquire tables that Line-A users read. */
static void device_tables(s16 mode)
{
    s16 i;

    for (i = 0; i < 45; i++)
        DEV_TAB[i] = INQ_TAB[i] = 0;
    DEV_TAB[0] = V_REZ_HZ - 1;
    DEV_TAB[1] = V_REZ_VT - 1;
    DEV_TAB[3] = mode == 0 ? 338 : mode == 1 ? 169 : 372;   /* pixel size, micrometres */
    DEV_TAB[4] = 372;
    DEV_TAB[13] = 1 << V_PLANES;
    DEV_TAB[35] = mode != 2;
    DEV_TAB[39] = mode == 2 ? 2 : 512;
    INQ_TAB[1] = mode == 2 ? 1 : 512;
    INQ_TAB[4] = V_PLANES;
}

static void colour_requests(void)
{
    s16 i, c;

    for (i = 0; i < 16; i++)
        for (c = 0; c < 3; c++)             /* 0-7 to thousandths */
            REQ_COL[c][i] = ((default_palette[i] >> (8 - 4 * c)) & 7) * 143 - (((default_palette[i] >> (8 - 4 * c)) & 7) == 7);
}

void linea_init(s16 mode)
{
    static const struct { s16 planes, bytes, width, height; } modes[3] = {
        { 4, 160, 320, 200 }, { 2, 160, 640, 200 }, { 1, 80, 640, 400 }
    };
    s16 first = CONTRL == NULL;

    V_PLANES = modes[mode].planes;
    V_LIN_WR = BYTES_LIN = modes[mode].bytes;
    V_REZ_HZ = modes[mode].width;
    V_REZ_VT = modes[mode].height;
    CONTRL = contrl;
    INTIN = intin;
    PTSIN = ptsin;
    INTOUT = intout;
    PTSOUT = ptsout;
    SCRTCHP = text_scratch;
    SEEDABORT = just_rts;
    FONT_RING[0] = &font_6x6;
    FONT_COUNT = 3;
    DEF_FONT = CUR_FONT = mode == 2 ? &font_8x16 : &font_8x8;
    LNMASK = PATMSK = 0xFFFF;
    LSTLIN = -1;
    LITEMASK = 0x5555;
    SKEWMASK = 0x1111;
    WEIGHT = 1;
    CLIP = 0;
    XMAXCL = V_REZ_HZ - 1;
    YMAXCL = V_REZ_VT - 1;
    device_tables(mode);
    if (first) {
        colour_requests();
        M_POS_HX = arrow;
        M_HID_CT = 1;
        USER_TIM = USER_BUT = USER_CUR = USER_MOT = just_rts;
    }
    SAVE_LEN.valid = 0;
    GCURX = CUR_X = V_REZ_HZ / 2;
    GCURY = CUR_Y = V_REZ_VT / 2;
}
