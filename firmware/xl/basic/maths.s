; Arithmetic and the functions that need more than a few steps of it.

; Where the digits lie alike, or FR1's one byte farther right (small integers), and there is no carry: quickly.
ADD:    lda FR0
        sec
        sbc FR1
        beq addlike
        cmp #1
        bne addany
        ldx FR1+5
        bne addany
        ldx #4
:       lda FR1,x
        sta FR1+1,x
        dex
        bne :-
        stx FR1+1
        lda FR0
        sta FR1
addlike:
        sed
        clc
        lda FR0+1
        adc FR1+1
        bcs addany
        cmp #$99
        bcs addany
        ldx #5
:       lda FR0,x
        adc FR1,x
        sta FR0,x
        dex
        bne :-
        cld
        rts
addany: cld
        jsr FADD
        bcs mfail
        rts
SUB:    jsr FSUB
        bcs mfail
        rts
SQUARE: jsr FMOVE1
MUL:    jsr FMUL
        bcs mfail
        rts
; FR0 = A / FR0
INVERSE:
        pha
        jsr FMOVE1
        pla
        jsr SETBYTE
DIV:    jsr FDIV
        bcs mfail
        rts
mfail:  FAIL E_FLOAT
mbad:   FAIL E_VALUE

FNEXP:  jsr EXP
        bcs mfail
        rts
FNLOG:  jsr LOG
        bcs mbad
        rts
FNCLOG: jsr LOG10
        bcs mbad
        rts

; A whole exponent: multiplications, exact as long as the digits suffice.
POWER:  lda FR1
        beq onepow
        lda FR0
        beq zeropow
        lda FR1
        and #$7F
        sec
        sbc #$3F
        beq realpow
        bcc realpow
        cmp #3
        bcs realpow
        tax
        lda #0
:       ora FR1+1,x
        inx
        cpx #5
        bcc :-
        tax
        bne realpow
        jsr PUSH0
        lda FR1
        sta T2
        and #$7F
        sta FR0
        ldx #4
:       lda FR1+1,x
        sta FR0+1,x
        dex
        bpl :-
        jsr TOINT
        sta N
        stx N+1
        jsr POP0
        jsr PUSH0
        ldx #16
:       dex
        asl N
        rol N+1
        bcc :-
powbit: txa
        beq powend
        dex
        txa
        pha
        jsr SQUARE
        asl N
        rol N+1
        bcc :++
        ldy ASP
        ldx #5
:       dey
        lda ARGS,y
        sta FR1,x
        dex
        bpl :-
        jsr MUL
:       pla
        tax
        bpl powbit
powend: jsr DROP0
        lda T2
        bpl :+
        lda #1
        jmp INVERSE
onepow: jsr SETTRUE
:       rts
zeropow:
        lda FR1
        bpl mret
mbad2:  jmp mbad
mret:   rts
realpow:
        ldx #5
:       lda FR1,x
        pha
        dex
        bpl :-
        jsr FNCLOG
        ldx #0
:       pla
        sta FR1,x
        inx
        cpx #6
        bne :-
        jsr MUL
        jsr EXP10
        bcs mfail2
        rts
mfail2: jmp mfail

; Newton's rule, four times from a guess that is at most 41 percent off.
FNSQR:  lda FR0
        bmi mbad2
        beq mret
        jsr PUSH0
        lda FR0+1
        cmp #1
        beq :+
        lsr
        lsr
        lsr
        lsr
        clc
        adc #2
        cmp #10
        bcc :+
        lda #9
:       tax                     ; 1 has a root of about 1, 2 to 99 of about the tens and 2
        lda FR0
        clc
        adc #$40
        lsr
        bcc :+
        tay                     ; an odd exponent of 100 leaves a factor of ten
        txa
        asl
        asl
        asl
        asl
        tax
        tya
:       jsr SETFR0
        lda #4
sqnext: pha
        jsr PUSH0
        jsr FMOVE1
        ldy ASP
        ldx #5
:       lda ARGS-7,y
        sta FR0,x
        dey
        dex
        bpl :-
        jsr DIV
        jsr FMOVE1
        jsr POP0
        jsr ADD
        ldx #<HALF
        ldy #>HALF
        jsr FLD1R
        jsr MUL
        pla
        sec
        sbc #1
        bne sqnext
DROP0:  lda ASP
        sec
        sbc #6
        sta ASP
        rts
HALF:   .byte $3F, $50, 0, 0, 0, 0

; Sine and cosine: quarter turns and what is left of one, then a polynomial.
FNCOS:  jsr FNABS
        lda #1
        bne :+
FNSIN:  lda FR0
        and #$80
        asl
        rol
        asl                     ; 2: half a turn for a negative angle
        asl FR0
        lsr FR0
:       sta T2
        lda RADFLG
        bne :+
        ldx #<PERPI
        ldy #>PERPI
        jsr FLD1R
        jsr MUL
        jmp :++
:       ldx #<D90
        ldy #>D90
        jsr FLD1R
        jsr DIV
:       jsr PUSH0
        jsr FNINT
        lda FR0
        sec
        sbc #$40
        bcc :+
        cmp #5
        bcs :+
        tax
        lda FR0+1,x             ; turns modulo 4 are in the last two digits
        tax
        lsr
        lsr
        lsr
        and #$FE
        clc
        adc T2
        sta T2
        txa
        and #$0F
        clc
        adc T2
        sta T2
:       jsr FMOVE1
        jsr POP0
        jsr SUB
        lda T2
        lsr
        bcc :+
        jsr FMOVE1
        jsr SETTRUE
        jsr SUB
:       lda #<SINCOEF
        ldx #>SINCOEF
        ldy #6
        jsr ODDPOLY
        jsr FMOVE1
        jsr ADD
        lda T2
        and #2
        beq negx
NEGATE: lda FR0
        beq negx
        eor #$80
        sta FR0
negx:   rts

; FR0 times the polynomial of its square: A low, X high, Y coefficients.
ODDPOLY:
        sta MVS
        stx MVS+1
        sty N
        jsr PUSH0
        jsr SQUARE
        ldx MVS
        ldy MVS+1
        lda N
        jsr PLYEVL
        jsr FMOVE1
        jsr POP0
        jmp MUL

; Arc tangent, by the coefficients of the floating point package; above 1 that of 1/x.
FNATN:  lda FR0
        pha
        jsr FNABS
        cmp #$40
        php
        bcc :+
        lda #1
        jsr INVERSE
:       lda #<ATNCOEF
        ldx #>ATNCOEF
        ldy #11
        jsr ODDPOLY
        plp
        bcc :+
        jsr FMOVE1
        ldx #<PI4
        ldy #>PI4
        jsr FLD0R
        jsr SUB
        ldx #<PI4
        ldy #>PI4
        jsr FLD1R
        jsr ADD
:       pla
        bpl :+
        jsr NEGATE
:       lda RADFLG
        beq negx
        ldx #<DEGR
        ldy #>DEGR
        jsr FLD1R
        jmp MUL

PERPI:  .byte $3F, $63, $66, $19, $77, $24  ; 2 / pi
D90:    .byte $40, $90, $00, $00, $00, $00
DEGR:   .byte $40, $57, $29, $57, $79, $51  ; 180 / pi
; The minimax polynomial of sin(x pi/2) / 2x on 0 to 1 in x squared, highest power first.
SINCOEF:
        .byte $BD, $01, $71, $58, $94, $50
        .byte $3D, $80, $12, $72, $95, $12
        .byte $BE, $23, $40, $82, $87, $71
        .byte $3F, $03, $98, $46, $30, $18
        .byte $BF, $32, $29, $82, $04, $78
PI4:    .byte $3F, $78, $53, $98, $16, $34  ; pi / 4
