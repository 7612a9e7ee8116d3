# A font drawn in text becomes assembly: GEM font header, offset table, and the form in which
# row 0 of all characters comes first. Variables: name (6x6, 8x8, 8x16), id, point, top,
# ascent, half, descent, bottom, next_font (label or 0).

function label() { gsub(/[^0-9a-z]/, "", name); return "font_" name }

/^;/ || /^$/ { next }
/^size / { width = $2; height = $3; next }
/^char / { code = $2; row = 0; next }
{
    if (length($0) != width || row >= height) {
        print FILENAME ":" FNR ": not a row of " width " points" > "/dev/stderr"
        exit failed = 1
    }
    rows[row, code] = $0
    row++
}

END {
    if (failed) exit 1
    for (code = 0; code < 256; code++)
        if (!((height - 1, code) in rows)) {
            print FILENAME ": character " code " is missing" > "/dev/stderr"
            exit 1
        }
    print "| Generated from " FILENAME " by tools/font.awk."
    print "\t.section .rodata\n\t.align 2\n\t.globl " label()
    print label() ":"
    printf "\t.word %d, %d\n", id, point
    title = width "x" height " system font"
    printf "\t.ascii \"%s\"\n\t.space %d\n", title, 32 - length(title)
    printf "\t.word 0, 255, %d, %d, %d, %d, %d, %d, %d\n", top, ascent, half, descent, bottom, width - 1, width
    print "\t.word 0, 0, 1, 1, 0x5555, 0x5555, 0x000C"    # offsets, thicken, underline, lighten, skew, Motorola + monospaced
    print "\t.long 0, offsets_" name ", form_" name
    printf "\t.word %d, %d\n\t.long %s\n", 256 * width / 8, height, next_font
    print "offsets_" name ":"
    for (code = 0; code <= 256; code++)
        printf "\t.word %d\n", code * width
    print "form_" name ":"
    for (row = 0; row < height; row++) {
        bits = ""
        for (code = 0; code < 256; code++) {
            bits = bits rows[row, code]
            while (length(bits) >= 8) {
                value = 0
                for (i = 1; i <= 8; i++)
                    value = value * 2 + (substr(bits, i, 1) == "#")
                bits = substr(bits, 9)
                printf "\t.byte %d\n", value
            }
        }
    }
    print "\t.align 2"
}
