/* The boot screen: a house at nightfall, its attic window lighting up while the memory is
 * cleared and checked. About two seconds; a key ends it. Coordinates are those of 320 x 200;
 * on a monochrome monitor every point is two by two pixels, colours are dithers. */
#include "kernel.h"
#include "linea.h"

#define FRAMES    104
#define HORIZON   150
#define PIECE     0x18000UL                 /* bytes of memory between two pictures, at most */
#define BANDS     25                        /* raster lines of colour, eight pixels each */

enum {
    SKY, STAR1, STAR2, STAR3, MOON, ROOF, ROOF_EDGE, WALL, GABLE, LIGHT, FRAME, SMOKE, GROUND,
    TITLE, SHADOW, WHITE
};

void raster_isr(void), raster_start(void);
u16 raster_colours[BANDS * 2 + 2];

static const u16 scene_palette[16] = {
    0x001, 0x777, 0x557, 0x335, 0x775, 0x411, 0x722, 0x321, 0x543, 0x112, 0x100, 0x545, 0x011,
    0x763, 0x102, 0x777
};
static const u16 sky[BANDS] = {
    0x001, 0x001, 0x001, 0x002, 0x002, 0x002, 0x103, 0x103, 0x104, 0x204, 0x204, 0x304, 0x304,
    0x405, 0x404, 0x514, 0x513, 0x623, 0x632, 0x011, 0x011, 0x011, 0x011, 0x011, 0x011
};
static const u16 gold[8] = { 0x740, 0x750, 0x761, 0x773, 0x776, 0x773, 0x761, 0x750 };

/* How many of four pixels are lit when there are no colours. */
static const u8 mono_level[16] = { 0, 4, 3, 2, 4, 1, 4, 1, 2, 4, 0, 2, 0, 4, 0, 4 };
static const u16 mono_dither[5][2] = {
    { 0x0000, 0x0000 }, { 0x8888, 0x2222 }, { 0xAAAA, 0x5555 }, { 0x7777, 0xDDDD }, { 0xFFFF, 0xFFFF }
};

static s16 mono;

/* ---- drawing ---- */

static void span_words(u8 *line, s16 left, s16 right, s16 planes, const u16 *value)
{
    u16 *at = (u16 *)line + (left >> 4) * planes;
    u16 mask = 0xFFFF >> (left & 15), last = 0xFFFF << (15 - (right & 15));
    s16 words, plane;

    for (words = (right >> 4) - (left >> 4); words >= 0; words--) {
        if (words == 0)
            mask &= last;
        for (plane = 0; plane < planes; plane++, at++)
            *at = (*at & ~mask) | (value[plane] & mask);
        mask = 0xFFFF;
    }
}

static void span(s16 left, s16 right, s16 y, s16 colour)
{
    u16 value[4];
    s16 i;

    if (left < 0) left = 0;
    if (right > 319) right = 319;
    if (left > right || y < 0 || y > 199)
        return;
    if (mono) {
        for (i = 0; i < 2; i++)
            span_words((u8 *)_v_bas_ad + (y * 2 + i) * 80, left * 2, right * 2 + 1, 1,
                       &mono_dither[mono_level[colour]][i]);
        return;
    }
    for (i = 0; i < 4; i++)
        value[i] = colour >> i & 1 ? 0xFFFF : 0;
    span_words((u8 *)_v_bas_ad + y * 160, left, right, 4, value);
}

static void box(s16 x, s16 y, s16 width, s16 height, s16 colour)
{
    while (height-- > 0)
        span(x, x + width - 1, y++, colour);
}

static void disc(s16 cx, s16 cy, s16 r, s16 colour)
{
    s16 y, x = 0;

    for (y = -r; y <= r; y++) {
        while (x * x + y * y < r * r) x++;
        while (x * x + y * y > r * r) x--;
        span(cx - x, cx + x, cy + y, colour);
    }
}

/* The rounded top of a hill: each line is the wider the lower it lies. */
static void hill(s16 cx, s16 top, s16 width)
{
    s16 y, half = 0;

    for (y = top; y < 152; y++) {
        while ((s32)half * half < (s32)(y - top) * width) half += 2;
        span(cx - half, cx + half, y, GROUND);
    }
}

/* From the apex down, widening by half a pixel times `slope` each line. */
static void triangle(s16 cx, s16 top, s16 bottom, s16 slope, s16 colour)
{
    s16 y;

    for (y = top; y <= bottom; y++) {
        s16 half = (y - top) * slope / 2;
        span(cx - half, cx + half, y, colour);
    }
}

/* A character of the 8x16 font, each point three by three: point by point ... */
static void big_letter_points(s16 x, s16 y, char c, s16 colour)
{
    const u8 *glyph = font_8x16.dat_table + c;
    s16 row, bit, start, i;

    for (row = 0; row < 16; row++, glyph += font_8x16.form_width)
        for (bit = 0; bit < 8; bit++)
            if (*glyph & (0x80 >> bit)) {
                start = bit;
                while (bit < 7 && *glyph & (0x40 >> bit))
                    bit++;
                for (i = 0; i < 3; i++)
                    span(x + start * 3, x + bit * 3 + 2, y + row * 3 + i, colour);
            }
}

/* ... or, in colour at a multiple of 16, with its shadow two lower and right, by whole words:
 * fast enough to move. TITLE is %1101 and SHADOW %1110. */
static void big_letter_words(s16 x, s16 y, char c)
{
    const u8 *glyph = font_8x16.dat_table + c;
    u32 title = 0, shadow = 0, row_bits[16];
    s16 row, line, bit;

    for (row = 0; row < 16; row++, glyph += font_8x16.form_width) {
        row_bits[row] = 0;
        for (bit = 0; bit < 8; bit++)
            if (*glyph & (0x80 >> bit))
                row_bits[row] |= 0xE0000000UL >> (bit * 3);
    }
    for (line = 0; line < 50; line++, y++) {
        u16 *at = (u16 *)(_v_bas_ad + y * 160L + (x >> 1));

        title = line < 48 ? row_bits[line / 3] : 0;
        shadow = (line >= 2 ? row_bits[(line - 2) / 3] >> 2 : 0) & ~title;
        if (y < 0)
            continue;
        at[0] = title >> 16;
        at[1] = shadow >> 16;
        at[2] = at[3] = (title | shadow) >> 16;
        at[4] = title;
        at[5] = shadow;
        at[6] = at[7] = title | shadow;
    }
}

static void big_letter(s16 x, s16 y, char c)
{
    if (mono)
        big_letter_points(x, y, c, TITLE);
    else
        big_letter_words(x, y, c);
}

/* Text on the 8-pixel grid, through the console's own cells. */
static void text(s16 column, s16 row, s16 paper, const char *s)
{
    V_COL_FG = WHITE;
    V_COL_BG = paper;
    if (mono) {
        V_COL_FG = 1;
        V_COL_BG = 0;
        column *= 2;
    }
    vt52_out(2, 27);
    vt52_out(2, 'Y');
    vt52_out(2, ' ' + row);
    vt52_out(2, ' ' + column);
    while (*s)
        vt52_out(2, (u8)*s++);
}

/* ---- the scene ---- */

static u16 star_seed;

static s16 scatter(s16 limit)
{
    star_seed = star_seed * 25173 + 13849;
    return ((u32)star_seed * (u16)limit) >> 16;
}

static void draw_stars(void)
{
    s16 n;

    star_seed = 1985;
    for (n = 0; n < 70; n++) {
        s16 x = scatter(320), y = scatter(110);
        span(x, x, y, STAR1 + n % 3);
    }
}

static void draw_house(void)
{
    box(102, 52, 11, 30, WALL);             /* chimney */
    box(100, 49, 15, 4, ROOF_EDGE);
    box(28, 100, 97, HORIZON - 100, WALL);
    triangle(76, 40, 104, 2, ROOF_EDGE);
    triangle(76, 43, 104, 2, ROOF);
    triangle(76, 55, 104, 2, GABLE);
    box(12, 104, 129, 3, ROOF_EDGE);
    disc(76, 86, 13, FRAME);
    disc(76, 86, 11, LIGHT);
    box(75, 74, 2, 24, FRAME);
    box(64, 85, 24, 2, FRAME);
    box(40, 116, 18, 20, FRAME);
    box(42, 118, 14, 16, SHADOW);
    box(94, 116, 18, 20, FRAME);
    box(96, 118, 14, 16, SHADOW);
    box(68, 118, 17, HORIZON - 118, FRAME);
    box(70, 120, 13, HORIZON - 120, ROOF);
    box(79, 134, 2, 2, GABLE);
}

static void draw_scene(void)
{
    draw_stars();
    disc(34, 30, 13, MOON);
    disc(40, 26, 11, SKY);
    hill(76, 143, 1600);
    hill(250, 146, 2600);
    box(0, 152, 320, 48, GROUND);
    draw_house();
}

/* ---- things that move ---- */

#define LETTERS 5
#define LETTER_X(n) (160 + (n) * 32)
#define LETTER_Y 50
#define FALL 12

static s16 letter_at[LETTERS];              /* where it was drawn last */

/* Height above its place: a fall, a small bounce, rest. */
static s16 letter_height(s16 t)
{
    if (t < 0) return 200;
    if (t < FALL) return 100 - t * t * 100 / (FALL * FALL);
    t -= FALL;
    return t < 8 ? t * (8 - t) / 2 : 0;
}

static void move_letter(s16 n, s16 frame)
{
    s16 y = LETTER_Y - letter_height(frame - 10 - n * 7);

    if (y == letter_at[n] || y <= -48)
        return;
    if (y > letter_at[n])
        box(LETTER_X(n), letter_at[n], 27, y - letter_at[n], SKY);
    else
        box(LETTER_X(n), y + 50, 27, letter_at[n] - y, SKY);
    if (mono)
        box(LETTER_X(n), y, 27, 50, SKY);
    letter_at[n] = y;
    big_letter(LETTER_X(n), y, "ATTIC"[n]);
}

static s16 smoke_at[3], star_at;            /* frames they were drawn at last; -1 never */

static void puff(s16 n, s16 t, s16 colour)
{
    disc(107 + t / 6 + n, 44 - t, 1 + t / 12, colour);
}

static void move_smoke(s16 frame)
{
    s16 n;

    for (n = 0; n < 3; n++) {
        if (smoke_at[n] >= 0)
            puff(n, smoke_at[n], SKY);
        smoke_at[n] = (frame / 2 + n * 12) % 36;
        puff(n, smoke_at[n], SMOKE);
    }
}

static void streak(s16 t, s16 colour)
{
    span(150 + t * 7, 158 + t * 7, 8 + t * 2, colour);
}

static void move_shooting_star(s16 frame)
{
    if (star_at >= 0)
        streak(star_at, SKY);
    star_at = frame >= 40 && frame < 56 ? frame - 40 : -1;
    if (star_at >= 0)
        streak(star_at, STAR1);
}

static u16 scaled(u16 colour, s16 level)
{
    u16 r = (colour >> 8) * level >> 3, g = (colour >> 4 & 7) * level >> 3, b = (colour & 7) * level >> 3;

    return r << 8 | g << 4 | b;
}

static void animate_colours(s16 frame)
{
    static const u16 lamp[8] = { 0x112, 0x332, 0x221, 0x553, 0x442, 0x663, 0x774, 0x774 };
    s16 level = frame < 8 ? frame + 1 : 8, i, k;

    if (mono)
        return;
    for (i = 1; i < 16; i++)
        if (i != TITLE)
            VIDEO_PALETTE[i] = scaled(scene_palette[i], level);
    VIDEO_PALETTE[STAR1 + (frame >> 2) % 3] = scaled(0x446, level);
    k = (frame - 44) / 2;
    VIDEO_PALETTE[LIGHT] = k < 0 ? scaled(scene_palette[LIGHT], level) : k < 8 ? lamp[k] : 0x774;
    raster_colours[BANDS * 2] = scaled(scene_palette[GROUND], level);    /* the lower border */
    for (i = 0; i < BANDS; i++) {
        raster_colours[i * 2] = scaled(sky[i], level);
        raster_colours[i * 2 + 1] = gold[(i * 2 + frame / 3) & 7];
    }
}

/* ---- chime: a rising chord, each note struck with the envelope ---- */

static void chime(s16 frame)
{
    static const struct { s16 frame, channel, period; } notes[] = {
        { 22, 0, 239 }, { 29, 1, 190 }, { 36, 2, 159 }, { 43, 0, 119 }, { 50, 1, 239 }, { 51, 2, 159 }
    };
    s16 i;

    for (i = 0; i < COUNT(notes); i++)
        if (notes[i].frame == frame) {
            psg_write(notes[i].channel * 2, notes[i].period);
            psg_write(notes[i].channel * 2 + 1, notes[i].period >> 8);
            psg_write(7, 0xF8);
            psg_write(8 + notes[i].channel, 16);
            psg_write(11, 0);
            psg_write(12, frame < 50 ? 24 : 60);
            psg_write(13, 0);               /* decay once */
        }
}

/* ---- memory ---- */

static u32 memory_at, memory_good;
extern u8 bss_end[];

/* Clears and spot-checks the next piece. */
static void test_memory(u32 bytes)
{
    volatile u32 *cell;
    u32 end = memory_at + bytes, limit = _v_bas_ad;

    if (end > limit)
        end = limit;
    for (cell = (volatile u32 *)memory_at; (u32)cell < end; cell += 256) {
        *cell = 0x55AA33CCUL ^ (u32)cell;
        if (*cell == (0x55AA33CCUL ^ (u32)cell))
            memory_good += end - (u32)cell < 1024 ? end - (u32)cell : 1024;
    }
    block_clear((void *)memory_at, end - memory_at);
    memory_at = end;
}

static void show_memory(void)
{
    text(2, 20, GROUND, "Memory ");
    print_number(memory_at >= _v_bas_ad ? phystop >> 10 : memory_at >> 10, 5, ' ');
    print(" KB");
    if (memory_at >= _v_bas_ad)
        print(memory_good == _v_bas_ad - (u32)bss_end ? " checked" : " FAULTY");
}

static void show_machine(void)
{
    text(2, 21, GROUND, "Drives  ");
    print(_nflops == 0 ? "none" : _nflops == 1 ? "A" : "A and B");
    text(2, 22, GROUND, "Screen  ");
    print(mono ? "monochrome, 71 Hz" : "colour, 50 Hz");
    text(21, 14, SKY, "Atari ST ROM " ROM_VERSION);
    text(25, 23, GROUND, "Press any key");
}

/* ---- the run ---- */

static void start(void)
{
    s16 i;

    mono = sshiftmd == 2;
    memory_at = (u32)bss_end;
    memory_good = 0;
    for (i = 0; i < LETTERS; i++)
        letter_at[i] = -48;
    for (i = 0; i < 3; i++)
        smoke_at[i] = -1;
    star_at = -1;
    if (mono)
        VIDEO_PALETTE[0] = 0;
    draw_scene();
    animate_colours(0);
    if (!mono) {
        _vbl_list[7] = raster_start;
        xb_mfpint(8, raster_isr);
    }
}

static void stop(void)
{
    if (!mono) {
        _vbl_list[7] = NULL;
        wait_vbl();
        MFP(TBCR) = 0;
        xb_jdisint(8);
        VECTOR(0x48) = exception_entries + (0x48 - 2) * 4;
    }
    psg_write(7, 0xFF);
    while (any_key_waiting())
        kbd_conin(2);
    screen_reset_palette();
    vt52_init(sshiftmd);
}

void bootscreen(void)
{
    u32 first, start_of_memory = (u32)bss_end, target;
    s16 frame = 0, last = FRAMES, now, n;

    start();
    first = _frclock;
    show_machine();
    while (frame < last && !any_key_waiting()) {
        now = _frclock - first;
        if (mono)
            now = now * 5 / 7;              /* 71 Hz */
        if (now == frame) {
            wait_vbl();
            continue;
        }
        for (; frame < now; frame++)
            chime(frame + 1);
        animate_colours(frame);
        for (n = 0; n < LETTERS; n++)
            move_letter(n, frame);
        move_smoke(frame);
        move_shooting_star(frame);
        if (memory_at < _v_bas_ad) {
            target = start_of_memory + ((_v_bas_ad - start_of_memory) / 80 + 1) * frame;
            if (target > memory_at + PIECE)
                target = memory_at + PIECE; /* 4 MB take longer: the picture goes on moving */
            if (target > memory_at)
                test_memory((target - memory_at + 1023) & ~1023UL);
            show_memory();
            if (last < frame + 20)          /* the result stays for a moment */
                last = frame + 20;
        }
    }
    while (memory_at < _v_bas_ad)
        test_memory(0x10000);
    stop();
}
