/* MFP 68901: the interrupt channels and timers of the ST, and the XBIOS calls for them. */
#include "kernel.h"

/* Vector base $40 (address $100), software end of interrupt. */
#define VECTOR_BASE 0x40

s32 xb_jdisint(s16 channel)
{
    volatile u8 *half = &MFP(channel & 8 ? IERA : IERB);
    u8 mask = ~(1 << (channel & 7));

    half[(IMRA - IERA) * 2] &= mask;
    half[0] &= mask;
    half[(IPRA - IERA) * 2] = mask;
    half[(ISRA - IERA) * 2] = mask;
    return 0;
}

s32 xb_jenabint(s16 channel)
{
    volatile u8 *half = &MFP(channel & 8 ? IERA : IERB);
    u8 bit = 1 << (channel & 7);

    half[0] |= bit;
    half[(IMRA - IERA) * 2] |= bit;
    return 0;
}

void xb_mfpint(s16 channel, void *vector)
{
    channel &= 15;
    xb_jdisint(channel);
    VECTOR(VECTOR_BASE + channel) = vector;
    xb_jenabint(channel);
}

static void stop_timer(s16 timer)
{
    switch (timer) {
    case 0: MFP(TACR) = 0; break;
    case 1: MFP(TBCR) = 0; break;
    case 2: MFP(TCDCR) &= 0x0F; break;
    case 3: MFP(TCDCR) &= 0xF0; break;
    }
}

static void start_timer(s16 timer, u8 control, u8 data)
{
    switch (timer) {
    case 0: MFP(TADR) = data; MFP(TACR) = control; break;
    case 1: MFP(TBDR) = data; MFP(TBCR) = control; break;
    case 2: MFP(TCDR) = data; MFP(TCDCR) |= (control << 4) & 0xF0; break;
    case 3: MFP(TDDR) = data; MFP(TCDCR) |= control & 0x0F; break;
    }
}

s32 xb_xbtimer(s16 timer, s16 control, s16 data, void *vector)
{
    static const u8 channel[4] = { 13, 8, 5, 4 };

    if (timer < 0 || timer > 3)
        return E_ERROR;
    stop_timer(timer);
    start_timer(timer, control, data);
    if ((s32)vector > 0)
        xb_mfpint(channel[timer], vector);
    return 0;
}

void mfp_init(void)
{
    s16 r;

    for (r = GPIP; r <= UDR; r++)
        if (r != UDR)
            MFP(r) = 0;
    MFP(VR) = VECTOR_BASE | 0x08;

    timer_c_phase = 0x1111;
    xb_xbtimer(2, 5, 192, timer_c_isr);     /* 2.4576 MHz / 64 / 192 = 200 Hz */
    xb_xbtimer(3, 1, 2, NULL);              /* baud clock: 9600 */

    MFP(UCR) = 0x88;                        /* /16, 8 bits, 1 stop bit, asynchronous */
    MFP(RSR) = 0x01;
    MFP(TSR) = 0x01;
}
