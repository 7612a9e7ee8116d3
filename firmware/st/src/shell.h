/* The shell's two halves: reading and running (shell.c), its own commands (shell_commands.c). */
#ifndef SHELL_H
#define SHELL_H

#include "types.h"

#define SHELL_VERSION "1.0"

void shell_print(const char *s);
void shell_number(u32 value, s16 width);
void shell_error(s32 code);
s16  shell_command(const char *word, char *arguments);    /* 0: not one of ours */

#endif
