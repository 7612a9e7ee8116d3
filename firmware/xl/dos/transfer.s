; GET and PUT of a byte. Where CIO moves a block, all that a sector holds goes at once.

; GET: A, Y: status, 3 with the last byte.
dos_get:
        BEGIN_CALL
        jsr     find_file
        bcc     @open
        lda     #133
        jmp     fail
@open:  lda     f_mode,x
        and     #$FE
        cmp     #6
        bne     @data
        jmp     get_listing
@data:  lda     f_at,x
        cmp     f_length,x
        bcc     @byte
        jsr     next_for_reading
        jmp     @data
@byte:  lda     f_length,x      ; bytes that the sector still has
        sec
        sbc     f_at,x
        jsr     block_length
        bcc     @one
        sta     zcount
        ldy     f_at,x
        tya
        clc
        adc     zbuffer
        sta     zpointer
        lda     zbuffer+1
        adc     #0
        sta     zpointer+1
        ldy     #0
@copy:  lda     (zpointer),y
        sta     (ICBALZ),y
        iny
        cpy     zcount
        bne     @copy
        jsr     block_moved
@one:   ldy     f_at,x
        lda     (zbuffer),y
        pha
        inc     f_at,x
        ldy     #1
        lda     f_at,x
        cmp     f_length,x
        bne     @more
        lda     f_next,x
        ora     f_next_high,x
        bne     @more
        ldy     #3
@more:  pla
        ldx     current
        cpy     #0
        rts

; The next sector of file X; fails at the end.
next_for_reading:
        lda     f_next,x
        ora     f_next_high,x
        bne     @load
        lda     #136
        jmp     fail
@load:  lda     f_changed,x
        beq     @clean
        jsr     store_buffer
@clean: jmp     load_next

; A bytes can be moved: how many but the last may be moved as a block, in A. Carry clear: none.
block_length:
        tay
        lda     ICIDNO
        cmp     current
        bne     @none
        lda     ICCOMZ
        cmp     #CIO_GETCHR
        beq     @chars
        cmp     #CIO_PUTCHR
        bne     @none
@chars: lda     ICBLHZ
        bne     @many
        cpy     ICBLLZ
        bcc     @many
        ldy     ICBLLZ
        beq     @none
@many:  dey
        tya
        cmp     #1
        rts
@none:  clc
        rts

; zcount bytes went to or from CIO's buffer and file X.
block_moved:
        lda     zcount
        clc
        adc     f_at,x
        sta     f_at,x
        lda     ICBALZ
        clc
        adc     zcount
        sta     ICBALZ
        bcc     @address
        inc     ICBAHZ
@address:
        lda     ICBLLZ
        sec
        sbc     zcount
        sta     ICBLLZ
        bcs     @length
        dec     ICBLHZ
@length:
        rts

; PUT: A.
dos_put:
        sta     zchar
        BEGIN_CALL
        jsr     find_file
        bcc     @open
        lda     #133
        jmp     fail
@open:  lda     f_mode,x
        cmp     #12
        beq     put_in_place
        jsr     link_offset
        cmp     f_at,x
        bne     @room
        jsr     append_sector
        jsr     link_offset
@room:  sec                     ; A: bytes that the sector can take
        sbc     f_at,x
        jsr     put_block
        ldy     f_at,x
        lda     zchar
        sta     (zbuffer),y
        inc     f_at,x
        lda     #1
        jmp     fail

put_in_place:
@data:  lda     f_at,x
        cmp     f_length,x
        bcc     @byte
        jsr     next_for_reading
        jmp     @data
@byte:  lda     f_length,x
        sec
        sbc     f_at,x
        jsr     put_block
        ldy     f_at,x
        lda     zchar
        sta     (zbuffer),y
        inc     f_at,x
        lda     #1
        sta     f_changed,x
        jmp     fail

; Moves a block to the buffer of file X, that has room for A bytes, when CIO moves one; zchar: the byte after it.
put_block:
        jsr     block_length
        bcc     @one
        sta     zcount
        lda     f_at,x
        clc
        adc     zbuffer
        sta     zpointer
        lda     zbuffer+1
        adc     #0
        sta     zpointer+1
        ldy     #0
@copy:  lda     (ICBALZ),y
        sta     (zpointer),y
        iny
        cpy     zcount
        bne     @copy
        lda     (ICBALZ),y
        sta     zchar
        jmp     block_moved
@one:   rts

; Writes the full buffer of file X and begins another sector; fails when the disk is full.
append_sector:
        stx     found
        jsr     load_contents
        jsr     allocate
        bcc     @room
        lda     #E_FULL
        jmp     fail
@room:  ldx     found
        lda     f_at,x
        sta     f_length,x
        jsr     store_linked
        lda     next_sector
        sta     f_sector,x
        lda     next_sector+1
        sta     f_sector_high,x
        jsr     note_extended
        lda     #0
        sta     f_at,x
        inc     f_count,x
        bne     @done
        inc     f_count_high,x
@done:  jmp     set_buffer
