; The three interrupts of the serial port: a byte came, the next may go, all are gone.
        .include "os.inc"

        .segment "HIGH"

; VSERIN: one more byte, or the checksum after the last. Lean: a fast device sends a byte every 140 cycles.
serial_in:
        tya
        pha
        lda     SKSTAT
        sta     SKREST
        eor     #$FF
        and     #$A0            ; frame error, overrun
        bne     @fault
@byte:
        lda     BUFRFL
        bne     @checksum
        lda     SERIN
        ldy     #0
        sta     (BUFRLO),y
        clc
        adc     CHKSUM
        adc     #0
        sta     CHKSUM
        inc     BUFRLO
        bne     @same_page
        inc     BUFRHI
@same_page:
        lda     BUFRLO
        cmp     BFENLO
        bne     @return
        lda     BUFRHI
        cmp     BFENHI
        bne     @return
        lda     NOCKSM
        bne     @no_checksum
        dec     BUFRFL          ; $FF
@return:
        pla
        tay
        pla
        rti
@checksum:
        lda     SERIN
        cmp     CHKSUM
        beq     @received
        lda     #ERR_CHECKSUM
        sta     STATUS
@received:
        lda     #$FF
        sta     RECVDN
        pla
        tay
        pla
        rti
@no_checksum:
        lda     #0
        sta     NOCKSM
        lda     #$FF
        sta     BUFRFL
        bne     @received
@fault:
        ldy     #ERR_FRAME
        asl     a
        bcs     @which
        ldy     #ERR_OVERRUN
@which:
        sty     STATUS
        bne     @byte

; VSEROR: the next byte, after the last the checksum, after that nothing.
serial_out:
        tya
        pha
        inc     BUFRLO
        bne     @same_page
        inc     BUFRHI
@same_page:
        lda     BUFRLO
        cmp     BFENLO
        lda     BUFRHI
        sbc     BFENHI
        bcs     @end
        ldy     #0
        lda     (BUFRLO),y
        sta     SEROUT
        clc
        adc     CHKSUM
        adc     #0
        sta     CHKSUM
        jmp     @return
@end:
        lda     CHKSNT
        bne     @all_sent
        lda     CHKSUM
        sta     SEROUT
        dec     CHKSNT          ; $FF
        bne     @return
@all_sent:
        lda     POKMSK
        and     #<~IRQ_SEROUT
        ora     #IRQ_XMTDON
        sta     POKMSK
        sta     IRQEN
@return:
        pla
        tay
        pla
        rti

; VSEROC
serial_done:
        lda     CHKSNT
        beq     @return
        sta     XMTDON
        lda     POKMSK
        and     #<~IRQ_XMTDON
        sta     POKMSK
        sta     IRQEN
@return:
        pla
        rti
