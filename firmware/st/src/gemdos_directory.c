/* GEMDOS directories: paths, entries, search by pattern, and the calls on them. */
#include "gemdos.h"

static u16 entry_cluster(const struct dir_entry *e)
{
    return get16(e->cluster);
}

/* ---- names ---- */

/* One path component into eleven characters; '*' fills with '?'. Returns what follows it. */
static const char *pack_name(const char *s, char *name)
{
    s16 n;

    for (n = 0; n < 11; n++)
        name[n] = ' ';
    if (s[0] == '.') {
        for (n = 0; *s == '.'; s++)
            if (n < 2)
                name[n++] = '.';
        return s;
    }
    n = 0;
    while (*s && *s != '\\') {
        if (*s == '.') {
            n = 8;
        } else if (*s == '*') {
            s16 end = n < 8 ? 8 : 11;
            while (n < end)
                name[n++] = '?';
        } else if (n != 8 || s[-1] == '.') {
            if (n < 11)
                name[n++] = to_upper(*s);
        }
        s++;
    }
    return s;
}

static void unpack_name(const char *name, char *to)
{
    s16 n;

    for (n = 0; n < 8 && name[n] != ' '; n++)
        *to++ = name[n];
    if (name[8] != ' ' && name[0] != '.') {
        *to++ = '.';
        for (n = 8; n < 11 && name[n] != ' '; n++)
            *to++ = name[n];
    }
    *to = 0;
}

static s16 name_matches(const char *pattern, const char *name)
{
    s16 n;

    for (n = 0; n < 11; n++)
        if (pattern[n] != '?' && pattern[n] != name[n])
            return 0;
    return 1;
}

s16 name_has_wildcard(const char *name)
{
    s16 n;

    for (n = 0; n < 11; n++)
        if (name[n] == '?')
            return 1;
    return 0;
}

/* ---- slots ---- */

void place_start(struct place *p, s16 drive, u16 dir)
{
    p->drive = drive;
    p->dir = p->cluster = dir;
    p->cluster_index = 0;
    p->index = -1;
}

struct dir_entry *place_at(const struct place *p)
{
    u8 *sector = sector_get(p->drive, p->record);

    return sector ? (struct dir_entry *)(sector + p->offset) : NULL;
}

/* The next slot, used or not; NULL behind the last or after an error. */
struct dir_entry *place_next(struct place *p)
{
    const struct bpb *bpb = &volume[p->drive].bpb;
    s16 sector, per_cluster = bpb->clsiz * (SECTOR / 32);

    if (++p->index >= 0x4000)
        return NULL;                        /* a chain that bites its tail */
    sector = p->index / (SECTOR / 32);
    if (p->dir == 0) {
        if (sector >= bpb->rdlen)
            return NULL;
        p->record = bpb->fatrec + bpb->fsiz + sector;
    } else {
        while (p->index / per_cluster > p->cluster_index) {
            u16 next = fat_next(p->drive, p->cluster);
            if (!next)
                return NULL;
            p->cluster = next;
            p->cluster_index++;
        }
        p->record = cluster_record(p->drive, p->cluster) + sector % bpb->clsiz;
    }
    p->offset = (p->index & (SECTOR / 32 - 1)) * 32;
    return place_at(p);
}

static s16 slot_free(const struct dir_entry *e)
{
    return e->name[0] == 0 || (u8)e->name[0] == 0xE5;
}

/* The first entry behind p that matches. with_dirs: subdirectories count, too. */
s32 entry_find(struct place *p, const char *name, s16 with_dirs)
{
    struct dir_entry *e;

    while ((e = place_next(p)) && e->name[0])
        if (!slot_free(e) && !(e->attr & FA_VOLUME) && (with_dirs || !(e->attr & FA_SUBDIR))
            && name_matches(name, e->name))
            return E_OK;
    return E_FILNF;
}

static s16 grow_directory(struct place *p)
{
    u16 cluster = fat_allocate(p->drive, p->cluster), record;
    s16 i;

    if (!cluster)
        return 0;
    record = cluster_record(p->drive, cluster);
    for (i = 0; i < volume[p->drive].bpb.clsiz; i++) {
        u8 *sector = sector_get(p->drive, record + i);
        if (!sector)
            return 0;
        block_clear(sector, SECTOR);
        sector_dirty();
    }
    return 1;
}

s32 entry_create(struct place *p, s16 drive, u16 dir, const char *name, u8 attr)
{
    struct dir_entry *e;
    s16 n;

    place_start(p, drive, dir);
    while ((e = place_next(p)) && !slot_free(e))
        ;
    if (!e) {
        if (dir == 0 || !grow_directory(p))
            return E_ACCDN;                 /* directory or disk full */
        p->index--;
        if (!(e = place_next(p)))
            return E_ACCDN;
    }
    block_clear(e, sizeof(*e));
    for (n = 0; n < 11; n++)
        e->name[n] = name[n];
    e->attr = attr;
    put16(e->time, system_time);
    put16(e->date, system_date);
    sector_dirty();
    return E_OK;
}

void entry_delete(struct place *p)
{
    struct dir_entry *e = place_at(p);

    if (e) {
        u16 cluster = entry_cluster(e);

        e->name[0] = 0xE5;
        sector_dirty();
        fat_free_chain(p->drive, cluster);
    }
}

/* ---- paths ---- */

static s16 find_subdirectory(s16 drive, u16 *dir, const char *name)
{
    struct place p;
    struct dir_entry *e;

    place_start(&p, drive, *dir);
    if (name[0] == '.') {
        if (*dir == 0)
            return 1;                       /* the root is its own . and .. */
        if (name[1] != '.')
            return 1;
    }
    while (entry_find(&p, name, 1) == E_OK) {
        e = place_at(&p);
        if (e && e->attr & FA_SUBDIR) {
            *dir = entry_cluster(e);
            return 1;
        }
    }
    return 0;
}

/* [d:][\]dir\...\name: to drive, directory and packed last name (maybe of blanks). */
s32 path_walk(const char *path, s16 *drive, u16 *dir, char *name)
{
    s32 error;

    *drive = run_process->drive;
    if (path[0] && path[1] == ':') {
        *drive = to_upper(path[0]) - 'A';
        path += 2;
    }
    if (*drive == 1 && _nflops == 1)
        *drive = 0;                         /* the one mechanism */
    error = volume_ready(*drive);
    if (error < 0)
        return error;
    *dir = run_process->dir[*drive];
    if (*path == '\\') {
        *dir = 0;
        path++;
    }
    for (;;) {
        path = pack_name(path, name);
        if (*path != '\\')
            return E_OK;
        path++;
        if (!find_subdirectory(*drive, dir, name))
            return E_PTHNF;
    }
}

/* ---- calls ---- */

s32 gd_dsetdrv(s16 drive)
{
    if ((u16)drive < DRIVES)
        run_process->drive = drive;
    return _drvbits;
}

s32 gd_dgetdrv(void)
{
    return run_process->drive;
}

/* Counted from 1, 0 is the current one. */
static s16 drive_argument(s16 drive)
{
    s16 d = drive ? drive - 1 : run_process->drive;

    return d == 1 && _nflops == 1 ? 0 : d;
}

s32 gd_dfree(u32 *info, s16 drive)
{
    s16 d = drive_argument(drive);
    s32 error = volume_ready(d);

    if (error < 0)
        return error;
    info[0] = fat_count_free(d);
    info[1] = volume[d].bpb.numcl;
    info[2] = SECTOR;
    info[3] = volume[d].bpb.clsiz;
    return E_OK;
}

s32 gd_dsetpath(const char *path)
{
    s16 drive;
    u16 dir;
    char name[11];
    s32 error = path_walk(path, &drive, &dir, name);

    if (error < 0)
        return error;
    if (name[0] != ' ' && !find_subdirectory(drive, &dir, name))
        return E_PTHNF;
    run_process->dir[drive] = dir;
    return E_OK;
}

/* The name of directory `dir`, looked up in its parent. */
static u16 parent_and_name(s16 drive, u16 dir, char *name)
{
    struct place p;
    struct dir_entry *e;
    u16 parent = dir;

    if (!find_subdirectory(drive, &parent, "..         "))
        return 0;
    place_start(&p, drive, parent);
    while ((e = place_next(&p)) && e->name[0])
        if (!slot_free(e) && e->attr & FA_SUBDIR && e->name[0] != '.' && entry_cluster(e) == dir) {
            unpack_name(e->name, name);
            break;
        }
    return parent;
}

s32 gd_dgetpath(char *buffer, s16 drive)
{
    s16 d = drive_argument(drive), levels = 0;
    u16 dirs[16], dir;
    s32 error = volume_ready(d);

    buffer[0] = 0;
    if (error < 0)
        return error;
    for (dir = run_process->dir[d]; dir && levels < COUNT(dirs); levels++) {
        char name[14];
        dirs[levels] = dir;
        dir = parent_and_name(d, dir, name);
    }
    while (levels) {
        *buffer++ = '\\';
        *buffer = 0;
        parent_and_name(d, dirs[--levels], buffer);
        buffer += str_length(buffer);
    }
    return E_OK;
}

s32 gd_dcreate(const char *path)
{
    s16 drive;
    u16 dir, cluster;
    char name[11];
    struct place p;
    struct place inside;
    s32 error = path_walk(path, &drive, &dir, name);

    if (error < 0)
        return error;
    if (name[0] == ' ' || name[0] == '.' || name_has_wildcard(name))
        return E_PTHNF;
    place_start(&p, drive, dir);
    if (entry_find(&p, name, 1) == E_OK)
        return E_ACCDN;
    inside.drive = drive;
    inside.cluster = 0;
    if (!grow_directory(&inside))
        return E_ACCDN;
    cluster = volume[drive].next_free - 1;  /* just allocated */
    error = entry_create(&p, drive, dir, name, FA_SUBDIR);
    if (error < 0) {
        fat_free_chain(drive, cluster);
        return error;
    }
    put16(place_at(&p)->cluster, cluster);
    sector_dirty();
    entry_create(&inside, drive, cluster, ".          ", FA_SUBDIR);
    put16(place_at(&inside)->cluster, cluster);
    sector_dirty();
    entry_create(&inside, drive, cluster, "..         ", FA_SUBDIR);
    put16(place_at(&inside)->cluster, dir);
    sector_dirty();
    return volume_flush(drive);
}

s32 gd_ddelete(const char *path)
{
    s16 drive;
    u16 dir, inner;
    char name[11];
    struct place p, inside;
    struct dir_entry *e;
    s32 error = path_walk(path, &drive, &dir, name);

    if (error < 0)
        return error;
    place_start(&p, drive, dir);
    if (name[0] == '.' || entry_find(&p, name, 1) < 0)
        return E_PTHNF;
    e = place_at(&p);
    if (!(e->attr & FA_SUBDIR))
        return E_PTHNF;
    inner = entry_cluster(e);
    place_start(&inside, drive, inner);
    while ((e = place_next(&inside)) && e->name[0])
        if (!slot_free(e) && e->name[0] != '.')
            return E_ACCDN;
    if (run_process->dir[drive] == inner)
        return E_ACCDN;
    entry_delete(&p);
    return volume_flush(drive);
}

s32 gd_fsetdta(u8 *dta)
{
    run_process->dta = dta;
    return 0;
}

s32 gd_fgetdta(void)
{
    return (s32)run_process->dta;
}

/* The DTA's 21 private bytes, then what the caller reads. */
struct dta {
    char pattern[11];
    u8 attr;
    u8 drive, dir[2], index[2], pad[4];
    u8 found_attr;
    u16 time, date;
    u32 size;
    char name[14];
} PACKED;

static s16 attribute_matches(u8 wanted, u8 attr)
{
    if (attr & FA_VOLUME)
        return wanted & FA_VOLUME;
    if (wanted == FA_VOLUME)
        return 0;
    return !(attr & (FA_HIDDEN | FA_SYSTEM | FA_SUBDIR) & ~wanted);
}

static s32 search(struct dta *dta, s32 none)
{
    struct place p;
    struct dir_entry *e;
    s16 start = get16(dta->index);

    place_start(&p, dta->drive, get16(dta->dir));
    while ((e = place_next(&p)) && e->name[0]) {
        if (p.index < start || slot_free(e) || !name_matches(dta->pattern, e->name)
            || !attribute_matches(dta->attr, e->attr))
            continue;
        put16(dta->index, p.index + 1);
        dta->found_attr = e->attr;
        dta->time = get16(e->time);
        dta->date = get16(e->date);
        dta->size = get32(e->size);
        unpack_name(e->name, dta->name);
        return E_OK;
    }
    put16(dta->index, 0x7FFF);
    return none;
}

s32 gd_fsfirst(const char *path, s16 attr)
{
    struct dta *dta = (struct dta *)run_process->dta;
    s16 drive;
    u16 dir;
    s32 error = path_walk(path, &drive, &dir, dta->pattern);

    if (error < 0)
        return error;
    dta->attr = attr;
    dta->drive = drive;
    put16(dta->dir, dir);
    put16(dta->index, 0);
    return search(dta, E_FILNF);
}

s32 gd_fsnext(void)
{
    struct dta *dta = (struct dta *)run_process->dta;
    s32 error;

    if (dta->drive >= DRIVES)
        return E_NMFIL;
    error = volume_ready(dta->drive);
    return error < 0 ? error : search(dta, E_NMFIL);
}

static s32 find_file(const char *path, struct place *p, s16 with_dirs)
{
    s16 drive;
    u16 dir;
    char name[11];
    s32 error = path_walk(path, &drive, &dir, name);

    if (error < 0)
        return error;
    place_start(p, drive, dir);
    return name[0] == ' ' || name_has_wildcard(name) ? E_FILNF : entry_find(p, name, with_dirs);
}

s32 gd_fdelete(const char *path)
{
    struct place p;
    s32 error = find_file(path, &p, 0);

    if (error < 0)
        return error;
    if (place_at(&p)->attr & FA_READONLY)
        return E_ACCDN;
    entry_delete(&p);
    return volume_flush(p.drive);
}

s32 gd_fattrib(const char *path, s16 set, s16 attr)
{
    struct place p;
    s32 error = find_file(path, &p, 1);
    struct dir_entry *e;

    if (error < 0)
        return error;
    e = place_at(&p);
    if (set) {
        e->attr = (e->attr & FA_SUBDIR) | (attr & ~(FA_SUBDIR | FA_VOLUME));
        sector_dirty();
        if ((error = volume_flush(p.drive)) < 0)
            return error;
        e = place_at(&p);
    }
    return e->attr;
}

/* Within one drive; a file may move to another directory, a directory keeps its place. */
s32 gd_frename(s16 zero, const char *from, const char *to)
{
    struct place p, q;
    struct dir_entry copy, *e;
    s16 drive, n;
    u16 dir;
    char name[11];
    s32 error = find_file(from, &p, 1);

    (void)zero;
    if (error < 0)
        return error;
    copy = *place_at(&p);
    if ((error = path_walk(to, &drive, &dir, name)) < 0)
        return error;
    if (drive != p.drive || name[0] == ' ' || name[0] == '.' || name_has_wildcard(name)
        || (dir != p.dir && copy.attr & FA_SUBDIR))
        return drive != p.drive ? -48 : E_ACCDN;
    place_start(&q, drive, dir);
    if (entry_find(&q, name, 1) == E_OK)
        return E_ACCDN;
    if (dir == p.dir) {
        e = place_at(&p);
        for (n = 0; n < 11; n++)
            e->name[n] = name[n];
        sector_dirty();
        return volume_flush(drive);
    }
    if ((error = entry_create(&q, drive, dir, name, copy.attr)) < 0)
        return error;
    e = place_at(&q);
    for (n = 0; n < 11; n++)
        copy.name[n] = name[n];
    *e = copy;
    sector_dirty();
    e = place_at(&p);
    e->name[0] = 0xE5;
    sector_dirty();
    return volume_flush(drive);
}
