/* GEMDOS: structures shared by its parts. */
#ifndef GEMDOS_H
#define GEMDOS_H

#include "kernel.h"

#define DRIVES     16
#define STD        6                        /* handles 0-5 are a process's own */
#define FILES      40                       /* handles 6 and up are everybody's */
#define SECTOR     512

/* What a standard handle may stand for; the same numbers are the device handles. */
enum { DEV_CON = -1, DEV_AUX = -2, DEV_PRN = -3 };

enum { FA_READONLY = 1, FA_HIDDEN = 2, FA_SYSTEM = 4, FA_VOLUME = 8, FA_SUBDIR = 16, FA_ARCHIVE = 32 };

/* Basepage: documented up to env; the rest of the first 128 bytes is the system's. */
struct basepage {
    u32 lowtpa, hitpa, tbase, tlen, dbase, dlen, bbase, blen;
    u8 *dta;
    struct basepage *parent;
    u32 reserved;
    const char *env;
    s8 std[STD];
    u8 pad;
    u8 drive;                               /* +$37 */
    u16 dir[DRIVES];                        /* current directories, by first cluster */
    u32 saved_ssp;                          /* where enter_process left the parent's context */
    u8 owns_memory;                         /* freed with the process */
    u8 rest[35];
    char command[128];
};

extern struct basepage *run_process;

/* A directory entry as it lies on disk. */
struct dir_entry {
    char name[11];
    u8 attr;
    u8 reserved[10];
    u8 time[2], date[2], cluster[2], size[4];
};

static inline u16 get16(const u8 *p) { return p[0] | (u16)p[1] << 8; }
static inline u32 get32(const u8 *p) { return get16(p) | (u32)get16(p + 2) << 16; }
static inline void put16(u8 *p, u16 v) { p[0] = v; p[1] = v >> 8; }
static inline void put32(u8 *p, u32 v) { put16(p, v); put16(p + 2, v >> 16); }

/* gemdos_volume.c: mounted drives, sector cache, FAT */
struct volume {
    struct bpb bpb;
    u8 mounted;
    u16 next_free;                          /* where the search for a free cluster starts */
};
extern struct volume volume[DRIVES];
void volume_init(void);
s32  volume_ready(s16 drive);
u8  *sector_get(s16 drive, u16 record);
void sector_dirty(void);                    /* the sector last got was changed */
s32  sectors_read(s16 drive, u16 record, s16 count, u8 *to);
s32  sectors_write(s16 drive, u16 record, s16 count, const u8 *from);
s32  volume_flush(s16 drive);
u16  fat_next(s16 drive, u16 cluster);      /* 0: end of the chain */
void fat_set(s16 drive, u16 cluster, u16 value);
u16  fat_allocate(s16 drive, u16 after);    /* 0: disk full */
void fat_free_chain(s16 drive, u16 cluster);
u16  fat_count_free(s16 drive);
u16  cluster_record(s16 drive, u16 cluster);
#define FAT_END 0xFFFF

/* gemdos_directory.c */
struct place {                              /* a directory slot */
    s16 drive;
    u16 dir;                                /* first cluster of the directory, 0 root */
    s16 index;
    u16 record, offset;                     /* where it lies */
    u16 cluster;                            /* chain position of the search */
    s16 cluster_index;
};
s32  path_walk(const char *path, s16 *drive, u16 *dir, char *name);
void place_start(struct place *p, s16 drive, u16 dir);
struct dir_entry *place_next(struct place *p);
struct dir_entry *place_at(const struct place *p);
s32  entry_find(struct place *p, const char *name, s16 with_dirs);
s32  entry_create(struct place *p, s16 drive, u16 dir, const char *name, u8 attr);
void entry_delete(struct place *p);
s16  name_has_wildcard(const char *name);

/* gemdos_file.c */
void files_init(void);
void files_close_drive(s16 drive);
void file_release(s16 handle);
void file_share(s16 handle);
s32  gd_fopen(const char *path, s16 mode);
s32  gd_fclose(s16 handle);
s32  gd_fread(s16 handle, u32 count, u8 *buffer);
s32  gd_fwrite(s16 handle, u32 count, const u8 *buffer);
s32  gd_fseek(s32 offset, s16 handle, s16 mode);

/* gemdos_console.c */
s32  device_read(s16 device, u32 count, u8 *buffer);
s32  device_write(s16 device, u32 count, const u8 *buffer);

/* gemdos_memory.c */
void memory_init(void);
u32  memory_largest(void);
u32  memory_allocate(u32 bytes, struct basepage *owner);
s32  memory_shrink(u32 block, u32 bytes);
void memory_free_owner(struct basepage *owner);
void memory_change_owner(u32 block, struct basepage *owner);

/* gemdos_process.c */
s32  gd_pterm(s16 code);

#endif
