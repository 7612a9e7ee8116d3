/* What the parts of the ROM offer each other. */
#ifndef KERNEL_H
#define KERNEL_H

#include "types.h"
#include "hardware.h"
#include "sysvars.h"
#include "signature.h"

#define ROM_VERSION "1.0"

/* TOS error codes */
enum {
    E_OK = 0, E_ERROR = -1, E_DRVNR = -2, E_UNCMD = -3, E_CRC = -4, E_BADRQ = -5, E_SEEK = -6,
    E_MEDIA = -7, E_SECNF = -8, E_PAPER = -9, E_WRITF = -10, E_READF = -11, E_WRPRO = -13,
    E_CHNG = -14, E_UNDEV = -15, E_BADSF = -16,
    E_INVFN = -32, E_FILNF = -33, E_PTHNF = -34, E_NHNDL = -35, E_ACCDN = -36, E_IHNDL = -37,
    E_NSMEM = -39, E_IMBA = -40, E_DRIVE = -46, E_NMFIL = -49, E_RANGE = -64, E_INTRN = -65,
    E_PLFMT = -66, E_GSBF = -67
};

/* support.S, interrupts.S, traps.S, exceptions.S */
s32  call_vector(void *routine);
void call_packet(void *routine, void *packet);
void fdc_pause(void);
void install_exceptions(void);
extern u16 timer_c_phase;
extern u8 exception_entries[];
void vbl_isr(void), hbl_isr(void), timer_c_isr(void), acia_isr(void);
void rs232_rx_isr(void), rs232_error_isr(void), null_rte(void);
void default_etv_timer(void), just_rts(void);
void gemdos_trap(void), bios_trap(void), xbios_trap(void), aes_vdi_trap(void), linea_trap(void);
s32  enter_process(u32 *saved_ssp, u32 pc, u32 usp);
void leave_process(u32 *saved_ssp, s32 code);
extern const u8 os_header[];
extern u8 bss_end[];

#define VECTOR(n) (*(void *volatile *)((u32)(n) * 4))

/* mfp.c */
void mfp_init(void);
void xb_mfpint(s16 channel, void *vector);
s32  xb_jdisint(s16 channel);
s32  xb_jenabint(s16 channel);
s32  xb_xbtimer(s16 timer, s16 control, s16 data, void *vector);

/* psg.c */
void psg_init(void);
u8   psg_read(u8 reg);
void psg_write(u8 reg, u8 value);
void psg_port_a(u8 keep, u8 set);
s32  xb_giaccess(s16 value, s16 reg);
s32  xb_ongibit(s16 mask);
s32  xb_offgibit(s16 mask);
s32  xb_dosound(const u8 *commands);
void sound_tick(void);
void sound_bell(void);
void sound_click(void);

/* ikbd.c */
struct kbdvecs {
    void *midivec, *vkbderr, *vmiderr, *statvec, *mousevec, *clockvec, *joyvec, *midisys, *ikbdsys;
    u8 state;
    u8 pad;
};
extern struct kbdvecs kbdvecs;
extern volatile u8 kbd_shift;
void ikbd_init(void);
void key_repeat_tick(void);
void ikbd_send(u8 byte);
s32  ikbd_ready(s16 dev);
s32  ikbd_out(s16 dev, s16 c);
s32  kbd_constat(s16 dev);
s32  kbd_conin(s16 dev);
s32  bios_kbshift(s16 mode);
s32  xb_keytbl(const u8 *unshift, const u8 *shift, const u8 *caps);
s32  xb_bioskeys(void);
s32  xb_kbrate(s16 delay, s16 rate);
s32  xb_kbdvbase(void);
s32  xb_ikbdws(s16 count, const u8 *bytes);
s32  xb_initmous(s16 type, const u8 *param, void *vector);
s16  any_key_waiting(void);

/* keytables.c */
extern const u8 key_unshift[128], key_shift[128], key_caps[128];

/* serial.c: RS-232, MIDI, printer */
struct iorec {
    u8 *buffer;
    volatile s16 size, head, tail;
    s16 low, high;
};
extern struct iorec iorec_kbd, iorec_midi;
void serial_init(void);
void rs232_receive(void);
void midi_receive(void);
s32  aux_instat(s16 dev), aux_in(s16 dev), aux_outstat(s16 dev), aux_out(s16 dev, s16 c);
s32  midi_instat(s16 dev), midi_in(s16 dev), midi_outstat(s16 dev), midi_out(s16 dev, s16 c);
s32  prn_outstat(s16 dev), prn_out(s16 dev, s16 c), prn_in(s16 dev);
s32  xb_iorec(s16 dev);
s32  xb_rsconf(s16 speed, s16 flow, s16 ucr, s16 rsr, s16 tsr, s16 scr);
s32  xb_midiws(s16 count, const u8 *bytes);

/* clock.c */
void clock_init(void);
s32  xb_settime(u32 date_time);
s32  xb_gettime(void);
extern u16 system_date, system_time;
void clock_tick(void);

/* screen.c */
extern const u16 default_palette[16];
void screen_init(void);
void screen_set_mode(s16 mode);
void screen_reset_palette(void);
s16  monochrome_monitor(void);
s32  xb_physbase(void), xb_logbase(void), xb_getrez(void), xb_vsync(void);
s32  xb_setscreen(u32 logical, u32 physical, s16 mode);
s32  xb_setpalette(const u16 *palette);
s32  xb_setcolor(s16 index, s16 colour);
void wait_vbl(void);

/* vt52.c */
void vt52_init(s16 mode);
s32  vt52_out(s16 dev, s16 c);
s32  vt52_raw(s16 dev, s16 c);
void vt52_blink(void);
s32  xb_cursconf(s16 function, s16 rate);
void print(const char *s);
void print_number(u32 value, s16 width, char pad);

/* bios.c */
s32  bios_bconout(s16 dev, s16 c);
s32  bios_bconin(s16 dev);
s32  bios_bconstat(s16 dev);
s32  bios_bcostat(s16 dev);
void bios_init(void);

/* floppy.c: one sector at a time on the WD1772 */
void floppy_init(void);
void floppy_vbl(void);
s16  floppy_write_protect_changed(s16 dev);
void floppy_accept_disk(s16 dev);
s32  floppy_read(void *buffer, s16 dev, s16 sector, s16 track, s16 side, s16 count);
s32  floppy_write(const void *buffer, s16 dev, s16 sector, s16 track, s16 side, s16 count);
s32  xb_floprd(u8 *buffer, u32 filler, s16 dev, s16 sector, s16 track, s16 side, s16 count);
s32  xb_flopwr(u8 *buffer, u32 filler, s16 dev, s16 sector, s16 track, s16 side, s16 count);
s32  xb_flopver(u8 *buffer, u32 filler, s16 dev, s16 sector, s16 track, s16 side, s16 count);
s32  xb_flopfmt(u8 *buffer, u16 *skew, s16 dev, s16 spt, s16 track, s16 side, s16 interleave,
                u32 magic, s16 virgin);
s32  xb_floprate(s16 dev, s16 rate);
extern volatile u32 floppy_last_access;

/* disk.c: BIOS view of the drives */
struct bpb {
    s16 recsiz, clsiz, clsizb, rdlen, fsiz, fatrec, datrec, numcl, bflags;
};
void disk_init(void);
s32  bios_rwabs(s16 flag, u8 *buffer, s16 count, s16 record, s16 dev);
s32  bios_getbpb(s16 dev);
s32  bios_mediach(s16 dev);
s32  xb_protobt(u8 *buffer, u32 serial, s16 type, s16 executable);
s32  disk_boot(void);

/* random.c */
s32  xb_random(void);

/* linea*.c */
void linea_init(s16 mode);
void linea_vbl(void);

/* gemdos_*.c */
void gemdos_init(void);
s32  gemdos_boot_process(void (*entry)(void));

/* bootscreen.c, shell.c, exception_screen.c */
void bootscreen(void);
void shell_main(void);

#endif
