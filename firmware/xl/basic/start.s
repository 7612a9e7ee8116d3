; Cold and warm start, the prompt, and what happens to a line that was typed.

; $A000, a documented entry: starts cold unless RESET was pressed and the program is whole.
START:  lda LOADFLG
        bne cold
        lda WARMST
        bne warm
cold:   lda #10
        sta PTABW
        jsr NEWPROG
warm:   jsr QUIET
READY:  ldx #$FF
        txs
        cld
        inx
        stx ASP
        stx IODVC
        lda ENTDTD
        bne TYPED
        ldx #TREADY - TEXTS
        jsr SAY
; Takes the next line, without a prompt.
TYPED:  ldx #$FF
        txs
        inx
        stx ASP
        stx COX
        dex
        stx BRKKEY
        lda LOADFLG
        beq :+
        jsr NEWPROG
:       lda #1
        sta EDITING
        lda ENTDTD
        sta IODVC
        ; the line lies in the last 256 bytes of free memory
        lda MEMTOP
        sta INBUFF
        lda MEMTOP+1
        sec
        sbc #1
        sta INBUFF+1
        jsr GETREC
        bpl got
        lda ENTDTD
        beq TYPED               ; BREAK at the prompt
        cpy #ERR_EOF
        bne bad
        jsr CLOSEIT
        lda #0
        sta ENTDTD
        beq READY
bad:    jmp IOERR

got:    jsr LINENUM
        ldy CIX
        lda (INBUFF),y
        cmp #EOL
        bne some
        lda LN+1
        bmi TYPED               ; an empty line
        jsr FINDLINE
        bne TYPED
        jsr DELETE
        jmp TYPED
some:   jsr TOKENIZE            ; to the page at LOMEM; carry: in vain
        php
        lda LN+1
        bmi direct
        jsr INSERT
        plp
        jmp TYPED
direct: plp
        bcs TYPED
        jsr INSERT
        jmp RUNLINE

; The number of a line at the start of the text: LN, or 32768 without one.
LINENUM:
        ldx #0
        stx CIX
        stx LN
        stx LN+1
        jsr SKIPB
        jsr ISDIGIT
        bcc digit
        lda #$80
        sta LN+1
        rts
digit:  jsr AFP
        jsr TOINT
        sta LN
        stx LN+1
        cpx #$80
        bcc SKIPB
        jmp big

; C clear: A was a digit and is its value.
ISDIGIT:
        sec
        sbc #'0'
        cmp #10
        rts

; A, the next character of the text that is no blank; Y its place.
NEXTC:  inc CIX
SKIPB:  ldy CIX
:       lda (INBUFF),y
        cmp #' '
        bne :+
        iny
        bne :-
:       sty CIX
CARTINI:
        rts

