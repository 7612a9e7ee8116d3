; Assignment, DIM, and the places that receive values.

LET:    ldy TIX
        lda (STMCUR),y
        jsr GETVP
        bmi letstr
        jsr NUMVP
        lda VP
        pha
        lda VP+1
        pha
        inc TIX
        jsr EXPR
        pla
        sta VP+1
        pla
        sta VP
        jmp STOREVP
letstr: lda #6
        jsr STRREF
        jsr KEEPTO
        inc TIX
        jsr STROPND
        jmp ASSIGN

; VP: the variable or element at TIX, the number two bytes further.
NUMREF: ldy TIX
        lda (STMCUR),y
        jsr GETVP
NUMVP:  bne ELEMENT
        inc TIX
        rts

; VP: two bytes below the element at TIX.
ELEMENT:
        ldy TIX
        inc TIX
        inc TIX
        lda (STMCUR),y
        pha
        jsr SUBEXPR
        jsr TOINT
        pha
        txa
        pha
        lda #0
        sta FR0
        sta FR0+1
        ldy TIX
        lda (STMCUR),y
        cmp #T_ARGSEP
        bne :+
        inc TIX
        jsr SUBEXPR
        jsr TOINT
:       inc TIX
        pla
        sta MVS+1
        pla
        sta MVS
        pla
        jsr dimmed
        ; first index below its dimension, second too
        ldy #4
        lda MVS
        cmp (VP),y
        iny
        lda MVS+1
        sbc (VP),y
        bcs baddim
        iny
        lda (VP),y
        sta MVD
        iny
        lda (VP),y
        sta MVD+1
        lda FR0
        cmp MVD
        lda FR0+1
        sbc MVD+1
        bcs baddim
        jsr MUL16
        lda N
        adc FR0                 ; C clear
        sta N
        lda N+1
        adc FR0+1
        sta N+1
        jsr TIMES6
        ldy #2
        lda N
        adc (VP),y              ; C clear
        tax
        iny
        lda N+1
        adc (VP),y
        tay
        txa
        clc
        adc STARP
        tax
        tya
        adc STARP+1
        cpx #2
        sbc #0
        dex
        dex
        stx VP
        sta VP+1
        rts
baddim: FAIL E_DIM

; N = 6 N; C set if it is too great.
TIMES6: ldx N+1
        lda N
        asl
        rol N+1
        bcs :+
        adc N
        sta N
        txa
        adc N+1
        bcs :+
        asl N
        rol
        sta N+1
:       rts

; N = MVS * MVD; C set if it is too great. MVD is destroyed.
MUL16:  lda MVD
        eor #1
        ora MVD+1
        bne :+
        lda MVS                 ; by 1: an array of one dimension
        sta N
        lda MVS+1
        sta N+1
        clc
        rts
:       lda #0
        sta N
        sta N+1
        ldx #16
mul:    asl N
        rol N+1
        bcs mulx
        asl MVD
        rol MVD+1
        bcc :+
        clc
        lda N
        adc MVS
        sta N
        lda N+1
        adc MVS+1
        sta N+1
        bcs mulx
:       dex
        bne mul
        clc
mulx:   rts

DIM:    ldy TIX
        lda (STMCUR),y
        pha
        jsr GETVP
        pha
        lsr
        bcs baddim
        inc TIX
        inc TIX
        jsr EVINT
        pla
        bmi dimstr
        jsr plus1
        lda FR0
        pha
        lda FR0+1
        pha
        lda #1
        sta FR0
        lda #0
        sta FR0+1
        ldy TIX
        lda (STMCUR),y
        cmp #T_ARGSEP
        bne :+
        inc TIX
        jsr EVINT
        jsr plus1
:       pla
        sta MVS+1
        pla
        sta MVS
        lda FR0
        sta MVD
        lda FR0+1
        sta MVD+1
        jsr MUL16
        bcs dimbig
        jsr TIMES6
        bcc dimset
dimbig: FAIL E_MEMORY
dimstr: lda FR0
        sta N
        ldx FR0+1
        stx N+1
        ora FR0+1
        beq dim0
        lda #0
        sta MVS
        sta MVS+1
dimset: inc TIX
        pla
        jsr GETVP
        pha
        lda MVS
        pha
        lda MVS+1
        pha
        ldx #RUNSTK
        jsr EXPAND
        ldy #5
        pla
        sta (VP),y
        dey
        pla
        sta (VP),y
        ldy #0
        pla
        ora #1
        sta (VP),y
        ldy #6
        lda FR0
        sta (VP),y
        iny
        lda FR0+1
        sta (VP),y
        ldy #2
        lda DST
        sec
        sbc STARP
        sta (VP),y
        iny
        lda DST+1
        sbc STARP+1
        sta (VP),y
        jsr ATEND
        beq :+
        inc TIX
        jmp DIM
:       rts

plus1:  inc FR0
        bne :+
        inc FR0+1
        bne :+
        jmp dimbig
:       rts
dim0:   jmp baddim
