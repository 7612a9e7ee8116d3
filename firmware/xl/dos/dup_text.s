; The screen and the keyboard, and CIO.

; CIO command A on IOCB X. Y, N: status.
call:   sta     ICCOM,x
        jmp     CIOV

; The text behind the call, up to a zero.
print:  pla
        clc
        adc     #1
        sta     source
        pla
        adc     #0
        sta     source+1
        sta     ICBAH
        lda     source
        sta     ICBAL
        ldy     #0
        sty     ICBLH
        lda     #0
        sta     pages
@next:  lda     (source),y
        beq     @end
        iny
        bne     @next
        inc     source+1        ; 256 bytes and more
        inc     pages
        bne     @next
@end:   sty     ICBLL
        lda     pages
        sta     ICBLH
        tya
        clc
        adc     source          ; source+1 is in the right page already
        sta     back
        lda     source+1
        adc     #0
        sta     back+1
        ldx     #0
        lda     #CIO_PUTCHR
        jsr     call
        lda     back+1          ; to the zero: RTS adds one
        pha
        lda     back
        pha
        rts

; A line of the editor to line.
read_line:
        lda     #<line
        sta     ICBAL
        lda     #>line
        sta     ICBAH
        lda     #120
        sta     ICBLL
        ldx     #0
        stx     ICBLH
        stx     place
        lda     #CIO_GETREC
        jsr     call
        bmi     @break
        rts
@break: jmp     ask

; The line as a record.
show_line:
        lda     #<line
        ldy     #>line
show:   sta     ICBAL
        sty     ICBAH
        lda     #128
        sta     ICBLL
        ldx     #0
        stx     ICBLH
        lda     #CIO_PUTREC
        jmp     call

; Waits for RETURN.
wait_return:
        jsr     print
        .byte   ", THEN RETURN", $9B, 0
        jmp     read_line

; Carry clear if Y was typed.
sure:   jsr     read_line
        lda     line
        and     #$DF
        cmp     #'Y'
        clc
        beq     @yes
        sec
@yes:   rts
