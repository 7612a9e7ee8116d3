#!/bin/sh
# Compares our 800XL with other emulators on this computer: the same OS and BASIC, NTSC, 64 KB, sound and picture made; one after
# the other, three times; prints the medians. Nothing else should run meanwhile.
#
# Usage: [LIBATARI800=DIR] [ALTIRRA_LIBRETRO=CORE] [PICTURES=DIR] bench/compare-xl.sh ROM-FOLDER [SECONDS]
#   ROM-FOLDER        holds ATARIXL.ROM (16 KB) and ATARIBAS.ROM (8 KB), AltirraOS and Altirra BASIC for instance.
#   LIBATARI800       a folder with libatari800.h and libatari800.a, or a libatari800.so, that you have built with optimisation.
#   ALTIRRA_LIBRETRO  Altirra's libretro core, altirra_libretro.so, likewise. It takes only ROMs that it knows, its own otherwise
#                     (and says so): give all of them the one that it has built in.
#   PICTURES          a folder for what the others showed last, to see that the game ran.
# Needs a C compiler, for bench/libatari800-bench.c and bench/libretro-bench.c, and what libatari800 was linked with (zlib and
# libpng usually; LIBATARI800_LIBS says otherwise). The first 1,000 pictures are counted in none.
set -eu

root=$(CDPATH='' cd -P "$(dirname "$0")/.." && pwd -P)
roms=${1:?usage: [LIBATARI800=DIR] [ALTIRRA_LIBRETRO=CORE] bench/compare-xl.sh ROM-FOLDER [SECONDS]}
seconds=${2:-10}
library=${LIBATARI800:-}
core=${ALTIRRA_LIBRETRO:-}
pictures=${PICTURES:-}
for file in "$roms/ATARIXL.ROM" "$roms/ATARIBAS.ROM" ${library:+"$library/libatari800.h"} ${core:+"$core"}; do
    [ -f "$file" ] || { printf 'There is no %s.\n' "$file" >&2; exit 1; }
done
[ -n "$library$core" ] || { printf 'LIBATARI800 or ALTIRRA_LIBRETRO must say what to compare with.\n' >&2; exit 1; }

work=$(mktemp -d "${TMPDIR:-/tmp}/attic-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
emulators=Attic
if [ -n "$library" ]; then
    emulators="$emulators libatari800"
    # shellcheck disable=SC2086  # several libraries
    "${CC:-cc}" -O2 -I"$library" -o "$work/libatari800-bench" "$root/bench/libatari800-bench.c" -L"$library" -Wl,-rpath,"$library" \
        -latari800 ${LIBATARI800_LIBS:--lpng -lz -lm}
fi
if [ -n "$core" ]; then
    emulators="$emulators Altirra"
    "${CC:-cc}" -O2 -o "$work/libretro-bench" "$root/bench/libretro-bench.c" -ldl
fi
"$root/attic" bench --machine xl --save-disk "$work/game.atr"

# What follows prints: pictures a second, µs to save and to load a state, and more. $1 is the workload.
run_Attic() {
    "$root/attic" bench --machine xl --profile xl_800_ntsc --rom "$roms" --workload "$1" --seconds "$seconds" --json |
        sed 's/.*"frames_per_second":\([0-9.]*\).*"state_save_us":\([0-9.]*\),"state_load_us":\([0-9.]*\).*/\1 \2 \3/'
}

run_libatari800() {
    if [ "$1" = game ]; then
        "$work/libatari800-bench" "$roms" "$seconds" "$work/game.atr" "${pictures:-$work}/$1-libatari800.ppm"
    else
        "$work/libatari800-bench" "$roms" "$seconds"
    fi
}

# An 800XL of 64 KB without a patched SIO, with the least costly of the settings that leave the machine as it is.
run_Altirra() {
    content=-
    [ "$1" = idle ] || content=$work/game.atr
    TMPDIR=$work "$work/libretro-bench" "$core" "$roms" "$seconds" "$content" "${pictures:-$work}/$1-Altirra.ppm" \
        altirra_system=800xl altirra_memory=64K altirra_video_standard=ntsc altirra_cpu=6502c altirra_basic=enabled \
        altirra_sio_patch=off altirra_random_launch_delay=disabled altirra_artifacting=none altirra_performance_tier=performance \
        altirra_drive_sounds=disabled 2>"$work/altirra.log"
}

median() { # FILE COLUMN
    awk -v column="$2" '{ print $column }' "$1" | sort -n | sed -n 2p
}

printf '%-8s %-12s %10s %12s %12s\n' workload emulator frames/s 'save µs' 'load µs'
for workload in idle game; do
    for round in 1 2 3; do
        for who in $emulators; do
            "run_$who" $workload >>"$work/$workload-$who"
        done
    done
    for who in $emulators; do
        file=$work/$workload-$who
        printf '%-8s %-12s %10s %12s %12s\n' $workload "$who" "$(median "$file" 1)" "$(median "$file" 2)" "$(median "$file" 3)"
    done
done
printf '\nReal time is 59.92 pictures a second.\n'
if [ -n "$core" ] && grep -q other "$work/idle-Altirra"; then
    printf 'Altirra ran its own OS, not the ATARIXL.ROM that the others ran.\n'
fi
