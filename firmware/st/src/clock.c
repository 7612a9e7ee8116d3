/* Date and time: kept in GEMDOS form, advanced every two seconds by timer C. */
#include "kernel.h"

u16 system_date, system_time;
static u8 ticks;                            /* 50 Hz, up to two seconds */

static const u8 month_days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

static void next_day(void)
{
    u16 day = (system_date & 31) + 1, month = (system_date >> 5) & 15, year = system_date >> 9;
    u16 length = month >= 1 && month <= 12 ? month_days[month - 1] : 31;

    if (month == 2 && (year & 3) == 0)      /* 1980 to 2099 */
        length++;
    if (day > length) {
        day = 1;
        if (++month > 12) {
            month = 1;
            year++;
        }
    }
    system_date = (year << 9) | (month << 5) | day;
}

void clock_tick(void)
{
    u16 seconds, minutes, hours;

    if (++ticks < 100)
        return;
    ticks = 0;
    seconds = (system_time & 31) + 1;
    minutes = (system_time >> 5) & 63;
    hours = system_time >> 11;
    if (seconds >= 30) {
        seconds = 0;
        if (++minutes >= 60) {
            minutes = 0;
            if (++hours >= 24) {
                hours = 0;
                next_day();
            }
        }
    }
    system_time = (hours << 11) | (minutes << 5) | seconds;
}

static u8 bcd(u16 value)
{
    return ((value / 10) << 4) | (value % 10);
}

/* The keyboard keeps the time over a reset of the computer: tell it too. */
s32 xb_settime(u32 date_time)
{
    u16 date = date_time >> 16, time = date_time;

    system_date = date;
    system_time = time;
    ticks = 0;
    ikbd_send(0x1B);
    ikbd_send(bcd(((date >> 9) + 80) % 100));
    ikbd_send(bcd((date >> 5) & 15));
    ikbd_send(bcd(date & 31));
    ikbd_send(bcd(time >> 11));
    ikbd_send(bcd((time >> 5) & 63));
    ikbd_send(bcd((time & 31) * 2));
    return 0;
}

s32 xb_gettime(void)
{
    return ((u32)system_date << 16) | system_time;
}

void clock_init(void)
{
    system_date = *(const u16 *)(os_header + 0x1E);
    system_time = 0;
}
