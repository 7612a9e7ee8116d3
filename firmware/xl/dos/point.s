; NOTE and POINT: sector in AUX3 and AUX4, byte in AUX5 of the IOCB.
dos_note:
        jsr     open_file
        ldy     current
        lda     f_sector,x
        sta     ICAX3,y
        lda     f_sector_high,x
        sta     ICAX4,y
        lda     f_at,x
        sta     ICAX5,y
        jmp     succeed

dos_point:
        jsr     open_file
        lda     f_mode,x
        cmp     #4
        beq     @allowed
        cmp     #12
        bne     @refused
@allowed:
        lda     f_changed,x
        beq     @clean
        jsr     store_buffer
@clean: ldy     current
        lda     ICAX3,y
        sta     zpointer
        ora     ICAX4,y
        beq     @refused
        lda     ICAX4,y
        cmp     f_sector_high,x
        bne     @load
        lda     zpointer
        cmp     f_sector,x
        beq     @there
@load:  lda     zpointer
        sta     f_next,x
        lda     ICAX4,y
        sta     f_next_high,x
        jsr     load_linked
        bcc     @there
        pha
        lda     #0              ; nothing can be read before the next POINT
        sta     f_length,x
        sta     f_at,x
        sta     f_next,x
        sta     f_next_high,x
        sta     f_sector,x
        sta     f_sector_high,x
        pla
        jmp     fail
@there: ldy     current
        lda     f_length,x
        cmp     ICAX5,y
        bcc     @long
        lda     ICAX5,y
        sta     f_at,x
        jmp     succeed
@long:  lda     #E_LENGTH
        jmp     fail
@refused:
        lda     #E_POINT
        jmp     fail

open_file:
        jsr     find_file
        bcs     @closed
        rts
@closed:
        lda     #133
        jmp     fail
