/* GEMDOS files: open, read, write, seek, and the handles. */
#include "gemdos.h"

static struct file {
    s16 references;                         /* 0: free */
    s16 mode;                               /* 0 read, 1 write, 2 both */
    struct place place;                     /* its directory entry */
    u16 first;                              /* first cluster, 0: none yet */
    u32 size, position;
    u16 cluster;                            /* the cluster that `position` was last in ... */
    u16 cluster_index;                      /* ... and its number in the chain */
    u8 changed;                             /* the directory entry is out of date */
    struct basepage *owner;
} files[FILES];

void files_init(void)
{
    s16 i;

    for (i = 0; i < FILES; i++)
        files[i].references = 0;
}

/* Another disk is in the drive: its files' handles are dead. */
void files_close_drive(s16 drive)
{
    s16 i;

    for (i = 0; i < FILES; i++)
        if (files[i].references && files[i].place.drive == drive)
            files[i].references = 0;
}

/* A handle as programs have it, to a file, or to a device number (< 0). 0: bad handle. */
static s16 resolve(s16 handle)
{
    if (handle >= 0 && handle < STD)
        handle = run_process->std[handle];
    if (handle >= STD)
        return handle < STD + FILES && files[handle - STD].references ? handle : 0;
    return handle >= DEV_PRN && handle < 0 ? handle : 0;
}

static s32 update_entry(struct file *f)
{
    struct dir_entry *e;

    if (f->changed) {
        f->changed = 0;
        e = place_at(&f->place);
        if (e) {
            put16(e->cluster, f->first);
            put32(e->size, f->size);
            put16(e->time, system_time);
            put16(e->date, system_date);
            e->attr |= FA_ARCHIVE;
            sector_dirty();
        }
    }
    return volume_flush(f->place.drive);
}

void file_share(s16 handle)
{
    if (handle >= STD)
        files[handle - STD].references++;
}

void file_release(s16 handle)
{
    struct file *f = &files[handle - STD];

    if (handle >= STD && f->references) {
        update_entry(f);
        f->references--;
    }
}

void files_close_owner(struct basepage *owner)
{
    s16 i;

    for (i = 0; i < FILES; i++)
        if (files[i].references && files[i].owner == owner) {
            update_entry(&files[i]);
            files[i].references = 0;
        }
}

static s16 new_file(void)
{
    s16 i;

    for (i = 0; i < FILES; i++)
        if (!files[i].references)
            return i;
    return -1;
}

static s32 open_entry(const struct place *p, s16 mode)
{
    s16 i = new_file();
    struct file *f = &files[i];
    const struct dir_entry *e;

    if (i < 0)
        return E_NHNDL;
    e = place_at(p);
    if (!e)
        return E_READF;
    f->references = 1;
    f->mode = mode;
    f->place = *p;
    f->first = f->cluster = get16(e->cluster);
    f->size = get32(e->size);
    f->position = 0;
    f->cluster_index = 0;
    f->changed = 0;
    f->owner = run_process;
    return i + STD;
}

static s16 device_name(const char *path)
{
    static const char *const names[] = { "CON:", "AUX:", "PRN:" };
    char upper[5];
    s16 i;

    for (i = 0; i < 4 && path[i]; i++)
        upper[i] = to_upper(path[i]);
    upper[i] = 0;
    if (i < 4 || path[4])
        return 0;
    for (i = 0; i < COUNT(names); i++)
        if (str_equal(upper, names[i]))
            return -1 - i;
    return 0;
}

s32 gd_fopen(const char *path, s16 mode)
{
    s16 drive, device = device_name(path);
    u16 dir;
    char name[11];
    struct place p;
    s32 error;

    if (device)
        return (u16)device;
    mode &= 3;
    if ((error = path_walk(path, &drive, &dir, name)) < 0)
        return error;
    place_start(&p, drive, dir);
    if (name[0] == ' ' || name_has_wildcard(name) || entry_find(&p, name, 0) < 0)
        return E_FILNF;
    if (mode != 0 && place_at(&p)->attr & FA_READONLY)
        return E_ACCDN;
    return open_entry(&p, mode);
}

s32 gd_fcreate(const char *path, s16 attr)
{
    s16 drive, device = device_name(path);
    u16 dir;
    char name[11];
    struct place p;
    s32 error;

    if (device)
        return (u16)device;
    if ((error = path_walk(path, &drive, &dir, name)) < 0)
        return error;
    if (name[0] == ' ' || name[0] == '.' || name_has_wildcard(name))
        return E_PTHNF;
    place_start(&p, drive, dir);
    if (!(attr & FA_VOLUME) && entry_find(&p, name, 1) == E_OK) {
        if (place_at(&p)->attr & (FA_READONLY | FA_SUBDIR))
            return E_ACCDN;
        entry_delete(&p);
    }
    if ((error = entry_create(&p, drive, dir, name, attr & ~FA_SUBDIR)) < 0 || (error = volume_flush(drive)) < 0)
        return error;
    return open_entry(&p, 2);
}

s32 gd_fclose(s16 handle)
{
    s16 h;

    if (handle >= 0 && handle < STD) {      /* back to its device */
        h = run_process->std[handle];
        run_process->std[handle] = handle < 2 ? DEV_CON : handle == 2 ? DEV_AUX : DEV_PRN;
        if (h >= STD)
            file_release(h);
        return E_OK;
    }
    h = resolve(handle);
    if (h == 0)
        return E_IHNDL;
    if (h >= STD)
        file_release(h);
    return E_OK;
}

/* Sets f->cluster to the one that holds `position`; grows the chain on request. */
static s16 locate(struct file *f, s16 grow)
{
    s16 drive = f->place.drive;
    u16 wanted = f->position / (u16)volume[drive].bpb.clsizb;

    if (!f->first) {
        if (!grow || !(f->first = fat_allocate(drive, 0)))
            return 0;
        f->cluster = f->first;
        f->cluster_index = 0;
        f->changed = 1;
    }
    if (wanted < f->cluster_index || !f->cluster) {
        f->cluster = f->first;
        f->cluster_index = 0;
    }
    while (f->cluster_index < wanted) {
        u16 next = fat_next(drive, f->cluster);

        if (!next && (!grow || !(next = fat_allocate(drive, f->cluster))))
            return 0;
        f->cluster = next;
        f->cluster_index++;
    }
    return 1;
}

/* Whole sectors from `position` on, as far as they lie in one piece. */
static s16 contiguous(struct file *f, u32 sectors, s16 grow)
{
    s16 drive = f->place.drive, clsiz = volume[drive].bpb.clsiz;
    s16 run = clsiz - (s16)((f->position >> 9) % (u16)clsiz);

    while ((u32)run < sectors && run < 128) {
        u16 next = fat_next(drive, f->cluster);

        if (!next && grow)
            next = fat_allocate(drive, f->cluster);
        if (next != f->cluster + 1)
            break;
        f->cluster = next;
        f->cluster_index++;
        run += clsiz;
    }
    return (u32)run < sectors ? run : (s16)sectors;
}

/* Common to reading and writing. Returns bytes moved in this step, 0 at the end, or an error. */
static s32 step(struct file *f, u32 count, u8 *buffer, s16 writing)
{
    s16 drive = f->place.drive;
    u16 offset = (u16)f->position & (SECTOR - 1), record, part;
    u8 *sector;
    s32 error;

    if (!locate(f, writing))
        return 0;
    record = cluster_record(drive, f->cluster) + (u16)((f->position >> 9) % (u16)volume[drive].bpb.clsiz);
    if (offset == 0 && count >= SECTOR) {
        s16 run = contiguous(f, count >> 9, writing);

        error = writing ? sectors_write(drive, record, run, buffer) : sectors_read(drive, record, run, buffer);
        return error < 0 ? error : (s32)run << 9;
    }
    part = SECTOR - offset;
    if (part > count)
        part = count;
    sector = sector_get(drive, record);
    if (!sector)
        return writing ? E_WRITF : E_READF;
    if (writing) {
        memcpy(sector + offset, buffer, part);
        sector_dirty();
    } else
        memcpy(buffer, sector + offset, part);
    return part;
}

static s32 transfer(struct file *f, u32 count, u8 *buffer, s16 writing)
{
    u32 done = 0;
    s32 n = volume_ready(f->place.drive);

    if (n < 0)
        return n;
    if (!f->references)
        return E_IHNDL;                     /* the disk was changed */
    while (done < count) {
        n = step(f, count - done, buffer + done, writing);
        if (n < 0)
            return n;
        if (n == 0)
            break;
        done += n;
        f->position += n;
        if (writing) {
            f->changed = 1;
            if (f->position > f->size)
                f->size = f->position;
        }
    }
    return done;
}

s32 gd_fread(s16 handle, u32 count, u8 *buffer)
{
    s16 h = resolve(handle);
    struct file *f = &files[h - STD];

    if (h == 0)
        return E_IHNDL;
    if (h < 0)
        return device_read(h, count, buffer);
    if (f->mode == 1)
        return E_ACCDN;
    if (count > f->size - f->position)
        count = f->size - f->position;
    return transfer(f, count, buffer, 0);
}

s32 gd_fwrite(s16 handle, u32 count, const u8 *buffer)
{
    s16 h = resolve(handle);

    if (h == 0)
        return E_IHNDL;
    if (h < 0)
        return device_write(h, count, buffer);
    if (files[h - STD].mode == 0)
        return E_ACCDN;
    return transfer(&files[h - STD], count, (u8 *)buffer, 1);
}

s32 gd_fseek(s32 offset, s16 handle, s16 mode)
{
    s16 h = resolve(handle);
    struct file *f = &files[h - STD];

    if (h < STD)
        return h == 0 ? E_IHNDL : 0;
    if (mode == 1)
        offset += f->position;
    else if (mode == 2)
        offset += f->size;
    else if (mode != 0)
        return E_INVFN;
    if (offset < 0 || (u32)offset > f->size)
        return E_RANGE;
    return f->position = offset;
}

s32 gd_fdup(s16 handle)
{
    s16 h, i;

    if (handle < 0 || handle >= STD)
        return E_IHNDL;
    h = run_process->std[handle];
    if (h < 0)
        return (u16)h;
    i = resolve(h);
    if (i == 0)
        return E_IHNDL;
    file_share(i);
    return i;
}

s32 gd_fforce(s16 std, s16 handle)
{
    s16 h = resolve(handle), old;

    if (std < 0 || std >= STD || h == 0)
        return E_IHNDL;
    file_share(h);
    old = run_process->std[std];
    run_process->std[std] = h;
    if (old >= STD)
        file_release(old);
    return E_OK;
}

s32 gd_fdatime(u16 *stamp, s16 handle, s16 set)
{
    s16 h = resolve(handle);
    struct dir_entry *e;
    s32 error;

    if (h < STD)
        return E_IHNDL;
    if ((error = volume_ready(files[h - STD].place.drive)) < 0)
        return error;
    update_entry(&files[h - STD]);
    if (!(e = place_at(&files[h - STD].place)))
        return E_READF;
    if (!set) {
        stamp[0] = get16(e->time);
        stamp[1] = get16(e->date);
        return E_OK;
    }
    put16(e->time, stamp[0]);
    put16(e->date, stamp[1]);
    sector_dirty();
    return volume_flush(files[h - STD].place.drive);
}
