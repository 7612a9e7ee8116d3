/* GEMDOS processes: basepages, the loader with relocation, Pexec and the ways to end. */
#include "gemdos.h"

void files_close_owner(struct basepage *owner);
void memory_make_resident(struct basepage *owner);
void warm_reset(void);

struct basepage *run_process;
static struct basepage root;                /* stands above the first process */

/* Header of an executable. */
struct program {
    u16 magic;
    u32 text, data, bss, symbols, reserved, flags;
    u16 absolute;                           /* not 0: no relocation table */
} PACKED;

#define PROGRAM_MAGIC 0x601A
#define FAST_LOAD 1                         /* clear only the BSS */

static u32 environment_size(const char *env)
{
    const char *p = env;

    while (p[0] || p[1])
        p++;
    return (u32)p - (u32)env + 2;
}

static u32 copy_environment(const char *env)
{
    u32 size, copy;

    if (!env)
        env = run_process->env;
    size = environment_size(env);
    copy = memory_allocate(size, run_process);
    if (copy)
        memcpy((void *)copy, env, (u16)size);
    return copy;
}

static void inherit(struct basepage *bp)
{
    s16 i;

    for (i = 0; i < STD; i++) {
        bp->std[i] = run_process->std[i];
        file_share(bp->std[i]);
    }
    bp->drive = run_process->drive;
    for (i = 0; i < DRIVES; i++)
        bp->dir[i] = run_process->dir[i];
}

/* The largest free block becomes a TPA with its basepage. */
static s32 create(const char *command, const char *env)
{
    u32 environment = copy_environment(env), size, tpa;
    struct basepage *bp;
    s16 i;

    if (!environment)
        return E_NSMEM;
    size = memory_largest();
    if (size < sizeof(struct basepage) + 512 || !(tpa = memory_allocate(size, run_process))) {
        memory_shrink(environment, 0);
        return E_NSMEM;
    }
    bp = (struct basepage *)tpa;
    block_clear(bp, sizeof(*bp));
    bp->lowtpa = tpa;
    bp->hitpa = tpa + size;
    bp->tbase = bp->dbase = bp->bbase = tpa + sizeof(*bp);
    bp->dta = (u8 *)bp->command;
    bp->parent = run_process;
    bp->env = (const char *)environment;
    inherit(bp);
    if (command)
        for (i = 0; i < 127 && (i == 0 || command[i]); i++)
            bp->command[i] = command[i];
    return (s32)bp;
}

static void destroy(struct basepage *bp)
{
    s16 i;

    for (i = 0; i < STD; i++)
        file_release(bp->std[i]);
    memory_shrink((u32)bp->env, 0);
    memory_shrink((u32)bp, 0);
}

static s16 fix(struct basepage *bp, u32 offset)
{
    if (offset & 1 || offset + 4 > bp->tlen + bp->dlen)
        return 0;
    *(u32 *)(bp->tbase + offset) += bp->tbase;
    return 1;
}

/* First fixup as a long offset, then distances in bytes: 1 stands for 254 without one, 0 ends. */
static s32 relocate(s16 handle, struct basepage *bp)
{
    u8 chunk[128];
    u32 offset;
    s32 n, i;

    if (gd_fread(handle, 4, (u8 *)&offset) != 4 || offset == 0)
        return E_OK;
    if (!fix(bp, offset))
        return E_PLFMT;
    while ((n = gd_fread(handle, sizeof(chunk), chunk)) > 0)
        for (i = 0; i < n; i++) {
            if (chunk[i] == 0)
                return E_OK;
            if (chunk[i] == 1) {
                offset += 254;
                continue;
            }
            offset += chunk[i];
            if (!fix(bp, offset))
                return E_PLFMT;
        }
    return n;
}

static s32 load(s16 handle, struct basepage *bp)
{
    struct program p;
    u32 room = bp->hitpa - bp->tbase, image;
    s32 n = gd_fread(handle, sizeof(p), (u8 *)&p);

    if (n < 0)
        return n;
    if (n != sizeof(p) || p.magic != PROGRAM_MAGIC || (p.text | p.data | p.bss | p.symbols) >= 0x1000000UL)
        return E_PLFMT;
    image = p.text + p.data;
    if (image + p.bss + 256 > room)
        return E_NSMEM;
    bp->tlen = p.text;
    bp->dbase = bp->tbase + p.text;
    bp->dlen = p.data;
    bp->bbase = bp->dbase + p.data;
    bp->blen = p.bss;
    n = gd_fread(handle, image, (u8 *)bp->tbase);
    if (n < 0)
        return n;
    if ((u32)n != image)
        return E_PLFMT;
    if (bp->bbase & 1) {
        *(u8 *)bp->bbase = 0;
        block_clear((void *)(bp->bbase + 1), p.flags & FAST_LOAD ? p.bss : room - image - 1);
    } else
        block_clear((void *)bp->bbase, p.flags & FAST_LOAD ? p.bss : room - image);
    if (p.absolute)
        return E_OK;
    if ((n = gd_fseek(p.symbols, handle, 1)) < 0)
        return E_OK;                        /* nothing follows: no fixups */
    return relocate(handle, bp);
}

static s32 load_file(const char *path, const char *command, const char *env)
{
    s32 handle = gd_fopen(path, 0), bp, error;

    if (handle < 0)
        return handle;
    if ((u16)handle >= 0xFFFD)
        return E_FILNF;                     /* a device */
    bp = create(command, env);
    if (bp > 0) {
        error = load(handle, (struct basepage *)bp);
        if (error < 0) {
            destroy((struct basepage *)bp);
            bp = error;
        }
    }
    gd_fclose(handle);
    return bp;
}

/* Runs a basepage's program to its end, in user mode, basepage address at 4(sp). */
static s32 run(struct basepage *bp, s16 frees)
{
    u32 *usp = (u32 *)(bp->hitpa & ~1UL);
    s32 code;

    *--usp = (u32)bp;
    *--usp = 0;
    bp->parent = run_process;
    bp->owns_memory = frees;
    if (frees) {
        memory_change_owner((u32)bp->env, bp);
        memory_change_owner((u32)bp, bp);
    }
    run_process = bp;
    code = enter_process(&bp->saved_ssp, bp->tbase, (u32)usp);
    return code;
}

s32 gd_pexec(s16 mode, const char *path, const char *command, const char *env)
{
    s32 bp;

    switch (mode) {
    case 0:
        bp = load_file(path, command, env);
        return bp < 0 ? bp : run((struct basepage *)bp, 1);
    case 3:
        return load_file(path, command, env);
    case 4:
        return run((struct basepage *)command, 0);
    case 5:
        return create(command, env);
    case 6:
        return run((struct basepage *)command, 1);
    }
    return E_INVFN;
}

/* Back to the parent, which gets the code. */
static void finish(s32 code)
{
    struct basepage *bp = run_process, *parent = bp->parent;
    s16 i;

    for (i = 0; i < STD; i++)
        file_release(bp->std[i]);
    files_close_owner(bp);
    for (i = 0; i < DRIVES; i++)
        if (volume[i].mounted)
            volume_flush(i);
    run_process = parent;
    leave_process(&bp->saved_ssp, code);
}

/* etv_term sees every end, also the sudden ones. */
s32 gd_pterm(s16 code)
{
    if (run_process == &root)
        warm_reset();
    call_vector(etv_term);
    memory_free_owner(run_process);
    finish((u16)code);
    return 0;
}

s32 gd_pterm0(void)
{
    return gd_pterm(0);
}

s32 gd_ptermres(u32 keep, s16 code)
{
    memory_shrink((u32)run_process, keep);
    memory_make_resident(run_process);
    call_vector(etv_term);
    finish((u16)code);
    return 0;
}

/* After an exception: the process is over; without one, so is the system. */
void abandon_process(void)
{
    if (!run_process || run_process == &root)
        warm_reset();
    _v_bas_ad = xb_physbase();
    set_sr(0x2300);
    gd_pterm(-1);
}

void process_init(void)
{
    s16 i;

    run_process = &root;
    the_env = "PATH=;A:\\\0";
    root.env = the_env;
    root.dta = (u8 *)root.command;
    for (i = 0; i < STD; i++)
        root.std[i] = i < 2 || i > 3 ? DEV_CON : i == 2 ? DEV_AUX : DEV_PRN;
    root.drive = _bootdev;
    etv_term = just_rts;
}

/* A program in ROM as a process: its own stack and basepage, restarted by the caller. */
s32 process_run_rom(void (*entry)(void), u32 memory)
{
    s32 bp = create("", NULL);

    if (bp < 0)
        return bp;
    memory_shrink(bp, memory);
    ((struct basepage *)bp)->hitpa = bp + memory;
    ((struct basepage *)bp)->tbase = (u32)entry;
    return run((struct basepage *)bp, 1);
}
