/* Floppy driver: WD1772 behind the DMA chip, two drives, one sector per command.
 * Register use as in the DMA/FDC section of the ST hardware register listing. */
#include "kernel.h"

/* Values for DMA_MODE: which register DMA_DATA reaches. */
enum {
    FDC_COMMAND = 0x80, FDC_TRACK = 0x82, FDC_SECTOR = 0x84, FDC_DATA = 0x86,
    DMA_COUNT = 0x90, DMA_WRITE = 0x100
};

/* WD1772 commands and status bits. */
enum {
    CMD_RESTORE = 0x00, CMD_SEEK = 0x10, CMD_READ = 0x80, CMD_WRITE = 0xA0, CMD_WRITE_TRACK = 0xF0,
    CMD_INTERRUPT = 0xD0, NO_SPIN_UP = 0x08,
    ST_INDEX = 0x02, ST_LOST_DATA = 0x04, ST_TRACK0 = 0x04, ST_CRC = 0x08, ST_NOT_FOUND = 0x10, ST_PROTECTED = 0x40,
    ST_MOTOR = 0x80
};

#define RETRIES 3

static struct {
    s16 track;                              /* where the head is; -1 unknown */
    u8 rate;                                /* step rate bits */
    u8 present;
    u8 protected_seen;                      /* write protect line at the last look */
    u8 changed;                             /* it moved since somebody asked */
    u8 turning;                             /* a disk has been seen to turn since the motor started */
} drive[2];

static s16 selected;                        /* drive that port A selects, -1 none */
volatile u32 floppy_last_access;

static void fdc_write(u16 reg, u8 value)
{
    DMA_MODE = reg;
    fdc_pause();
    DMA_DATA = value;
    fdc_pause();
}

static u8 fdc_read(u16 reg)
{
    u8 value;

    DMA_MODE = reg;
    fdc_pause();
    value = DMA_DATA;
    fdc_pause();
    return value;
}

/* Waits for the end of a command, at most about three seconds. -1: it never came. */
static s16 fdc_wait(void)
{
    u32 tries = 700000;

    while (MFP(GPIP) & GPIP_DISK)
        if (--tries == 0) {
            fdc_write(FDC_COMMAND, CMD_INTERRUPT);
            return -1;
        }
    return fdc_read(FDC_COMMAND);
}

static s16 fdc_execute(u16 dma_write, u8 command)
{
    fdc_write(FDC_COMMAND | dma_write, command);
    return fdc_wait();
}

static void select(s16 dev, s16 side)
{
    psg_port_a(0xF8, (dev ? 0x02 : 0x04) | (side ? 0 : 1));
    if (selected != dev) {
        selected = dev;
        drive[dev].turning = 0;
        fdc_write(FDC_TRACK, drive[dev].track);
    }
}

/* Whether index pulses come: an empty drive gives none, and a command that waits for them
 * would wait for ever. Looks for about three revolutions; the head has just been moved, so
 * that the motor runs and the status is that of a seek. */
static s16 disk_turns(s16 dev)
{
    u32 tries = 25000;
    u8 first = fdc_read(FDC_COMMAND) & ST_INDEX;

    while (!drive[dev].turning && --tries)
        drive[dev].turning = (fdc_read(FDC_COMMAND) & ST_INDEX) != first;
    return drive[dev].turning;
}

/* Address and count; switching the direction bit empties the DMA's FIFO. */
static void dma_setup(const void *buffer, u16 write, u16 sectors)
{
    u32 address = (u32)buffer;

    DMA_ADDR_LO = address;
    DMA_ADDR_MID = address >> 8;
    DMA_ADDR_HI = address >> 16;
    DMA_MODE = DMA_COUNT | (write ^ DMA_WRITE);
    DMA_MODE = DMA_COUNT | write;
    DMA_DATA = sectors;
}

/* Heads move while the motor gathers speed. */
static s32 restore(s16 dev)
{
    s16 status = fdc_execute(0, CMD_RESTORE | NO_SPIN_UP | drive[dev].rate);

    if (status < 0 || !(status & ST_TRACK0)) {
        drive[dev].track = -1;
        return E_DRVNR;
    }
    drive[dev].track = 0;
    return E_OK;
}

static s32 seek(s16 dev, s16 track)
{
    s32 error;

    if (drive[dev].track < 0 && (error = restore(dev)) < 0)
        return error;
    if (drive[dev].track == track && drive[dev].turning)
        return E_OK;
    fdc_write(FDC_DATA, track);
    if (fdc_execute(0, CMD_SEEK | NO_SPIN_UP | drive[dev].rate) < 0) {
        drive[dev].track = -1;
        return E_SEEK;
    }
    drive[dev].track = track;
    return E_OK;
}

static s32 status_error(s16 status)
{
    if (status < 0) return E_DRVNR;
    if (status & ST_PROTECTED) return E_WRPRO;
    if (status & ST_NOT_FOUND) return E_SECNF;
    if (status & ST_CRC) return E_CRC;
    if (status & ST_LOST_DATA) return E_DRVNR;
    return E_OK;
}

/* One sector, retried; the last retry finds the track anew. The WD1772's
 * write protect bit counts for writing only. */
static s32 transfer(u16 write, const u8 *buffer, s16 dev, s16 sector, s16 track, s16 side)
{
    s32 error = E_OK;
    s16 attempt, status;

    for (attempt = 0; attempt < RETRIES; attempt++) {
        select(dev, side);
        if (attempt == RETRIES - 1)
            drive[dev].track = -1;
        error = seek(dev, track);
        if (error < 0)
            continue;
        if (!disk_turns(dev))
            return E_DRVNR;
        dma_setup(buffer, write, 1);
        fdc_write(FDC_SECTOR | write, sector);
        status = fdc_execute(write, write ? CMD_WRITE : CMD_READ);
        if (!write && status >= 0)
            status &= ~ST_PROTECTED;
        error = status_error(status);
        if (error == E_OK || error == E_WRPRO)
            break;
    }
    return error;
}

static void lock(void)
{
    flock = 1;                              /* the VBL keeps its hands off */
}

/* Interrupting an idle controller makes its status that of a type I command, in which the write
 * protect line shows; nothing moves (WD1772 data sheet). */
static s32 unlock(s32 result)
{
    fdc_write(FDC_COMMAND, CMD_INTERRUPT);
    floppy_last_access = _hz_200;
    flock = 0;
    return result;
}

static s32 transfer_all(u16 write, const u8 *buffer, s16 dev, s16 sector, s16 track, s16 side, s16 count)
{
    s32 error = E_OK;

    if ((u16)dev > 1 || !drive[dev].present)
        return E_UNDEV;
    lock();
    while (count-- > 0 && error == E_OK) {
        error = transfer(write, buffer, dev, sector++, track, side);
        buffer += 512;
    }
    return unlock(error);
}

s32 floppy_read(void *buffer, s16 dev, s16 sector, s16 track, s16 side, s16 count)
{
    return transfer_all(0, buffer, dev, sector, track, side, count);
}

s32 floppy_write(const void *buffer, s16 dev, s16 sector, s16 track, s16 side, s16 count)
{
    return transfer_all(DMA_WRITE, buffer, dev, sector, track, side, count);
}

/* etv_critic decides about errors: $10000 means once more. */
static s32 with_critic(s32 error, s16 dev)
{
    return error < 0 ? call_words(etv_critic, SIG_WW, (s16)error, dev) : error;
}

s32 xb_floprd(u8 *buffer, u32 filler, s16 dev, s16 sector, s16 track, s16 side, s16 count)
{
    s32 error;

    (void)filler;
    do
        error = with_critic(floppy_read(buffer, dev, sector, track, side, count), dev);
    while (error == 0x10000);
    return error;
}

s32 xb_flopwr(u8 *buffer, u32 filler, s16 dev, s16 sector, s16 track, s16 side, s16 count)
{
    s32 error;

    (void)filler;
    do
        error = with_critic(floppy_write(buffer, dev, sector, track, side, count), dev);
    while (error == 0x10000);
    if (error == E_OK && track == 0 && side == 0 && sector == 1)
        drive[dev].changed = 1;             /* a new boot sector: another disk to all who ask */
    return error;
}

/* Reads each sector into the buffer; what fails is listed there, 0 at the end. */
s32 xb_flopver(u8 *buffer, u32 filler, s16 dev, s16 sector, s16 track, s16 side, s16 count)
{
    u16 bad[40];
    s16 n = 0, i;
    s32 error;

    (void)filler;
    for (; count > 0; count--, sector++) {
        error = floppy_read(buffer, dev, sector, track, side, 1);
        if (error == E_UNDEV)
            return error;
        if (error < 0 && n < COUNT(bad) - 1)
            bad[n++] = sector;
    }
    for (i = 0; i < n; i++)
        ((u16 *)buffer)[i] = bad[i];
    ((u16 *)buffer)[n] = 0;
    return E_OK;
}

static u8 *fill(u8 *p, s16 count, u8 value)
{
    while (count-- > 0)
        *p++ = value;
    return p;
}

static u8 *mark(u8 *p, u8 kind)
{
    p = fill(p, 12, 0x00);
    p = fill(p, 3, 0xF5);                   /* written as $A1 with a missing clock */
    *p++ = kind;
    return p;
}

static u8 *format_sector(u8 *p, s16 track, s16 side, u8 number, u16 virgin)
{
    s16 i;

    p = mark(p, 0xFE);
    *p++ = track;
    *p++ = side;
    *p++ = number;
    *p++ = 2;                               /* 512 bytes */
    *p++ = 0xF7;                            /* CRC */
    p = fill(p, 22, 0x4E);
    p = mark(p, 0xFB);
    for (i = 0; i < 256; i++) {
        *p++ = virgin >> 8;
        *p++ = virgin;
    }
    *p++ = 0xF7;
    return fill(p, 40, 0x4E);
}

/* Sector numbers go round by `interleave`, or as the skew table says (interleave < 0). */
static u8 *format_track_image(u8 *p, const u16 *skew, s16 spt, s16 track, s16 side, s16 interleave, u16 virgin)
{
    u8 order[32];
    s16 i, slot = 0;

    p = fill(p, 60, 0x4E);
    for (i = 0; i < spt; i++)
        order[i] = 0;
    for (i = 1; i <= spt && interleave > 0; i++) {
        while (order[slot])
            slot = (slot + 1) % spt;
        order[slot] = i;
        slot = (slot + interleave) % spt;
    }
    for (i = 0; i < spt; i++)
        p = format_sector(p, track, side, interleave > 0 ? order[i] : skew[i], virgin);
    return fill(p, 1400, 0x4E);
}

s32 xb_flopfmt(u8 *buffer, u16 *skew, s16 dev, s16 spt, s16 track, s16 side, s16 interleave,
               u32 magic, s16 virgin)
{
    s32 error;

    if (magic != 0x87654321UL || spt < 1 || spt > 11 || (interleave < 0 && (s32)skew <= 0))
        return E_ERROR;
    if ((u16)dev > 1 || !drive[dev].present)
        return E_UNDEV;
    format_track_image(buffer, skew, spt, track, side, interleave ? interleave : 1, virgin);
    lock();
    select(dev, side);
    error = seek(dev, track);
    if (error == E_OK && !disk_turns(dev))
        error = E_DRVNR;
    if (error == E_OK) {
        dma_setup(buffer, DMA_WRITE, 31);
        error = status_error(fdc_execute(DMA_WRITE, CMD_WRITE_TRACK));
    }
    drive[dev].changed = 1;
    unlock(error);
    if (error == E_OK) {
        xb_flopver(buffer, 0, dev, 1, track, side, spt);
        if (*(u16 *)buffer)
            error = E_BADSF;
    }
    return with_critic(error, dev);
}

s32 xb_floprate(s16 dev, s16 rate)
{
    s32 old;

    if ((u16)dev > 1)
        return E_ERROR;
    old = drive[dev].rate;
    if (rate >= 0 && rate <= 3)
        drive[dev].rate = rate;
    return old;
}

/* Vertical blank: deselect once the motor has stopped; look at write protect, which a
 * disk going in or out covers for a moment. */
void floppy_vbl(void)
{
    s16 dev;
    u8 old, status;

    if (flock || !_nflops)
        return;
    if (selected >= 0) {
        if (!(fdc_read(FDC_COMMAND) & ST_MOTOR) || !drive[selected].turning) {
            psg_port_a(0xFF, 0x07);
            drive[selected].turning = 0;
            selected = -1;
        }
        return;
    }
    if (_frclock & 7)
        return;
    dev = (_frclock >> 3) & 1 && drive[1].present;
    old = psg_read(14);
    psg_port_a(0xF8, (dev ? 0x02 : 0x04) | 1);
    status = fdc_read(FDC_COMMAND) & ST_PROTECTED;
    psg_port_a(0xF8, old & 7);
    if (status != drive[dev].protected_seen) {
        drive[dev].protected_seen = status;
        drive[dev].changed = 1;
    }
}

/* The disk that is in the drive now is the known one: its write protection, which a seek
 * to where the head is reports, is no news. */
void floppy_accept_disk(s16 dev)
{
    s16 status;

    lock();
    select(dev, 0);
    fdc_write(FDC_DATA, drive[dev].track);
    status = fdc_execute(0, CMD_SEEK | NO_SPIN_UP | drive[dev].rate);
    if (status >= 0)
        drive[dev].protected_seen = status & ST_PROTECTED;
    drive[dev].changed = 0;
    unlock(0);
}

s16 floppy_write_protect_changed(s16 dev)
{
    s16 changed = drive[dev].changed;

    drive[dev].changed = 0;
    return changed;
}

/* A drive is there when its head finds track 0; that need not wait for the motor. */
void floppy_init(void)
{
    s16 dev;

    selected = -1;
    seekrate = 3;
    _nflops = 0;
    _drvbits = 0;
    lock();
    fdc_write(FDC_COMMAND, CMD_INTERRUPT);
    for (dev = 0; dev < 2; dev++) {
        drive[dev].rate = seekrate;
        drive[dev].track = -1;
        drive[dev].protected_seen = 0;
        drive[dev].changed = 1;
        select(dev, 0);
        drive[dev].present = restore(dev) == E_OK;
        if (drive[dev].present)
            _nflops++;
    }
    if (_nflops)
        _drvbits |= 3;                      /* one drive is both A and B */
    unlock(0);
}
