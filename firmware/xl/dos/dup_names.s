; What was typed: names, numbers, separated by commas.

; The next name of line to first or second; without a device it is on D1:. Carry set: there is none.
first_name:
        ldx     #<first
        ldy     #>first
        bne     name            ; always
second_name:
        ldx     #<second
        ldy     #>second
name:   stx     target
        sty     target+1
        jsr     blanks
        cmp     #$9B
        beq     @none
        cmp     #','
        beq     @none
        ldx     place           ; is there a colon?
@colon: lda     line,x
        cmp     #':'
        beq     @copy
        cmp     #','
        beq     @drive
        cmp     #$9B
        beq     @drive
        inx
        bne     @colon
@drive: ldy     #2
@device:
        lda     device,y
        sta     (target),y
        dey
        bpl     @device
        ldy     #3
        bne     @text           ; always
@copy:  ldy     #0
@text:  ldx     place
@next:  lda     line,x
        cmp     #','
        beq     @end
        cmp     #$9B
        beq     @end
        inx
        cpy     #38
        bcs     @next
        sta     (target),y
        iny
        bne     @next           ; always
@none:  sec
        rts
@end:   lda     #$9B
        sta     (target),y
        stx     place
        clc
        rts

device: .byte   "D1:"

; Over blanks: A, the character that place is at.
blanks: ldx     place
@next:  lda     line,x
        cmp     #' '
        bne     @end
        inx
        bne     @next
@end:   stx     place
        rts

; Over a comma. Carry set: there is none.
comma:  jsr     blanks
        cmp     #','
        clc
        beq     @there
        sec
        rts
@there: inc     place
        rts

; A hexadecimal number to value. Carry set: there is none.
number: lda     #0
        sta     value
        sta     value+1
        sta     count
        jsr     blanks
@next:  ldx     place
        lda     line,x
        sec
        sbc     #'0'
        bcc     @end
        cmp     #10
        bcc     @digit
        and     #$DF
        sbc     #'A'-'0'        ; carry is set
        bcc     @end
        cmp     #6
        bcs     @end
        adc     #10
@digit: ldy     #4
@shift: asl     value
        rol     value+1
        dey
        bne     @shift
        ora     value
        sta     value
        inc     count
        inc     place
        bne     @next
@end:   lda     count
        cmp     #1
        bcs     @some
        sec
        rts
@some:  clc
        rts

; The digit of a drive at place, as "1" to "8" in A. Carry set: it is none. "D1:" and "1" mean the same.
drive_digit:
        jsr     blanks
        and     #$DF
        cmp     #'D'
        bne     @plain
        inc     place
@plain: ldx     place
        lda     line,x
        cmp     #'1'
        bcc     @none
        cmp     #'9'
        bcs     @none
        inc     place
        pha
        ldx     place
        lda     line,x
        cmp     #':'
        bne     @end
        inc     place
@end:   pla
        clc
        rts
@none:  sec
        rts
