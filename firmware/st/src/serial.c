/* Character devices beside the console: RS-232 (MFP USART), MIDI (ACIA), printer (PSG port B). */
#include "kernel.h"

#define AUX_ROOM  256
#define MIDI_ROOM 128

/* Iorec(0): the input record, the output record, then the line settings (BIOS guide). */
static struct {
    struct iorec in, out;
    u8 rsrbyte, tsrbyte, rxoff, txoff, rsmode, filler;
} aux;
struct iorec iorec_midi;
static u8 aux_in_buffer[AUX_ROOM], aux_out_buffer[AUX_ROOM], midi_buffer[MIDI_ROOM];
static u8 rs_speed;
static u32 printer_dead_until;              /* hz_200 after which it is asked again */

static void init_record(struct iorec *r, u8 *buffer, s16 size)
{
    r->buffer = buffer;
    r->size = size;
    r->head = r->tail = 0;
    r->low = size / 4;
    r->high = size / 4 * 3;
}

static void put_byte(struct iorec *r, u8 byte)
{
    s16 tail = r->tail + 1;

    if (tail >= r->size)
        tail = 0;
    if (tail == r->head)
        return;                             /* overrun: the byte is lost */
    r->buffer[tail] = byte;
    r->tail = tail;
}

static s32 get_byte(struct iorec *r)
{
    s16 head;

    while (r->head == r->tail)
        ;
    head = r->head + 1;
    if (head >= r->size)
        head = 0;
    r->head = head;
    return r->buffer[head];
}

void rs232_receive(void)
{
    aux.rsrbyte = MFP(RSR);
    put_byte(&aux.in, MFP(UDR));
}

s32 aux_instat(s16 dev)
{
    (void)dev;
    return aux.in.head != aux.in.tail ? -1 : 0;
}

s32 aux_in(s16 dev)
{
    (void)dev;
    return get_byte(&aux.in);
}

s32 aux_outstat(s16 dev)
{
    (void)dev;
    return MFP(TSR) & 0x80 ? -1 : 0;
}

s32 aux_out(s16 dev, s16 c)
{
    while (!aux_outstat(dev))
        ;
    MFP(UDR) = c;
    return -1;
}

/* Called by midi_receive (support.S), the default midivec. */
void midi_put(s16 byte)
{
    put_byte(&iorec_midi, byte);
}

s32 midi_instat(s16 dev)
{
    (void)dev;
    return iorec_midi.head != iorec_midi.tail ? -1 : 0;
}

s32 midi_in(s16 dev)
{
    (void)dev;
    return get_byte(&iorec_midi);
}

s32 midi_outstat(s16 dev)
{
    (void)dev;
    return MIDI_STATUS & ACIA_TX_EMPTY ? -1 : 0;
}

s32 midi_out(s16 dev, s16 c)
{
    while (!midi_outstat(dev))
        ;
    MIDI_DATA = c;
    return -1;
}

s32 xb_midiws(s16 count, const u8 *bytes)
{
    do
        midi_out(3, *bytes++);
    while (--count >= 0);
    return 0;
}

s32 prn_outstat(s16 dev)
{
    (void)dev;
    return MFP(GPIP) & GPIP_PRINTER_BUSY ? 0 : -1;
}

/* Five seconds for a printer to become ready; then it counts as absent for a while. */
s32 prn_out(s16 dev, s16 c)
{
    u32 limit = _hz_200 + 5 * 200;

    if (!prn_outstat(dev) && _hz_200 < printer_dead_until)
        return 0;
    while (!prn_outstat(dev))
        if (_hz_200 >= limit) {
            printer_dead_until = _hz_200 + 10 * 200;
            return 0;
        }
    psg_write(15, c);
    psg_port_a(~0x20, 0);                   /* strobe */
    psg_port_a(0xFF, 0x20);
    return -1;
}

s32 prn_in(s16 dev)
{
    (void)dev;
    return 0;
}

s32 xb_iorec(s16 dev)
{
    switch (dev) {
    case 0: return (s32)&aux;
    case 1: return (s32)&iorec_kbd;
    case 2: return (s32)&iorec_midi;
    }
    return 0;
}

/* Timer D values for 19200 to 50 baud: data, control (1: /4, 2: /10). */
static const struct { u8 data, control; } speeds[16] = {
    { 1, 1 }, { 2, 1 }, { 4, 1 }, { 5, 1 }, { 8, 1 }, { 10, 1 }, { 11, 1 }, { 16, 1 },
    { 32, 1 }, { 64, 1 }, { 96, 1 }, { 128, 1 }, { 143, 1 }, { 175, 1 }, { 64, 2 }, { 96, 2 }
};

s32 xb_rsconf(s16 speed, s16 flow, s16 ucr, s16 rsr, s16 tsr, s16 scr)
{
    u32 old = ((u32)MFP(UCR) << 24) | ((u32)MFP(RSR) << 16) | ((u32)MFP(TSR) << 8) | MFP(SCR);

    if (speed == -2)
        return rs_speed;
    if (flow >= 0)
        aux.rsmode = flow;                  /* kept for Iorec; no handshake is done */
    if (speed >= 0 && speed < 16) {
        rs_speed = speed;
        MFP(RSR) = 0;
        MFP(TSR) = 0;
        xb_xbtimer(3, speeds[speed].control, speeds[speed].data, NULL);
        MFP(RSR) = 1;
        MFP(TSR) = 1;
    }
    if (ucr >= 0) MFP(UCR) = ucr;
    if (rsr >= 0) MFP(RSR) = rsr;
    if (tsr >= 0) MFP(TSR) = tsr;
    if (scr >= 0) MFP(SCR) = scr;
    return old;
}

void serial_init(void)
{
    init_record(&aux.in, aux_in_buffer, AUX_ROOM);
    init_record(&aux.out, aux_out_buffer, AUX_ROOM);
    init_record(&iorec_midi, midi_buffer, MIDI_ROOM);
    rs_speed = 1;
    printer_dead_until = 0;
    xb_mfpint(12, rs232_rx_isr);
    xb_mfpint(11, rs232_error_isr);
}
