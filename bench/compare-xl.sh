#!/bin/sh
# Compares our 800XL with libatari800 on this computer: the same OS and BASIC, NTSC, 64 KB, sound and picture made; one after the
# other, three times; prints the medians in pictures per second. Nothing else should run meanwhile.
#
# Usage: LIBATARI800=DIR bench/compare-xl.sh ROM-FOLDER [SECONDS]
#   ROM-FOLDER holds ATARIXL.ROM (16 KB) and ATARIBAS.ROM (8 KB), AltirraOS and Altirra BASIC for instance.
#   DIR        holds libatari800.h and libatari800.a, or a libatari800.so, that you have built with optimisation.
# Needs a C compiler, for bench/libatari800-bench.c, and what your library was linked with (zlib and libpng usually;
# LIBATARI800_LIBS says otherwise). The first 1,000 pictures are counted in neither.
set -eu

root=$(CDPATH='' cd -P "$(dirname "$0")/.." && pwd -P)
roms=${1:?usage: LIBATARI800=DIR bench/compare-xl.sh ROM-FOLDER [SECONDS]}
seconds=${2:-10}
library=${LIBATARI800:?LIBATARI800 must name a folder with libatari800.h and the built library}
for file in "$roms/ATARIXL.ROM" "$roms/ATARIBAS.ROM" "$library/libatari800.h"; do
    [ -f "$file" ] || { printf 'There is no %s.\n' "$file" >&2; exit 1; }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/attic-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2086  # several libraries
"${CC:-cc}" -O2 -I"$library" -o "$work/theirs" "$root/bench/libatari800-bench.c" -L"$library" -Wl,-rpath,"$library" \
    -latari800 ${LIBATARI800_LIBS:--lpng -lz -lm}
"$root/attic" bench --machine xl --save-disk "$work/game.atr"

ours() { # WORKLOAD: pictures a second, µs to save and to load a state
    "$root/attic" bench --machine xl --profile xl_800_ntsc --rom "$roms" --workload "$1" --seconds "$seconds" --json |
        sed 's/.*"frames_per_second":\([0-9.]*\).*"state_save_us":\([0-9.]*\),"state_load_us":\([0-9.]*\).*/\1 \2 \3/'
}

theirs() { # WORKLOAD
    if [ "$1" = game ]; then
        "$work/theirs" "$roms" "$seconds" "$work/game.atr"
    else
        "$work/theirs" "$roms" "$seconds"
    fi
}

median() { # FILE COLUMN
    awk -v column="$2" '{ print $column }' "$1" | sort -n | sed -n 2p
}

printf '%-8s %-12s %10s %12s %12s\n' workload emulator frames/s 'save µs' 'load µs'
for workload in idle game; do
    : >"$work/ours"
    : >"$work/peer"
    for round in 1 2 3; do
        ours $workload >>"$work/ours"
        theirs $workload >>"$work/peer"
    done
    for who in ours peer; do
        name=Attic
        [ $who = ours ] || name=libatari800
        printf '%-8s %-12s %10s %12s %12s\n' $workload $name \
            "$(median "$work/$who" 1)" "$(median "$work/$who" 2)" "$(median "$work/$who" 3)"
    done
done
printf '\nReal time is 59.92 pictures a second.\n'
