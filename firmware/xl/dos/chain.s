; Files as chains of sectors.

; The next sector of file X to its buffer. Carry set: A is the status.
load_linked:
        jsr     set_buffer
        lda     f_next,x
        sta     f_sector,x
        pha
        lda     f_next_high,x
        sta     f_sector_high,x
        stx     found
        tax
        pla
        jsr     read_sector
        php
        ldx     found
        plp
        bmi     @status
        jsr     link_offset
        lda     (zbuffer),y
        lsr
        lsr
        cmp     f_number,x
        bne     @other
        lda     (zbuffer),y
        and     #3
        sta     f_next_high,x
        iny
        lda     (zbuffer),y
        sta     f_next,x
        iny
        lda     (zbuffer),y
        ldy     density
        cpy     #DOUBLE
        beq     @length
        and     #$7F
@length:
        sta     f_length,x
        lda     #0
        sta     f_at,x
        clc
        rts
@other: lda     #E_NUMBER
        sec
        rts
@status:
        tya
        sec
        rts

; Writes the buffer of file X with f_length bytes and the link to next_sector.
store_linked:
        jsr     set_buffer
        jsr     link_offset
        lda     f_number,x
        asl
        asl
        ora     next_sector+1
        sta     (zbuffer),y
        iny
        lda     next_sector
        sta     (zbuffer),y
        iny
        lda     f_length,x
        sta     (zbuffer),y
; Writes the buffer as it is.
store_buffer:
        lda     #0
        sta     f_changed,x
        stx     found
        lda     f_sector,x
        pha
        lda     f_sector_high,x
        tax
        pla
        jsr     write_sector
        php
        ldx     found
        plp
        jmp     check

; The file uses sectors that only enhanced density has.
note_extended:
        lda     f_sector_high,x
        cmp     #>720
        bcc     @low
        bne     @high
        lda     f_sector,x
        cmp     #<720
        bcc     @low
@high:  lda     #1
        sta     f_extended,x
@low:   rts

; Deletes the entry and frees its sectors; its file's number and first sector are in buffer X as take_file left them.
; The directory is written before the table of contents: what stops in between loses sectors, but never gives one twice.
delete_entry:
        stx     found
        jsr     load_entry
        lda     #FLAG_DELETED
        sta     directory,y
        jsr     store_entry
        ldx     found
        lda     #4              ; no longer than the longest chain
        sta     zcount
        lda     #0
        sta     ztemp
@next:  ldx     found
        lda     f_next,x
        ora     f_next_high,x
        beq     @end
        jsr     load_linked
        bcs     @end            ; a broken chain ends
        lda     f_sector,x
        sta     next_sector
        lda     f_sector_high,x
        sta     next_sector+1
        jsr     release
        inc     ztemp
        bne     @next
        dec     zcount
        bne     @next
@end:   ldx     found
        rts
