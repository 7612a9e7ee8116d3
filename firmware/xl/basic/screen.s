; Graphics, sound, POKE.

; S: opens on channel 6; bits 4 and 5 of the mode say "no text window" and "leave the screen as it is".
GRAPHICS:
        jsr EVBYTE
        pha
        ldx #<SNAME
        jsr DEVICE
        pla
        tay
        and #$F0
        eor #OPEN_WINDOW
        ora #OPEN_UPDATE
        ldx #6
        jmp OPENX

SETCOL: jsr EVINT
        sta COLOR
        rts

; Column and row at TIX.
POSITION:
        jsr EVINT
        pha
        txa
        pha
        jsr NEXTBYTE
        sta ROWCRS
        pla
        sta COLCRS+1
        pla
        sta COLCRS
        lda #6
        sta IODVC
        rts

PLOT:   jsr POSITION
        lda COLOR
        jmp PUTC

DRAWTO: jsr POSITION
        lda COLOR
        sta ATACHR
        jsr IOX
        lda #OPEN_UPDATE
        sta ICAX1,x
        lda #0
        sta ICAX2,x
        lda #CIO_DRAWTO
        jmp ATX

LOCATE: jsr POSITION
        inc TIX
        jmp GETIT

SETCOLOR:
        jsr EVBYTE
        cmp #5
        bcs badscr
        pha
        inc TIX
        jsr NIBBLES
        tay
        pla
        tax
        tya
        sta COLOR0,x
        rts
; A: sixteen times the number at TIX and the next.
NIBBLES:
        jsr EVINT
        asl
        asl
        asl
        asl
        pha
        jsr NEXTINT
        sta T1
        pla
        clc
        adc T1
        rts
badscr: FAIL E_VALUE

SOUND:  jsr EVBYTE
        cmp #4
        bcs badscr
        asl
        pha
        jsr NEXTINT
        pha
        inc TIX
        jsr NIBBLES
        sta T1
        ldx #0
        stx AUDCTL
        ldx #3
        stx SKCTL
        stx SSKCTL
        pla
        tay
        pla
        tax
        tya
        sta AUDF1,x
        lda T1
        sta AUDC1,x
        rts

POKE:   jsr EVINT
        pha
        txa
        pha
        jsr NEXTBYTE
        tay
        pla
        sta Q+1
        pla
        sta Q
        tya
        ldy #0
        sta (Q),y
        rts
