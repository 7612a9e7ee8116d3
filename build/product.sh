# Building the product, for the launcher and the test command. Sourced with $root set to the project's folder.

attic_artifacts=$root/artifacts
attic_stamp=$attic_artifacts/product.stamp
attic_lock=$attic_artifacts/product.lock
attic_program=$root/src/Attic.Cli/bin/Release/net10.0/attic.dll

attic_sources='src sdcard firmware build Directory.Build.props Directory.Packages.props global.json'

attic_say() { printf 'attic: %s\n' "$*" >&2; }

# The SDK is there and new enough; global.json names the oldest that will do.
attic_need_sdk() {
    if ! command -v dotnet >/dev/null 2>&1; then
        attic_say "the .NET 10 SDK is not installed (there is no \"dotnet\" on the PATH)."
        attic_say "Debian, Ubuntu: apt-get install dotnet-sdk-10.0; others: https://dotnet.microsoft.com/download/dotnet/10.0"
        exit 1
    fi
}

# The names of all files that the product is made of, as one number: notices files that came or went.
attic_listing() {
    (cd "$root" && find $attic_sources \( -name bin -o -name obj \) -prune -o -type f -print | sort | cksum)
}

# The product was never built, or a source is newer than the last build, or another set of sources than then.
attic_is_stale() {
    [ -f "$attic_stamp" ] && [ -f "$attic_program" ] || return 0
    newer=$(cd "$root" && find $attic_sources \( -name bin -o -name obj \) -prune -o -type f -newer "$attic_stamp" -print | head -n 1)
    [ -z "$newer" ] && [ "$(attic_listing)" = "$(cat "$attic_stamp")" ] || return 0
    return 1
}

# Two launchers at once: the second waits for the first. A lock whose owner is gone is taken over.
attic_take_lock() {
    mkdir -p "$attic_artifacts"
    waited=
    while ! (set -C; printf '%s\n' $$ >"$attic_lock") 2>/dev/null; do
        owner=$(cat "$attic_lock" 2>/dev/null || :)
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            rm -f "$attic_lock"
            continue
        fi
        [ -n "$waited" ] || attic_say "another build is under way; waiting for it."
        waited=1
        sleep 1
    done
    trap 'rm -f "$attic_lock"' EXIT
    trap 'rm -f "$attic_lock"; exit 130' INT
    trap 'rm -f "$attic_lock"; exit 143' TERM
}

attic_drop_lock() {
    trap - EXIT INT TERM
    rm -f "$attic_lock"
}

# attic_make TARGET ANALYZERS: builds, and notes what it was built from. Everything that dotnet says goes to standard
# error, so that the output of a verb stays clean.
attic_make() {
    # Noted before the build: what is edited meanwhile is built next time.
    attic_listing >"$attic_stamp.new"
    if ! dotnet build "$root/$1" -c Release -nologo -v minimal -nodeReuse:false "-p:RunAnalyzers=$2" >&2; then
        rm -f "$attic_stamp.new"
        return 1
    fi
    mv "$attic_stamp.new" "$attic_stamp"
}

# Brings the product up to date; says nothing and costs a few milliseconds when it is. A newcomer's first build does
# without the analyzers, which take half of its time; the test command runs them.
attic_build() {
    attic_is_stale || return 0
    attic_take_lock
    if attic_is_stale; then
        if [ -f "$attic_program" ]; then
            attic_say "the sources changed; building …"
        else
            attic_say "building for the first time; this takes a minute or two …"
        fi
        if ! attic_make build/Product.slnf false; then
            attic_say "the build failed; its messages are above. \"git status\" shows what differs from the release."
            exit 1
        fi
        attic_say "built."
    fi
    attic_drop_lock
}
