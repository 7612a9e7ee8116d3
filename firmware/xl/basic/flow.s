; Where the program goes on.

; A line number: LN.
EVLINE: jsr EVINT
        sta LN
        stx LN+1
        cpx #$80
        bcs big
        rts
big:    FAIL E_32767

GOTO:   jsr EVLINE
TOLINE: jsr LOOKUP
        bne NOLINE
        jmp SETLINE
NOLINE: FAIL E_NOLINE

GOSUB:  jsr EVLINE
TOSUB:  lda #4
        jsr PUSHRUN
        lda #0
        jsr PUSHHERE
        jmp TOLINE

; Makes A bytes of room on the run-time stack; P: where.
PUSHRUN:
        ldx TOPSTK
        stx P
        ldy TOPSTK+1
        sty P+1
        clc
        adc P
        tax
        bcc :+
        iny
:       cpy MEMTOP+1
        bcc :+
        bne nostk
        cpx MEMTOP
        bcs nostk
:       stx TOPSTK
        sty TOPSTK+1
        ldy #0
        rts
nostk:  FAIL E_MEMORY

; Stores A and this place at (P),Y: the end of a FOR or a GOSUB.
PUSHHERE:
        pha
        jsr ADDYP
        pla
        ldy #0
        sta (P),y
        lda (STMCUR),y
        iny
        sta (P),y
        lda (STMCUR),y
        iny
        sta (P),y
        lda NXT
        iny
        sta (P),y
        rts

; The top of the run-time stack: A its variable or 0, P its last four bytes. C clear: there is none.
TOPRUN: lda RUNSTK
        cmp TOPSTK
        lda RUNSTK+1
        sbc TOPSTK+1
        bcs norun
        lda TOPSTK
        ; C clear: one more
        sbc #3
        sta P
        lda TOPSTK+1
        sbc #0
        sta P+1
        ldy #0
        sec
        lda (P),y
        rts
norun:  clc
        rts

; Takes the entry at P off; A as TOPRUN left it.
DROPRUN:
        tax
        beq :+                  ; C is whatever: a GOSUB begins at P
        lda P
        sec
        sbc #12
        sta P
        bcs :+
        dec P+1
:       lda P
        sta TOPSTK
        lda P+1
        sta TOPSTK+1
        rts

; Goes back to the place at (P),Y: line, statement.
BACKTO: lda (P),y
        sta LN
        iny
        lda (P),y
        sta LN+1
        iny
        lda (P),y
        pha
        jsr LOOKUP
        bne gone
        jsr SETLINE
        pla
        sta NXT
        rts
gone:   FAIL E_GONE

RETURN: jsr TOPRUN
        bcc noret
        pha
        jsr DROPRUN
        pla
        bne RETURN
        ldy #1
        bne BACKTO
noret:  FAIL E_RETURN

POP:    jsr TOPRUN
        bcs DROPRUN
        bcc noret

FOR:    ldy TIX
        lda (STMCUR),y
        sta TOK
        pha
        ; a loop over this variable that is open ends, with all inside it
        lda TOPSTK
        pha
        lda TOPSTK+1
        pha
:       jsr TOPRUN
        bcc fornew
        cmp #0
        beq fornew
        pha
        jsr DROPRUN
        pla
        cmp TOK
        bne :-
        pla
        pla
        jmp forval
fornew: pla
        sta TOPSTK+1
        pla
        sta TOPSTK
forval: jsr LET
        inc TIX                 ; TO
        jsr EXPR
        jsr PUSH0
        ldy TIX
        lda (STMCUR),y
        cmp #T_STEP
        bne :+
        inc TIX
        jsr EXPR
        jmp :++
:       jsr SETTRUE
:       lda #16
        jsr PUSHRUN
        ldy #6
        jsr PUTFR0
        jsr POP0
        ldy #0
        jsr PUTFR0
        ldy #12
        pla
        jmp PUSHHERE

; FR0 to (P),Y.
PUTFR0: ldx #0
:       lda FR0,x
        sta (P),y
        iny
        inx
        cpx #6
        bne :-
        rts

NEXT:   ldy TIX
        lda (STMCUR),y
        sta TOK
:       jsr TOPRUN
        bcc nofor
        cmp TOK
        beq nxtfnd
        jsr DROPRUN
        jmp :-
nofor:  FAIL E_NOFOR
nxtfnd: jsr GETVP
        ldy #2
        jsr LOADVP
        ; step
        lda P
        sec
        sbc #12
        sta Q
        lda P+1
        sbc #0
        sta Q+1
        ldy #11
        ldx #5
:       lda (Q),y
        sta FR1,x
        dey
        dex
        bpl :-
        sta T2                  ; its sign
        jsr ADD
        jsr STOREVP
        jsr FCMPQ               ; $FF variable below limit, 0, 1
        beq again
        eor T2
        bmi again               ; up and below, or down and above
        lda Q
        sta TOPSTK
        lda Q+1
        sta TOPSTK+1
        rts
again:  ldy #1
        jmp BACKTO

IFTHEN: jsr EXPR
        lda FR0
        bne :+
        lda LLEN
        sta NXT
        rts
:       inc TIX
        lda TIX
        cmp NXT
        beq :+                  ; a statement follows
        jmp GOTO
:       rts

ONGO:   jsr EVBYTE
        sta T2
        ldy TIX
        inc TIX
        lda (STMCUR),y
        pha
onnext: dec T2
        lda T2
        pha
        jsr EVLINE
        pla
        beq onhit
        cmp #$FF
        beq :+                  ; 0: none
        sta T2
        jsr ATEND
        beq :+
        inc TIX
        bne onnext
:       pla
        rts
onhit:  pla
        cmp #T_GOTO
        beq :+
        jmp TOSUB
:       jmp TOLINE

TRAP:   jsr EVINT
        sta TRAPLN
        stx TRAPLN+1
        rts

RESTORE:
        lda #0
        sta LN
        sta LN+1
        jsr ATEND
        beq :+
        jsr EVLINE
:       lda LN
        sta DATALN
        lda LN+1
        sta DATALN+1
        lda #0
        sta DATAD
        rts

DEG:    lda #6
        .byte $2C
RAD:    lda #0
        sta RADFLG
        rts

GARBLED:
        FAIL E_GARBLE
