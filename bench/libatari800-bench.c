/* Measures libatari800 as "attic bench" measures us: one thread, unpaced, sound and picture made, each picture turned into the
 * 32-bit colours that a screen takes. bench/compare-xl.sh compiles it against the library that you give.
 *
 * Usage: libatari800-bench ROM-FOLDER SECONDS [DISK.atr]
 * Prints: frames per second, microseconds to save and to load a state (medians), samples of sound a frame.
 */
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "libatari800.h"

enum { WIDTH = 384, HEIGHT = 240, WARM_UP = 1000, ROUNDS = 200 };

static unsigned palette[256];
static unsigned pixels[WIDTH * HEIGHT];
static emulator_state_t state;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void frame(void)
{
    static input_template_t input;
    const unsigned char *screen;
    int i;
    libatari800_next_frame(&input);
    screen = libatari800_get_screen_ptr();
    for (i = 0; i < WIDTH * HEIGHT; i++)
        pixels[i] = palette[screen[i]];
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void picture(const char *path)
{
    int i;
    FILE *f = fopen(path, "wb");
    if (!f)
        return;
    fprintf(f, "P6\n%d %d\n255\n", WIDTH, HEIGHT);
    for (i = 0; i < WIDTH * HEIGHT; i++) {
        unsigned char rgb[3] = { pixels[i] >> 16, pixels[i] >> 8, pixels[i] };
        fwrite(rgb, 3, 1, f);
    }
    fclose(f);
}

int main(int count, char **words)
{
    char os[4096], basic[4096];
    char *options[] = { "atari800", "-config", "/dev/null", "-xl", "-ntsc", "-xlxe_rom", os, "-basic", "-basic_rom", basic, "", NULL };
    double saves[ROUNDS], loads[ROUNDS], begin, seconds, elapsed;
    long frames = 0;
    int i;

    if (count < 3) {
        fprintf(stderr, "usage: libatari800-bench ROM-FOLDER SECONDS [DISK.atr]\n");
        return 2;
    }
    snprintf(os, sizeof os, "%s/ATARIXL.ROM", words[1]);
    snprintf(basic, sizeof basic, "%s/ATARIBAS.ROM", words[1]);
    seconds = atof(words[2]);
    if (count > 3)
        options[10] = words[3];
    for (i = 0; i < 256; i++)
        palette[i] = (unsigned)((i & 0xF0) << 16 | (i & 15) * 0x1111);
    if (!libatari800_init(count > 3 ? 11 : 10, options)) {
        fprintf(stderr, "libatari800 does not start with these files.\n");
        return 1;
    }

    for (i = 0; i < WARM_UP; i++)
        frame();
    begin = now();
    do {
        for (i = 0; i < 50; i++)
            frame();
        frames += 50;
        elapsed = now() - begin;
    } while (elapsed < seconds);

    for (i = 0; i < ROUNDS; i++) {
        double a = now(), b;
        libatari800_get_current_state(&state);
        b = now();
        libatari800_restore_state(&state);
        saves[i] = (b - a) * 1e6;
        loads[i] = (now() - b) * 1e6;
    }
    qsort(saves, ROUNDS, sizeof *saves, compare);
    qsort(loads, ROUNDS, sizeof *loads, compare);
    frame();
    printf("%.1f %.1f %.1f %d\n", frames / elapsed, saves[ROUNDS / 2], loads[ROUNDS / 2],
        libatari800_get_sound_buffer_len() / libatari800_get_num_sound_channels() / libatari800_get_sound_sample_size());
    if (count > 4)
        picture(words[4]);
    return 0;
}
