/* The few string routines that the ROM needs. */
#include "types.h"

s16 str_length(const char *s)
{
    s16 n = 0;

    while (s[n])
        n++;
    return n;
}

s16 str_equal(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

void str_copy(char *to, const char *from)
{
    while ((*to++ = *from++))
        ;
}

char to_upper(char c)
{
    return c >= 'a' && c <= 'z' ? c - 32 : c;
}
