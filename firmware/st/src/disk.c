/* Drives as the BIOS shows them: sectors counted from 0, parameter blocks from the
 * boot sector, media changes. Drive B without a second mechanism is A's. */
#include "kernel.h"

#define NO_CHANGE_TIME 100UL                /* hz_200: nobody swaps a disk within half a second */

static struct {
    struct bpb bpb;
    s16 sectors_per_track, sides;
    u32 boot_hash;                          /* of the boot sector: tells disks apart */
    u8 known;                               /* bpb is valid */
    u8 swapped;                             /* Getbpb is due: Rwabs answers E_CHNG till then */
} unit[2];

static u8 sector_buffer[512] __attribute__((aligned(2)));

static u16 little(const u8 *p)
{
    return p[0] | (u16)p[1] << 8;
}

static s16 parse_boot_sector(s16 dev, const u8 *s)
{
    struct bpb *b = &unit[dev].bpb;
    u16 cluster_sectors = s[13], reserved = little(s + 14), root = little(s + 17), total = little(s + 19);
    u16 fat_size = little(s + 22), spt = little(s + 24), sides = little(s + 26), fats = s[16], data;

    if (little(s + 11) != 512 || !cluster_sectors || cluster_sectors > 64 || !fat_size || fat_size > 64
        || !root || !spt || spt > 40 || !sides || sides > 2 || !fats || fats > 2 || !reserved)
        return 0;
    b->recsiz = 512;
    b->clsiz = cluster_sectors;
    b->clsizb = cluster_sectors * 512;
    b->rdlen = (root + 15) / 16;
    b->fsiz = fat_size;
    b->fatrec = fats == 2 ? reserved + fat_size : reserved;
    data = b->fatrec + fat_size + b->rdlen;
    if (total <= data)
        return 0;
    b->datrec = data;
    b->numcl = (total - data) / cluster_sectors;
    b->bflags = fats == 1 ? 2 : 0;          /* FAT12; bit 1: only one FAT */
    unit[dev].sectors_per_track = spt;
    unit[dev].sides = sides;
    return 1;
}

/* Over all of the sector: tools that fill the ST's serial number with a constant put theirs elsewhere. */
static u32 hash_boot_sector(const u8 *sector)
{
    const u16 *p = (const u16 *)sector;
    u32 hash = 1;
    s16 i;

    for (i = 0; i < 256; i++)
        hash = ((hash << 5) | (hash >> 27)) + p[i];
    return hash;
}

static s16 mechanism(s16 dev)
{
    return _nflops == 1 ? 0 : dev;
}

s32 bios_getbpb(s16 dev)
{
    if ((u16)dev > 1 || !_nflops)
        return 0;
    unit[dev].known = 0;
    if (xb_floprd(sector_buffer, 0, mechanism(dev), 1, 0, 0, 1) < 0)
        return 0;
    floppy_accept_disk(mechanism(dev));
    unit[dev].swapped = 0;
    if (!parse_boot_sector(dev, sector_buffer))
        return 0;
    unit[dev].boot_hash = hash_boot_sector(sector_buffer);
    unit[dev].known = 1;
    return (s32)&unit[dev].bpb;
}

/* 0: the same disk, 2: another. The write protect line says so for certain; after a pause
 * the boot sector decides. */
s32 bios_mediach(s16 dev)
{
    if ((u16)dev > 1)
        return E_UNDEV;
    if (!unit[dev].known || unit[dev].swapped)
        return 2;
    if (floppy_write_protect_changed(mechanism(dev))) {
        unit[dev].swapped = 1;
        return 2;
    }
    if (_hz_200 - floppy_last_access < NO_CHANGE_TIME)
        return 0;
    if (floppy_read(sector_buffer, mechanism(dev), 1, 0, 0, 1) < 0
        || hash_boot_sector(sector_buffer) != unit[dev].boot_hash)
        unit[dev].swapped = 1;
    return unit[dev].swapped ? 2 : 0;
}

/* Runs of sectors within a track; an odd buffer goes through the sector buffer. */
static s32 rw_floppy(s16 write, u8 *buffer, s16 count, u16 record, s16 dev)
{
    s16 spt = unit[dev].sectors_per_track, sides = unit[dev].sides, phys = mechanism(dev);
    s32 error = E_OK;

    while (count > 0 && error == E_OK) {
        s16 line = record / spt, sector = record % spt, run = spt - sector;
        s16 track = line / sides, side = line % sides;

        if (run > count)
            run = count;
        if ((u32)buffer & 1)
            run = 1;
        do {
            u8 *at = (u32)buffer & 1 ? sector_buffer : buffer;

            if (write) {
                if (at != buffer)
                    memcpy(at, buffer, 512);
                error = floppy_write(at, phys, sector + 1, track, side, run);
                if (error == E_OK && _fverify && record == 0)
                    error = floppy_read(_dskbufp, phys, sector + 1, track, side, 1);
            } else {
                error = floppy_read(at, phys, sector + 1, track, side, run);
                if (at != buffer)
                    memcpy(buffer, at, 512);
            }
            if (error < 0)
                error = call_words(etv_critic, SIG_WW, (s16)error, dev);
        } while (error == 0x10000);
        buffer += (u32)run * 512;
        record += run;
        count -= run;
    }
    return error;
}

s32 bios_rwabs(s16 flag, u8 *buffer, s16 count, s16 record, s16 dev)
{
    if ((u16)dev > 1 || !_nflops)
        return E_UNDEV;
    if (!unit[dev].known && !bios_getbpb(dev))
        return E_DRVNR;
    if (!(flag & 2) && bios_mediach(dev) == 2)
        return E_CHNG;
    return rw_floppy(flag & 1, buffer, count, record, dev);
}

/* Layouts 0 to 3: one or two sides, 40 or 80 tracks. */
static const u8 layouts[4][19] = {
    { 0, 2, 1, 1, 0, 2, 64, 0, 0x68, 1, 0xFC, 2, 0, 9, 0, 1, 0, 0, 0 },
    { 0, 2, 2, 1, 0, 2, 112, 0, 0xD0, 2, 0xFD, 2, 0, 9, 0, 2, 0, 0, 0 },
    { 0, 2, 2, 1, 0, 2, 112, 0, 0xD0, 2, 0xF8, 5, 0, 9, 0, 1, 0, 0, 0 },
    { 0, 2, 2, 1, 0, 2, 112, 0, 0xA0, 5, 0xF9, 5, 0, 9, 0, 2, 0, 0, 0 }
};

static u16 word_sum(const u8 *buffer, s16 words)
{
    const u16 *p = (const u16 *)buffer;
    u16 sum = 0;

    while (words-- > 0)
        sum += *p++;
    return sum;
}

s32 xb_protobt(u8 *buffer, u32 serial, s16 type, s16 executable)
{
    s16 i;

    if (executable < 0)
        executable = word_sum(buffer, 256) == 0x1234;
    if ((s32)serial >= 0) {
        if (serial >= 0x1000000UL)
            serial = xb_random();
        buffer[8] = serial;
        buffer[9] = serial >> 8;
        buffer[10] = serial >> 16;
    }
    if (type >= 0 && type < 4)
        for (i = 0; i < COUNT(layouts[0]); i++)
            buffer[11 + i] = layouts[type][i];
    buffer[510] = buffer[511] = 0;
    *(u16 *)(buffer + 510) = 0x1234 - word_sum(buffer, 255);
    if (!executable)
        buffer[511]++;
    return 0;
}

/* hdv_boot: load and check drive A's boot sector. 0: executable and in _dskbufp. */
s32 disk_boot(void)
{
    if (!_nflops || floppy_read(_dskbufp, 0, 1, 0, 0, 1) < 0)
        return 1;
    return word_sum(_dskbufp, 256) == 0x1234 ? 0 : 2;
}

void bpb_entry(void), rwabs_entry(void), mediach_entry(void), critic_entry(void);

void disk_init(void)
{
    static u8 transfer_buffer[1024] __attribute__((aligned(2)));

    unit[0].known = unit[1].known = 0;
    unit[0].swapped = unit[1].swapped = 0;
    _dskbufp = transfer_buffer;
    _fverify = 1;
    etv_critic = critic_entry;
    hdv_init = floppy_init;
    hdv_bpb = bpb_entry;
    hdv_rw = rwabs_entry;
    hdv_boot = disk_boot;
    hdv_mediach = mediach_entry;
    floppy_init();
}
