/* HELLO.TOS: prints a line and waits for a key. */
#include "tos.h"

int main(void)
{
    Cconws("Hello from Attic!\r\n");
    Crawcin();
    return 0;
}
