; Functions: their argument is in FR0 (a number) or SA, SL (a string); the result goes to FR0.

FUNCTION:
        inc TIX
        inc TIX
        pha
        cmp #T_USR
        beq USRFN
        cmp #T_ATN
        bcs :+
        jsr STROPND
        jmp :++
:       jsr SUBEXPR
:       inc TIX
        pla
        asl
        tax
        lda FNDO+1-2*T_ASC,x
        pha
        lda FNDO-2*T_ASC,x
        pha
        rts
FNDO:   .word FNASC-1, FNVAL-1, FNLEN-1, FNADR-1, FNATN-1, FNCOS-1, FNPEEK-1, FNSIN-1, FNRND-1, FNFRE-1
        .word FNEXP-1, FNLOG-1, FNCLOG-1, FNSQR-1, FNSGN-1, FNABS-1, FNINT-1, FNPADDLE-1, FNSTICK-1, FNPTRIG-1, FNSTRIG-1

; USR: the arguments wait in ARGS, then the last is pushed first; the routine finds their count on top.
USRFN:  pla
        jsr usrarg
        lda #0
usrnext:
        pha
        ldy TIX
        lda (STMCUR),y
        inc TIX
        cmp #T_ARGSEP
        bne usrcall
        jsr usrarg
        pla
        clc
        adc #1
        bne usrnext
usrarg: jsr SUBEXPR
        jsr TOINT
        jmp PUSH0
usrcall:
        pla
        sta T2
        jsr usrgo
        cld
        jmp IFP
usrgo:  ldx T2
        beq usrnone
usrpush:
        lda ASP
        sec
        sbc #6
        sta ASP
        tay
        lda ARGS,y
        pha
        lda ARGS+1,y
        pha
        dex
        bne usrpush
usrnone:
        jsr POP0
        lda T2
        pha
        jmp (FR0)

FNASC:  ldy #0
        lda (SA),y
        jmp SETBYTE

FNVAL:  jsr TERMINATE
        lda SA
        sta INBUFF
        lda SA+1
        sta INBUFF+1
        ldy #0
        sty CIX
        jsr AFP
        jsr RESTORED
        bcs :+
        rts
:       FAIL E_VAL

FNLEN:  lda SL
        ldx SL+1
        jmp SETINT
FNADR:  lda SA
        ldx SA+1
        jmp SETINT
FNFRE:  lda MEMTOP
        sec
        sbc TOPSTK
        tay
        lda MEMTOP+1
        sbc TOPSTK+1
        tax
        tya
        bcs SETINT
FNPEEK: jsr TOINT
        ldy #0
        lda (FR0),y
; FR0: A, or the integer A low, X high.
SETBYTE:
        ldx #0
SETINT: sta FR0
        stx FR0+1
        jmp IFP

FNPADDLE:
        ldx #<PADDL0
        .byte $2C
FNPTRIG:
        ldx #<PTRIG0
        ldy #8
        bne port
FNSTICK:
        ldx #<STICK0
        .byte $2C
FNSTRIG:
        ldx #<STRIG0
        ldy #4
port:   stx T2
        sty T1
        lda T1
        pha
        jsr TOINT
        bne badport
        pla
        sta T1
        lda FR0
        cmp T1
        bcs badport
        adc T2
        tax
        lda PADDL0 & $FF00,x
        jmp SETBYTE
badport:
        FAIL E_VALUE

FNSGN:  lda FR0
        beq intx
        and #$80
        ora #$40
set1:   ldx #1
        jmp SETFR0

FNABS:  lda FR0
        and #$7F
        sta FR0
        rts

; Ten random digits: bytes of the polynomial counter that are two digits.
FNRND:  ldx #5
:       lda RANDOM
        cmp #$9A
        bcs :-
        sta FR0,x
        and #$0F
        cmp #$0A
        bcs :-
        dex
        bne :-
        lda #$3F
        sta FR0
        jmp NORMALIZE

; The greatest integer that is not above FR0.
FNINT:  lda FR0
        and #$7F
        sec
        sbc #$3F
        bcs :+
        lda #0
:       cmp #5
        bcs intx
        tax                     ; bytes before the point
        lda #0
        tay
:       ora FR0+1,x
        sty FR0+1,x
        inx
        cpx #5
        bcc :-
        tax
        lda FR0
        ldy FR0+1
        bne :+
        sty FR0                 ; nothing is left
:       cmp #$80
        bcc intx
        txa
        beq intx
        ; negative, with a fraction: one less
        lda FR0
        beq minus1
        jsr FMOVE1
        jsr SETTRUE
        jsr SUB
        jmp NEGATE
minus1: lda #$C0
        bne set1
intx:   rts

