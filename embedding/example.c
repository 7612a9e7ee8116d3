/*
 * Asks an embedded FujiNet for the time, and for the beginning of a file.
 *
 *     example LIBRARY [DATA [URI [DOTNET]]]      example lib . host:/fujinet.yaml
 *
 * Without DATA the files are in memory. Ends with 0, or with 1 and a reason on standard error.
 */
#include "attic_fujinet.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { END = 0xC0, ESC = 0xDB, ESC_END = 0xDC, ESC_ESC = 0xDD };
enum { CLOCK = 0x45, FILES = 0xFE, GET_TIME = 1, READ = 3, HEADER = 6, MAX_PACKET = 4096 };

static attic_fujinet fuji;
static int channel;

static void give_up(const char *what) {
    fprintf(stderr, "example: %s: %s\n", what, attic_fujinet_error());
    exit(1);
}

static void print_log(void *user, const char *message) {
    (void)user;
    fprintf(stderr, "example: %s\n", message);
}

/* End-around carry; the checksum's own byte counts as 0. */
static uint8_t checksum(const uint8_t *packet, size_t length) {
    unsigned sum = 0;
    for (size_t at = 0; at < length; at++) {
        sum += at == 4 ? 0 : packet[at];
        sum = (sum & 0xFF) + (sum >> 8);
    }
    return (uint8_t)sum;
}

/* Sends a packet as a SLIP frame. */
static void send_request(uint8_t device, uint8_t command, const void *payload, size_t length) {
    uint8_t packet[MAX_PACKET] = {0}, frame[2 * MAX_PACKET + 2];
    size_t size = HEADER + length;
    int count = 0;
    packet[0] = device;
    packet[1] = command;
    packet[2] = (uint8_t)size;
    packet[3] = (uint8_t)(size >> 8);
    memcpy(packet + HEADER, payload, length);
    packet[4] = checksum(packet, size);
    frame[count++] = END;
    for (size_t at = 0; at < size; at++) {
        if (packet[at] == END || packet[at] == ESC) {
            frame[count++] = ESC;
            frame[count++] = packet[at] == END ? ESC_END : ESC_ESC;
        } else {
            frame[count++] = packet[at];
        }
    }
    frame[count++] = END;
    if (attic_fujinet_write(fuji, channel, frame, count) != count)
        give_up("write");
}

/* One byte of the answer; the FujiNet runs while there is none. */
static uint8_t next_byte(void) {
    uint8_t byte;
    int count;
    while ((count = attic_fujinet_read(fuji, channel, &byte, 1)) == 0) {
        int more = attic_fujinet_tick(fuji);
        if (more < 0 || (more == ATTIC_FUJINET_OK && attic_fujinet_wait(fuji, 50) < 0))
            give_up("tick");
    }
    if (count < 0)
        give_up("read");
    return byte;
}

/* Sends a request and waits for its answer: the payload's length. */
static size_t call(uint8_t device, uint8_t command, const void *request, size_t length, uint8_t *answer) {
    uint8_t packet[MAX_PACKET];
    size_t size = 0;
    int byte;
    send_request(device, command, request, length);
    while (next_byte() != END) {
    }
    while ((byte = next_byte()) != END || size == 0) {
        if (byte == END)
            continue;
        if (byte == ESC)
            byte = next_byte() == ESC_END ? END : ESC;
        if (size == sizeof packet) {
            fprintf(stderr, "example: the answer is too long\n");
            exit(1);
        }
        packet[size++] = (uint8_t)byte;
    }
    /* An answer has one parameter of a byte: its status. */
    if (size < HEADER + 1 || packet[4] != checksum(packet, size) || packet[6] != 0) {
        fprintf(stderr, "example: device %02X, command %02X: status %d\n", device, command, size > HEADER ? packet[HEADER] : -1);
        exit(1);
    }
    memcpy(answer, packet + HEADER + 1, size - HEADER - 1);
    return size - HEADER - 1;
}

static void print_time(void) {
    const uint8_t version = 1;
    uint8_t answer[MAX_PACKET];
    uint64_t seconds = 0;
    if (call(CLOCK, GET_TIME, &version, 1, answer) != 12)
        exit(1);
    for (int at = 11; at >= 4; at--)
        seconds = seconds << 8 | answer[at];
    printf("time %" PRIu64 "\n", seconds);
}

static void print_file(const char *uri) {
    uint8_t request[512] = {1}, answer[MAX_PACKET];
    size_t length = strlen(uri), at = 3 + length, count;
    if (at + 6 > sizeof request)
        exit(1);
    request[1] = (uint8_t)length;
    request[2] = (uint8_t)(length >> 8);
    memcpy(request + 3, uri, length);
    /* From offset 0 at most 1024 bytes. */
    request[at + 5] = 4;
    count = call(FILES, READ, request, at + 6, answer);
    printf("file %zu bytes\n", count - 10);
    fwrite(answer + 10, 1, count - 10, stdout);
}

int main(int argc, char **argv) {
    attic_fujinet_options options = {.size = sizeof options, .log = print_log};
    if (argc < 2 || argc > 5) {
        fprintf(stderr, "usage: example LIBRARY [DATA [URI [DOTNET]]]\n");
        return 1;
    }
    if (attic_fujinet_load(argv[1], argc > 4 ? argv[4] : NULL) != ATTIC_FUJINET_OK)
        give_up("load");
    options.data_folder = argc > 2 ? argv[2] : NULL;
    if (attic_fujinet_create(&options, &fuji) != ATTIC_FUJINET_OK)
        give_up("create");
    channel = attic_fujinet_open(fuji);
    if (channel < 0)
        give_up("open");
    print_time();
    if (argc > 3)
        print_file(argv[3]);
    if (attic_fujinet_destroy(fuji) != ATTIC_FUJINET_OK)
        give_up("destroy");
    /* A stale handle is refused. */
    return attic_fujinet_tick(fuji) == ATTIC_FUJINET_BAD_HANDLE ? 0 : 1;
}
