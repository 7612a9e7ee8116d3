/* GEMDOS memory: blocks from _membot to _memtop in address order, first fit. */
#include "gemdos.h"

#define BLOCKS 200
#define RESIDENT ((struct basepage *)1)     /* what Ptermres keeps */

static struct block {
    u32 start, length;
    struct basepage *owner;                 /* NULL: free */
} blocks[BLOCKS];
static s16 block_count;

/* The OSHEADER's p_root: the memory descriptor list's head. */
struct mpb p_root;

void memory_init(void)
{
    struct mpb *p = &p_root;

    themd.start = _membot;
    themd.length = _memtop - _membot;
    p->free = p->rover = &themd;
    block_count = 1;
    blocks[0].start = _membot;
    blocks[0].length = _memtop - _membot;
    blocks[0].owner = NULL;
}

u32 memory_largest(void)
{
    u32 largest = 0;
    s16 i;

    for (i = 0; i < block_count; i++)
        if (!blocks[i].owner && blocks[i].length > largest)
            largest = blocks[i].length;
    return largest;
}

static void remove(s16 i)
{
    for (block_count--; i < block_count; i++)
        blocks[i] = blocks[i + 1];
}

static s16 split(s16 i, u32 bytes)
{
    s16 n;

    if (blocks[i].length == bytes)
        return 1;
    if (block_count == BLOCKS)
        return 0;
    for (n = block_count++; n > i; n--)
        blocks[n] = blocks[n - 1];
    blocks[i].length = bytes;
    blocks[i + 1].start += bytes;
    blocks[i + 1].length -= bytes;
    blocks[i + 1].owner = NULL;
    return 1;
}

static void merge(void)
{
    s16 i = 0;

    while (i + 1 < block_count)
        if (!blocks[i].owner && !blocks[i + 1].owner) {
            blocks[i].length += blocks[i + 1].length;
            remove(i + 1);
        } else
            i++;
}

u32 memory_allocate(u32 bytes, struct basepage *owner)
{
    s16 i;

    bytes = (bytes + 3) & ~3UL;
    if (bytes == 0)
        return 0;
    for (i = 0; i < block_count; i++)
        if (!blocks[i].owner && blocks[i].length >= bytes) {
            if (!split(i, bytes))
                return 0;
            blocks[i].owner = owner;
            return blocks[i].start;
        }
    return 0;
}

static s16 find(u32 start)
{
    s16 i;

    for (i = 0; i < block_count; i++)
        if (blocks[i].start == start && blocks[i].owner)
            return i;
    return -1;
}

s32 memory_shrink(u32 start, u32 bytes)
{
    s16 i = find(start);

    bytes = (bytes + 3) & ~3UL;
    if (i < 0)
        return E_IMBA;
    if (bytes > blocks[i].length)
        return E_GSBF;
    if (bytes == 0)
        blocks[i].owner = NULL;
    else if (!split(i, bytes))
        return E_NSMEM;
    merge();
    return E_OK;
}

void memory_free_owner(struct basepage *owner)
{
    s16 i;

    for (i = 0; i < block_count; i++)
        if (blocks[i].owner == owner)
            blocks[i].owner = NULL;
    merge();
}

void memory_change_owner(u32 start, struct basepage *owner)
{
    s16 i = find(start);

    if (i >= 0)
        blocks[i].owner = owner ? owner : RESIDENT;
}

/* All that the process has stays allocated for ever. */
void memory_make_resident(struct basepage *owner)
{
    s16 i;

    for (i = 0; i < block_count; i++)
        if (blocks[i].owner == owner)
            blocks[i].owner = RESIDENT;
}

s32 gd_malloc(s32 bytes)
{
    return bytes == -1 ? memory_largest() : memory_allocate(bytes, run_process);
}

s32 gd_mfree(u32 block)
{
    s16 i = find(block);

    if (i < 0)
        return E_IMBA;
    blocks[i].owner = NULL;
    merge();
    return E_OK;
}

s32 gd_mshrink(s16 zero, u32 block, u32 bytes)
{
    (void)zero;
    return memory_shrink(block, bytes);
}
