/* Measures a libretro core as "attic bench" measures us: one thread, unpaced, sound and picture made. A small frontend: loads the
 * core, answers its questions from the command line, counts pictures. bench/compare-xl.sh compiles it.
 *
 * Usage: libretro-bench CORE ROM-FOLDER SECONDS CONTENT PICTURE [KEY=VALUE ...]
 *   CORE        the core, a shared library
 *   ROM-FOLDER  the core's system directory: holds ATARIXL.ROM
 *   CONTENT     a disk to boot, or - for none
 *   PICTURE     a PPM file for the last picture, or - for none
 *   KEY=VALUE   core options; the core's defaults otherwise
 * Prints: pictures per second, microseconds to save and to load a state (medians), samples of sound a picture; then "same" if
 * the upper half of ATARIXL.ROM is what the processor sees, else "other" (the core took an OS of its own).
 *
 * What is declared here is the part of the libretro API, version 1, that a core needs (docs.libretro.com).
 */
#define _POSIX_C_SOURCE 200112L
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WARM_UP = 1000, ROUNDS = 20, ROM_SIZE = 0x4000, ROM_TAIL = 0x2000, SYSTEM_RAM = 2 };

enum {
    GET_SYSTEM_DIRECTORY = 9,
    SET_PIXEL_FORMAT = 10,
    GET_VARIABLE = 15,
    GET_VARIABLE_UPDATE = 17,
    GET_SAVE_DIRECTORY = 31,
    XRGB8888 = 1
};

struct variable { const char *key, *value; };
struct game { const char *path; const void *data; size_t size; const char *meta; };

static const char *system_folder, *save_folder;
static char **options;
static int option_count;
static long pictures, samples;
static const void *last_pixels;
static unsigned last_width, last_height;
static size_t last_pitch;

static bool environment(unsigned command, void *data)
{
    int i;
    switch (command) {
    case GET_SYSTEM_DIRECTORY:
        *(const char **)data = system_folder;
        return true;
    case GET_SAVE_DIRECTORY:
        *(const char **)data = save_folder;
        return true;
    case SET_PIXEL_FORMAT:
        return *(const int *)data == XRGB8888;
    case GET_VARIABLE_UPDATE:
        *(bool *)data = false;
        return true;
    case GET_VARIABLE: {
        struct variable *asked = data;
        size_t length = strlen(asked->key);
        for (i = 0; i < option_count; i++)
            if (!strncmp(options[i], asked->key, length) && options[i][length] == '=') {
                asked->value = options[i] + length + 1;
                return true;
            }
        return false;
    }
    default:
        return false;
    }
}

static void show(const void *pixels, unsigned width, unsigned height, size_t pitch)
{
    pictures++;
    last_pixels = pixels;
    last_width = width;
    last_height = height;
    last_pitch = pitch;
}

static void play(int16_t left, int16_t right)
{
    (void)left;
    (void)right;
    samples++;
}

static size_t play_many(const int16_t *data, size_t frames)
{
    (void)data;
    samples += (long)frames;
    return frames;
}

static void poll_input(void)
{
}

static int16_t no_input(unsigned port, unsigned device, unsigned index, unsigned id)
{
    (void)port;
    (void)device;
    (void)index;
    (void)id;
    return 0;
}

static void *core;

/* dlsym gives an object pointer; POSIX guarantees that it holds a function's address. */
static void find(void *function, const char *name)
{
    void *symbol = dlsym(core, name);
    if (!symbol) {
        fprintf(stderr, "The core has no %s.\n", name);
        exit(1);
    }
    memcpy(function, &symbol, sizeof symbol);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void write_picture(const char *path)
{
    unsigned x, y;
    FILE *f = last_pixels && strcmp(path, "-") ? fopen(path, "wb") : NULL;
    if (!f)
        return;
    fprintf(f, "P6\n%u %u\n255\n", last_width, last_height);
    for (y = 0; y < last_height; y++)
        for (x = 0; x < last_width; x++) {
            uint32_t pixel;
            unsigned char rgb[3];
            memcpy(&pixel, (const char *)last_pixels + y * last_pitch + x * sizeof pixel, sizeof pixel);
            rgb[0] = (unsigned char)(pixel >> 16);
            rgb[1] = (unsigned char)(pixel >> 8);
            rgb[2] = (unsigned char)pixel;
            fwrite(rgb, sizeof rgb, 1, f);
        }
    fclose(f);
}

static bool same_os(const unsigned char *memory, size_t size)
{
    static unsigned char rom[ROM_SIZE];
    char path[4096];
    FILE *f;
    size_t length;
    snprintf(path, sizeof path, "%s/ATARIXL.ROM", system_folder);
    f = fopen(path, "rb");
    if (!f)
        return false;
    length = fread(rom, 1, sizeof rom, f);
    fclose(f);
    return memory && size == 0x10000 && length == sizeof rom
        && !memcmp(memory + 0x10000 - ROM_TAIL, rom + ROM_SIZE - ROM_TAIL, ROM_TAIL);
}

int main(int count, char **words)
{
    void (*set_environment)(bool (*)(unsigned, void *));
    void (*set_video)(void (*)(const void *, unsigned, unsigned, size_t));
    void (*set_sample)(void (*)(int16_t, int16_t));
    void (*set_samples)(size_t (*)(const int16_t *, size_t));
    void (*set_poll)(void (*)(void));
    void (*set_input)(int16_t (*)(unsigned, unsigned, unsigned, unsigned));
    void (*init)(void), (*deinit)(void), (*run)(void), (*unload)(void);
    bool (*load)(const struct game *), (*serialize)(void *, size_t), (*unserialize)(const void *, size_t);
    size_t (*serialize_size)(void), (*memory_size)(unsigned);
    void *(*memory_data)(unsigned);
    struct game game = { NULL, NULL, 0, NULL };
    double saves[ROUNDS], loads[ROUNDS], begin, seconds, elapsed;
    long first_picture, first_sample;
    size_t size;
    void *state;
    int i, rounds = 0;

    if (count < 6) {
        fprintf(stderr, "usage: libretro-bench CORE ROM-FOLDER SECONDS CONTENT PICTURE [KEY=VALUE ...]\n");
        return 2;
    }
    system_folder = words[2];
    save_folder = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
    seconds = atof(words[3]);
    options = words + 6;
    option_count = count - 6;
    core = dlopen(words[1], RTLD_NOW | RTLD_LOCAL);
    if (!core) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    find(&set_environment, "retro_set_environment");
    find(&set_video, "retro_set_video_refresh");
    find(&set_sample, "retro_set_audio_sample");
    find(&set_samples, "retro_set_audio_sample_batch");
    find(&set_poll, "retro_set_input_poll");
    find(&set_input, "retro_set_input_state");
    find(&init, "retro_init");
    find(&deinit, "retro_deinit");
    find(&run, "retro_run");
    find(&load, "retro_load_game");
    find(&unload, "retro_unload_game");
    find(&serialize_size, "retro_serialize_size");
    find(&serialize, "retro_serialize");
    find(&unserialize, "retro_unserialize");
    find(&memory_size, "retro_get_memory_size");
    find(&memory_data, "retro_get_memory_data");

    set_environment(environment);
    set_video(show);
    set_sample(play);
    set_samples(play_many);
    set_poll(poll_input);
    set_input(no_input);
    init();
    if (strcmp(words[4], "-"))
        game.path = words[4];
    if (!load(game.path ? &game : NULL)) {
        fprintf(stderr, "The core does not take %s.\n", words[4]);
        return 1;
    }

    for (i = 0; i < WARM_UP; i++)
        run();
    first_picture = pictures;
    first_sample = samples;
    begin = now();
    do {
        for (i = 0; i < 50; i++)
            run();
        elapsed = now() - begin;
    } while (elapsed < seconds);
    first_picture = pictures - first_picture;
    first_sample = samples - first_sample;
    write_picture(words[5]);

    /* A picture between two rounds: a core may keep the state that it made last. */
    size = serialize_size();
    state = malloc(size ? size : 1);
    for (i = 0; i < ROUNDS && state && size; i++) {
        double a, b;
        run();
        a = now();
        if (!serialize(state, size))
            break;
        b = now();
        if (!unserialize(state, size))
            break;
        saves[rounds] = (b - a) * 1e6;
        loads[rounds++] = (now() - b) * 1e6;
    }
    qsort(saves, (size_t)rounds, sizeof *saves, compare);
    qsort(loads, (size_t)rounds, sizeof *loads, compare);
    printf("%.1f %.1f %.1f %ld %s\n", first_picture / elapsed, rounds ? saves[rounds / 2] : -1, rounds ? loads[rounds / 2] : -1,
        first_picture ? first_sample / first_picture : 0, same_os(memory_data(SYSTEM_RAM), memory_size(SYSTEM_RAM)) ? "same" : "other");
    free(state);
    unload();
    deinit();
    return 0;
}
