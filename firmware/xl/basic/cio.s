; The central I/O system.

; X: the IOCB of IODVC. A stays.
IOX:    pha
        lda IODVC
        asl
        asl
        asl
        asl
        tax
        pla
        rts

; SA, SL to the IOCB at X.
BUFFER: lda SA
        sta ICBAL,x
        lda SA+1
        sta ICBAH,x
        lda SL
        sta ICBLL,x
        lda SL+1
        sta ICBLH,x
        rts

; Closes IODVC, whatever comes.
CLOSEIT:
        jsr IOX
        lda #CIO_CLOSE
        sta ICCOM,x
        jmp CIOV

; A line of up to 255 characters to INBUFF. Y and flags: the status.
GETREC: lda INBUFF
        sta SA
        lda INBUFF+1
        sta SA+1
        ldx #0
        stx SL+1
        stx CIX
        dex
        stx SL
        jsr IOX
        jsr BUFFER
        lda #CIO_GETREC
        sta ICCOM,x
        jmp CIOV

; "#" and a number from 1 to 7 at TIX: IODVC. TIX behind the separator.
HASH:   inc TIX
        jsr EVBYTE
        beq badio
        cmp #8
        bcs badio
        sta IODVC
        inc TIX
        rts
badio:  FAIL E_DEVICE

; Opens channel 7, closed before, for the file SA, SL: A says for what; OPEN7: Y the second auxiliary byte.
OPENFOR:
        ldy #0
OPEN7:  ldx #7
; The same for channel X.
OPENX:  stx IODVC
        pha
        tya
        pha
        jsr CLOSEIT
        jsr IOX
        pla
        sta ICAX2,x
        pla
        sta ICAX1,x
        lda #CIO_OPEN
; CIO with command A and the name SA, SL, which ends with EOL meanwhile.
NAMED:  sta ICCOM,x
        jsr BUFFER
        lda TOPSTK
        sta APPMHI              ; for a screen that opens
        lda TOPSTK+1
        sta APPMHI+1
        jsr TERMINATE
        jsr CIOV
        jsr RESTORED
        tya
        bmi IOERR
        rts

; Puts EOL behind the string SA, SL.
TERMINATE:
        lda SA
        clc
        adc SL
        sta Q
        lda SA+1
        adc SL+1
        sta Q+1
        ldy #0
        lda (Q),y
        sta T1
        lda #EOL
        sta (Q),y
        rts
; Puts back what was there. Y and C stay.
RESTORED:
        tya
        tax
        ldy #0
        lda T1
        sta (Q),y
        txa
        tay
        rts

IOERR:  cpy #ERR_BREAK
        bne :+
        jmp BREAK
:       tya
        jmp ERROR

; SA, SL: the name at X.
DEVICE: stx SA
        lda #>DEVNAMES
        sta SA+1
        lda #2
        sta SL
        lda #0
        sta SL+1
        rts
DEVNAMES:
PNAME:  .byte "P:", EOL
CNAME:  .byte "C:", EOL
SNAME:  .byte "S:", EOL
        .assert >DEVNAMES = >SNAME, error, "device names cross a page"
