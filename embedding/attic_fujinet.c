/* Starts the .NET runtime by its hosting API (learn.microsoft.com, "Write a custom .NET host") and hands calls over to it. */
#define _XOPEN_SOURCE 700
#include "attic_fujinet.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifdef __APPLE__
#define HOSTFXR "libhostfxr.dylib"
#else
#define HOSTFXR "libhostfxr.so"
#endif

#define PATH_BYTES 4096
#define ASSEMBLY "Attic.FujiNet.Embedding"

/* hostfxr.h and coreclr_delegates.h of the .NET runtime, as far as they are needed. */
typedef void *host_context;
typedef int (*initialize_fn)(const char *config, const void *parameters, host_context *context);
typedef int (*get_delegate_fn)(host_context context, int type, void **delegate);
typedef int (*close_fn)(host_context context);
typedef void (*error_writer_fn)(const char *message);
typedef error_writer_fn (*set_error_writer_fn)(error_writer_fn writer);
typedef int (*load_function_fn)(const char *assembly, const char *type, const char *method, const char *delegate_type, void *reserved, void **function);
#define LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER 5
#define UNMANAGED_CALLERS_ONLY ((const char *)-1)
#define FRAMEWORK_MISSING ((int)0x80008096)

/* NativeFunctions of the library: same order, same types. */
static struct {
    int (*create)(const attic_fujinet_options *, attic_fujinet *);
    int (*destroy)(attic_fujinet);
    int (*open)(attic_fujinet);
    int (*close)(attic_fujinet, int);
    int (*write)(attic_fujinet, int, const void *, int);
    int (*read)(attic_fujinet, int, void *, int);
    int (*tick)(attic_fujinet);
    int (*wait)(attic_fujinet, int);
    int (*last_error)(char *, int);
} library;

static char loaded_folder[PATH_BYTES];
static char host_says[2048];
static _Thread_local char error[4096];
static _Thread_local int error_is_library;

static int fail(int result, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error, sizeof error, format, arguments);
    va_end(arguments);
    error_is_library = 0;
    return result;
}

/* The library keeps a thread's error itself. */
static int checked(int result) {
    if (result < 0)
        error_is_library = 1;
    return result;
}

static int not_loaded(void) { return fail(ATTIC_FUJINET_NO_LIBRARY, "attic_fujinet_load() was not called, or failed."); }

static int join(char *path, const char *folder, const char *name) {
    return (size_t)snprintf(path, PATH_BYTES, "%s/%s", folder, name) < PATH_BYTES;
}

static int exists(const char *path) {
    struct stat found;
    return stat(path, &found) == 0;
}

/* The newest host/fxr/VERSION/libhostfxr of an installation. */
static int find_hostfxr(const char *root, char *found) {
    char folder[PATH_BYTES], newest[256] = "", candidate[PATH_BYTES];
    int best[3] = {-1, -1, -1};
    struct dirent *entry;
    DIR *versions;
    if (!join(folder, root, "host/fxr") || !(versions = opendir(folder)))
        return 0;
    while ((entry = readdir(versions))) {
        int version[3] = {0, 0, 0}, newer = 0, digit;
        if (sscanf(entry->d_name, "%d.%d.%d", &version[0], &version[1], &version[2]) < 2 || strlen(entry->d_name) >= sizeof newest)
            continue;
        for (digit = 0; digit < 3 && !newer && version[digit] >= best[digit]; digit++)
            newer = version[digit] > best[digit];
        if (newer) {
            memcpy(best, version, sizeof best);
            strcpy(newest, entry->d_name);
        }
    }
    closedir(versions);
    return newest[0] && join(candidate, folder, newest) && join(found, candidate, HOSTFXR) && exists(found);
}

/* The folder that the installer noted; one line. */
static int noted_location(char *root) {
    FILE *note = fopen("/etc/dotnet/install_location", "r");
    int read = note && fgets(root, PATH_BYTES, note);
    if (note)
        fclose(note);
    if (read)
        root[strcspn(root, "\r\n")] = 0;
    return read && root[0];
}

static int find_runtime(const char *dotnet_root, char *hostfxr) {
    static const char *const usual[] = {"/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet"};
    char root[PATH_BYTES];
    const char *home = getenv("HOME"), *environment = getenv("DOTNET_ROOT");
    size_t index;
    if (dotnet_root)
        return find_hostfxr(dotnet_root, hostfxr);
    if (environment && *environment && find_hostfxr(environment, hostfxr))
        return 1;
    if (noted_location(root) && find_hostfxr(root, hostfxr))
        return 1;
    for (index = 0; index < sizeof usual / sizeof *usual; index++)
        if (find_hostfxr(usual[index], hostfxr))
            return 1;
    return home && join(root, home, ".dotnet") && find_hostfxr(root, hostfxr);
}

/* What the host would print; several lines. */
static void keep_host_error(const char *message) {
    size_t used = strlen(host_says);
    snprintf(host_says + used, sizeof host_says - used, "%s%s", used ? "\n" : "", message);
}

/* ISO C has no conversion from an object's address to a function's; POSIX demands that it works. */
static int symbol(void *module, const char *name, void *function) {
    void *address = dlsym(module, name);
    memcpy(function, &address, sizeof address);
    return address != NULL;
}

static int start(void *hostfxr, const char *config, load_function_fn *load) {
    initialize_fn initialize;
    get_delegate_fn get_delegate;
    close_fn close_context;
    set_error_writer_fn set_error_writer;
    host_context context = NULL;
    void *delegate = NULL;
    int code;
    if (!symbol(hostfxr, "hostfxr_initialize_for_runtime_config", &initialize) || !symbol(hostfxr, "hostfxr_get_runtime_delegate", &get_delegate)
        || !symbol(hostfxr, "hostfxr_close", &close_context) || !symbol(hostfxr, "hostfxr_set_error_writer", &set_error_writer))
        return fail(ATTIC_FUJINET_NO_RUNTIME, "The .NET host is too old: it has no hosting functions.");
    host_says[0] = 0;
    set_error_writer(keep_host_error);
    code = initialize(config, NULL, &context);
    /* 1 and 2: another part of this process has started the runtime already. */
    if (code >= 0 && code <= 2)
        code = get_delegate(context, LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER, &delegate);
    if (context)
        close_context(context);
    set_error_writer(NULL);
    if (code == FRAMEWORK_MISSING)
        return fail(ATTIC_FUJINET_NO_RUNTIME, "The .NET installation lacks the runtime that %s asks for. %s", config, host_says);
    if (code < 0 || !delegate)
        return fail(ATTIC_FUJINET_NO_LIBRARY, "The .NET runtime cannot be started with %s (%08X). %s", config, (unsigned)code, host_says);
    memcpy(load, &delegate, sizeof delegate);
    return ATTIC_FUJINET_OK;
}

static int bind(load_function_fn load, const char *assembly) {
    int (*get_functions)(int version, void *functions);
    void *function = NULL;
    int code = load(assembly, "Attic.FujiNet.Embedding.NativeExports, " ASSEMBLY, "GetFunctions", UNMANAGED_CALLERS_ONLY, NULL, &function);
    if (code < 0 || !function)
        return fail(ATTIC_FUJINET_NO_LIBRARY, "%s cannot be loaded (%08X).", assembly, (unsigned)code);
    memcpy(&get_functions, &function, sizeof function);
    code = get_functions(ATTIC_FUJINET_VERSION, &library);
    return code == 0 ? ATTIC_FUJINET_OK
                     : fail(ATTIC_FUJINET_NO_LIBRARY, "%s has version %d of the interface; this program needs %d.", assembly, code, ATTIC_FUJINET_VERSION);
}

int attic_fujinet_load(const char *folder, const char *dotnet_root) {
    char absolute[PATH_BYTES], config[PATH_BYTES], assembly[PATH_BYTES], hostfxr[PATH_BYTES];
    load_function_fn load = NULL;
    char *resolved;
    void *module;
    int result;
    if (!folder)
        return fail(ATTIC_FUJINET_BAD_ARGUMENT, "attic_fujinet_load: no folder.");
    /* The runtime takes absolute paths only. */
    resolved = realpath(folder, NULL);
    if (!resolved || strlen(resolved) >= sizeof absolute) {
        free(resolved);
        return fail(ATTIC_FUJINET_NO_LIBRARY, "There is no folder %s.", folder);
    }
    strcpy(absolute, resolved);
    free(resolved);
    if (loaded_folder[0])
        return strcmp(loaded_folder, absolute) == 0 ? ATTIC_FUJINET_OK : fail(ATTIC_FUJINET_NO_LIBRARY, "The library was loaded from %s already.", loaded_folder);
    if (!join(config, absolute, ASSEMBLY ".runtimeconfig.json") || !join(assembly, absolute, ASSEMBLY ".dll"))
        return fail(ATTIC_FUJINET_BAD_ARGUMENT, "attic_fujinet_load: the folder's path is too long.");
    if (!exists(config) || !exists(assembly))
        return fail(ATTIC_FUJINET_NO_LIBRARY, "%s is not there: \"make library\" fills the folder.", exists(config) ? assembly : config);
    if (!find_runtime(dotnet_root, hostfxr))
        return fail(ATTIC_FUJINET_NO_RUNTIME, "No .NET runtime was found%s%s. Install .NET 10 (dotnet.microsoft.com), or set DOTNET_ROOT to its folder.",
            dotnet_root ? " in " : "", dotnet_root ? dotnet_root : "");
    module = dlopen(hostfxr, RTLD_LAZY | RTLD_LOCAL);
    if (!module)
        return fail(ATTIC_FUJINET_NO_RUNTIME, "%s cannot be loaded: %s", hostfxr, dlerror());
    result = start(module, config, &load);
    if (result == ATTIC_FUJINET_OK)
        result = bind(load, assembly);
    if (result == ATTIC_FUJINET_OK)
        strcpy(loaded_folder, absolute);
    return result;
}

int attic_fujinet_create(const attic_fujinet_options *options, attic_fujinet *result) {
    return library.create ? checked(library.create(options, result)) : not_loaded();
}

int attic_fujinet_destroy(attic_fujinet fuji) { return library.destroy ? checked(library.destroy(fuji)) : not_loaded(); }

int attic_fujinet_open(attic_fujinet fuji) { return library.open ? checked(library.open(fuji)) : not_loaded(); }

int attic_fujinet_close(attic_fujinet fuji, int channel) { return library.close ? checked(library.close(fuji, channel)) : not_loaded(); }

int attic_fujinet_write(attic_fujinet fuji, int channel, const void *bytes, int length) {
    return library.write ? checked(library.write(fuji, channel, bytes, length)) : not_loaded();
}

int attic_fujinet_read(attic_fujinet fuji, int channel, void *buffer, int length) {
    return library.read ? checked(library.read(fuji, channel, buffer, length)) : not_loaded();
}

int attic_fujinet_tick(attic_fujinet fuji) { return library.tick ? checked(library.tick(fuji)) : not_loaded(); }

int attic_fujinet_wait(attic_fujinet fuji, int milliseconds) { return library.wait ? checked(library.wait(fuji, milliseconds)) : not_loaded(); }

const char *attic_fujinet_error(void) {
    if (error_is_library) {
        library.last_error(error, sizeof error);
        error_is_library = 0;
    }
    return error;
}
