; The boot sectors: what every DOS 2 disk has in its first bytes, the loader of DOS.SYS, and sector I/O.
        .segment "BOOT"
boot:   .byte   0               ; flags
        .byte   3               ; sectors
        .word   boot
        .word   dos_init
        jmp     boot_go
max_files:
        .byte   3               ; files open at a time
drive_bits:
        .byte   $FF             ; bit 0 is drive 1
        .byte   0
        .word   file_buffers
dos_flag:
        .byte   1               ; 0: no DOS.SYS on the disk; 1: sectors of 128 bytes, 2: of 256
dos_sector:
        .word   4               ; first sector of DOS.SYS
dos_link:
        .byte   125             ; where its links stand
        .word   dos_start       ; where it loads
        jmp     load_and_run    ; for the menu: X (low byte), Y: a name
started:
        .byte   0               ; not 0 in memory once AUTORUN.SYS was tried
        .assert * = menu_state, error, "the menu's program looks for these here"
        .byte   0, 0            ; menu_state, load_status

boot_go:
        lda     dos_flag
        beq     @none
        sec
        sbc     #1
        asl
        sta     density
        lda     #1
        sta     drive
        lda     #<dos_start
        sta     zpointer
        lda     #>dos_start
        sta     zpointer+1
        lda     #<directory
        sta     zbuffer
        lda     #>directory
        sta     zbuffer+1
        lda     dos_sector
        ldx     dos_sector+1
@sector:
        jsr     read_sector
        bmi     @none
        ldy     dos_link
        iny
        iny
        lda     (zbuffer),y
        tay
        pha
        lda     #0
@bytes: dey
        cpy     #$FF
        beq     @copied
        lda     (zbuffer),y
        sta     (zpointer),y
        jmp     @bytes
@copied:
        pla
        clc
        adc     zpointer
        sta     zpointer
        bcc     @link
        inc     zpointer+1
@link:  ldy     dos_link
        lda     (zbuffer),y
        and     #3
        tax
        iny
        lda     (zbuffer),y
        bne     @sector
        cpx     #0
        bne     @sector
        clc
        rts
@none:  sec
        rts

; Sector A (low), X to or from the buffer at zbuffer. N and Y: status.
read_sector:
        ldy     #SIO_READ
        .byte   $2C             ; skips the next instruction
write_sector:
        ldy     #SIO_WRITE
sector_io:
        sty     DCOMND
        sta     DAUX1
        stx     DAUX2
        lda     #$40
        cpy     #SIO_READ
        beq     @direction
        asl
@direction:
        sta     DSTATS
        lda     #0
        ldy     #128
        ldx     density
        cpx     #DOUBLE
        bne     @short
        ldx     DAUX2
        bne     @long
        ldx     DAUX1
        cpx     #4
        bcc     @short
@long:  tay
        lda     #1
@short: sty     DBYTLO
        sta     DBYTHI
        lda     zbuffer
        sta     DBUFLO
        lda     zbuffer+1
        sta     DBUFHI
drive_io:
        lda     #15
drive_io_waiting:               ; A: time-out in units of 64 frames
        sta     DTIMLO
        lda     #$31
        sta     DDEVIC
        lda     drive
        sta     DUNIT
        jsr     SIOV
        tya
        rts

; The density of the disk in the drive. Carry set: Y is the status.
ask_drive:
        lda     #SIO_STATUS
        sta     DCOMND
        lda     #<DVSTAT
        sta     DBUFLO
        lda     #>DVSTAT
        sta     DBUFHI
        lda     #$40
        sta     DSTATS
        lda     #4
        sta     DBYTLO
        lda     #0
        sta     DBYTHI
        sta     density
        jsr     drive_io
        sec
        bmi     @done
        lda     DVSTAT          ; bit 5: 256 bytes a sector, bit 7: enhanced
        ldx     #ENHANCED
        asl
        bcs     @dense
        ldx     #SINGLE
        asl
        asl
        bcc     @dense
        ldx     #DOUBLE
@dense: stx     density
        clc
@done:  rts
