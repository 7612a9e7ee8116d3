/* The ST's device registers (hardware register listing, Atari Corp. 1986). */
#ifndef HARDWARE_H
#define HARDWARE_H

#include "types.h"

#define REG8(a)  (*(volatile u8 *)(a))
#define REG16(a) (*(volatile u16 *)(a))

#define MMU_CONFIG      REG8(0xFFFF8001)

/* Shifter and GLUE video */
#define VIDEO_BASE_HI   REG8(0xFFFF8201)
#define VIDEO_BASE_MID  REG8(0xFFFF8203)
#define VIDEO_SYNC      REG8(0xFFFF820A)
#define VIDEO_PALETTE   ((volatile u16 *)0xFFFF8240)
#define VIDEO_MODE      REG8(0xFFFF8260)

/* DMA and WD1772 */
#define DMA_DATA        REG16(0xFFFF8604)
#define DMA_MODE        REG16(0xFFFF8606)
#define DMA_ADDR_HI     REG8(0xFFFF8609)
#define DMA_ADDR_MID    REG8(0xFFFF860B)
#define DMA_ADDR_LO     REG8(0xFFFF860D)

/* YM2149 */
#define PSG_SELECT      REG8(0xFFFF8800)
#define PSG_READ        REG8(0xFFFF8800)
#define PSG_WRITE       REG8(0xFFFF8802)

/* MFP 68901 */
#define MFP_BASE        ((volatile u8 *)0xFFFFFA01)
#define MFP(r)          MFP_BASE[(r) * 2]
enum {
    GPIP, AER, DDR, IERA, IERB, IPRA, IPRB, ISRA, ISRB, IMRA, IMRB, VR,
    TACR, TBCR, TCDCR, TADR, TBDR, TCDR, TDDR, SCR, UCR, RSR, TSR, UDR
};
#define GPIP_PRINTER_BUSY 0x01
#define GPIP_CTS          0x04
#define GPIP_ACIA         0x10
#define GPIP_DISK         0x20
#define GPIP_MONO         0x80  /* low: a monochrome monitor is connected */

/* 6850 ACIAs: keyboard, MIDI */
#define IKBD_STATUS     REG8(0xFFFFFC00)
#define IKBD_DATA       REG8(0xFFFFFC02)
#define MIDI_STATUS     REG8(0xFFFFFC04)
#define MIDI_DATA       REG8(0xFFFFFC06)
#define ACIA_RX_FULL    0x01
#define ACIA_TX_EMPTY   0x02
#define ACIA_OVERRUN    0x20
#define ACIA_IRQ        0x80

/* Interrupt level handling (support.S). */
u16  set_sr(u16 sr);            /* returns the old status register */

#endif
