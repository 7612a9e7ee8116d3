; The volume table of contents: a bit for each sector, set while it is free.

; The table of the drive to contents. What another drive changed is written before.
load_contents:
        lda     contents_changed
        beq     @read
        lda     contents_drive
        beq     @read
        cmp     drive
        beq     @there
        jsr     store_contents
@read:  lda     #0
        sta     contents_drive
        sta     contents_changed
        sta     contents_large
        lda     #MAP
        sta     contents_hint
        jsr     contents_sector
        jsr     read_sector
        jsr     check_status
        lda     density
        sta     contents_density
        cmp     #ENHANCED
        bne     @whole
        lda     contents+2      ; formatted as single density all the same?
        cmp     #3
        bcc     @whole
        inc     contents_large
        jsr     contents_sector2
        jsr     read_sector
        jsr     check_status
@whole: lda     drive
        sta     contents_drive
@there: rts

; Writes the table if it changed. Leaves drive and density alone.
store_contents:
        lda     contents_changed
        beq     @done
        lda     contents_drive
        beq     @done
        lda     drive
        pha
        lda     density
        pha
        lda     contents_drive
        sta     drive
        lda     contents_density
        sta     density
        jsr     contents_sector
        jsr     write_sector
        jsr     check_status
        lda     contents_large
        beq     @written
        ldx     #83             ; the second half repeats the map from sector 48 on
@copy:  lda     contents+16,x
        sta     contents+128,x
        dex
        bpl     @copy
        jsr     contents_sector2
        jsr     write_sector
        jsr     check_status
@written:
        lda     #0
        sta     contents_changed
        pla
        sta     density
        pla
        sta     drive
@done:  rts

contents_sector:
        lda     #<contents
        sta     zbuffer
        lda     #>contents
        sta     zbuffer+1
        lda     #<SECTOR_CONTENTS
        ldx     #>SECTOR_CONTENTS
        rts

contents_sector2:
        lda     #<contents+128
        sta     zbuffer
        lda     #>contents
        sta     zbuffer+1
        lda     #<SECTOR_CONTENTS2
        ldx     #>SECTOR_CONTENTS2
        rts

; A free sector to next_sector. Carry set: there is none.
allocate:
        ldx     contents_hint
@next:  cpx     #MAP_END
        beq     @high
        cpx     #MAP_HIGH_END
        beq     @none
        lda     contents,x
        bne     @found
        inx
        bne     @next           ; always
@high:  lda     contents_large
        beq     @none
        ldx     #MAP_HIGH
        bne     @next           ; always
@none:  sec
        rts
@found: stx     contents_hint
        ldy     #$FF
@bit:   iny
        asl
        bcc     @bit
        lda     bits,y
        eor     contents,x
        sta     contents,x
        sty     ztemp
        txa
        cpx     #MAP_HIGH
        bcs     @large
        sec
        sbc     #MAP
        ldy     #0
        beq     @number         ; always
@large: sbc     #MAP_HIGH       ; carry is set
        ldy     #>720
@number:
        sty     next_sector+1
        ldy     #3
        sta     next_sector
        lda     #0
@eight: asl     next_sector
        rol
        dey
        bne     @eight
        tay
        lda     next_sector
        ora     ztemp
        sta     next_sector
        tya
        clc
        adc     next_sector+1
        sta     next_sector+1
        cpx     #MAP_HIGH
        bcc     @count
        lda     next_sector     ; 720 is 512 and 208
        clc
        adc     #<720
        sta     next_sector
        bcc     @count
        inc     next_sector+1
@count: jsr     free_count      ; Y: 0 below 720, else the offset of the other count
        lda     FREE,y
        bne     @low
        lda     FREE+1,y
        sec
        sbc     #1
        sta     FREE+1,y
@low:   lda     FREE,y
        sec
        sbc     #1
        sta     FREE,y
        inc     contents_changed
        bne     @done
        inc     contents_changed
@done:  clc
        rts

free_count:
        ldy     #0
        cpx     #MAP_HIGH
        bcc     @low
        ldy     #<(FREE_HIGH-FREE)
@low:   rts

; Frees next_sector.
release:
        lda     next_sector+1
        cmp     #>720
        bcc     @low
        bne     @high
        lda     next_sector
        cmp     #<720
        bcc     @low
@high:  lda     contents_large
        beq     @done
        lda     next_sector
        sec
        sbc     #<720
        sta     zpointer
        lda     next_sector+1
        sbc     #>720
        ldx     #MAP_HIGH
        bne     @divide         ; always
@low:   lda     next_sector
        sta     zpointer
        lda     next_sector+1
        ldx     #MAP
@divide:
        stx     zpointer+1
        ldy     zpointer
        sty     zchar
        ldy     #3
@eight: lsr
        ror     zpointer
        dey
        bne     @eight
        lda     zpointer
        clc
        adc     zpointer+1
        tax
        lda     zchar
        and     #7
        tay
        lda     bits,y
        and     contents,x
        bne     @done           ; it is free
        lda     bits,y
        ora     contents,x
        sta     contents,x
        lda     #MAP
        sta     contents_hint
        jsr     free_count
        lda     FREE,y
        clc
        adc     #1
        sta     FREE,y
        bcc     @counted
        lda     FREE+1,y
        adc     #0
        sta     FREE+1,y
@counted:
        lda     #1
        sta     contents_changed
@done:  rts

bits:   .byte   $80, $40, $20, $10, $08, $04, $02, $01
