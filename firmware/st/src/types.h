/* Integer types, and what a C program expects to have. */
#ifndef TYPES_H
#define TYPES_H

typedef unsigned char  u8;
typedef signed char    s8;
typedef unsigned short u16;
typedef short          s16;
typedef unsigned long  u32;
typedef long           s32;

#define NULL ((void *)0)
#define PACKED __attribute__((packed, aligned(2)))
#define COUNT(a) ((s16)(sizeof(a) / sizeof((a)[0])))

/* What a C string or block routine needs; written in assembly (support.S). */
void *memcpy(void *to, const void *from, __SIZE_TYPE__ bytes);
void *memset(void *to, int value, __SIZE_TYPE__ bytes);
void  block_move(void *to, const void *from, u32 bytes); /* overlap allowed, even addresses */
void  block_clear(void *to, u32 bytes);                  /* even address */

s16  str_length(const char *s);
s16  str_equal(const char *a, const char *b);
void str_copy(char *to, const char *from);
char to_upper(char c);

#endif
