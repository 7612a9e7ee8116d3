; The program's loop. A statement's routine begins with TIX at its first token and returns.

; Runs the line at STMCUR, which was just typed.
RUNLINE:
        jsr FORGET
        lda #0
        sta EDITING
        sta COX
        ; falls through

; Runs on from the line at STMCUR.
LINE:   ldy #2
        lda (STMCUR),y
        sta LLEN
        iny
dostmt: lda BRKKEY
        beq BREAK
        lda (STMCUR),y
        sta NXT
        iny
        lda (STMCUR),y
        iny
        sty TIX
        asl
        tax
        jsr dispatch
; Runs on from the statement at NXT.
STMT:   ldy NXT
        cpy LLEN
        bcc dostmt
        ldy #1
        lda (STMCUR),y
        bmi toready             ; that was the typed line
        lda LLEN
        clc
        adc STMCUR
        sta STMCUR
        bcc :+
        inc STMCUR+1
:       lda (STMCUR),y
        bmi ENDPROG
        iny
        lda (STMCUR),y
        sta LLEN
        iny
        bne dostmt
dispatch:
        lda STDO+1,x
        pha
        lda STDO,x
        pha
DONOTHING:
        rts
toready:
        jmp READY

ENDPROG:
        jsr QUIET
        jmp READY

BREAK:
STOP:   ldx #$FF
        txs
        stx BRKKEY
        jsr STOPHERE
        jsr MESSAGE
        ldx #0
        jsr SAY
        jmp WHERE

; Remembers the line number for CONT and PEEK. N clear: a program runs.
STOPHERE:
        lda EDITING
        lsr
        lda #$80
        bcs :+
        ldy #0
        lda (STMCUR),y
        tax
        iny
        lda (STMCUR),y
        bmi :+
        sta STOPLN+1
        stx STOPLN
:       rts

CONT:   lda STOPLN+1
        bmi nocont
        ldx STOPLN
        inx
        stx LN
        bne :+
        clc
        adc #1
:       sta LN+1
        jsr FINDLINE
        jmp JUMPTO
nocont: jmp NOLINE

NEW:    jsr NEWPROG
        jmp READY

RUN:    jsr ATEND
        beq :+
        jsr LOADIT
:       jsr QUIET
        jsr CLR
        jsr FORGET
        lda STMTAB
        sta P
        lda STMTAB+1
        sta P+1
; Goes on at the line P.
JUMPTO: ldy #1
        lda (P),y
        bmi ENDPROG
; The line P is under way.
SETLINE:
        lda P
        sta STMCUR
        lda P+1
        sta STMCUR+1
        ldy #2
        lda (P),y
        sta LLEN
        iny
        sty NXT
        rts

; Closes the files, stops the sounds.
QUIET:  lda #7
        sta IODVC
:       jsr CLOSEIT
        dec IODVC
        bne :-
        ldx #7
        lda #0
:       sta AUDF1,x
        dex
        bpl :-
        rts

CLR:    jsr SETUP
        lda VVTP
        sta P
        lda VVTP+1
        sta P+1
clrvar: lda P
        cmp STMTAB
        lda P+1
        sbc STMTAB+1
        bcs clrd
        ldy #0
        lda (P),y
        and #$FE
        sta (P),y
        iny
        lda #0
:       iny
        sta (P),y
        cpy #7
        bne :-
        ldy #8
        jsr ADDYP
        jmp clrvar
clrd:   lda STARP
        ldx STARP+1
        sta RUNSTK
        stx RUNSTK+1
        sta TOPSTK
        stx TOPSTK+1
        rts
