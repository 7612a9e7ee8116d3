/* What a person sees when a program fails: which exception, where, and all registers. */
#include "kernel.h"
#include "gemdos.h"

static const char *const names[] = {
    [2] = "Bus error", [3] = "Address error", [4] = "Illegal instruction", [5] = "Division by zero",
    [6] = "CHK out of bounds", [7] = "TRAPV overflow", [8] = "Privilege violation", [9] = "Trace",
    [10] = "Line-A", [11] = "Line-F"
};

static void hex(u32 value, s16 digits)
{
    while (digits-- > 0)
        bios_bconout(2, "0123456789ABCDEF"[(value >> (digits * 4)) & 15]);
}

static s16 narrow(void)
{
    return sshiftmd == 0;
}

static void new_line(void)
{
    print("\r\n ");
}

static void registers(char kind, const volatile u32 *values)
{
    s16 i, per_line = narrow() ? 2 : 4;

    for (i = 0; i < 8; i++) {
        if (i % per_line == 0)
            new_line();
        bios_bconout(2, kind);
        bios_bconout(2, '0' + i);
        bios_bconout(2, ' ');
        hex(values[i], 8);
        print(narrow() ? " " : "    ");
    }
}

/* Frames of the 68000: group 0 has access information before SR and PC. */
static void where(s16 number)
{
    const volatile u16 *frame = proc_stk;

    if (number == 2 || number == 3) {
        new_line();
        print(proc_stk[0] & 0x10 ? "Reading" : "Writing");
        print(" address ");
        hex(((u32)proc_stk[1] << 16) | proc_stk[2], 8);
        print("  opcode ");
        hex(proc_stk[3], 4);
        frame += 4;
    }
    new_line();
    print("PC ");
    hex(((u32)frame[1] << 16) | frame[2], 8);
    print("   SR ");
    hex(frame[0], 4);
    if (run_process && run_process->tlen) {
        new_line();
        print("Program text at ");
        hex(run_process->tbase, 8);
    }
}

/* Interrupts are off and may stay broken: ask the keyboard's ACIA directly. */
static void wait_for_key(void)
{
    u8 code;

    IKBD_STATUS = 0x96;
    while (IKBD_STATUS & ACIA_RX_FULL)
        (void)IKBD_DATA;
    do {
        while (!(IKBD_STATUS & ACIA_RX_FULL))
            ;
        code = IKBD_DATA;
    } while (code >= 0x80);
}

void exception_screen(void)
{
    s16 number = (u8)(proc_enum >> 24), i;
    u32 base = phystop - 0x8000;

    psg_write(7, 0xFF);
    colorptr = NULL;
    _v_bas_ad = base;
    VIDEO_BASE_HI = base >> 16;
    VIDEO_BASE_MID = base >> 8;
    VIDEO_SYNC = 2;
    screen_set_mode(monochrome_monitor() ? 2 : sshiftmd == 1 ? 1 : 0);
    screen_reset_palette();
    if (sshiftmd == 2)
        print("\033p");
    else {
        VIDEO_PALETTE[0] = 0x300;           /* white on dark red */
        VIDEO_PALETTE[sshiftmd == 1 ? 3 : 15] = 0x777;
    }
    print("\033E\033f\033w");
    new_line();
    if (number < COUNT(names) && names[number])
        print(names[number]);
    else {
        print("Exception ");
        print_number((u8)number, 0, ' ');
    }
    new_line();
    where(number);
    new_line();
    registers('D', proc_dregs);
    new_line();
    registers('A', proc_aregs);
    new_line();
    print("USP ");
    hex(proc_usp, 8);
    new_line();
    new_line();
    print("Stack");
    for (i = 0; i < 16; i++) {
        if (i % (narrow() ? 4 : 8) == 0)
            new_line();
        hex(proc_stk[i], 4);
        bios_bconout(2, ' ');
    }
    new_line();
    new_line();
    print("The program was stopped. Press a key.");
    wait_for_key();
    mfp_init();
    xb_mfpint(6, acia_isr);
    serial_init();
    screen_reset_palette();
    vt52_init(sshiftmd);
}
