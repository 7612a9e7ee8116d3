/* Keyboard processor: bytes from its ACIA become keys, and packets for the Kbdvbase vectors. */
#include "kernel.h"
#include "linea.h"

void call_with_byte(void *routine, u8 byte);
void wait_interrupt(void);
void cold_reset(void), warm_reset(void);

enum { RSHIFT = 1, LSHIFT = 2, CTRL = 4, ALT = 8, CAPS = 16, CLRHOME = 32, INSERT = 64 };

enum {
    SCAN_CTRL = 0x1D, SCAN_LSHIFT = 0x2A, SCAN_RSHIFT = 0x36, SCAN_ALT = 0x38, SCAN_CAPS = 0x3A,
    SCAN_F1 = 0x3B, SCAN_F10 = 0x44, SCAN_HOME = 0x47, SCAN_LEFT = 0x4B, SCAN_RIGHT = 0x4D,
    SCAN_INSERT = 0x52, SCAN_DELETE = 0x53, SCAN_HELP = 0x62
};

#define KEYS 64                             /* buffered, four bytes each */

struct kbdvecs kbdvecs;
struct iorec iorec_kbd;
volatile u8 kbd_shift;

static u32 key_buffer[KEYS];
static struct { const u8 *unshift, *shift, *caps; } tables;
static u8 repeat_delay, repeat_rate;        /* 20 ms units */
static u32 repeat_key;
static u8 repeat_scan;                      /* 0: no key held */
static u8 repeat_count;

/* Packet being received: [0] is the header byte. */
static u8 packet[8];
static u8 packet_length, packet_have;
static u8 joystick_packet[3];

static void enqueue(u32 key)
{
    s16 tail = iorec_kbd.tail + 4;

    if (tail >= iorec_kbd.size)
        tail = 0;
    if (tail == iorec_kbd.head)
        return;                             /* full: the key is lost */
    *(u32 *)(iorec_kbd.buffer + tail) = key;
    iorec_kbd.tail = tail;
}

static s16 is_letter(u8 c)
{
    c |= 0x20;
    return c >= 'a' && c <= 'z';
}

static u8 control_code(u8 *scan, u8 ascii)
{
    switch (*scan) {
    case SCAN_LEFT:  *scan = 0x73; return 0;
    case SCAN_RIGHT: *scan = 0x74; return 0;
    case SCAN_HOME:  *scan = 0x77; return 0;
    case 0x03: return 0x00;                 /* Control-2 */
    case 0x07: return 0x1E;                 /* Control-6 */
    case 0x0C: return 0x1F;                 /* Control-- */
    case 0x1C: case 0x72: return 0x0A;      /* Return, Enter */
    }
    return ascii >= 0x40 ? ascii & 0x1F : ascii;
}

static u32 translate(u8 scan)
{
    u8 shift = kbd_shift;
    const u8 *table = shift & CAPS ? tables.caps : tables.unshift;
    u8 ascii;

    if (shift & (LSHIFT | RSHIFT)) {
        table = tables.shift;
        if (scan >= SCAN_F1 && scan <= SCAN_F10)
            scan += 0x19;                   /* $54-$5D */
    }
    ascii = table[scan & 0x7F];
    if (shift & CTRL)
        ascii = control_code(&scan, ascii);
    else if (shift & ALT) {
        if (scan >= 0x02 && scan <= 0x0D) { /* the digit row */
            scan += 0x76;
            ascii = 0;
        } else if (is_letter(ascii))
            ascii = 0;
    }
    return ((u32)scan << 16) | ascii | (conterm & 8 ? (u32)shift << 24 : 0);
}

static s16 shift_bit(u8 scan)
{
    switch (scan) {
    case SCAN_LSHIFT: return LSHIFT;
    case SCAN_RSHIFT: return RSHIFT;
    case SCAN_CTRL:   return CTRL;
    case SCAN_ALT:    return ALT;
    }
    return 0;
}

static void key_event(u8 code)
{
    u8 scan = code & 0x7F;
    u8 bit = shift_bit(scan);

    if (code & 0x80) {
        kbd_shift &= ~bit;
        if (kbd_shift & ALT) {
            if (scan == SCAN_HOME) kbd_shift &= ~CLRHOME;
            if (scan == SCAN_INSERT) kbd_shift &= ~INSERT;
        }
        if (scan == repeat_scan)
            repeat_scan = 0;
        return;
    }
    if (bit) {
        kbd_shift |= bit;
        return;
    }
    if (scan == SCAN_CAPS) {
        kbd_shift ^= CAPS;
        sound_click();
        return;
    }
    if ((kbd_shift & (CTRL | ALT)) == (CTRL | ALT) && scan == SCAN_DELETE) {
        if (kbd_shift & RSHIFT)
            cold_reset();
        warm_reset();
    }
    if (kbd_shift & ALT) {
        if (scan == SCAN_HELP) {            /* screen dump key */
            _dumpflg = 0;
            return;
        }
        if (scan == SCAN_HOME) kbd_shift |= CLRHOME;
        if (scan == SCAN_INSERT) kbd_shift |= INSERT;
    }
    repeat_scan = scan;
    repeat_count = repeat_delay;
    repeat_key = translate(scan);
    sound_click();
    enqueue(repeat_key);
}

void key_repeat_tick(void)
{
    if (!repeat_scan || !(conterm & 2))
        return;
    if (repeat_count && --repeat_count)
        return;
    repeat_count = repeat_rate;
    sound_click();
    enqueue(repeat_key);
}

/* Bytes that follow the header $F6 to $FF. */
static const u8 payload[10] = { 7, 5, 2, 2, 2, 2, 6, 2, 1, 1 };

static void packet_complete(void)
{
    u8 header = packet[0];

    if (header == 0xF6)
        call_packet(kbdvecs.statvec, packet + 1);
    else if (header <= 0xFB)
        call_packet(kbdvecs.mousevec, packet);
    else if (header == 0xFC)
        call_packet(kbdvecs.clockvec, packet + 1);
    else {
        joystick_packet[0] = header;
        if (header != 0xFF)
            joystick_packet[1] = packet[1];
        if (header != 0xFE)
            joystick_packet[2] = header == 0xFD ? packet[2] : packet[1];
        call_packet(kbdvecs.joyvec, joystick_packet);
    }
}

static void ikbd_byte(u8 byte)
{
    if (packet_length) {
        packet[packet_have++] = byte;
        if (packet_have <= packet_length)
            return;
        packet_length = 0;
        kbdvecs.state = 0;
        packet_complete();
    } else if (byte >= 0xF6) {
        packet[0] = byte;
        packet_have = 1;
        packet_length = payload[byte - 0xF6];
        kbdvecs.state = packet_length;
    } else if (byte < 0xF0)                 /* $F0-$F5: self-test results */
        key_event(byte);
}

/* Default ikbdsys: called whenever either ACIA wants attention. */
static void ikbd_service(void)
{
    u8 status = IKBD_STATUS;

    if (!(status & ACIA_IRQ))
        return;
    if (status & ACIA_RX_FULL)
        ikbd_byte(IKBD_DATA);
    else if (status & ACIA_OVERRUN)
        call_with_byte(kbdvecs.vkbderr, IKBD_DATA);
}

static void midi_service(void)
{
    u8 status = MIDI_STATUS;

    if (!(status & ACIA_IRQ))
        return;
    if (status & ACIA_RX_FULL)
        call_with_byte(kbdvecs.midivec, MIDI_DATA);
    else if (status & ACIA_OVERRUN)
        call_with_byte(kbdvecs.vmiderr, MIDI_DATA);
}

static u8 from_bcd(u8 value)
{
    return (value >> 4) * 10 + (value & 15);
}

/* The keyboard's clock answers as year, month, day, hour, minute, second in BCD. */
static void clock_packet(void)
{
    const u8 *p = packet + 1;
    u8 year = from_bcd(p[0]), month = from_bcd(p[1]), day = from_bcd(p[2]);
    u8 hour = from_bcd(p[3]), minute = from_bcd(p[4]), second = from_bcd(p[5]);

    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
        return;                             /* never set */
    year = year < 80 ? year + 20 : year - 80;
    system_date = (year << 9) | (month << 5) | day;
    system_time = (hour << 11) | (minute << 5) | (second >> 1);
}

s32 ikbd_ready(s16 dev)
{
    (void)dev;
    return IKBD_STATUS & ACIA_TX_EMPTY ? -1 : 0;
}

/* 7812.5 baud: a byte takes 1.28 ms. A keyboard that never answers must not hang us. */
void ikbd_send(u8 byte)
{
    u16 tries = 0xFFFF;

    while (!(IKBD_STATUS & ACIA_TX_EMPTY) && --tries)
        ;
    IKBD_DATA = byte;
}

s32 ikbd_out(s16 dev, s16 c)
{
    (void)dev;
    ikbd_send(c);
    return -1;
}

s32 xb_ikbdws(s16 count, const u8 *bytes)
{
    do
        ikbd_send(*bytes++);
    while (--count >= 0);
    return 0;
}

s32 xb_initmous(s16 type, const u8 *param, void *vector)
{
    s16 i;

    if (type == 0) {
        ikbd_send(0x12);
        kbdvecs.mousevec = linea_mouse_packet;
        return -1;
    }
    if (type != 1 && type != 2 && type != 4)
        return 0;
    kbdvecs.mousevec = vector;
    if (type == 1) {                        /* relative */
        ikbd_send(0x08);
        ikbd_send(0x0B);
    } else if (type == 2) {                 /* absolute, maxima follow */
        ikbd_send(0x09);
        for (i = 4; i < 8; i++)
            ikbd_send(param[i]);
        ikbd_send(0x0C);
    } else                                  /* cursor keys */
        ikbd_send(0x0A);
    ikbd_send(param[2]);
    ikbd_send(param[3]);
    if (type == 2) {
        ikbd_send(0x0E);
        ikbd_send(0);
        for (i = 8; i < 12; i++)
            ikbd_send(param[i]);
    }
    ikbd_send(param[0] ? 0x0F : 0x10);      /* y = 0 at the bottom or at the top */
    ikbd_send(0x07);
    ikbd_send(param[1]);
    return -1;
}

s32 kbd_constat(s16 dev)
{
    (void)dev;
    return iorec_kbd.head != iorec_kbd.tail ? -1 : 0;
}

s16 any_key_waiting(void)
{
    return kbd_constat(2) != 0;
}

s32 kbd_conin(s16 dev)
{
    s16 head;
    u32 key;

    while (!kbd_constat(dev))
        wait_interrupt();
    head = iorec_kbd.head + 4;
    if (head >= iorec_kbd.size)
        head = 0;
    key = *(u32 *)(iorec_kbd.buffer + head);
    iorec_kbd.head = head;
    return key;
}

s32 bios_kbshift(s16 mode)
{
    u8 old = kbd_shift;

    if (mode >= 0)
        kbd_shift = mode;
    return old;
}

s32 xb_keytbl(const u8 *unshift, const u8 *shift, const u8 *caps)
{
    if ((s32)unshift >= 0) tables.unshift = unshift;
    if ((s32)shift >= 0) tables.shift = shift;
    if ((s32)caps >= 0) tables.caps = caps;
    return (s32)&tables;
}

s32 xb_bioskeys(void)
{
    return xb_keytbl(key_unshift, key_shift, key_caps);
}

s32 xb_kbrate(s16 delay, s16 rate)
{
    s32 old = ((u16)repeat_delay << 8) | repeat_rate;

    if (delay >= 0) repeat_delay = delay;
    if (rate >= 0) repeat_rate = rate;
    return old;
}

s32 xb_kbdvbase(void)
{
    return (s32)&kbdvecs;
}

void ikbd_init(void)
{
    iorec_kbd.buffer = (u8 *)key_buffer;
    iorec_kbd.size = sizeof(key_buffer);
    iorec_kbd.low = sizeof(key_buffer) / 4;
    iorec_kbd.high = sizeof(key_buffer) * 3 / 4;
    repeat_delay = 15;
    repeat_rate = 2;
    xb_bioskeys();

    kbdvecs.midivec = midi_receive;
    kbdvecs.vkbderr = kbdvecs.vmiderr = just_rts;
    kbdvecs.statvec = kbdvecs.joyvec = just_rts;
    kbdvecs.mousevec = linea_mouse_packet;
    kbdvecs.clockvec = clock_packet;
    kbdvecs.midisys = midi_service;
    kbdvecs.ikbdsys = ikbd_service;

    IKBD_STATUS = 0x03;                     /* master reset */
    MIDI_STATUS = 0x03;
    IKBD_STATUS = 0x96;                     /* /64, 8N1, receive interrupt */
    MIDI_STATUS = 0x95;                     /* /16 */
    xb_mfpint(6, acia_isr);
    ikbd_send(0x80);                        /* keyboard reset */
    ikbd_send(0x01);
}
