/* Command shell: a program like any other (user mode, traps only) that lies in ROM. */
#include "tos.h"
#include "shell.h"

#define LINE 76
#define HISTORY 8

static char line[LINE + 2];
static char history[HISTORY][LINE + 2];
static s16 history_count;
static s16 colour;                          /* a colour monitor: the shell works in medium resolution */

void shell_print(const char *s)
{
    Cconws(s);
}

void shell_number(u32 value, s16 width)
{
    char text[12];
    s16 n = 11;

    text[n] = 0;
    do {
        text[--n] = '0' + value % 10;
        value /= 10;
    } while (value && n > 0);
    while (11 - n < width && n > 0)
        text[--n] = ' ';
    Cconws(text + n);
}

void shell_error(s32 code)
{
    switch ((s16)code) {
    case -2: case -46:  shell_print("No disk in that drive, or not one of ours.\r\n"); return;
    case -13: shell_print("The disk is write protected.\r\n"); return;
    case -33: shell_print("There is no such file.\r\n"); return;
    case -34: shell_print("There is no such folder.\r\n"); return;
    case -36: shell_print("Not allowed.\r\n"); return;
    case -39: shell_print("Not enough memory.\r\n"); return;
    case -66: shell_print("That is not a program.\r\n"); return;
    }
    shell_print("Error ");
    if (code < 0) {
        shell_print("-");
        code = -code;
    }
    shell_number(code, 0);
    shell_print("\r\n");
}

/* Own resolution, palette, cursor: a program may have left anything. The cursor does not blink:
 * a machine that waits at the prompt shows a still picture. */
static void own_screen(void)
{
    static const u16 palette[16] = {
        0x777, 0x700, 0x070, 0x000, 0x007, 0x707, 0x077, 0x555,
        0x333, 0x733, 0x373, 0x773, 0x337, 0x737, 0x377, 0x000
    };
    s16 i;

    if (Getrez() != (colour ? 1 : 2))
        Setscreen(-1L, -1L, colour ? 1 : 2);
    if (colour)
        for (i = 0; i < 16; i++)
            Setcolor(i, palette[i]);
    Cursconf(3, 0);
    shell_print("\033e\033v\033q");
}

static void prompt(void)
{
    char path[128];

    Cconout('A' + (s16)Dgetdrv());
    Cconout(':');
    path[0] = 0;
    Dgetpath(path, 0);
    shell_print(path[0] ? path : "\\");
    Cconout('>');
}

static void replace_line(s16 *length, const char *with)
{
    while ((*length)-- > 0)
        shell_print("\b \b");
    str_copy(line, with);
    *length = str_length(line);
    shell_print(line);
}

static void remember(void)
{
    s16 i;

    if (!line[0] || (history_count && str_equal(history[history_count - 1], line)))
        return;
    if (history_count == HISTORY) {
        for (i = 1; i < HISTORY; i++)
            str_copy(history[i - 1], history[i]);
        history_count--;
    }
    str_copy(history[history_count++], line);
}

/* A line with Backspace, Escape and the history on the arrow keys. */
static void read_line(void)
{
    s16 length = 0, at = history_count;

    line[0] = 0;
    for (;;) {
        s32 key = Crawcin();
        u8 c = key, scan = key >> 16;

        if (c == '\r')
            break;
        if (scan == 0x48 && at > 0) {
            replace_line(&length, history[--at]);
        } else if (scan == 0x50 && at < history_count) {
            at++;
            replace_line(&length, at < history_count ? history[at] : "");
        } else if (c == '\b' && length) {
            line[--length] = 0;
            shell_print("\b \b");
        } else if (c == 27) {
            replace_line(&length, "");
        } else if (c >= ' ' && c != 0x7F && length < LINE) {
            line[length++] = c;
            line[length] = 0;
            Cconout(c);
        }
    }
    shell_print("\r\n");
    remember();
}

static s16 exists(const char *path)
{
    struct dta dta;

    Fsetdta(&dta);
    return Fsfirst(path, 0) == 0;
}

static s16 ends_with(const char *s, const char *end)
{
    s16 n = str_length(s), m = str_length(end);

    return n >= m && str_equal(s + n - m, end);
}

static s16 has_extension(const char *s)
{
    s16 dot = 0;

    for (; *s; s++)
        dot = *s == '.' ? 1 : *s == '\\' ? 0 : dot;
    return dot;
}

/* The program a name means: as it is, or with one of the known extensions. */
static s16 find_program(const char *name, char *path)
{
    static const char *const extensions[] = { ".PRG", ".TOS", ".TTP", ".APP" };
    s16 i, n;

    for (n = 0; name[n] && n < 100; n++)
        path[n] = to_upper(name[n]);
    path[n] = 0;
    if (has_extension(path)) {
        for (i = 0; i < COUNT(extensions); i++)
            if (ends_with(path, extensions[i]))
                return exists(path);
        return 0;
    }
    for (i = 0; i < COUNT(extensions); i++) {
        str_copy(path + n, extensions[i]);
        if (exists(path))
            return 1;
    }
    return 0;
}

static void run(const char *path, const char *arguments)
{
    char command[128];
    s16 n = str_length(arguments);
    s32 code;

    if (n > 124)
        n = 124;
    command[0] = n;
    memcpy(command + 1, arguments, n);
    command[1 + n] = 0;
    if (!ends_with(path, ".TOS") && !ends_with(path, ".TTP"))
        shell_print("\033f\033E");
    code = Pexec(0, path, command, 0L);
    own_screen();
    if (code < 0)
        shell_error(code);
    else if (code) {
        shell_print("Ended with code ");
        shell_number(code, 0);
        shell_print("\r\n");
    }
}

static char *skip_blanks(char *s)
{
    while (*s == ' ')
        s++;
    return s;
}

static void execute(void)
{
    char path[128], word[LINE + 1];
    char *s = skip_blanks(line);
    s16 n = 0;

    while (*s && *s != ' ')
        word[n++] = *s++;
    word[n] = 0;
    if (n == 0)
        return;
    s = skip_blanks(s);
    if (n == 2 && word[1] == ':') {
        n = to_upper(word[0]) - 'A';
        if (n < 0 || n > 15 || !(Drvmap() >> n & 1))
            shell_print("There is no such drive.\r\n");
        else
            Dsetdrv(n);
        return;
    }
    if (shell_command(word, s))
        return;
    if (find_program(word, path))
        run(path, s);
    else {
        shell_print(word);
        shell_print(": neither a command nor a program. 'help' lists the commands.\r\n");
    }
}

void shell_main(void)
{
    history_count = 0;
    colour = Getrez() != 2;
    own_screen();
    shell_print("\033E\033p Attic ST ROM " SHELL_VERSION " \033q  'help' lists the commands.\r\n\n");
    for (;;) {
        prompt();
        read_line();
        execute();
    }
}
