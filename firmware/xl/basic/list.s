; From tokens to text.

LIST:   ldx #0
        stx IODVC
        stx TVP
        stx TVP+1
        dex
        stx TST
        lda #$7F
        sta TST+1               ; to line 32767
        jsr ISSTRING
        bcc lrange
        jsr STROPND
        lda #OPEN_WRITE
        jsr OPENFOR
        jsr ATEND
        beq lall
        inc TIX
lrange: jsr ATEND
        beq lall
        jsr EVLINE
        sta TVP
        stx TVP+1
        jsr ATEND
        beq lone
        inc TIX
        jsr ATEND
        beq lall
        jsr EVLINE
lone:   lda LN
        sta TST
        lda LN+1
        sta TST+1
lall:   lda TVP
        sta LN
        lda TVP+1
        sta LN+1
        jsr FINDLINE
        lda P
        sta Q
        lda P+1
        sta Q+1
lline:  ldy #1
        lda (Q),y
        bmi lend
        dey
        lda TST
        cmp (Q),y
        lda TST+1
        iny
        sbc (Q),y
        bcc lend
        lda BRKKEY
        bne :+
        jmp BREAK
:       jsr LISTLINE
        ldy #2
        lda (Q),y
        clc
        adc Q
        sta Q
        bcc lline
        inc Q+1
        bne lline
lend:   lda IODVC
        beq :+
        jsr CLOSEIT
:       rts

; Z set: the statement has no more tokens. C set then.
ATEND:  ldy TIX
        lda (STMCUR),y
        cmp #T_EOL
        beq :+
        cmp #T_COLON
:       rts

; The line at Q; without a number if it has none.
LISTLINE:
        ldy #1
        lda (Q),y
        bmi lnonum
        sta FR0+1
        dey
        lda (Q),y
        sta FR0
        jsr IFP
        jsr PRNUM
        lda #' '
        jsr PUTC
lnonum: lda #3
        sta TIX
lstmt:  jsr LTOKEN
        sta T2                  ; where the statement ends
        jsr LTOKEN
        cmp #S_ILET
        beq ltok
        pha
        ldx #<STNAMES
        ldy #>STNAMES
        jsr PRWORD
        lda #' '
        jsr PUTC
        pla
        cmp #S_ERROR
        beq ltext
        cmp #S_DATA+1
        bcs ltok
ltext:  jsr LTOKEN
        cmp #EOL
        beq leol
        jsr PUTC
        bcc ltext
ltok:   lda TIX
        cmp T2
        bcc lmore
        ldy #2
        cmp (Q),y
        bcc lstmt
leol:   jmp PUTEOL
lmore:  jsr LTOKEN
        bmi lvar
        cmp #T_NUMBER
        beq lnum
        cmp #T_STRING
        beq lstr
        cmp #T_EOL
        beq ltok
        sec
        sbc #T_COMMA
        ldx #<OPNAMES
        ldy #>OPNAMES
        jsr FINDWORD
        lda (P),y
        cmp #'A'
        bcc :+
        cmp #$80
        bcs :+                  ; one character: no word
        lda TIX
        tay
        dey
        lda (Q),y
        cmp #T_STRS
        bcs :+
        lda #' '
        jsr PUTC
        jsr PRNAME
        lda #' '
        jsr PUTC
        bcc ltok
:       jsr PRNAME
        jmp ltok
lvar:   and #$7F
        ldx VNTP
        ldy VNTP+1
        jsr PRWORD
        jmp ltok
lnum:   ldx #0
:       jsr LTOKEN
        sta FR0,x
        inx
        cpx #6
        bne :-
        jsr PRNUM
lback:  jmp ltok
lstr:   lda #'"'
        jsr PUTC
        jsr LTOKEN
        tax
        beq lquote
:       jsr LTOKEN
        jsr PUTC
        dex
        bne :-
lquote: lda #'"'
        jsr PUTC
        bcc lback

LTOKEN: ldy TIX
        inc TIX
        lda (Q),y
        rts

; Prints the word A of the list at X (low), Y (high).
PRWORD: jsr FINDWORD
; Prints the word at P.
PRNAME: ldy #0
:       lda (P),y
        and #$7F
        beq :+
        jsr PUTC
:       lda (P),y
        bmi :+
        iny
        bne :--
:       rts

FINDWORD:
        stx P
        sty P+1
        tax
        beq :++
:       jsr NEXTNAME
        dex
        bne :-
:       ldy #0
        rts
