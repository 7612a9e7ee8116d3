/* GEMDOS volumes: mounting by media change, a write-back sector cache, FAT12 and FAT16. */
#include "gemdos.h"

#define BUFFERS 16

struct volume volume[DRIVES];

static struct buffer {
    s16 drive;                              /* -1: empty */
    u16 record;
    u8 dirty;
    u32 used;
    u8 *data;
} buffers[BUFFERS];
static u8 buffer_data[BUFFERS][SECTOR] __attribute__((aligned(2)));
static struct buffer *last;
static u32 clock;

void volume_init(void)
{
    s16 i;

    for (i = 0; i < BUFFERS; i++) {
        buffers[i].drive = -1;
        buffers[i].dirty = 0;
        buffers[i].data = buffer_data[i];
    }
    for (i = 0; i < DRIVES; i++)
        volume[i].mounted = 0;
    last = NULL;
}

/* A FAT sector is written to both copies. Writing checks for a media change, so
 * that the remains of one disk never get onto another. */
static s32 write_back(struct buffer *b)
{
    const struct bpb *bpb = &volume[b->drive].bpb;
    u16 first_fat = bpb->fatrec - bpb->fsiz;
    s32 error;

    b->dirty = 0;
    error = call_words(hdv_rw, SIG_WLWWW, 1, b->data, 1, b->record, b->drive);
    if (error == E_OK && !(bpb->bflags & 2) && b->record >= first_fat && b->record < (u16)bpb->fatrec)
        error = call_words(hdv_rw, SIG_WLWWW, 1, b->data, 1, b->record + bpb->fsiz, b->drive);
    if (error < 0)
        b->drive = -1;                      /* what the disk does not have, the cache must not show */
    return error;
}

s32 volume_flush(s16 drive)
{
    s32 error = E_OK, e;
    s16 i;

    for (i = 0; i < BUFFERS; i++)
        if (buffers[i].drive == drive && buffers[i].dirty && (e = write_back(&buffers[i])) < 0)
            error = e;
    return error;
}

static void forget(s16 drive)
{
    s16 i;

    for (i = 0; i < BUFFERS; i++)
        if (buffers[i].drive == drive) {
            buffers[i].drive = -1;
            buffers[i].dirty = 0;
        }
}

/* Every call that touches a drive starts here. */
s32 volume_ready(s16 drive)
{
    struct volume *v = &volume[drive];
    const struct bpb *bpb;

    if ((u16)drive >= DRIVES || !(_drvbits >> drive & 1))
        return E_DRIVE;
    if (v->mounted && call_words(hdv_mediach, SIG_W, drive) == 0)
        return E_OK;
    forget(drive);
    files_close_drive(drive);
    v->mounted = 0;
    if (run_process)
        run_process->dir[drive] = 0;
    bpb = (const struct bpb *)call_words(hdv_bpb, SIG_W, drive);
    if (!bpb || bpb->recsiz != SECTOR)
        return E_DRVNR;
    v->bpb = *bpb;
    v->mounted = 1;
    v->next_free = 2;
    return E_OK;
}

static struct buffer *lookup(s16 drive, u16 record)
{
    s16 i;

    for (i = 0; i < BUFFERS; i++)
        if (buffers[i].drive == drive && buffers[i].record == record)
            return &buffers[i];
    return NULL;
}

/* The sector's data, valid until the next call; NULL after a read error. */
u8 *sector_get(s16 drive, u16 record)
{
    struct buffer *b = lookup(drive, record);
    s16 i;

    if (!b) {
        b = &buffers[0];
        for (i = 1; i < BUFFERS; i++)
            if (buffers[i].drive < 0 || (b->drive >= 0 && buffers[i].used < b->used))
                b = &buffers[i];
        if (b->dirty)
            write_back(b);
        b->drive = -1;
        if (call_words(hdv_rw, SIG_WLWWW, 2, b->data, 1, record, drive) < 0)
            return NULL;
        b->drive = drive;
        b->record = record;
    }
    b->used = ++clock;
    last = b;
    return b->data;
}

void sector_dirty(void)
{
    last->dirty = 1;
}

/* Whole sectors past the cache; what it holds of them is settled first. */
s32 sectors_read(s16 drive, u16 record, s16 count, u8 *to)
{
    s16 i;

    for (i = 0; i < BUFFERS; i++)
        if (buffers[i].drive == drive && buffers[i].dirty && (u16)(buffers[i].record - record) < (u16)count)
            write_back(&buffers[i]);
    return call_words(hdv_rw, SIG_WLWWW, 2, to, count, record, drive);
}

s32 sectors_write(s16 drive, u16 record, s16 count, const u8 *from)
{
    s16 i;

    for (i = 0; i < BUFFERS; i++)
        if (buffers[i].drive == drive && (u16)(buffers[i].record - record) < (u16)count) {
            buffers[i].drive = -1;
            buffers[i].dirty = 0;
        }
    return call_words(hdv_rw, SIG_WLWWW, 1, (void *)from, count, record, drive);
}

u16 cluster_record(s16 drive, u16 cluster)
{
    return volume[drive].bpb.datrec + (cluster - 2) * volume[drive].bpb.clsiz;
}

/* One byte of the first FAT. */
static u8 *fat_byte(s16 drive, u32 offset)
{
    const struct bpb *bpb = &volume[drive].bpb;
    u16 first = bpb->bflags & 2 ? bpb->fatrec : bpb->fatrec - bpb->fsiz;
    u8 *sector = sector_get(drive, first + (offset >> 9));

    return sector ? sector + ((u16)offset & (SECTOR - 1)) : NULL;
}

static u16 fat_get(s16 drive, u16 cluster)
{
    u8 *p;
    u16 value;
    u32 offset;

    if (cluster < 2 || cluster >= (u16)(volume[drive].bpb.numcl + 2))
        return FAT_END;
    if (volume[drive].bpb.bflags & 1) {
        p = fat_byte(drive, (u32)cluster * 2);
        return p ? get16(p) : FAT_END;
    }
    offset = cluster + (cluster >> 1);
    if (!(p = fat_byte(drive, offset)))
        return FAT_END;
    value = *p;
    if (!(p = fat_byte(drive, offset + 1)))
        return FAT_END;
    value |= (u16)*p << 8;
    value = cluster & 1 ? value >> 4 : value & 0xFFF;
    return value >= 0xFF0 ? FAT_END : value;
}

u16 fat_next(s16 drive, u16 cluster)
{
    u16 next = fat_get(drive, cluster);

    return next < 2 || next >= (u16)(volume[drive].bpb.numcl + 2) ? 0 : next;
}

void fat_set(s16 drive, u16 cluster, u16 value)
{
    u8 *p;
    u32 offset;

    if (volume[drive].bpb.bflags & 1) {
        if ((p = fat_byte(drive, (u32)cluster * 2))) {
            put16(p, value);
            sector_dirty();
        }
        return;
    }
    offset = cluster + (cluster >> 1);
    value &= 0xFFF;
    if ((p = fat_byte(drive, offset))) {
        *p = cluster & 1 ? (*p & 0x0F) | (value << 4) : value;
        sector_dirty();
    }
    if ((p = fat_byte(drive, offset + 1))) {
        *p = cluster & 1 ? value >> 4 : (*p & 0xF0) | (value >> 8);
        sector_dirty();
    }
}

/* A new last cluster for the chain that ends with `after` (0: a chain of its own). */
u16 fat_allocate(s16 drive, u16 after)
{
    struct volume *v = &volume[drive];
    u16 clusters = v->bpb.numcl, n, cluster = after ? after + 1 : v->next_free;

    for (n = 0; n < clusters; n++, cluster++) {
        if (cluster < 2 || cluster >= clusters + 2)
            cluster = 2;
        if (fat_get(drive, cluster) == 0) {
            fat_set(drive, cluster, FAT_END);
            if (after)
                fat_set(drive, after, cluster);
            v->next_free = cluster + 1;
            return cluster;
        }
    }
    return 0;
}

void fat_free_chain(s16 drive, u16 cluster)
{
    u16 n = volume[drive].bpb.numcl;        /* a damaged chain may be a ring */

    while (cluster && n--) {
        u16 next = fat_next(drive, cluster);

        fat_set(drive, cluster, 0);
        cluster = next;
    }
    volume[drive].next_free = 2;
}

u16 fat_count_free(s16 drive)
{
    u16 cluster, count = 0;

    for (cluster = 2; cluster < (u16)(volume[drive].bpb.numcl + 2); cluster++)
        if (fat_get(drive, cluster) == 0)
            count++;
    return count;
}
