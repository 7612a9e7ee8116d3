/* US keyboard: scan code to character without and with Shift, and with Caps Lock. */
#include "kernel.h"

/* $00-$46 differ by shift; the rest of the board is common but for Clr and the keypad. */
#define EDIT_KEYS \
    [0x4A] = '-', [0x4E] = '+', [0x53] = 0x7F, \
    [0x63] = '(', [0x64] = ')', [0x65] = '/', [0x66] = '*', \
    [0x67] = '7', [0x68] = '8', [0x69] = '9', [0x6A] = '4', [0x6B] = '5', [0x6C] = '6', \
    [0x6D] = '1', [0x6E] = '2', [0x6F] = '3', [0x70] = '0', [0x71] = '.', [0x72] = '\r'

#define PLAIN_DIGITS \
    [0x01] = 0x1B, '1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '=', '\b', '\t'
#define UPPER_LETTERS(open, close, semi, quote, back, slash, comma, dot, div) \
    [0x10] = 'Q', 'W', 'E', 'R', 'T', 'Y', 'U', 'I', 'O', 'P', open, close, '\r', 0, \
    'A', 'S', 'D', 'F', 'G', 'H', 'J', 'K', 'L', semi, quote, back, 0, slash, \
    'Z', 'X', 'C', 'V', 'B', 'N', 'M', comma, dot, div, 0, 0, 0, ' '

const u8 key_unshift[128] = {
    PLAIN_DIGITS,
    [0x10] = 'q', 'w', 'e', 'r', 't', 'y', 'u', 'i', 'o', 'p', '[', ']', '\r', 0,
    'a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l', ';', '\'', '`', 0, '\\',
    'z', 'x', 'c', 'v', 'b', 'n', 'm', ',', '.', '/', 0, 0, 0, ' ',
    EDIT_KEYS
};

const u8 key_shift[128] = {
    [0x01] = 0x1B, '!', '@', '#', '$', '%', '^', '&', '*', '(', ')', '_', '+', '\b', '\t',
    UPPER_LETTERS('{', '}', ':', '"', '~', '|', '<', '>', '?'),
    [0x47] = '7', [0x48] = '8', [0x4B] = '4', [0x4D] = '6', [0x50] = '2', [0x52] = '0',
    EDIT_KEYS
};

const u8 key_caps[128] = {
    PLAIN_DIGITS,
    UPPER_LETTERS('[', ']', ';', '\'', '`', '\\', ',', '.', '/'),
    EDIT_KEYS
};
