; SIO: talks to the devices on the serial bus. In: the device control block at $0300. Out: Y and DSTATS = status.
; A command frame (device, command, two bytes more, checksum) goes out under the COMMAND line; the device answers
; A or N, takes or sends a data frame, and answers C or E (Atari OS manual, serial bus protocol).
        .include "os.inc"

COMMAND_TRIES = 13              ; repeats of an unanswered command
DEVICE_TRIES  = 1               ; repeats of everything
ACK_FRAMES    = 2               ; 16.7 to 33 ms; a device has 16
SEND_FRAMES   = 8               ; without one byte more sent; the slowest tape needs 2
BAUD_19200    = 40              ; 1.79 MHz / (2 * (40 + 7))

        .segment "HIGH"

; SIOINV
sio_init:
        lda     #MOTOR_OFF
        sta     PACTL
        lda     #COMMAND_OFF
        sta     PBCTL
        lda     #3
        sta     SOUNDR
        sta     SSKCTL
        sta     SKCTL
sio_quiet:
        lda     #0
        sta     AUDC1
        sta     AUDC2
        sta     AUDC3
        sta     AUDC4
        rts

sio:
        lda     #DEVICE_TRIES
        ldx     #COMMAND_TRIES
        bne     with_tries
; The same without repeats: for questions that nobody needs to answer.
sio_single:
        lda     #0
        tax
with_tries:
        sta     DRETRY
        stx     TEMP3
        lda     #1
        sta     CRITIC
        jsr     pbi_sio         ; a device on the parallel bus may take it
        bcs     sio_end
        lda     DDEVIC
        cmp     #$60
        bne     @repeat
        jsr     cassette_transfer
        jmp     sio_end
@repeat:
        lda     TEMP3
        sta     CRETRY
@command:
        jsr     send_command
        cpy     #OK
        beq     @accepted
        cpy     #ERR_BREAK
        beq     sio_end
        dec     CRETRY
        bpl     @command
        bmi     @again
@accepted:
        jsr     data_phase
        cpy     #OK
        beq     sio_end
        cpy     #ERR_BREAK
        beq     sio_end
@again:
        dec     DRETRY
        bpl     @repeat

; Y = status: everything at rest.
sio_end:
        sty     STATUS
        jsr     sio_quiet
        lda     #COMMAND_OFF
        sta     PBCTL
        lda     POKMSK
        and     #<~(IRQ_SERIN | IRQ_SEROUT | IRQ_XMTDON)
        sta     POKMSK
        sta     IRQEN
        lda     #0
        sta     NOCKSM
        sta     CRITIC
        ldy     STATUS
        sty     DSTATS
        rts

; Sends the command frame and waits for the answer. Out: Y = status.
send_command:
        lda     DUNIT
        clc
        adc     DDEVIC
        sec
        sbc     #1
        sta     CDEVIC
        lda     DCOMND
        sta     CCOMND
        lda     DAUX1
        sta     CAUX1
        lda     DAUX2
        sta     CAUX2
        jsr     baud_normal
        lda     #<CDEVIC
        ldx     #>CDEVIC
        ldy     #4
        jsr     buffer_at
        lda     #COMMAND_ON
        sta     PBCTL
        ldx     #8              ; 1 ms before the first byte
        jsr     wait_lines
        jsr     sio_send_frame
        cpy     #OK
        bne     @done
        ldx     #7              ; 0.9 ms after the last
        jsr     wait_lines
        jsr     sio_receive_on
        lda     #COMMAND_OFF
        sta     PBCTL
        ldy     #ACK_FRAMES
        ldx     #0
        jsr     get_answer
@done:
        lda     #COMMAND_OFF
        sta     PBCTL
        rts

; After the command was accepted. Out: Y = status.
data_phase:
        bit     DSTATS
        bpl     @complete
        ldx     #8              ; the device needs a moment
        jsr     wait_lines
        jsr     callers_buffer
        jsr     sio_send_frame
        cpy     #OK
        bne     @done
        jsr     sio_receive_on
        ldy     #ACK_FRAMES
        ldx     #0
        jsr     get_answer
        cpy     #OK
        bne     @done
@complete:
        jsr     callers_timeout
        jsr     get_answer
        cpy     #OK
        beq     @data
        cpy     #ERR_DEVICE
        bne     @done
@data:
        sty     ERRFLG          ; an E is still followed by data
        bit     DSTATS
        bvc     @no_data
        jsr     callers_buffer
        jsr     start_receiving
        jsr     callers_timeout
        jsr     set_timer1
        jsr     await_frame
        cpy     #OK
        bne     @done
@no_data:
        ldy     ERRFLG
@done:
        rts

; Receives one byte within YX frames: A or C is good, N or E is not. Out: Y.
get_answer:
        txa
        pha
        tya
        pha
        lda     #<TEMP
        ldx     #>TEMP
        ldy     #1
        jsr     buffer_at
        lda     #$FF            ; no checksum follows
        sta     NOCKSM
        jsr     start_receiving
        pla
        tay
        pla
        tax
        jsr     set_timer1
        jsr     await_frame
        cpy     #OK
        bne     @done
        lda     TEMP
        ldy     #OK
        cmp     #'A'
        beq     @done
        cmp     #'C'
        beq     @done
        ldy     #ERR_DEVICE
        cmp     #'E'
        beq     @done
        ldy     #ERR_NAK
@done:
        rts

; ---- Frames ----

; Sends from BUFRLO up to BFENLO, and the checksum. Out: Y = status.
sio_send_frame:
        lda     #$23            ; transmit with channel 4's clock
        jsr     serial_mode
        lda     #0
        sta     CHKSNT
        sta     XMTDON
        tay
        lda     (BUFRLO),y
        sta     CHKSUM
        jsr     watch_sending
        php
        sei
        lda     POKMSK
        and     #<~(IRQ_SERIN | IRQ_SEROUT | IRQ_XMTDON)
        sta     IRQEN           ; latches from before are dropped
        ora     #IRQ_SEROUT
        sta     POKMSK
        sta     IRQEN           ; before the byte: the next cycle may move it on, and POKEY forgets what is not enabled
        lda     CHKSUM
        sta     SEROUT
        plp
@watch:
        ldy     BUFRHI          ; high first: what an interrupt tears is behind us, never ahead
        ldx     BUFRLO
@wait:
        lda     BRKKEY
        beq     broken
        lda     XMTDON
        bne     @sent
        lda     TIMFLG
        bne     @wait
        cpx     BUFRLO
        bne     @goes_on
        cpy     BUFRHI
        bne     @goes_on
        ldy     #ERR_TIMEOUT
        rts
@goes_on:
        jsr     watch_sending
        jmp     @watch
@sent:
        ldy     #OK
        rts

; Waits for the frame that the interrupts collect. Out: Y = status.
await_frame:
        lda     BRKKEY
        beq     broken
        lda     RECVDN
        bne     @complete
        lda     TIMFLG
        bne     await_frame
        ldy     #ERR_TIMEOUT
        rts
@complete:
        ldy     STATUS
        rts
broken:
        lda     #$FF
        sta     BRKKEY
        ldy     #ERR_BREAK
        rts

start_receiving:
        lda     #OK
        sta     STATUS
        lda     #0
        sta     CHKSUM
        sta     BUFRFL
        sta     RECVDN
sio_receive_on:
        lda     #$13            ; receive, the clock started by each start bit
        jsr     serial_mode
        sta     SKREST
        lda     POKMSK
        and     #<~(IRQ_SEROUT | IRQ_XMTDON)
        ora     #IRQ_SERIN
        sta     POKMSK
        sta     IRQEN
        rts

; SENDEV: ready to transmit.
send_enable:
        lda     #$23
        jsr     serial_mode
        lda     POKMSK
        and     #<~(IRQ_SERIN | IRQ_XMTDON)
        ora     #IRQ_SEROUT
        sta     POKMSK
        sta     IRQEN
        rts

; A = $23 or $13; keeps the two-tone bit that the cassette sets.
serial_mode:
        pha
        lda     SSKCTL
        and     #$08
        sta     SSKCTL
        pla
        cmp     #$23
        bne     @receive
        ora     SSKCTL
@receive:
        sta     SSKCTL
        sta     SKCTL
        ldx     #$A0            ; silent
        lda     SOUNDR
        beq     @volume
        ldx     #$A8
@volume:
        stx     AUDC4
        rts

baud_normal:
        lda     #BAUD_19200
        ldx     #0
        sta     AUDF3
        stx     AUDF4
        lda     #$28            ; channels 3 and 4 joined, at 1.79 MHz
        sta     AUDCTL
        lda     #3
        sta     SSKCTL
        rts

; ---- Buffers ----

; AX = address, Y = length
buffer_at:
        sta     BUFRLO
        stx     BUFRHI
        tya
        clc
        adc     BUFRLO
        sta     BFENLO
        lda     #0
        adc     BUFRHI
        sta     BFENHI
        rts

callers_buffer:
        clc
        lda     DBUFLO
        sta     BUFRLO
        adc     DBYTLO
        sta     BFENLO
        lda     DBUFHI
        sta     BUFRHI
        adc     DBYTHI
        sta     BFENHI
        rts

; ---- Time ----

; DTIMLO is in units of 64 frames. Out: X, Y = frames.
callers_timeout:
        lda     #0
        sta     LTEMP_LOW
        lda     DTIMLO
        lsr     a
        ror     LTEMP_LOW
        lsr     a
        ror     LTEMP_LOW
        tax
        ldy     LTEMP_LOW
        bne     @done
        cpx     #0
        bne     @done
        iny
@done:
        rts
LTEMP_LOW = TEMP3+1             ; SAVIO

watch_sending:
        ldx     #0
        ldy     #SEND_FRAMES
; Timer 1: X high, Y low frames until TIMFLG is cleared. It stops first: the end of the time before must not count.
set_timer1:
        lda     #0
        sta     CDTMV1+1
        sta     CDTMV1
        lda     #<sio_timed_out
        sta     CDTMA1
        lda     #>sio_timed_out
        sta     CDTMA1+1
        lda     #1
        sta     TIMFLG
        jmp     set_vector

sio_timed_out:
        lda     #0
        sta     TIMFLG
        rts

; X * 2 lines of the beam.
wait_lines:
        lda     VCOUNT
@same:
        cmp     VCOUNT
        beq     @same
        dex
        bne     wait_lines
        rts
