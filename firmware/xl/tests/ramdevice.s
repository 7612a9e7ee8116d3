; A device "M:" for tests: one file in memory from $6000 on. Works under any Atari OS.
; The tests put it at $0600 and its name into HATABS.

        .include "atari.inc"

FILE    = $6000

        .org $0600
        .word open-1, done-1, get-1, put-1, done-1, done-1

open:   lda #<FILE
        sta getat+1
        ldx #>FILE
        stx getat+2
        ldy ICAX1Z
        cpy #OPEN_WRITE
        bne done
        sta putat+1
        stx putat+2
done:   ldy #OK
        rts

put:
putat:  sta FILE
        inc putat+1
        bne done
        inc putat+2
        bne done

get:    lda getat+1
        cmp putat+1
        lda getat+2
        sbc putat+2
        ldy #ERR_EOF
        bcs :+
getat:  lda FILE
        inc getat+1
        bne done
        inc getat+2
        bne done
:       rts
        .byte 0                 ; padding
END:
