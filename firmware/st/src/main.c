/* From the first C function to the shell: the order in which the system comes up. */
#include "kernel.h"
#include "gemdos.h"

s32 process_run_rom(void (*entry)(void), u32 memory);
s32 gd_pexec(s16 mode, const char *path, const char *command, const char *env);
s32 gd_fsfirst(const char *path, s16 attr);
s32 gd_fsnext(void);

/* GEM memory usage parameter block: magic, end of the OS's RAM, what to start after boot. */
const struct { u32 magic; void *end; void *start; } gem_mupb = { 0x87654321UL, bss_end, (void *)os_header };

void tick_50hz(void)
{
    sound_tick();
    key_repeat_tick();
    clock_tick();
}

static void vectors_init(void)
{
    s16 i;

    install_exceptions();
    VECTOR(0x1A) = hbl_isr;
    VECTOR(0x1C) = vbl_isr;
    VECTOR(0x0A) = linea_trap;
    VECTOR(0x21) = gemdos_trap;
    VECTOR(0x22) = aes_vdi_trap;
    VECTOR(0x2D) = bios_trap;
    VECTOR(0x2E) = xbios_trap;
    for (i = 0x18; i <= 0x1E; i++)          /* levels that nothing drives */
        if (i != 0x1A && i != 0x1C)
            VECTOR(i) = null_rte;
}

static void variables_init(void)
{
    static u32 save_area[64];

    etv_timer = default_etv_timer;
    _timr_ms = 20;
    conterm = 7;                            /* click, repeat, bell */
    nvbls = 8;
    _vblqueue = _vbl_list;
    vblsem = 1;
    savptr = &save_area[COUNT(save_area)];
    _sysbase = (u32)os_header;
    end_os = _membot = (u32)bss_end;
    exec_os = (u32)shell_main;
    _shell_p = 0;
    prv_lsto = prv_lst = prv_auxo = prv_aux = (vector_t)just_rts;
    _autopath = "\\AUTO\\";
    _bootdev = 0;
    _longframe = 0;
    _p_cookies = NULL;
}

/* Cartridge applications: a chain of headers from $FA0004 behind the magic number. The top byte
 * of a header's second long says when its routine wants to be called: bit 0 before interrupts,
 * bit 1 before GEMDOS, bit 3 before the boot sector. */
static void cartridge(s16 bit)
{
    const u32 *header = (const u32 *)0xFA0004;

    if (*(volatile u32 *)0xFA0000 != 0xABCDEF42UL)
        return;
    for (; header; header = (const u32 *)header[0])
        if (header[1] >> 24 & (1 << bit) && header[1] & 0xFFFFFF)
            call_vector((void *)(header[1] & 0xFFFFFF));
}

static void boot_sector(void)
{
    if (hdv_boot() == 0)
        call_vector(_dskbufp);
}

/* Every program of the AUTO folder, in the order of its directory. */
static void auto_folder(void)
{
    char path[24];
    u8 dta[44] __attribute__((aligned(2)));
    s32 found;

    if (!(_drvbits >> _bootdev & 1))
        return;
    run_process->drive = _bootdev;
    run_process->dta = dta;
    for (found = gd_fsfirst("\\AUTO\\*.PRG", 0); found == E_OK; found = gd_fsnext()) {
        str_copy(path, "\\AUTO\\");
        str_copy(path + 6, (char *)dta + 30);
        gd_pexec(0, path, "", NULL);
        run_process->dta = dta;
    }
}

void boot_main(s16 warm)
{
    vectors_init();
    variables_init();
    psg_init();
    mfp_init();
    bios_init();
    clock_init();
    serial_init();
    ikbd_init();
    screen_init();
    cartridge(0);
    set_sr(0x2300);
    disk_init();
    ikbd_send(0x1C);                        /* the keyboard may know the time */

    if (warm)
        screen_reset_palette();
    else
        bootscreen();
    cartridge(1);
    gemdos_init();
    cartridge(3);
    boot_sector();
    auto_folder();
    if (_cmdload)                           /* a boot sector wants its own shell */
        gd_pexec(0, "\\COMMAND.PRG", "", NULL);
    for (;;)
        process_run_rom((void (*)(void))exec_os, 16384);
}
