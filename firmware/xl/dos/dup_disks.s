; Whole disks: format, duplicate, DOS files.

format_single:
        lda     #253
        .byte   $2C
format: lda     #254
        pha
        jsr     print
        .byte   "FORMAT: DRIVE", $9B, 0
        jsr     read_line
        jsr     drive_digit
        bcs     @back
        jsr     set_device
        jsr     print
        .byte   "Y ERASES THE WHOLE DISK IN D", 0
        lda     device_name+1
        sta     line
        lda     #':'
        sta     line+1
        lda     #$9B
        sta     line+2
        jsr     show_line
        jsr     sure
        bcs     @back
        jsr     use_device
        pla
        pha
        lsr                     ; carry: 253
        bcc     @as_it_is
        jsr     set_single
@as_it_is:
        pla
        jmp     command
@back:  pla
        jmp     ask

; A drive that can be told so (a US Doubler, by its PERCOM block) formats in single density. One with a double density disk
; must do it here: the handler expects the answer's length from the disk that is in.
set_single:
        lda     device_name+1
        and     #$0F
        sta     drive
        ldx     #<DVSTAT
        ldy     #>DVSTAT
        lda     #4
        jsr     drive_block
        ldy     #SIO_STATUS
        jsr     drive_try
        ldx     #<single_shape
        ldy     #>single_shape
        lda     #12
        jsr     drive_block
        ldy     #SIO_PERCOM
        jsr     drive_try
        bmi     @done           ; it has one density, or two by command
        lda     DVSTAT
        and     #$20
        beq     @done
        ldx     #<buffer
        ldy     #>buffer
        lda     #128
        jsr     drive_block
        lda     DVSTAT+2        ; how long it may take
        sta     DTIMLO
        ldy     #SIO_FORMAT
        lda     drive
        jsr     drive_send
        jmp     check
@done:  rts

SIO_PERCOM = 'O'
; Tracks, step, sectors a track (high, low), sides less one, FM, bytes a sector (high, low), there
single_shape:
        .byte   40, 1, 0, 18, 0, 0, 0, 128, $FF, 0, 0, 0

; A bytes at X (low byte), Y for the next call.
drive_block:
        stx     block
        sty     block+1
        sta     DBYTLO
        lda     #0
        sta     DBYTHI
        lda     #15
        sta     DTIMLO
        rts

; Command Y for drive. Y, N: status.
drive_try:
        lda     drive
; Command Y for drive A.
drive_send:
        sta     DUNIT
        sty     DCOMND
        lda     #$40
        cpy     #SIO_WRITE
        beq     @out
        cpy     #SIO_PERCOM
        bne     @in
@out:   asl
@in:    sta     DSTATS
        lda     #$31
        sta     DDEVIC
        lda     block
        sta     DBUFLO
        lda     block+1
        sta     DBUFHI
        jsr     SIOV
        tya
        rts

; device_name := "D1:" with the digit A.
set_device:
        sta     device_name+1
        lda     #'D'
        sta     device_name
        lda     #':'
        sta     device_name+2
        lda     #$9B
        sta     device_name+3
        rts

use_device:
        ldx     #3
@copy:  lda     device_name,x
        sta     first,x
        dex
        bpl     @copy
        rts

; DOS.SYS and DUP.SYS as they are in memory, then the boot sectors.
write_dos:
        jsr     print
        .byte   "WRITE DOS FILES: DRIVE", $9B, 0
        jsr     read_line
        jsr     drive_digit
        bcs     @back
        jsr     set_device
        jsr     print
        .byte   "Y WRITES THEM", $9B, 0
        jsr     sure
        bcc     @go
@back:  jmp     ask
@go:    ldx     #<dos_file
        jsr     system_name
        lda     #8
        jsr     open_second
        ldx     #$30
        lda     #<DOS_START
        sta     ICBAL,x
        lda     #>DOS_START
        sta     ICBAH,x
        lda     #<DOS_BYTES
        sta     ICBLL,x
        lda     #>DOS_BYTES
        sta     ICBLH,x
        lda     #CIO_PUTCHR
        jsr     call
        jsr     check
        jsr     close3
        lda     #4              ; where does it begin?
        jsr     open_second
        ldx     #$30
        lda     #CIO_NOTE
        jsr     call
        jsr     check
        jsr     close3
        ldx     #$30
        lda     #<second
        sta     ICBAL,x
        lda     #>second
        sta     ICBAH,x
        lda     ICAX3,x
        sta     ICAX1,x
        lda     ICAX4,x
        sta     ICAX2,x
        lda     #XIO_BOOT
        jsr     call
        jsr     check
        ldx     #<dup_file
        jsr     system_name
        lda     #8
        jsr     open_second
        ldx     #$30
        lda     #<saver_header
        ldy     #6
        jsr     put_text
        lda     #<saver_image
        sta     ICBAL,x
        lda     #>saver_image
        sta     ICBAH,x
        lda     #<saver_size
        sta     ICBLL,x
        lda     #>saver_size
        sta     ICBLH,x
        lda     #CIO_PUTCHR
        jsr     call
        jsr     check
        ldx     #$30
        lda     #<dup_header
        ldy     #10
        jsr     put_text
        lda     #<__CODE_LOAD__
        sta     ICBAL,x
        lda     #>__CODE_LOAD__
        sta     ICBAH,x
        lda     #<__CODE_SIZE__
        sta     ICBLL,x
        lda     #>__CODE_SIZE__
        sta     ICBLH,x
        lda     #CIO_PUTCHR
        jsr     call
        jsr     check
        ldx     #$30
        lda     #<dup_tail
        ldy     #6
        jsr     put_text
        jsr     close3
        jmp     done

; second := device and the name at X, in the page of dos_file.
system_name:
        stx     source
        lda     #>dos_file
        sta     source+1
        ldx     #2
@device:
        lda     device_name,x
        sta     second,x
        dex
        bpl     @device
        ldy     #0
@copy:  lda     (source),y
        sta     second+3,y
        iny
        cmp     #$9B
        bne     @copy
        rts

; Y bytes at A, in the page of dos_file, to IOCB X.
put_text:
        sta     ICBAL,x
        lda     #>dos_file
        sta     ICBAH,x
        tya
        sta     ICBLL,x
        lda     #0
        sta     ICBLH,x
        lda     #CIO_PUTCHR
        jsr     call
        jsr     check
        ldx     #$30
        rts

dos_file:
        .byte   "DOS.SYS", $9B
dup_file:
        .byte   "DUP.SYS", $9B
saver_header:
        .word   $FFFF, saver, saver+saver_size-1
dup_header:
        .word   INITAD, INITAD+1, saver_save
        .word   __CODE_LOAD__, __CODE_LOAD__+__CODE_SIZE__-1
dup_tail:
        .word   RUNAD, RUNAD+1, menu
        .assert >dos_file = >(dup_tail+5), lderror, "the names cross a page"

; All sectors that the table of contents does not call free from one disk to another, in as many passes as memory makes.
duplicate:
        jsr     print
        .byte   "DUPLICATE: FROM DRIVE, TO DRIVE", $9B, 0
        jsr     read_line
        jsr     drive_digit
        bcs     @back
        and     #$0F
        sta     drive
        jsr     comma
        bcs     @back
        jsr     drive_digit
        bcs     @back
        and     #$0F
        sta     other
        eor     drive
        cmp     #1
        lda     #0
        bcs     @two
        lda     #1
@two:   sta     swap
        jsr     print
        .byte   "THE COPY ERASES A DISK: Y GOES ON", $9B, 0
        jsr     sure
        bcs     @back
        jsr     ask_area
        jmp     @start
@back:  jmp     ask
@start: lda     #1
        sta     sector
        lda     #0
        sta     sector+1
@pass:  jsr     insert_source
        jsr     ask_size
        lda     sector
        sta     passed
        lda     sector+1
        sta     passed+1
        jsr     buffer_start
@read:  lda     passed
        ldx     passed+1
        jsr     past_end
        bcs     @write
        jsr     buffer_room
        bcc     @write
        lda     passed
        ldx     passed+1
        jsr     in_use
        bcc     @skip
        ldy     #SIO_READ
        lda     drive
        jsr     sector_io
        jsr     next_place
@skip:  inc     passed
        bne     @read
        inc     passed+1
        bne     @read           ; always
@write: jsr     insert_destination
        jsr     buffer_start
@put:   lda     sector
        cmp     passed
        bne     @more
        lda     sector+1
        cmp     passed+1
        beq     @passed
@more:  lda     sector
        ldx     sector+1
        jsr     in_use
        bcc     @left
        jsr     write_one
        jsr     next_place
@left:  inc     sector
        bne     @put
        inc     sector+1
        bne     @put            ; always
@passed:
        lda     sector
        ldx     sector+1
        jsr     past_end
        bcs     @done
        jmp     @pass
@done:  jmp     done

insert_source:
        lda     swap
        beq     @there
        jsr     print
        .byte   "INSERT SOURCE", 0
        jmp     wait_return
@there: rts

insert_destination:
        lda     swap
        beq     @there
        jsr     print
        .byte   "INSERT DESTINATION", 0
        jmp     wait_return
@there: rts

; Density and last sector of the source.
ask_size:
        lda     #<DVSTAT
        sta     block
        lda     #>DVSTAT
        sta     block+1
        lda     #0
        sta     long
        ldy     #SIO_STATUS
        lda     drive
        jsr     device_io
        lda     #<720
        ldx     #>720
        bit     DVSTAT
        bpl     @normal
        lda     #<1040
        ldx     #>1040
@normal:
        sta     last
        stx     last+1
        lda     DVSTAT
        and     #$20
        sta     long
        lda     sector          ; the table of contents, once
        cmp     #1
        bne     @known
        lda     sector+1
        bne     @known
        lda     #<names
        sta     block
        lda     #>names
        sta     block+1
        lda     #<360
        ldx     #>360
        jsr     @table
        lda     last+1
        cmp     #>1024
        bcc     @known
        inc     block+1
        lda     #<1024
        ldx     #>1024
@table: sta     passed
        stx     passed+1
        ldy     #SIO_READ
        lda     drive
        jmp     sector_io
@known: rts

; Carry set: sector A, X is to be copied.
in_use: sta     value
        stx     value+1
        ldy     names
        cpy     #2
        bne     @yes            ; no table of a DOS 2
        and     #7
        tay
        lda     value
        lsr     value+1
        ror
        lsr     value+1
        ror
        lsr     value+1
        ror
        tax
        cpx     #720/8
        bcc     @low
        lda     last+1
        cmp     #>1024
        bcc     @yes
        cpx     #1024/8
        bcs     @yes
        lda     names+256+84-720/8,x
        jmp     @bit
@low:   lda     names+10,x
@bit:   asl
        dey
        bpl     @bit
        bcc     @yes
        clc
        rts
@yes:   sec
        rts

; Carry set: sector A, X is behind the last.
past_end:
        cpx     last+1
        bcc     @in
        bne     @past
        cmp     last
        beq     @in
        bcs     @past
@in:    clc
        rts
@past:  sec
        rts

buffer_start:
        lda     #<buffer
        sta     block
        lda     #>buffer
        sta     block+1
        rts

; Carry clear: no room for 256 bytes more.
buffer_room:
        lda     top
        sec
        sbc     block
        lda     top+1
        sbc     block+1
        cmp     #1
        rts

next_place:
        lda     long
        bne     @page
        lda     block
        clc
        adc     #128
        sta     block
        bcc     @done
@page:  inc     block+1
@done:  rts

write_one:
        lda     sector
        sta     DAUX1
        lda     sector+1
        sta     DAUX2
        ldy     #SIO_WRITE
        lda     other
        jmp     sector_io_at

; Sector passed of drive A to or from block; Y: command.
sector_io:
        pha
        lda     passed
        sta     DAUX1
        lda     passed+1
        sta     DAUX2
        pla
sector_io_at:
        pha
        lda     #0
        ldx     #128
        sta     DBYTHI
        lda     long
        beq     @short
        lda     DAUX2
        bne     @long
        lda     DAUX1
        cmp     #4
        bcc     @short
@long:  ldx     #0
        inc     DBYTHI
@short: stx     DBYTLO
        pla
        jmp     drive_call

; Status of drive A.
device_io:
        ldx     #4
        stx     DBYTLO
        ldx     #0
        stx     DBYTHI
drive_call:
        ldx     #15
        stx     DTIMLO
        jsr     drive_send
        jmp     check
