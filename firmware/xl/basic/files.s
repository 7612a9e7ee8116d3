; Programs on files, and the statements that speak to CIO.

; Seven pointers less LOMEM, then everything from the names to the end of the program.
CSAVE:  ldx #<CNAME
        jsr DEVICE
        ldy #$80                ; short gaps
        lda #OPEN_WRITE
        jsr OPEN7
        jmp save
SAVE:   jsr STROPND
        lda #OPEN_WRITE
        jsr OPENFOR
save:   ldx #0
:       lda LOMEM,x
        sec
        sbc LOMEM
        sta LBUFF,x
        lda LOMEM+1,x
        sbc LOMEM+1
        sta LBUFF+1,x
        inx
        inx
        cpx #14
        bne :-
        jsr header
        lda #CIO_PUTCHR
        jsr BLOCK
        lda #CIO_PUTCHR
        jsr program
        jmp CLOSED

; SA, SL: the header of 14 bytes.
header: lda #<LBUFF
        sta SA
        lda #>LBUFF
        sta SA+1
        lda #14
        sta SL
        lda #0
        sta SL+1
        rts

; Writes or reads the tables.
program:
        pha
        lda VNTP
        sta SA
        lda VNTP+1
        sta SA+1
        lda STARP
        sec
        sbc SA
        sta SL
        lda STARP+1
        sbc SA+1
        sta SL+1
        pla
        jmp BLOCK

CLOAD:  ldx #<CNAME
        jsr DEVICE
        ldy #$80
        lda #OPEN_READ
        jsr OPEN7
        jsr load
        jmp READY
LOAD:   jsr LOADIT
        jmp READY

LOADIT: jsr STROPND
        lda #OPEN_READ
        jsr OPENFOR
load:   jsr header
        lda #CIO_GETCHR
        jsr BLOCK
        lda LBUFF
        ora LBUFF+1
        bne badfile
        ; each pointer: as far from VNTP as it was
        lda LOMEM
        sec
        sbc LBUFF+2
        sta N
        lda LOMEM+1
        sbc LBUFF+3
        clc
        adc #1
        sta N+1
        lda LBUFF+12
        clc
        adc N
        tax
        lda LBUFF+13
        adc N+1
        bcs toobig2
        cpx MEMTOP
        sbc MEMTOP+1
        bcs toobig2
        lda #$FF
        sta LOADFLG             ; from here on the old program is lost
        sta TRAPLN+1
        ldx #2
:       lda LBUFF,x
        clc
        adc N
        sta LOMEM,x
        lda LBUFF+1,x
        adc N+1
        sta LOMEM+1,x
        inx
        inx
        cpx #14
        bne :-
        lda #CIO_GETCHR
        jsr program
        jsr CLOSED
        jsr CLR
        lda #0
        sta LOADFLG
        lda #$80
        sta STOPLN+1
        jmp FORGET
badfile:
        FAIL E_FILE
toobig2:
        FAIL E_TOOBIG

ENTER:  jsr STROPND
        lda #OPEN_READ
        jsr OPENFOR
        lda #7
        sta ENTDTD
        jmp TYPED

OPEN:   jsr HASH
        lda #CIO_OPEN
        pha
        bne xio
XIO:    jsr EVBYTE
        pha
        inc TIX
        jsr HASH
xio:    jsr EVBYTE
        pha
        jsr NEXTBYTE
        pha
        inc TIX
        jsr STROPND
        jsr IOX
        pla
        sta ICAX2,x
        pla
        sta ICAX1,x
        pla
        jmp NAMED

CLOSE:  jsr HASH
CLOSED: jsr IOX
        lda #CIO_CLOSE
ATX:    sta ICCOM,x
        jmp DOCIO

STATE:  jsr HASH
        jsr IOX
        lda #CIO_STATUS
        sta ICCOM,x
        jsr CIOV
        tya
        jmp GIVEBYTE

GET:    jsr HASH
GETIT:  jsr IOX
        lda #0
        sta ICBLL,x
        sta ICBLH,x
        lda #CIO_GETCHR
        jsr ATX
; A to the variable at TIX.
GIVEBYTE:
        pha
        jsr NUMREF
        pla
        jsr SETBYTE
        jmp STOREVP

PUT:    jsr HASH
        jsr EVBYTE
        jmp PUTC

NOTE:   jsr HASH
        jsr IOX
        lda #CIO_NOTE
        jsr ATX
        jsr NUMREF
        jsr IOX
        lda ICAX3,x
        pha
        lda ICAX4,x
        tax
        pla
        jsr SETINT
        jsr STOREVP
        inc TIX
        jsr IOX
        lda ICAX5,x
        jmp GIVEBYTE

POINT:  jsr HASH
        jsr EVINT
        pha
        txa
        pha
        jsr NEXTBYTE
        jsr IOX
        sta ICAX5,x
        pla
        sta ICAX4,x
        pla
        sta ICAX3,x
        lda #CIO_POINT
        jmp ATX

DOS:    jsr QUIET
        jmp (DOSVEC)

BYE:    jsr QUIET
        jmp SELFSV
