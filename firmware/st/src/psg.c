/* YM2149: register access for the system, Dosound, bell and key click. */
#include "kernel.h"

static const u8 *volatile sound_at;
static volatile u8 sound_wait;
static u8 sound_value;

/* 880 Hz struck once, decaying by the envelope. */
static const u8 bell_sound[] = {
    0, 142, 1, 0, 2, 71, 3, 0, 7, 0xFC, 8, 16, 9, 16, 11, 0, 12, 20, 13, 0, 0xFF, 0
};
static const u8 click_sound[] = {
    0, 60, 1, 0, 7, 0xFE, 8, 16, 11, 96, 12, 0, 13, 0, 0xFF, 0
};

u8 psg_read(u8 reg)
{
    u16 sr = set_sr(0x2700);
    u8 value;

    PSG_SELECT = reg;
    value = PSG_READ;
    set_sr(sr);
    return value;
}

void psg_write(u8 reg, u8 value)
{
    u16 sr = set_sr(0x2700);

    if (reg == 7)
        value = (value & 0x3F) | 0xC0;      /* both ports stay outputs */
    PSG_SELECT = reg;
    PSG_WRITE = value;
    set_sr(sr);
}

/* Port A = (port A & keep) | set, in one piece: interrupts change it too. */
void psg_port_a(u8 keep, u8 set)
{
    u16 sr = set_sr(0x2700);

    PSG_SELECT = 14;
    PSG_WRITE = (PSG_READ & keep) | set;
    set_sr(sr);
}

s32 xb_giaccess(s16 value, s16 reg)
{
    u16 sr = set_sr(0x2700);
    s32 result;

    PSG_SELECT = reg & 15;
    if (reg & 0x80)
        PSG_WRITE = value;
    result = PSG_READ;
    set_sr(sr);
    return result;
}

s32 xb_ongibit(s16 mask)
{
    psg_port_a(0xFF, mask);
    return 0;
}

s32 xb_offgibit(s16 mask)
{
    psg_port_a(mask, 0);
    return 0;
}

s32 xb_dosound(const u8 *commands)
{
    const u8 *old = sound_at;

    if ((s32)commands >= 0) {
        sound_at = commands;
        sound_wait = 0;
    }
    return (s32)old;
}

/* 50 Hz. Commands: 0-15 write a register; $80 load; $81 sweep a register; $82-$FF wait. */
void sound_tick(void)
{
    const u8 *at = sound_at;
    u8 command;

    if (!at)
        return;
    if (sound_wait) {
        sound_wait--;
        return;
    }
    for (;;) {
        command = *at++;
        if (command < 0x80) {
            psg_write(command & 15, *at++);
        } else if (command == 0x80) {
            sound_value = *at++;
        } else if (command == 0x81) {
            sound_value += at[1];
            psg_write(at[0] & 15, sound_value);
            if (sound_value != at[2])
                at--;                       /* the same command again next time */
            else
                at += 3;
            break;
        } else {
            sound_wait = *at++;
            if (!sound_wait)
                at = NULL;
            break;
        }
    }
    sound_at = at;
}

static void default_bell(void)
{
    xb_dosound(bell_sound);
}

static void default_click(void)
{
    xb_dosound(click_sound);
}

void sound_bell(void)
{
    if (conterm & 4)
        call_vector(bell_hook);
}

void sound_click(void)
{
    if (conterm & 1)
        call_vector(kcl_hook);
}

void psg_init(void)
{
    s16 r;

    sound_at = NULL;
    for (r = 0; r < 14; r++)
        psg_write(r, r == 7 ? 0xFF : 0);
    psg_port_a(0, 0x27);                    /* drives off, strobe high */
    bell_hook = default_bell;
    kcl_hook = default_click;
}
