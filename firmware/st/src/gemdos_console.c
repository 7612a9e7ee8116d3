/* GEMDOS character functions: the standard handles, Control-C, line input. */
#include "gemdos.h"

enum { CTRL_C = 3, CTRL_Q = 17, CTRL_S = 19 };

static const s16 bios_device[] = { 2, 1, 0 };       /* CON, AUX, PRN */

static s16 bios_of(s16 device)
{
    return bios_device[-1 - device];
}

static s16 key_peek(void)
{
    s16 head = iorec_kbd.head + 4;

    if (!bios_bconstat(2))
        return -1;
    if (head >= iorec_kbd.size)
        head = 0;
    return *(u32 *)(iorec_kbd.buffer + head) & 0xFF;
}

/* While a program prints, Control-C ends it and Control-S holds it until Control-Q. */
static void check_break(void)
{
    s16 key = key_peek();

    if (key == CTRL_S) {
        bios_bconin(2);
        while ((key = bios_bconin(2) & 0xFF) != CTRL_Q && key != CTRL_C)
            ;
        if (key == CTRL_C)
            gd_pterm(E_INVFN);
    } else if (key == CTRL_C) {
        bios_bconin(2);
        gd_pterm(E_INVFN);                  /* -32, as documented */
    }
}

static s32 put(s16 std, s16 c)
{
    s16 h = run_process->std[std];
    u8 byte = c;

    if (h >= 0)
        return gd_fwrite(h, 1, &byte);
    if (h == DEV_CON)
        check_break();
    return bios_bconout(bios_of(h), c & 0xFF);
}

static s32 get(s16 std, s16 with_break)
{
    s16 h = run_process->std[std];
    u8 byte;
    s32 key;

    if (h >= 0)
        return gd_fread(h, 1, &byte) == 1 ? byte : 0x1A;
    key = bios_bconin(bios_of(h));
    if (with_break && h == DEV_CON && (key & 0xFF) == CTRL_C)
        gd_pterm(E_INVFN);
    return key;
}

static s32 in_status(s16 std)
{
    s16 h = run_process->std[std];

    return h >= 0 ? -1 : bios_bconstat(bios_of(h));
}

static s32 out_status(s16 std)
{
    s16 h = run_process->std[std];

    return h >= 0 ? -1 : bios_bcostat(bios_of(h));
}

s32 gd_cconin(void)
{
    s32 key = get(0, 1);

    if (run_process->std[0] < 0)
        put(1, key);
    return key;
}

s32 gd_cconout(s16 c)  { return put(1, c); }
s32 gd_cauxin(void)    { return get(2, 0); }
s32 gd_cauxout(s16 c)  { return put(2, c); }
s32 gd_cprnout(s16 c)  { return put(3, c); }
s32 gd_crawcin(void)   { return get(0, 0); }
s32 gd_cnecin(void)    { return get(0, 1); }
s32 gd_cconis(void)    { return in_status(0); }
s32 gd_cconos(void)    { return out_status(1); }
s32 gd_cprnos(void)    { return out_status(3); }
s32 gd_cauxis(void)    { return in_status(2); }
s32 gd_cauxos(void)    { return out_status(2); }

s32 gd_crawio(s16 c)
{
    if ((c & 0xFF) == 0xFF)
        return in_status(0) ? get(0, 0) : 0;
    return put(1, c);
}

s32 gd_cconws(const char *s)
{
    s32 n = 0;

    for (; *s; s++, n++)
        put(1, *s);
    return n;
}

static void rub_out(s16 count)
{
    while (count-- > 0)
        gd_cconws("\b \b");
}

/* buffer[0] = room, buffer[1] = length on return, text from buffer[2]. */
s32 gd_cconrs(u8 *buffer)
{
    s16 room = buffer[0], length = 0;

    for (;;) {
        u8 c = get(0, 1);

        if (c == '\r' || c == '\n')
            break;
        if (c == '\b' || c == 0x7F) {
            if (length) {
                length--;
                rub_out(1);
            }
        } else if (c == 24 || c == 27) {    /* Control-X, Escape: the line anew */
            rub_out(length);
            length = 0;
        } else if (c >= ' ' && length < room) {
            buffer[2 + length++] = c;
            put(1, c);
        }
    }
    put(1, '\r');
    buffer[1] = length;
    if (length < room)
        buffer[2 + length] = 0;
    return 0;
}

/* Fread on a device: the console gives a line, the others what is asked for. */
s32 device_read(s16 device, u32 count, u8 *buffer)
{
    u32 n = 0;

    while (n < count) {
        u8 c = bios_bconin(bios_of(device));

        if (device == DEV_CON) {
            if (c == CTRL_C)
                gd_pterm(E_INVFN);
            bios_bconout(2, c);
            if (c == '\r') {
                bios_bconout(2, '\n');
                break;
            }
        }
        buffer[n++] = c;
    }
    return n;
}

s32 device_write(s16 device, u32 count, const u8 *buffer)
{
    u32 n;

    for (n = 0; n < count; n++)
        bios_bconout(bios_of(device), buffer[n]);
    return n;
}
