/* Holds the functions to what attic_fujinet.h promises. contract LIBRARY; ends with 0, or names the line that failed. */
#include "attic_fujinet.h"

#include <stdio.h>
#include <string.h>

#define EXPECT(condition)                                                                               \
    do {                                                                                                \
        if (!(condition)) {                                                                             \
            fprintf(stderr, "line %d: %s; %s\n", __LINE__, #condition, attic_fujinet_error());          \
            return 1;                                                                                   \
        }                                                                                               \
    } while (0)

static int woken;

static void count_wake(void *user) {
    (void)user;
    woken++;
}

int main(int argc, char **argv) {
    static const uint8_t reset[] = {0xC0, 0x70, 0xFF, 0x06, 0x00, 0x76, 0x00, 0xC0};
    static const uint8_t done[] = {0xC0, 0x70, 0xFF, 0x07, 0x00, 0x78, 0x01, 0x00, 0xC0};
    static uint8_t much[1 << 20];
    attic_fujinet_options options = {.size = sizeof options, .wake = count_wake};
    attic_fujinet first = 0, second = 0;
    uint8_t answer[64];
    int channel, other, result, count = 0, index;
    if (argc != 2)
        return 1;

    /* Nothing works before it is loaded. */
    EXPECT(attic_fujinet_create(&options, &first) == ATTIC_FUJINET_NO_LIBRARY);
    EXPECT(attic_fujinet_tick(1) == ATTIC_FUJINET_NO_LIBRARY);
    EXPECT(attic_fujinet_load(NULL, NULL) == ATTIC_FUJINET_BAD_ARGUMENT);
    EXPECT(attic_fujinet_load(argv[1], NULL) == ATTIC_FUJINET_OK);
    EXPECT(attic_fujinet_load(argv[1], NULL) == ATTIC_FUJINET_OK);
    EXPECT(attic_fujinet_load("/", NULL) == ATTIC_FUJINET_NO_LIBRARY);

    /* Arguments are checked. */
    EXPECT(attic_fujinet_create(NULL, &first) == ATTIC_FUJINET_BAD_ARGUMENT);
    EXPECT(attic_fujinet_create(&options, NULL) == ATTIC_FUJINET_BAD_ARGUMENT);
    options.size = 1;
    EXPECT(attic_fujinet_create(&options, &first) == ATTIC_FUJINET_BAD_ARGUMENT);
    EXPECT(strstr(attic_fujinet_error(), "size"));
    options.size = sizeof options;
    EXPECT(attic_fujinet_create(&options, &first) == ATTIC_FUJINET_OK);
    EXPECT(attic_fujinet_create(&options, &second) == ATTIC_FUJINET_OK);
    EXPECT(first != second && first != 0 && second != 0);
    channel = attic_fujinet_open(first);
    EXPECT(channel > 0);
    EXPECT(attic_fujinet_write(first, channel, NULL, 1) == ATTIC_FUJINET_BAD_ARGUMENT);
    EXPECT(attic_fujinet_write(first, channel, answer, -1) == ATTIC_FUJINET_BAD_ARGUMENT);
    EXPECT(attic_fujinet_read(first, channel, NULL, 0) == 0);
    EXPECT(attic_fujinet_read(first, 99, answer, 1) == ATTIC_FUJINET_BAD_HANDLE);
    EXPECT(attic_fujinet_wait(first, -1) == ATTIC_FUJINET_BAD_ARGUMENT);

    /* A channel takes what it can hold, and says how much that is. */
    other = attic_fujinet_open(second);
    EXPECT(attic_fujinet_write(second, other, much, sizeof much) == sizeof much);
    EXPECT(attic_fujinet_write(second, other, much, 1) == 0);
    EXPECT(attic_fujinet_close(second, other) == ATTIC_FUJINET_OK);
    EXPECT(attic_fujinet_close(second, other) == ATTIC_FUJINET_BAD_HANDLE);
    for (index = 0; index < 16; index++)
        EXPECT(attic_fujinet_open(second) > 0);
    EXPECT(attic_fujinet_open(second) == ATTIC_FUJINET_BUSY);
    EXPECT(attic_fujinet_destroy(second) == ATTIC_FUJINET_OK);

    /* Writing wakes, once before each tick; a reset is answered before it is reported. */
    while (attic_fujinet_tick(first) == ATTIC_FUJINET_MORE) {
    }
    woken = 0;
    EXPECT(attic_fujinet_wait(first, 0) == ATTIC_FUJINET_OK);
    EXPECT(attic_fujinet_write(first, channel, reset, 4) == 4);
    EXPECT(attic_fujinet_write(first, channel, reset + 4, sizeof reset - 4) == sizeof reset - 4);
    EXPECT(woken == 1);
    EXPECT(attic_fujinet_wait(first, 10000) == ATTIC_FUJINET_MORE);
    do {
        result = attic_fujinet_tick(first);
    } while (result == ATTIC_FUJINET_MORE);
    EXPECT(result == ATTIC_FUJINET_RESTART);
    count = attic_fujinet_read(first, channel, answer, sizeof answer);
    EXPECT(count == sizeof done && memcmp(answer, done, sizeof done) == 0);

    /* Stale handles are refused. */
    EXPECT(attic_fujinet_destroy(first) == ATTIC_FUJINET_OK);
    EXPECT(attic_fujinet_destroy(first) == ATTIC_FUJINET_BAD_HANDLE);
    EXPECT(attic_fujinet_write(first, channel, reset, 1) == ATTIC_FUJINET_BAD_HANDLE);
    EXPECT(attic_fujinet_open(0) == ATTIC_FUJINET_BAD_HANDLE);
    EXPECT(strlen(attic_fujinet_error()) > 0);
    return 0;
}
