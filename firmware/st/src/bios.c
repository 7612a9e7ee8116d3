/* BIOS: the table of functions and the character devices. */
#include "kernel.h"

/* Devices: 0 printer, 1 RS-232, 2 console, 3 MIDI, 4 keyboard processor, 5 raw screen. */
s32 bios_bconstat(s16 dev)
{
    return (u16)dev < 8 ? call_words(xconstat[dev], SIG_W, dev) : 0;
}

s32 bios_bconin(s16 dev)
{
    return (u16)dev < 8 ? call_words(xconin[dev], SIG_W, dev) : 0;
}

s32 bios_bconout(s16 dev, s16 c)
{
    return (u16)dev < 8 ? call_words(xconout[dev], SIG_WW, dev, c & 0xFF) : 0;
}

s32 bios_bcostat(s16 dev)
{
    return (u16)dev < 8 ? call_words(xcostat[dev], SIG_W, dev) : 0;
}

static s32 bios_getmpb(struct mpb *p)
{
    themd.link = NULL;
    themd.start = _membot;
    themd.length = _memtop - _membot;
    themd.owner = NULL;
    p->free = &themd;
    p->allocated = NULL;
    p->rover = &themd;
    return 0;
}

static s32 rwabs_vector(s16 flag, void *buffer, s16 count, s16 record, s16 dev)
{
    return call_words(hdv_rw, SIG_WLWWW, flag, buffer, count, record, dev);
}

static s32 bios_setexc(s16 number, void *handler)
{
    void *volatile *vector = (void *volatile *)((u32)(u16)number * 4);
    void *old = *vector;

    if ((s32)handler != -1)
        *vector = handler;
    return (s32)old;
}

static s32 bios_tickcal(void)
{
    return _timr_ms;
}

static s32 getbpb_vector(s16 dev)
{
    return call_words(hdv_bpb, SIG_W, dev);
}

static s32 mediach_vector(s16 dev)
{
    return call_words(hdv_mediach, SIG_W, dev);
}

static s32 bios_drvmap(void)
{
    return _drvbits;
}

const struct { u16 count; struct system_call call[12]; } bios_table = {
    12,
    {
        { bios_getmpb, SIG_L }, { bios_bconstat, SIG_W }, { bios_bconin, SIG_W }, { bios_bconout, SIG_WW },
        { rwabs_vector, SIG_WLWWW }, { bios_setexc, SIG_WL }, { bios_tickcal, SIG_0 }, { getbpb_vector, SIG_W },
        { bios_bcostat, SIG_W }, { mediach_vector, SIG_W }, { bios_drvmap, SIG_0 }, { bios_kbshift, SIG_W }
    }
};

/* The vectors' entries (traps.S). */
void always_entry(void), never_entry(void), prn_in_entry(void), prn_outstat_entry(void), prn_out_entry(void);
void aux_instat_entry(void), aux_in_entry(void), aux_outstat_entry(void), aux_out_entry(void);
void kbd_constat_entry(void), kbd_conin_entry(void), vt52_out_entry(void), vt52_raw_entry(void);
void midi_instat_entry(void), midi_in_entry(void), midi_outstat_entry(void), midi_out_entry(void);
void ikbd_outstat_entry(void), ikbd_out_entry(void);

void bios_init(void)
{
    s16 i;

    for (i = 0; i < 8; i++) {
        xconstat[i] = xconin[i] = xconout[i] = never_entry;
        xcostat[i] = always_entry;
    }
    xcostat[0] = prn_outstat_entry;
    xconout[0] = prn_out_entry;
    xconin[0] = prn_in_entry;
    xconstat[1] = aux_instat_entry;
    xconin[1] = aux_in_entry;
    xcostat[1] = aux_outstat_entry;
    xconout[1] = aux_out_entry;
    xconstat[2] = kbd_constat_entry;
    xconin[2] = kbd_conin_entry;
    xconout[2] = vt52_out_entry;
    xconstat[3] = midi_instat_entry;
    xconin[3] = midi_in_entry;
    xcostat[3] = midi_outstat_entry;
    xconout[3] = midi_out_entry;
    xcostat[4] = ikbd_outstat_entry;
    xconout[4] = ikbd_out_entry;
    xconout[5] = vt52_raw_entry;
}
