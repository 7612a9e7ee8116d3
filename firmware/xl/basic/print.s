; PRINT and LPRINT.

LPRINT: ldx #<PNAME
        jsr DEVICE
        lda #OPEN_WRITE
        jsr OPENFOR
        jsr prstart
        jmp CLOSEIT

PRINT:  ldy TIX
        lda (STMCUR),y
        cmp #T_HASH
        beq :+
        lda #0
        sta IODVC
        beq prstart
:       jsr HASH
        dec TIX
prstart:
        lda #0
        sta COX
        sta TFL
prnext: jsr ATEND
        beq prend
        cmp #T_COMMA
        beq prtab
        cmp #T_SEMI
        beq prsep
        jsr ISSTRING
        bcc prnumb
        lda TIX
        pha
        jsr STROPND
        pla
        tax
        ldy TIX
        lda (STMCUR),y
        sec
        sbc #T_SLE
        cmp #6
        bcs pritem
        stx TIX                 ; two strings compared
prnumb: jsr EXPR
        jsr NUMSTR
pritem: jsr PRSTR
        lda #0
        beq prflag
; At least two blanks, up to a multiple of PTABW.
prtab:  jsr prblank
:       jsr prblank
        lda COX
:       cmp PTABW
        beq prsep
        bcc :--
        sbc PTABW
        ldx PTABW
        bne :-
prsep:  inc TIX
        lda #1
prflag: sta TFL
        bpl prnext
prend:  lda TFL
        bne prdone
PUTEOL: lda #EOL
        .byte $2C
prblank:
        lda #' '
        inc COX
; Writes the character A. X and Y stay; C clear.
PUTC:   stx ZTEMP3
        sty ZTEMP3+1
        pha
        jsr IOX
        lda #0
        sta ICBLL,x
        sta ICBLH,x
        lda #CIO_PUTCHR
        sta ICCOM,x
        pla
        jsr DOCIO
        ldx ZTEMP3
        ldy ZTEMP3+1
        clc
prdone: rts

; SA, SL: FR0 as text.
NUMSTR: jsr FASC
        lda INBUFF
        sta SA
        lda INBUFF+1
        sta SA+1
        ldy #$FF
:       iny
        lda (SA),y
        bpl :-
        and #$7F
        sta (SA),y
        iny
        sty SL
        lda #0
        sta SL+1
        rts

; Writes FR0.
PRNUM:  jsr NUMSTR
; Writes the string SA, SL.
PRSTR:  lda SL
        clc
        adc COX
        sta COX
        lda SL
        ora SL+1
        beq prdone
        lda #CIO_PUTCHR
; CIO with command A for the bytes SA, SL.
BLOCK:  jsr IOX
        sta ICCOM,x
        jsr BUFFER
DOCIO:  jsr CIOV
        bpl :+
        jmp IOERR
:       rts
