; Errors, and what is said of them.

; The error A: on to the line of TRAP, or a message and back to the prompt.
ERROR:  sta ERRSAVE
        ldx #$FF
        txs
        cld
        inx
        stx ASP
        jsr STOPHERE
        bmi :+
        lda TRAPLN+1
        bmi :+
        sta LN+1
        lda TRAPLN
        sta LN
        lda #$80
        sta TRAPLN+1
        jsr TOLINE
        jmp STMT
:       jsr MESSAGE
        ldx #TERROR - TEXTS
        jsr SAY
        lda ERRSAVE
        jsr SETBYTE
        jsr PRNUM
; Where it happened.
WHERE:  jsr STOPHERE
        bmi :+
        ldx #TATLINE - TEXTS
        jsr SAY
        lda STOPLN
        ldx STOPLN+1
        jsr SETINT
        jsr PRNUM
:       jsr PUTEOL
        jmp TYPED

; A new line of the screen; an ENTER ends.
MESSAGE:
        lda ENTDTD
        beq :+
        sta IODVC
        jsr CLOSEIT
:       lda #0
        sta ENTDTD
        sta IODVC
        jmp PUTEOL

SAY:    lda TEXTS,x
        pha
        and #$7F
        cmp #EOL & $7F
        bne :+
        ora #$80
:       jsr PUTC
        inx
        pla
        bpl SAY
        rts

TEXTS:  NAME "STOPPED"
TREADY: .byte EOL & $7F, "READY", EOL
TERROR: NAME "ERROR-   "
TATLINE:
        NAME " AT LINE "
