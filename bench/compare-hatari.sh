#!/bin/sh
# Compares our ST with Hatari on this computer: the same TOS-compatible ROM, 1 MB, colour, PAL; one after the other, three
# times; prints the medians in pictures (VBLs) per second. Nothing else should run meanwhile.
#
# Usage: bench/compare-hatari.sh ROM.img [SECONDS]      for instance an EmuTOS 192K image
# Needs Hatari on the PATH (Debian: apt-get install hatari). It runs cycle-exact, without a window, unpaced, each picture
# drawn. Its first 1,000 pictures are not counted, as ours are not: the time of a short run is taken off a long one's.
set -eu

root=$(CDPATH='' cd -P "$(dirname "$0")/.." && pwd -P)
rom=${1:?usage: bench/compare-hatari.sh ROM.img [SECONDS]}
seconds=${2:-10}
warm_up=1000
measured=8000
command -v hatari >/dev/null || { printf 'There is no hatari on the PATH. Debian, Ubuntu: sudo apt-get install -y hatari\n' >&2; exit 1; }

work=$(mktemp -d "${TMPDIR:-/tmp}/attic-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$root/attic" disk create "$work/blank.st"
"$root/attic" bench --save-disk "$work/busy.st"

ours() { # WORKLOAD DISK
    "$root/attic" bench --rom "$rom" --disk "A=$2" --workload "$1" --seconds "$seconds" --json |
        sed 's/.*"frames_per_second":\([0-9.]*\).*/\1/'
}

hatari_ms() { # DISK VBLS: milliseconds of a run
    begin=$(date +%s%N)
    HOME=$work SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy hatari --machine st --memsize 1 --tos "$rom" \
        --cpu-exact on --compatible on --benchmark --run-vbls "$2" --frameskips 0 --disk-a "$1" --confirm-quit off \
        >/dev/null 2>&1 </dev/null || :
    echo $((($(date +%s%N) - begin) / 1000000))
}

theirs() { # DISK
    short=$(hatari_ms "$1" $warm_up)
    long=$(hatari_ms "$1" $((warm_up + measured)))
    awk -v vbls=$measured -v ms=$((long - short)) 'BEGIN { printf "%.1f\n", vbls * 1000 / ms }'
}

median() { sort -n | sed -n 2p; }

# Hatari writes to its disks only when told to, and so do we here.
printf '%-8s %14s %14s\n' workload 'Attic VBL/s' 'Hatari VBL/s'
for workload in idle busy; do
    disk=$work/blank.st
    [ $workload = idle ] || disk=$work/busy.st
    : >"$work/ours"
    : >"$work/theirs"
    for round in 1 2 3; do
        ours $workload "$disk" >>"$work/ours"
        theirs "$disk" >>"$work/theirs"
    done
    printf '%-8s %14s %14s\n' $workload "$(median <"$work/ours")" "$(median <"$work/theirs")"
done
printf '\nReal time is 50.05 pictures a second. Hatari: %s\n' "$(hatari --version 2>/dev/null | head -n 1)"
