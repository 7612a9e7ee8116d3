; OPEN with 6: the directory as text, a line for each file and one for the free sectors.
; A line stands in the file's buffer; the pattern, and which entry is next, behind it.

LINE_NAME  = 64
LINE_ENTRY = 80                 ; $FF: the last line was made

open_listing:
        jsr     take_buffer
        stx     found
        lda     #6
        sta     f_mode,x
        ldy     #LINE_NAME
        ldx     #0
@name:  lda     name,x
        sta     (zbuffer),y
        iny
        inx
        cpx     #11
        bne     @name
        lda     #0
        ldy     #LINE_ENTRY
        sta     (zbuffer),y
        jmp     succeed

get_listing:
        stx     found
@byte:  lda     f_at,x
        cmp     f_length,x
        bcc     @there
        jsr     make_line
        ldx     found
        bcc     @byte
        lda     #136
        jmp     fail
@there: tay
        inc     f_at,x
        lda     (zbuffer),y
        ldx     current
        ldy     #1
        rts

; The next line of buffer X. Carry set: there is none.
make_line:
        ldy     #LINE_ENTRY
        lda     (zbuffer),y
        cmp     #$FF
        beq     @end
        sec
        sbc     #1
        sta     entry
        sta     free_entry
        ldy     #LINE_NAME
        ldx     #0
@name:  lda     (zbuffer),y
        sta     name,x
        iny
        inx
        cpx     #11
        bne     @name
        jsr     next_match
        ldx     found
        jsr     set_buffer_keeping_carry
        ldy     #LINE_ENTRY
        bcs     @free
        ldx     entry
        inx
        txa
        sta     (zbuffer),y
        ldx     entry_at
        ldy     #0
        lda     directory,x
        and     #FLAG_LOCKED
        beq     @open
        lda     #'*'-' '
@open:  clc
        adc     #' '
        sta     (zbuffer),y
        iny
        lda     #' '
        sta     (zbuffer),y
        iny
@letters:
        lda     directory+ENTRY_NAME,x
        sta     (zbuffer),y
        inx
        iny
        cpy     #13
        bne     @letters
        lda     #' '
        sta     (zbuffer),y
        iny
        ldx     entry_at
        lda     directory+ENTRY_COUNT+1,x
        pha
        lda     directory+ENTRY_COUNT,x
        tax
        pla
        jsr     put_number
        jmp     @finish
@end:   sec
        rts
@free:  lda     #$FF
        sta     (zbuffer),y
        jsr     load_contents
        ldx     found
        jsr     set_buffer
        lda     contents_large
        beq     @small
        lda     FREE_HIGH
        ldx     FREE_HIGH+1
        jmp     @sum
@small: lda     #0
        tax
@sum:   clc
        adc     FREE
        pha
        txa
        adc     FREE+1
        tay
        pla
        tax
        tya
        ldy     #0
        jsr     put_number
        ldx     #0
@text:  lda     free_text,x
        beq     @finish
        sta     (zbuffer),y
        iny
        inx
        bne     @text           ; always
@finish:
        lda     #$9B
        sta     (zbuffer),y
        iny
        ldx     found
        tya
        sta     f_length,x
        lda     #0
        sta     f_at,x
        clc
        rts

free_text:
        .byte   " FREE SECTORS", 0

set_buffer_keeping_carry:
        php
        jsr     set_buffer
        plp
        rts

; The number X (low), A in three digits, or four, to zbuffer at Y.
put_number:
        sta     zpointer+1
        stx     zpointer
        ldx     #0              ; X: place of the digit
@digit: lda     #'0'
        sta     zchar
@subtract:
        lda     zpointer
        sec
        sbc     powers,x
        pha
        lda     zpointer+1
        sbc     powers_high,x
        bcc     @less
        sta     zpointer+1
        pla
        sta     zpointer
        inc     zchar
        bne     @subtract       ; always
@less:  pla
        lda     zchar
        cpx     #0
        bne     @put
        cmp     #'0'
        beq     @next
@put:   sta     (zbuffer),y
        iny
@next:  inx
        cpx     #4
        bne     @digit
        rts

powers: .byte   <1000, 100, 10, 1
powers_high:
        .byte   >1000, 0, 0, 0
