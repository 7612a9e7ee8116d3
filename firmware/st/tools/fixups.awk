# Relocation table of a GEMDOS executable from `readelf -rW`: the first address that holds an
# address as a long, then distances as bytes; 1 stands for 254 without a fixup, 0 ends.

function hex(s,   i, value) {
    for (i = 1; i <= length(s); i++)
        value = value * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
    return value
}

$3 == "R_68K_32" { offset[count++] = hex($1) }
$3 ~ /^R_68K_(16|8)$/ { print "a short absolute address at " $1 > "/dev/stderr"; exit failed = 1 }

END {
    if (failed) exit 1
    for (i = 1; i < count; i++)                 # insertion sort: readelf lists section by section
        for (j = i; j > 0 && offset[j - 1] > offset[j]; j--) {
            t = offset[j]; offset[j] = offset[j - 1]; offset[j - 1] = t
        }
    print "\t.section .fixups,\"a\""
    if (count == 0) {
        print "\t.long 0"
        exit
    }
    printf "\t.long %d\n", offset[0]
    for (i = 1; i < count; i++) {
        for (distance = offset[i] - offset[i - 1]; distance > 254; distance -= 254)
            print "\t.byte 1"
        printf "\t.byte %d\n", distance
    }
    print "\t.byte 0"
}
