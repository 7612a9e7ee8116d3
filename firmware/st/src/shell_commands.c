/* The shell's own commands. */
#include "tos.h"
#include "shell.h"

static char buffer[4096];

/* Cuts the first word off the arguments; the rest follows its 0. */
static char *next_word(char **s)
{
    char *word = *s;

    while (**s && **s != ' ')
        (*s)++;
    if (**s)
        *(*s)++ = 0;
    while (**s == ' ')
        (*s)++;
    return word;
}

static void report(s32 code)
{
    if (code < 0)
        shell_error(code);
}

static void two_digits(u16 value)
{
    Cconout('0' + value / 10 % 10);
    Cconout('0' + value % 10);
}

static void show_entry(const struct dta *d)
{
    s16 n = str_length(d->name);

    shell_print(d->name);
    while (n++ < 14)
        Cconout(' ');
    if (d->attr & 0x10)
        shell_print("  <folder>");
    else
        shell_number(d->size, 10);
    shell_print("  ");
    shell_number(1980 + (d->date >> 9), 4);
    Cconout('-');
    two_digits(d->date >> 5 & 15);
    Cconout('-');
    two_digits(d->date & 31);
    shell_print("  ");
    two_digits(d->time >> 11);
    Cconout(':');
    two_digits(d->time >> 5 & 63);
    shell_print("\r\n");
}

static s16 is_folder(const char *path)
{
    struct dta d;

    Fsetdta(&d);
    return Fsfirst(path, 0x10) == 0 && d.attr & 0x10;
}

static void dir(char *arguments)
{
    struct dta d;
    char pattern[128];
    u32 space[4], total = 0;
    s16 files = 0, n;
    s32 error;

    str_copy(pattern, arguments);
    n = str_length(pattern);
    if (n == 0 || pattern[n - 1] == ':' || pattern[n - 1] == '\\')
        str_copy(pattern + n, "*.*");
    else if (is_folder(pattern))
        str_copy(pattern + n, "\\*.*");
    Fsetdta(&d);
    for (error = Fsfirst(pattern, 0x10); error == 0; error = Fsnext()) {
        if (d.name[0] == '.')
            continue;
        show_entry(&d);
        files++;
        total += d.size;
    }
    if (error != -49 && error != -33) {
        shell_error(error);
        return;
    }
    shell_number(files, 0);
    shell_print(files == 1 ? " entry, " : " entries, ");
    shell_number(total, 0);
    shell_print(" bytes; ");
    n = pattern[1] == ':' ? to_upper(pattern[0]) - 'A' + 1 : 0;
    if (Dfree(space, n) == 0) {
        shell_number(space[0] * space[2] * space[3], 0);
        shell_print(" bytes free");
    }
    shell_print("\r\n");
}

static void cd(char *arguments)
{
    char path[128];

    if (!*arguments) {
        path[0] = 0;
        report(Dgetpath(path, 0));
        shell_print(path[0] ? path : "\\");
        shell_print("\r\n");
        return;
    }
    report(Dsetpath(arguments));
}

static void type(char *arguments)
{
    s32 handle = Fopen(arguments, 0), n, i;

    if (handle < 0) {
        shell_error(handle);
        return;
    }
    while ((n = Fread((s16)handle, sizeof(buffer), buffer)) > 0)
        for (i = 0; i < n; i++) {
            if (buffer[i] == '\n' && (i == 0 || buffer[i - 1] != '\r'))
                Cconout('\r');
            Cconout((u8)buffer[i]);
        }
    Fclose((s16)handle);
    shell_print("\r\n");
}

static void copy(char *arguments)
{
    char *from = next_word(&arguments), *to = next_word(&arguments);
    s32 in, out, n, written = 0;

    if (!*from || !*to) {
        shell_print("copy FROM TO\r\n");
        return;
    }
    if ((in = Fopen(from, 0)) < 0) {
        shell_error(in);
        return;
    }
    if (is_folder(to)) {                    /* TO\name of FROM */
        const char *name = from + str_length(from);
        while (name > from && name[-1] != '\\' && name[-1] != ':')
            name--;
        str_copy(buffer, to);
        str_copy(buffer + str_length(buffer), "\\");
        str_copy(buffer + str_length(buffer), name);
        out = Fcreate(buffer, 0);
    } else
        out = Fcreate(to, 0);
    if (out < 0)
        shell_error(out);
    else {
        while ((n = Fread((s16)in, sizeof(buffer), buffer)) > 0 && (written = Fwrite((s16)out, n, buffer)) == n)
            ;
        if (n < 0 || written < 0)
            shell_error(n < 0 ? n : written);
        else if (n > 0)
            shell_print("The disk is full.\r\n");
        Fclose((s16)out);
    }
    Fclose((s16)in);
}

static void del(char *arguments)
{
    struct dta d;
    char path[128];
    s16 directory = 0, n;
    s32 error;

    if (!*arguments) {
        shell_print("del FILE (patterns with * and ? are allowed)\r\n");
        return;
    }
    for (n = 0; arguments[n]; n++)
        if (arguments[n] == '\\' || arguments[n] == ':')
            directory = n + 1;
    Fsetdta(&d);
    for (error = Fsfirst(arguments, 0); error == 0; error = Fsnext()) {
        memcpy(path, arguments, directory);
        str_copy(path + directory, d.name);
        report(Fdelete(path));
    }
    if (error != -49)
        shell_error(error);
}

static void ren(char *arguments)
{
    char *from = next_word(&arguments), *to = next_word(&arguments);

    if (*from && *to)
        report(Frename(from, to));
    else
        shell_print("ren OLD NEW\r\n");
}

static void make_folder(char *arguments)
{
    report(Dcreate(arguments));
}

static void remove_folder(char *arguments)
{
    report(Ddelete(arguments));
}

static void cls(char *arguments)
{
    (void)arguments;
    shell_print("\033E");
}

static s32 top_of_memory(void)
{
    return *(volatile u32 *)0x42E;
}

static void mem(char *arguments)
{
    (void)arguments;
    shell_number((u32)Supexec(top_of_memory) >> 10, 0);
    shell_print(" KB of memory, ");
    shell_number(Malloc(-1L), 0);
    shell_print(" bytes free\r\n");
}

static void ver(char *arguments)
{
    s16 v = Sversion();

    (void)arguments;
    shell_print("Attic ST ROM " SHELL_VERSION ", GEMDOS ");
    shell_number(v & 0xFF, 0);
    Cconout('.');
    shell_number(v >> 8 & 0xFF, 0);
    shell_print("\r\n");
}

static s32 do_reset(void)
{
    void (*reset)(void) = *(void (**)(void))(*(u32 *)0x4F2 + 4);

    reset();
    return 0;
}

static void reset(char *arguments)
{
    (void)arguments;
    Supexec(do_reset);
}

static void help(char *arguments)
{
    (void)arguments;
    shell_print(
        "dir [PATTERN]     files and free space      cd [FOLDER]    change folder\r\n"
        "type FILE         show a text               copy FROM TO   copy a file\r\n"
        "del PATTERN       delete files              ren OLD NEW    rename\r\n"
        "mkdir FOLDER      make a folder             rmdir FOLDER   remove an empty one\r\n"
        "A:  B:            change the drive          cls            clear the screen\r\n"
        "mem               memory                    ver            versions\r\n"
        "reset             start again               NAME [ARGS]    run a program\r\n"
        "Arrow keys recall lines, Escape clears one. Control-C stops a program.\r\n");
}

static const struct { const char *name; void (*run)(char *arguments); } commands[] = {
    { "DIR", dir }, { "LS", dir }, { "CD", cd }, { "TYPE", type }, { "COPY", copy }, { "DEL", del },
    { "REN", ren }, { "MKDIR", make_folder }, { "RMDIR", remove_folder }, { "CLS", cls }, { "MEM", mem },
    { "VER", ver }, { "RESET", reset }, { "HELP", help }, { "?", help }
};

s16 shell_command(const char *word, char *arguments)
{
    char upper[10];
    s16 n;

    for (n = 0; word[n] && n < 9; n++)
        upper[n] = to_upper(word[n]);
    upper[n] = 0;
    for (n = 0; n < COUNT(commands); n++)
        if (str_equal(upper, commands[n].name)) {
            commands[n].run(arguments);
            return 1;
        }
    return 0;
}
