/* Video: modes, screen addresses, palette, and the vertical blank's own work. */
#include "kernel.h"

#define SCREEN_BYTES 32000UL
#define SCREEN_ROOM  0x8000UL

const u16 default_palette[16] = {
    0x777, 0x700, 0x070, 0x770, 0x007, 0x707, 0x077, 0x555,
    0x333, 0x733, 0x373, 0x773, 0x337, 0x737, 0x377, 0x000
};

static volatile s16 monitor_seen;           /* GPIP_MONO as the VBL last saw it */

s16 monochrome_monitor(void)
{
    return (MFP(GPIP) & GPIP_MONO) == 0;
}

void screen_reset_palette(void)
{
    s16 i;

    for (i = 0; i < 16; i++)
        VIDEO_PALETTE[i] = default_palette[i];
    if (sshiftmd == 2)
        VIDEO_PALETTE[0] = 1;               /* bit 0 of colour 0: white paper */
    else if (sshiftmd == 1)
        VIDEO_PALETTE[3] = 0;
}

static void set_hardware_base(u32 address)
{
    VIDEO_BASE_HI = address >> 16;
    VIDEO_BASE_MID = address >> 8;
}

void screen_set_mode(s16 mode)
{
    sshiftmd = mode;
    VIDEO_MODE = mode;
    vt52_init(mode);
}

s32 xb_physbase(void)
{
    return ((u32)VIDEO_BASE_HI << 16) | ((u32)VIDEO_BASE_MID << 8);
}

s32 xb_logbase(void)
{
    return _v_bas_ad;
}

s32 xb_getrez(void)
{
    return VIDEO_MODE & 3;
}

/* A new physical address counts from the next VBL; the mode changes during one. */
s32 xb_setscreen(u32 logical, u32 physical, s16 mode)
{
    if ((s32)logical >= 0)
        _v_bas_ad = logical;
    if ((s32)physical >= 0)
        set_hardware_base(physical);
    if (mode >= 0 && mode <= 2) {
        wait_vbl();
        screen_set_mode(mode);
    }
    return 0;
}

s32 xb_setpalette(const u16 *palette)
{
    colorptr = palette;
    return 0;
}

s32 xb_setcolor(s16 index, s16 colour)
{
    volatile u16 *entry = &VIDEO_PALETTE[index & 15];
    u16 old = *entry & 0x777;

    if (colour >= 0)
        *entry = colour;
    return old;
}

/* In the foreground only: it opens the interrupt level to see the VBL. */
void wait_vbl(void)
{
    u16 sr = set_sr(0x2300);
    u32 now = _frclock;

    while (_frclock == now)
        ;
    set_sr(sr);
}

s32 xb_vsync(void)
{
    wait_vbl();
    return 0;
}

/* Default swv_vec: another monitor was plugged in, start again. */
static void monitor_changed(void)
{
    call_vector((void *)(*(const u32 *)(os_header + 4)));
}

void vbl_service(void)
{
    s16 now = MFP(GPIP) & GPIP_MONO;
    s16 i;

    if (now != monitor_seen) {
        monitor_seen = now;
        call_vector(swv_vec);
    }
    vt52_blink();
    if (colorptr) {
        for (i = 0; i < 16; i++)
            VIDEO_PALETTE[i] = colorptr[i];
        colorptr = NULL;
    }
    if (screenpt) {
        _v_bas_ad = screenpt;
        set_hardware_base(screenpt);
    }
    floppy_vbl();
    linea_vbl();
    if (_dumpflg == 0)
        _dumpflg = -1;                      /* no screen dump to a printer */
}

void screen_init(void)
{
    s16 mono = monochrome_monitor();

    _v_bas_ad = phystop - SCREEN_ROOM;
    _memtop = _v_bas_ad;
    set_hardware_base(_v_bas_ad);
    block_clear((void *)_v_bas_ad, SCREEN_BYTES);
    monitor_seen = MFP(GPIP) & GPIP_MONO;
    defshiftmd = 0;
    swv_vec = monitor_changed;
    scr_dump = just_rts;
    _dumpflg = -1;
    palmode = 1;
    screen_set_mode(mono ? 2 : 0);
}
