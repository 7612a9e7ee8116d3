; Copies of files.

copy:   lda     #0
        sta     swap
        jsr     print
        .byte   "COPY: FROM, TO", $9B, 0
        jsr     read_line
        jsr     first_name
        bcs     @back
        jsr     comma
        bcs     @back
        jsr     second_name
        bcs     @back
        jsr     ask_area
        jsr     is_disk
        bcs     @single         ; not from a disk
        jsr     wild
        bcs     @single
        jmp     copy_many
@single:
        jsr     copy_one
        jmp     done
@back:  jmp     ask

; Carry set: first is on no disk.
is_disk:
        lda     first
        cmp     #'D'
        clc
        beq     @disk
        sec
@disk:  rts

; Carry clear: first has a wildcard.
wild:   ldx     #0
@next:  lda     first,x
        cmp     #'*'
        beq     @wild
        cmp     #'?'
        beq     @wild
        inx
        cmp     #$9B
        bne     @next
        sec
        rts
@wild:  clc
        rts

; first to second. A device alone as destination takes the name of the source.
; With swap, the two disks take turns in their drive.
copy_one:
        jsr     complete_second
        jsr     insert_source
        lda     #4
        jsr     open_first
        jsr     read_block
        php
        jsr     insert_destination
        lda     #8
        jsr     open_second
@write: jsr     write_block
        plp
        bcs     @end
        jsr     insert_source
        jsr     read_block
        php
        jsr     insert_destination
        jmp     @write
@end:   jsr     close3          ; while its disk is in
        jmp     close2

; As much of IOCB 2 as memory takes, to buffer; size: how much. Carry set: that was all.
read_block:
        ldx     #$20
        jsr     whole_buffer
        lda     #CIO_GETCHR
        jsr     call
        lda     ICBLL+$20
        sta     size
        lda     ICBLH+$20
        sta     size+1
        cpy     #136
        beq     @end
        jsr     check
        cpy     #3
        beq     @end
        clc
        rts
@end:   sec
        rts

write_block:
        lda     size
        ora     size+1
        beq     @none
        ldx     #$30
        jsr     whole_buffer
        lda     size
        sta     ICBLL,x
        lda     size+1
        sta     ICBLH,x
        lda     #CIO_PUTCHR
        jsr     call
        jmp     check
@none:  rts

; The memory from buffer to top for IOCB X.
whole_buffer:
        lda     #<buffer
        sta     ICBAL,x
        lda     #>buffer
        sta     ICBAH,x
        lda     top
        sec
        sbc     #<buffer
        sta     ICBLL,x
        lda     top+1
        sbc     #>buffer
        sta     ICBLH,x
        rts

; Where second is "D2:", the name of first follows.
complete_second:
        ldx     #$FF
@end:   inx
        lda     second,x
        cmp     #$9B
        bne     @end
        lda     second-1,x
        cmp     #':'
        bne     @done
        lda     second
        cmp     #'D'
        bne     @done
        ldy     #$FF
@colon: iny
        lda     first,y
        cmp     #':'
        bne     @colon
@copy:  iny
        lda     first,y
        sta     second,x
        inx
        cmp     #$9B
        bne     @copy
@done:  rts

; All files that first means: their names are collected before the first is copied.
copy_many:
        jsr     insert_source
        lda     #6
        jsr     open_first
        lda     #<names
        sta     target
        lda     #>names
        sta     target+1
        lda     #0
        sta     count
@line:  ldx     #$20
        lda     #CIO_GETREC
        jsr     line_buffer
        jsr     call
        cpy     #136
        beq     @listed
        jsr     check
        lda     line
        cmp     #' '
        beq     @file
        cmp     #'*'
        bne     @line           ; the line of the free sectors
@file:  ldy     #0
@name:  lda     line+2,y
        sta     (target),y
        iny
        cpy     #11
        bne     @name
        inc     count
        lda     target
        clc
        adc     #12
        sta     target
        bcc     @line
        inc     target+1
        bne     @line           ; always
@listed:
        jsr     close2
        lda     second          ; the destination's device alone
        ldx     #0
@device:
        lda     second,x
        inx
        cmp     #$9B
        beq     @devices
        cmp     #':'
        bne     @device
        lda     #$9B
        sta     second,x
@devices:
        lda     #<names
        sta     passed
        lda     #>names
        sta     passed+1
        lda     count
        sta     left
@next:  dec     left
        bmi     @done
        jsr     take_name
        jsr     show_first
        jsr     copy_one
        ldx     #0              ; second is the device again
@colon: lda     second,x
        inx
        cmp     #':'
        bne     @colon
        lda     #$9B
        sta     second,x
        jmp     @next
@done:  jmp     done

show_first:
        lda     #<first
        ldy     #>first
        jmp     show

; The name at passed behind the colon of first, with its point.
take_name:
        lda     passed
        sta     source
        lda     passed+1
        sta     source+1
        ldx     #0
@colon: lda     first,x
        inx
        cmp     #':'
        bne     @colon
        ldy     #0
@letter:
        cpy     #8
        bne     @same
        lda     #'.'
        sta     first,x
        inx
@same:  lda     (source),y
        iny
        cmp     #' '
        beq     @blank
        sta     first,x
        inx
@blank: cpy     #11
        bne     @letter
        lda     #$9B
        sta     first,x
        lda     passed
        clc
        adc     #12
        sta     passed
        bcc     @done
        inc     passed+1
@done:  rts

; Files to another disk in the same drive.
duplicate_file:
        jsr     print
        .byte   "DUPLICATE: FILE", $9B, 0
        jsr     read_line
        jsr     first_name
        bcs     @back
        ldx     #39
@copy:  lda     first,x
        sta     second,x
        dex
        bpl     @copy
        lda     #1
        sta     swap
        jsr     ask_area
        jsr     wild
        bcs     @single
        jmp     copy_many
@single:
        jsr     copy_one
        jmp     done
@back:  jmp     ask
