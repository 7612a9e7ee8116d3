; Boot: from D1:, from cassette; and what RESET runs again of it.
; First sector or record: flags, number of sectors, load address, address of the initialisation; the program follows.
        .include "os.inc"

FIRST_SECTOR = $0400

        .segment "HIGH"

; After RESET: what was booted starts its life again.
warm_programs:
        lda     BOOTQ
        lsr     a
        bcc     @no_disk
        jsr     @disk
@no_disk:
        lda     BOOTQ
        and     #2
        beq     @done
        jmp     (CASINI)
@disk:
        jmp     (DOSINI)
@done:
        rts

; ---- Disk ----
boot_disk:
        lda     #1
        sta     DUNIT
        lda     #SIO_STATUS
        sta     DCOMND
        jsr     DSKINV
        bmi     @no_drive
@again:
        ldx     #1
        stx     DAUX1
        dex
        stx     DAUX2
        jsr     first_sector_buffer
        jsr     read_sector
        bpl     @read
@failed:
        jsr     boot_error
        jmp     @again
@read:
        ldx     #5
@header:
        lda     FIRST_SECTOR,x
        cpx     #4
        bcs     @init
        sta     DFLAGS,x
        bcc     @next
@init:
        sta     DOSINI-4,x
@next:
        dex
        bpl     @header
        lda     BOOTAD
        sta     RAMLO
        lda     BOOTAD+1
        sta     RAMLO+1
@move:
        ldy     #127
@byte:
        lda     FIRST_SECTOR,y
        sta     (RAMLO),y
        dey
        bpl     @byte
        jsr     next_place
        dec     DBSECT
        beq     @loaded
        inc     DAUX1
        bne     @read_next
        inc     DAUX2
@read_next:
        jsr     first_sector_buffer
        jsr     read_sector
        bmi     @failed
        bpl     @move
@loaded:
        jsr     run_boot_program
        bcs     @failed
        lda     BOOTQ
        ora     #1
        sta     BOOTQ
        jmp     (DOSINI)
@no_drive:
        rts

first_sector_buffer:
        lda     #<FIRST_SECTOR
        sta     DBUFLO
        lda     #>FIRST_SECTOR
        sta     DBUFHI
        rts

; Boot sectors have 128 bytes on every disk.
read_sector:
        lda     #<128
        sta     DSCTLN
        lda     #>128
        sta     DSCTLN+1
        lda     #SIO_READ
        sta     DCOMND
        jmp     DSKINV

next_place:
        lda     RAMLO
        clc
        adc     #128
        sta     RAMLO
        bcc     @done
        inc     RAMLO+1
@done:
        rts

; The program begins behind the six bytes of the header.
run_boot_program:
        clc
        lda     BOOTAD
        adc     #6
        sta     RAMLO
        lda     BOOTAD+1
        adc     #0
        sta     RAMLO+1
        jmp     (RAMLO)

boot_error:
        lda     #<boot_error_text
        ldx     #>boot_error_text

; Writes a text that ends with EOL; AX = address.
print_text:
        sta     ICBAL
        stx     ICBAH
        lda     #0
        sta     ICBLH
        lda     #$FF
        sta     ICBLL
        lda     #CIO_PUTREC
        sta     ICCOM
        ldx     #0
        jmp     CIOV

boot_error_text:
        .byte   "BOOT ERROR",EOL

; ---- Cassette ----
boot_cassette:
        lda     #$80            ; short gaps
        sta     FTYPE
        lda     #0
        sta     CKEY
        jsr     CSOPIV
        bmi     @failed
        jsr     RBLOKV
        bmi     @failed
        ldx     #3
@header:
        lda     CASBUF+3,x
        sta     DFLAGS,x
        dex
        bpl     @header
        lda     CASBUF+7
        sta     CASINI
        lda     CASBUF+8
        sta     CASINI+1
        lda     BOOTAD
        sta     RAMLO
        lda     BOOTAD+1
        sta     RAMLO+1
@move:
        ldy     #127
@byte:
        lda     CASBUF+3,y
        sta     (RAMLO),y
        dey
        bpl     @byte
        jsr     next_place
        dec     DBSECT
        beq     @loaded
        jsr     RBLOKV
        bpl     @move
@failed:
        lda     #MOTOR_OFF
        sta     PACTL
        jmp     boot_error
@loaded:
        jsr     run_boot_program
        bcs     @failed
        lda     BOOTQ
        ora     #2
        sta     BOOTQ
        jsr     @start
        lda     #MOTOR_OFF      ; a tape that runs on talks into the next transfer
        sta     PACTL
        rts
@start:
        jmp     (CASINI)
