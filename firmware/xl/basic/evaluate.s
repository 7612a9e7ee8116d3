; Numeric expressions: precedence climbing over the tokens at TIX. The value under way is in FR0; only where an operator
; of higher precedence follows does it wait in ARGS.

exdone: rts
; FR0: the number that the tokens at TIX say. TIX: behind it.
EXPR:   lda #0
EXPRP:  sta PREC
        jsr OPERAND
exloop: ldy TIX
        lda (STMCUR),y
        sec
        sbc #T_LE
        cmp #T_OPEN - T_LE
        bcs exdone
        tax
        lda PREC
        cmp PRECS,x
        bcs exdone
        iny
        sty TIX
        stx OP
        ; one constant or simple variable on the right, and nothing that binds it more: straight to FR1
        lda (STMCUR),y
        bmi exvar
        cmp #T_NUMBER
        bne exlong
        tya
        clc
        adc #7
        tay
        jsr exnext
        bcc exlong
        tya
        ldy TIX
        sta TIX
        ldx #$FA
:       iny
        lda (STMCUR),y
        sta FR1+6,x             ; wraps within page zero
        inx
        bne :-
        beq exdo
exvar:  sta TOK
        iny
        jsr exnext
        bcc exlong
        lda TOK
        jsr GETVP
        bne exlong
        inc TIX
        ldy #2
        ldx #$FA
:       lda (VP),y
        sta FR1+6,x
        iny
        inx
        bne :-
exdo:   ldx OP
        jsr exop
        jmp exloop
exlong: lda OP
        pha
        lda PREC
        pha
        jsr PUSH0
        ldx OP
        lda PRECS,x
        jsr EXPRP
        pla
        sta PREC
        jsr FMOVE1
        jsr POP0
        pla
        tax
        jsr exop
        jmp exloop

; C set: what is at Y does not take the operand away from the operator OP. Y stays.
exnext: lda (STMCUR),y
        sec
        sbc #T_LE
        cmp #T_OPEN - T_LE
        bcs :+
        tax
        lda PRECS,x
        ldx OP
        cmp PRECS,x             ; C set: binds more or alike
        beq exlike
        bcs exno
exyes:
exlike: sec
        rts
:       cmp #T_SLE - T_LE
        bcc exyes
        cmp #T_DIMA - T_LE
        bcs exlike
exno:   clc
        rts

; FR0 = FR0 operator FR1.
exop:   txa
        cmp #6
        bcc exrel
        asl
        tax
        lda OPDO-11,x
        pha
        lda OPDO-12,x
        pha
        rts
exrel:  pha
        jsr FCMP
; Z and N: a comparison's result; the operator is on the stack. FR0: whether it is true.
TRUTH:  beq treq
        bmi trless
        lda #4
        .byte $2C
treq:   lda #2
        .byte $2C
trless: lda #1
        sta T1
        pla
        tax
        lda T1
        and RELS,x
        bne SETTRUE
SETFALSE:
        lda #0
        tax
        beq :+
SETTRUE:
        lda #$40
        ldx #1
:
; FR0: exponent A, first digits X.
SETFR0: sta FR0
        stx FR0+1
        ldx #0
        stx FR0+2
        stx FR0+3
        stx FR0+4
        stx FR0+5
        rts
RELS:   .byte 3, 5, 6, 1, 4, 2
; <= <> >= < > = ^ * + - / NOT OR AND
PRECS:  .byte 4, 4, 4, 4, 4, 4, 7, 6, 5, 5, 6, 0, 1, 2
OPDO:   .word POWER-1, MUL-1, ADD-1, SUB-1, DIV-1, 0, OROP-1, ANDOP-1

ANDOP:  lda FR0
        beq SETFALSE
        lda FR1
        beq SETFALSE
        bne SETTRUE
OROP:   lda FR0
        ora FR1
        beq SETFALSE
        bne SETTRUE

; FR0 against FR1: flags as of $FF (below), 0, 1 (above); A too unless they are equal.
; Both are normalised, so their bytes compare as they lie.
FCMP:   lda #FR1
        sta Q
        lda #0
        sta Q+1
; The same for the number at Q.
FCMPQ:  ldy #0
        lda (Q),y
        eor FR0
        bmi fcsign
:       lda a:FR0,y
        cmp (Q),y
        bne fcdiff
        iny
        cpy #6
        bne :-
        rts
fcdiff: ror                     ; bit 7: the greater magnitude
        eor FR0                 ; of negative numbers it is the lesser
        bmi fcmore
fcless: lda #$FF
        rts
fcsign: lda FR0
        bmi fcless
fcmore: lda #1
        rts

; An operand with the signs before it: FR0.
OPERAND:
        ldy TIX
        lda (STMCUR),y
        bmi opvar
        cmp #T_NUMBER
        bne opother
        ldx STMCUR
        stx VP
        ldx STMCUR+1
        stx VP+1
        iny
        jsr LOAD0
        sty TIX
        rts
opvar:  jsr GETVP
        bne opindex
        inc TIX
LOADVP: ldy #2
LOAD0:  lda (VP),y
        sta FR0
        iny
        lda (VP),y
        sta FR0+1
        iny
        lda (VP),y
        sta FR0+2
        iny
        lda (VP),y
        sta FR0+3
        iny
        lda (VP),y
        sta FR0+4
        iny
        lda (VP),y
        sta FR0+5
        iny
        rts
opindex:
        bmi opstr
        jsr ELEMENT
        jmp LOADVP
opstr:  jmp STRCMP
opother:
        cmp #T_STRING
        beq opstr
        cmp #T_OPEN
        beq opparen
        cmp #T_USR
        bcs opfn
        cmp #T_STRS
        bcs opstr
        inc TIX
        cmp #T_MINUS
        beq opneg
        cmp #T_PLUS
        beq OPERAND
        ; NOT
        lda #3
        jsr SUBEXPRP
        lda FR0
        beq :+
        jmp SETFALSE
:       jmp SETTRUE
opneg:  jsr OPERAND
        jmp NEGATE
opparen:
        inc TIX
        jsr SUBEXPR
        inc TIX
        rts
opfn:   jmp FUNCTION

; An expression within another.
SUBEXPR:
        lda #0
SUBEXPRP:
        tsx
        cpx #$30
        bcc opdeep
        tax
        lda PREC
        pha
        txa
        jsr EXPRP
        pla
        sta PREC
        rts
opdeep: FAIL E_ARGS

; VP: the values of the variable with token A. A and flags: its type.
GETVP:  ldx #0
        stx VP+1
        asl
        asl
        rol VP+1
        asl
        rol VP+1
        clc
        adc VVTP
        sta VP
        lda VP+1
        adc VVTP+1
        sta VP+1
        ldy #0
        lda (VP),y
        rts

STOREVP:
        ldy #2
        lda FR0
        sta (VP),y
        iny
        lda FR0+1
        sta (VP),y
        iny
        lda FR0+2
        sta (VP),y
        iny
        lda FR0+3
        sta (VP),y
        iny
        lda FR0+4
        sta (VP),y
        iny
        lda FR0+5
        sta (VP),y
        rts

; FR0 to ARGS.
PUSH0:  ldy ASP
        cpy #ARGSEND
        bcs opdeep1
        ldx #$FA
:       lda FR0+6,x
        sta ARGS,y
        iny
        inx
        bne :-
        sty ASP
        rts
opdeep1:
        jmp opdeep

POP0:   ldy ASP
        ldx #5
:       dey
        lda ARGS,y
        sta FR0,x
        dex
        bpl :-
        sty ASP
        rts

; FR0 to FR1.
FMOVE1: ldx #5
:       lda FR0,x
        sta FR1,x
        dex
        bpl :-
        rts

; ---- Integers ----

; A byte: A and flags. NEXTBYTE and NEXTINT: behind one more token.
NEXTBYTE:
        inc TIX
EVBYTE: jsr EVINT
        bne badval
        tax
        rts
badval: FAIL E_VALUE

NEXTINT:
        inc TIX

; An integer of 16 bits: A (and FR0) low, X (and FR0+1) high; flags of X.
EVINT:  jsr EXPR
; FR0 as such an integer, rounded.
TOINT:  jsr FPI
        bcs badval
        lda FR0
        ldx FR0+1
        rts
