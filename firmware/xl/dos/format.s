; XIO 254 formats double density disks as such and others in enhanced density, if the drive can; XIO 253 in single density.
dos_format:
        lda     #0
        sta     contents_drive
        lda     command
        cmp     #253
        beq     @plain
        ldy     #SIO_FORMATMD
        lda     density
        cmp     #DOUBLE
        bne     @command
@plain: ldy     #SIO_FORMAT
@command:
        sty     DCOMND
        jsr     directory_buffer
        sta     DBUFHI
        stx     DBUFLO
        lda     #$40
        sta     DSTATS
        lda     #128
        ldx     #0
        ldy     density
        cpy     #DOUBLE
        bne     @short
        lda     #0
        inx
@short: sta     DBYTLO
        stx     DBYTHI
        lda     DVSTAT+2        ; how long the drive takes
        bne     @known
        lda     #$E0
@known: jsr     drive_io_waiting
        cpy     #139            ; an 810 does not know the command
        bne     @answered
        lda     DCOMND
        cmp     #SIO_FORMATMD
        beq     @plain
@answered:
        jsr     check_status
        jsr     select_drive    ; its density now
        jsr     make_contents
        jsr     store_contents
        jsr     clear_directory
        lda     #7
        sta     entry
@directory:
        lda     entry
        sta     cached_sector
        jsr     store_entry
        dec     entry
        bpl     @directory
        lda     #0
        sta     ztemp
        jsr     write_boot
        jmp     succeed

directory_buffer:
        ldx     #<directory
        lda     #>directory
        stx     zbuffer
        sta     zbuffer+1
        rts

clear_directory:
        ldx     #0
        stx     cached_drive
        txa
@clear: sta     directory,x
        inx
        bne     @clear
        rts

make_contents:
        ldx     #0
        txa
        stx     contents_large
@clear: sta     contents,x
        inx
        bne     @clear
        lda     #2
        sta     contents
        lda     #<707
        sta     contents+1
        sta     FREE
        lda     #>707
        sta     contents+2
        sta     FREE+1
        lda     #$FF
        ldx     #MAP_END-MAP-1
@map:   sta     contents+MAP,x
        dex
        bpl     @map
        lda     #$0F            ; the boot sectors; there is no sector 0
        sta     contents+MAP
        lda     #0
        sta     contents+MAP+SECTOR_CONTENTS/8
        lda     #$7F
        sta     contents+MAP+SECTOR_CONTENTS/8+1
        lda     density
        sta     contents_density
        cmp     #ENHANCED
        bne     @whole
        inc     contents_large
        lda     #<1010
        sta     contents+1
        lda     #>1010
        sta     contents+2
        lda     #$FF
        ldx     #MAP_HIGH_END-MAP_HIGH-1
@map2:  sta     contents+MAP_HIGH,x
        dex
        bpl     @map2
        lda     #$7F            ; sector 720 is not used
        sta     contents+MAP_HIGH
        lda     #<303
        sta     FREE_HIGH
        lda     #>303
        sta     FREE_HIGH+1
@whole: lda     drive
        sta     contents_drive
        lda     #MAP
        sta     contents_hint
        lda     #1
        sta     contents_changed
        rts

; Writes the boot sectors. ztemp: dos_flag for them.
write_boot:
        lda     #0
        sta     cached_drive
        ldx     #127
@first: lda     boot,x
        sta     directory,x
        dex
        bpl     @first
        lda     #0
        sta     directory+started-boot
        sta     directory+menu_state-boot
        sta     directory+load_status-boot
        lda     ztemp
        sta     directory+dos_flag-boot
        bne     @system
        sta     directory+dos_sector-boot
        sta     directory+dos_sector-boot+1
@system:
        jsr     link_offset
        sta     directory+dos_link-boot
        lda     #1
        jsr     @write
        ldx     #127
@second:
        lda     boot+128,x
        sta     directory,x
        dex
        bpl     @second
        lda     #2
        jsr     @write
        ldx     #127
@third: lda     boot+256,x
        sta     directory,x
        dex
        bpl     @third
        lda     #3
@write: pha
        jsr     directory_buffer
        pla
        ldx     #0
        jsr     write_sector
        jmp     check_status
