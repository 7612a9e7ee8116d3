#!/bin/sh
# checksums.sh IN OUT: fills in the image's two sums of bytes, low byte first, as the self test checks them:
# at $C000 that of $C002-$DFFF (with the self test at $D000), at $FFF8 that of $E000-$FFFF without the sum itself.
set -e
sum() { od -An -v -tu1 -w1 -j "$2" -N "$3" "$1" | awk '{ s += $1 } END { print s % 65536 }'; }
put() { printf "\\$(printf %03o $(($1 % 256)))\\$(printf %03o $(($1 / 256)))" | dd of="$2" bs=1 seek="$3" conv=notrunc 2> /dev/null; }
cp "$1" "$2.part"
put "$(sum "$1" 2 8190)" "$2.part" 0
put "$(( ($(sum "$1" 8192 8184) + $(sum "$1" 16378 6)) % 65536 ))" "$2.part" 16376
mv "$2.part" "$2"
