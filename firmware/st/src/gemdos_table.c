/* GEMDOS: the table of functions, date and time, start-up. */
#include "gemdos.h"

s32 gd_pterm0(void), gd_cconin(void), gd_cconout(s16 c), gd_cauxin(void), gd_cauxout(s16 c), gd_cprnout(s16 c);
s32 gd_crawio(s16 c), gd_crawcin(void), gd_cnecin(void), gd_cconws(const char *s), gd_cconrs(u8 *buffer);
s32 gd_cconis(void), gd_dsetdrv(s16 d), gd_cconos(void), gd_cprnos(void), gd_cauxis(void), gd_cauxos(void);
s32 gd_dgetdrv(void), gd_fsetdta(u8 *dta), gd_fgetdta(void), gd_ptermres(u32 keep, s16 code);
s32 gd_dfree(u32 *info, s16 drive), gd_dcreate(const char *p), gd_ddelete(const char *p), gd_dsetpath(const char *p);
s32 gd_fcreate(const char *p, s16 attr), gd_fdelete(const char *p), gd_fattrib(const char *p, s16 set, s16 attr);
s32 gd_fdup(s16 h), gd_fforce(s16 std, s16 h), gd_dgetpath(char *b, s16 d), gd_malloc(s32 n), gd_mfree(u32 b);
s32 gd_mshrink(s16 zero, u32 b, u32 n), gd_pexec(s16 m, const char *p, const char *c, const char *e);
s32 gd_fsfirst(const char *p, s16 attr), gd_fsnext(void), gd_frename(s16 zero, const char *a, const char *b);
s32 gd_fdatime(u16 *stamp, s16 h, s16 set);
void process_init(void);

static s32 gd_tgetdate(void)
{
    return system_date;
}

static s32 gd_tgettime(void)
{
    return system_time;
}

static s32 gd_tsetdate(u16 date)
{
    u16 day = date & 31, month = (date >> 5) & 15;

    if (day < 1 || month < 1 || month > 12)
        return E_ERROR;
    xb_settime(((u32)date << 16) | system_time);
    return E_OK;
}

static s32 gd_tsettime(u16 time)
{
    if ((time & 31) > 29 || ((time >> 5) & 63) > 59 || time >> 11 > 23)
        return E_ERROR;
    xb_settime(((u32)system_date << 16) | time);
    return E_OK;
}

/* Version 0.21, that of TOS 1.4, low byte first. */
static s32 gd_sversion(void)
{
    return 0x1500;
}

const struct system_call gemdos_table[0x58] = {
    [0x00] = { gd_pterm0, SIG_0 }, { gd_cconin, SIG_0 }, { gd_cconout, SIG_W }, { gd_cauxin, SIG_0 },
    [0x04] = { gd_cauxout, SIG_W }, { gd_cprnout, SIG_W }, { gd_crawio, SIG_W }, { gd_crawcin, SIG_0 },
    [0x08] = { gd_cnecin, SIG_0 }, { gd_cconws, SIG_L }, { gd_cconrs, SIG_L }, { gd_cconis, SIG_0 },
    [0x0E] = { gd_dsetdrv, SIG_W },
    [0x10] = { gd_cconos, SIG_0 }, { gd_cprnos, SIG_0 }, { gd_cauxis, SIG_0 }, { gd_cauxos, SIG_0 },
    [0x19] = { gd_dgetdrv, SIG_0 }, { gd_fsetdta, SIG_L },
    [0x2A] = { gd_tgetdate, SIG_0 }, { gd_tsetdate, SIG_W }, { gd_tgettime, SIG_0 }, { gd_tsettime, SIG_W },
    [0x2F] = { gd_fgetdta, SIG_0 }, { gd_sversion, SIG_0 }, { gd_ptermres, SIG_LW },
    [0x36] = { gd_dfree, SIG_LW },
    [0x39] = { gd_dcreate, SIG_L }, { gd_ddelete, SIG_L }, { gd_dsetpath, SIG_L }, { gd_fcreate, SIG_LW },
    [0x3D] = { gd_fopen, SIG_LW }, { gd_fclose, SIG_W }, { gd_fread, SIG_WLL }, { gd_fwrite, SIG_WLL },
    [0x41] = { gd_fdelete, SIG_L }, { gd_fseek, SIG_LWW }, { gd_fattrib, SIG_LWW },
    [0x45] = { gd_fdup, SIG_W }, { gd_fforce, SIG_WW }, { gd_dgetpath, SIG_LW },
    [0x48] = { gd_malloc, SIG_L }, { gd_mfree, SIG_L }, { gd_mshrink, SIG_WLL }, { gd_pexec, SIG_WLLL },
    [0x4C] = { gd_pterm, SIG_W }, [0x4E] = { gd_fsfirst, SIG_LW }, { gd_fsnext, SIG_0 },
    [0x56] = { gd_frename, SIG_WLL }, { gd_fdatime, SIG_LWW }
};

void gemdos_init(void)
{
    memory_init();
    volume_init();
    files_init();
    process_init();
}
