; C: the cassette recorder. A file is a leader tone and records: two sync bytes $55, a control byte ($FC full,
; $FA partly, $FE end of file), 128 bytes, checksum. With short gaps the motor runs on between records.
        .include "os.inc"

CASSETTE_DEVICE = $60
RECORD          = 128
CONTROL_FULL    = $FC
CONTROL_PART    = $FA
CONTROL_END     = $FE
BAUD_600        = $05CC         ; 1.79 MHz / (2 * (1484 + 7))

LEADER_WRITE    = 1152          ; frames: 19.2 s; PAL 23
LEADER_READ     = 576
GAP_LONG        = 180           ; before a record that is written
GAP_SHORT       = 15
SKIP_LONG       = 90            ; of it that reading passes over
SKIP_SHORT      = 5

        .segment "TOP"

cassette_init:
        lda     #<BAUD_600
        sta     CBAUDL
        lda     #>BAUD_600
        sta     CBAUDH
        rts

cassette_open:
        lda     ICAX2Z
        sta     FTYPE           ; bit 7: short gaps
        lda     ICAX1Z
        and     #OPEN_READ | OPEN_WRITE
        cmp     #OPEN_WRITE
        beq     open_write
        cmp     #OPEN_READ
        beq     open_read
        ldy     #ERR_FUNCTION
        rts

; CSOPIV: FTYPE is set.
cassette_open_read:
open_read:
        lda     #0
        sta     WMODE
        sta     FEOF
        ldx     #1
        jsr     ask_for_key
        bmi     @done
        jsr     motor_on
        ldx     #<LEADER_READ   ; past the first part of the leader
        ldy     #>LEADER_READ
        jsr     wait_frames
        bmi     @done
        lda     #0
        sta     BPTR
        sta     BLIM
        ldy     #OK
@done:
        rts

open_write:
        lda     #$80
        sta     WMODE
        lda     #0
        sta     BPTR
        ldx     #2
        jsr     ask_for_key
        bmi     @done
        jsr     mark_tone
        jsr     motor_on
        ldx     #<LEADER_WRITE
        ldy     #>LEADER_WRITE
        jsr     wait_frames
@done:
        rts

; X beeps, then any key. Out: Y, N.
ask_for_key:
        lda     FREQ            ; a program may go without
        bmi     @ready
@beep:
        txa
        pha
        ldx     #10
        jsr     tone
        ldx     #20
        ldy     #0
        jsr     wait_frames
        pla
        tax
        dex
        bne     @beep
        lda     #$FF
        sta     CH
        jsr     read_key
        bmi     @done
@ready:
        ldy     #OK
@done:
        rts
tone:
        txa
        pha
        jsr     beep
        pla
        tax
        dex
        bne     tone
        rts

cassette_status:
        ldy     #OK
        rts

; ---- GET ----
cassette_get:
        lda     FEOF
        bne     @end
@again:
        ldx     BPTR
        cpx     BLIM
        bcc     @byte
        jsr     cassette_read_block
        bmi     @error
        lda     CASBUF+2
        cmp     #CONTROL_END
        beq     @end_block
        cmp     #CONTROL_PART
        bne     @again
        lda     CASBUF+3+RECORD-1
        sta     BLIM
        jmp     @again
@byte:
        lda     CASBUF+3,x
        inc     BPTR
        ldy     #OK
        rts
@end_block:
        dec     FEOF
@end:
        ldy     #ERR_EOF
@error:
        rts

; RBLOKV: the next record to CASBUF. Out: BPTR = 0, BLIM = 128.
cassette_read_block:
        lda     #RECORD
        sta     BLIM
        jsr     block_at_buffer
        lda     #SIO_READ
        ldx     #$40
        jsr     transfer
        lda     #0
        sta     BPTR
        tya
        rts

; ---- PUT ----
cassette_put:
        ldx     BPTR
        sta     CASBUF+3,x
        inx
        stx     BPTR
        ldy     #OK
        cpx     #RECORD
        bne     @done
        lda     #CONTROL_FULL
        jsr     write_record
@done:
        rts

; A = control byte
write_record:
        sta     CASBUF+2
        lda     #$55
        sta     CASBUF
        sta     CASBUF+1
        jsr     block_at_buffer
        lda     #SIO_PUT
        ldx     #$80
        jsr     transfer
        lda     #0
        sta     BPTR
        tya
        rts

cassette_close:
        ldy     #OK
        lda     WMODE
        bpl     @motor_off
        ldx     BPTR
        beq     @end_record
        stx     CASBUF+3+RECORD-1
        lda     #CONTROL_PART
        jsr     write_record
        bmi     @motor_off
@end_record:
        ldx     #RECORD-1
        lda     #0
@clear:
        sta     CASBUF+3,x
        dex
        bpl     @clear
        lda     #CONTROL_END
        jsr     write_record
@motor_off:
        lda     #MOTOR_OFF
        sta     PACTL
        lda     #0
        sta     WMODE
        jmp     sio_quiet

block_at_buffer:
        lda     #<CASBUF
        sta     DBUFLO
        lda     #>CASBUF
        sta     DBUFHI
        lda     #RECORD+3
        sta     DBYTLO
        lda     #0
        sta     DBYTHI
        lda     #CASSETTE_DEVICE
        sta     DDEVIC
        lda     #1
        sta     DUNIT
        lda     #35
        sta     DTIMLO
        lda     FTYPE
        sta     DAUX2
        rts
transfer:
        sta     DCOMND
        stx     DSTATS
        jmp     SIOV

; ---- The part of SIO that serves the recorder: no command, no answer, only a frame ----
cassette_transfer:
        jsr     motor_on
        bit     DSTATS
        bmi     @write
        jsr     gap_read
        jsr     measure_speed
        bmi     @after
        jsr     caller_behind_sync
        jsr     start_receiving
        lda     #$AA            ; $55 + $55
        sta     CHKSUM
        jsr     await_frame
        jmp     @after
@write:
        jsr     mark_tone
        ldx     #GAP_LONG
        ldy     #0
        bit     DAUX2
        bpl     @gap
        ldx     #GAP_SHORT
@gap:
        jsr     wait_frames
        jsr     cassette_baud
        jsr     callers_buffer
        lda     #$0B            ; keep the two tones
        sta     SSKCTL
        jsr     sio_send_frame
@after:
        bit     DAUX2           ; short gaps: the motor runs on
        bmi     @done
        lda     #MOTOR_OFF
        sta     PACTL
@done:
        tya
        rts

gap_read:
        ldx     #SKIP_SHORT
        bit     DAUX2
        bmi     @wait
        ldx     #SKIP_LONG
@wait:
        ldy     #0
        jmp     wait_frames

; The two sync bytes have been timed: they are put where the frame begins and are part of its sum.
caller_behind_sync:
        jsr     callers_buffer
        ldy     #0
        lda     #$55
        sta     (BUFRLO),y
        iny
        sta     (BUFRLO),y
        clc
        lda     BUFRLO
        adc     #2
        sta     BUFRLO
        bcc     @done
        inc     BUFRHI
@done:
        rts

cassette_baud:
        lda     CBAUDL
        sta     AUDF3
        lda     CBAUDH
        sta     AUDF4
        lda     #$28
        sta     AUDCTL
        rts

; Two tones: 5,327 Hz for 1, 3,995 Hz for 0.
mark_tone:
        lda     #5
        sta     AUDF1
        lda     #7
        sta     AUDF2
        jsr     cassette_baud
        lda     #$0B
        sta     SSKCTL
        lda     #$2B
        sta     SKCTL
        rts

; Times the 19 bits between the first and the last edge of the two sync bytes in units of two lines (228 cycles):
; AUDF = units * 228 / 19 / 2 - 7 = units * 6 - 7. Out: Y = status.
measure_speed:
        lda     #3              ; POKEY shall not take the sync bytes for data at another speed
        sta     SKCTL
        jsr     callers_timeout
        jsr     set_timer1
        lda     VCOUNT
        sta     TIMER2
@start:                         ; the start bit
        lda     BRKKEY
        beq     @break
        lda     TIMFLG
        beq     @timed_out
        lda     SKSTAT
        and     #$10
        bne     @start
        sta     TIMER1
        sta     TIMER1+1
        tay                     ; the level
        ldx     #19
@edge:
        lda     VCOUNT
        cmp     TIMER2
        beq     @same_line
        sta     TIMER2
        inc     TIMER1
        bne     @same_line
        inc     TIMER1+1
        bmi     @timed_out
@same_line:
        tya
        eor     SKSTAT
        and     #$10
        beq     @edge
        tya
        eor     #$10
        tay
        dex
        bne     @edge
        lda     TIMER1          ; * 2
        asl     a
        rol     TIMER1+1
        sta     CBAUDL
        ldx     TIMER1+1
        stx     CBAUDH
        asl     a               ; * 4
        rol     TIMER1+1
        clc
        adc     CBAUDL
        tay
        lda     TIMER1+1
        adc     CBAUDH
        tax
        sec
        tya
        sbc     #7
        sta     CBAUDL
        txa
        sbc     #0
        sta     CBAUDH
        jsr     cassette_baud
        ldx     #0
        ldy     #240            ; 132 bytes at 600 baud take 2.2 s
        jsr     set_timer1
        ldy     #OK
        rts
@timed_out:
        ldy     #ERR_TIMEOUT
        rts
@break:
        dec     BRKKEY
        ldy     #ERR_BREAK
        rts

motor_on:
        lda     #MOTOR_ON
        sta     PACTL
        rts

; X low, Y high: so many frames. Out: Y = status, N.
wait_frames:
        stx     TIMER2
        tya
        tax
        ldy     TIMER2
        jsr     set_timer1
@wait:
        lda     BRKKEY
        beq     @break
        lda     TIMFLG
        bne     @wait
        ldy     #OK
        rts
@break:
        dec     BRKKEY
        ldy     #ERR_BREAK
        rts
