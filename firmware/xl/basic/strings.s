; Strings: constants, variables with their ranges, STR$ and CHR$, comparison, assignment.

; C set: the token at TIX begins a string.
ISSTRING:
        ldy TIX
        lda (STMCUR),y
        bpl :+
        jsr GETVP
        asl
        rts
:       cmp #T_STRING
        beq :+                  ; C set
        cmp #T_USR
        bcs isno
        cmp #T_STRS
:       rts
isno:   clc
        rts

; The string that the tokens at TIX say: SA its address, SL its length.
STROPND:
        ldy TIX
        lda (STMCUR),y
        bmi strvar
        inc TIX
        cmp #T_STRING
        bne strfn
        ldy TIX
        lda (STMCUR),y
        sta SL
        iny
        tya
        clc
        adc STMCUR
        sta SA
        ldx STMCUR+1
        bcc :+
        inx
:       stx SA+1
        tya
        clc
        adc SL
        sta TIX
        ldx #0
        stx SL+1
        rts
strfn:  inc TIX
        pha
        jsr SUBEXPR
        inc TIX
        pla
        cmp #T_CHRS
        beq chrs
        jsr NUMSTR
        ldx SLOT
        ldy #0
:       lda (SA),y
        sta SLOTS,x
        inx
        iny
        cpy SL
        bne :-
        beq slot
chrs:   jsr TOINT
        ldx SLOT
        sta SLOTS,x
        lda #1
        sta SL
slot:   lda #0
        sta SL+1
        lda #>SLOTS
        sta SA+1
        lda SLOT
        tax
        clc
        adc #<SLOTS
        sta SA
        txa
        adc #16                 ; C clear
        cmp #$50
        bcc :+
        lda #0
:       sta SLOT
        rts
strvar: lda #4                  ; up to its length
; The string variable at TIX with its range. A: 4, the range ends at most at its length; 6, at its dimension.
; SA, SL: the range; N: its distance from the string's start; VP: the variable; T2: 0 unless the range has an end.
STRREF: pha
        ldy TIX
        lda (STMCUR),y
        inc TIX
        pha
        iny
        lda (STMCUR),y
        cmp #T_SUBSTR
        beq srange
        pla
        jsr dimmed
        pla
        jsr slimit
        lda #0
        sta T2
        sta N
        sta N+1
        beq saddr
srange: inc TIX
        jsr SUBEXPR
        jsr TOINT
        pha
        txa
        pha
        ldx #0
        ldy TIX
        lda (STMCUR),y
        cmp #T_ARGSEP
        bne :+
        inc TIX
        jsr SUBEXPR
        jsr TOINT
        ldx #1
:       stx T2
        inc TIX
        pla
        sta N+1
        pla
        sta N
        pla
        jsr dimmed
        pla
        jsr slimit
        ldx T2
        beq :+
        lda SL
        cmp FR0
        lda SL+1
        sbc FR0+1
        bcc sbad
        lda FR0
        sta SL
        lda FR0+1
        sta SL+1
:       lda N
        bne :+
        dec N+1
        bmi sbad                ; from 0
:       dec N
        lda SL
        sec
        sbc N
        sta SL
        tax
        lda SL+1
        sbc N+1
        sta SL+1
        bcc sbad
        bne saddr
        txa
        beq sbad                ; begins behind its end
saddr:  ldy #2
        lda (VP),y
        clc
        adc N
        tax
        iny
        lda (VP),y
        adc N+1
        tay
        txa
        clc
        adc STARP
        sta SA
        tya
        adc STARP+1
        sta SA+1
        rts
sbad:   FAIL E_STRLEN
slimit: tay
        lda (VP),y
        sta SL
        iny
        lda (VP),y
        sta SL+1
        rts
dimmed: jsr GETVP
        lsr
        bcc :+
        rts
:       FAIL E_DIM

; Two strings and the operator between them at TIX: FR0.
STRCMP: jsr STROPND
        ldy TIX
        inc TIX
        lda (STMCUR),y
        sec
        sbc #T_SLE
        pha
        lda SA
        pha
        lda SA+1
        pha
        lda SL
        pha
        lda SL+1
        pha
        jsr STROPND
        pla
        sta N+1
        pla
        sta N
        pla
        sta Q+1
        pla
        sta Q
        ; the shorter length: X and MVS
        ldx SL
        ldy SL+1
        cpx N
        tya
        sbc N+1
        bcc :+
        ldx N
        ldy N+1
:       sty MVS
        inc MVS
        ldy #0
        inx
        bne scin
scloop: lda (Q),y
        cmp (SA),y
        bne scdiff
        iny
        bne scin
        inc Q+1
        inc SA+1
scin:   dex
        bne scloop
        dec MVS
        bne scloop
        lda N+1
        cmp SL+1
        bne scdiff
        lda N
        cmp SL
        bne scdiff
        ldy #0
        beq :+
scdiff: ldy #1
        bcs :+
        ldy #$FF
:       tya
        jmp TRUTH

; Keeps the target of an assignment.
KEEPTO: ldx #1
:       lda VP,x
        sta TVP,x
        lda N,x
        sta TST,x
        lda SL,x
        sta TCAP,x
        lda SA,x
        sta DST,x
        dex
        bpl :-
        lda T2
        sta TFL
        rts

; The string to the target, as far as there is room.
ASSIGN: lda TCAP
        cmp SL
        lda TCAP+1
        sbc SL+1
        bcs :+
        lda TCAP
        sta SL
        lda TCAP+1
        sta SL+1
:       lda SL
        sta N
        clc
        adc TST
        sta TST
        lda SL+1
        sta N+1
        adc TST+1
        sta TST+1
        ldy TFL
        beq :+
        ; within a range with an end a string never shrinks
        ldy #4
        lda (TVP),y
        cmp TST
        iny
        lda (TVP),y
        sbc TST+1
        bcs asmove
:       ldy #4
        lda TST
        sta (TVP),y
        iny
        lda TST+1
        sta (TVP),y
asmove: lda SA
        sta MVS
        lda SA+1
        sta MVS+1
        lda DST
        sta MVD
        lda DST+1
        sta MVD+1
        jmp MOVE
