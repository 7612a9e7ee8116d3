; New devices on the parallel bus: each has a bit of PDVS and, while selected, a ROM at $D800 in place of floating point.
        .include "os.inc"

        .segment "LOW2"

; Starts every device whose ROM identifies itself. It enters itself into PDVMSK, into PDIMSK if it interrupts, and, under GPDVV,
; into HATABS.
pbi_init:
        lda     #0
        sta     PDVMSK
        sta     PDIMSK
        lda     #1
@next:
        sta     SHPDVS
        sta     PDVS
        lda     PDID1
        cmp     #$80
        bne     @none
        lda     PDID2
        cmp     #$91
        bne     @none
        jsr     PDINIT
@none:
        asl     SHPDVS
        lda     SHPDVS
        bne     @next
        sta     PDVS
        rts

; Offers the device control block to each device. Carry set: one took it, Y = status.
pbi_sio:
        lda     PDVMSK
        beq     @nobody
        ldx     #0              ; "input and output" lies at PDIOV
@next:
        jsr     next_device
        beq     @nobody
        txa
        pha
        jsr     PDIOV
        pla
        tax
        bcc     @next
        jsr     deselect
        sec
        rts
@nobody:
        jsr     deselect
        clc
        rts

; VPIRQ: A is on the stack.
pbi_interrupt:
        txa
        pha
        lda     PDVS
        and     PDIMSK
        ldx     SHPDVS          ; interrupted while another device was selected?
        stx     PPTMPX
        sta     PPTMPA
        lda     #1
@find:
        bit     PPTMPA
        bne     @found
        asl     a
        bne     @find
        beq     @done
@found:
        sta     SHPDVS
        sta     PDVS
        tya
        pha
        lda     PPTMPX
        pha
        jsr     PDIRQV
        pla
        sta     SHPDVS
        sta     PDVS
        pla
        tay
@done:
        pla
        tax
        pla
        rti

; ---- The handler behind GPDVV: asks one device after the other until one sets carry ----
pbi_open:
        ldy     #0
        beq     ask
pbi_close:
        ldy     #2
        bne     ask
pbi_get:
        ldy     #4
        bne     ask
pbi_put:
        ldy     #6
        bne     ask
pbi_status:
        ldy     #8
        bne     ask
pbi_special:
        ldy     #10
ask:
        sta     ACMVAR+1
        sty     ACMVAR+2
        stx     ACMVAR+3        ; IOCB: who puts through ICPTL does not come by CIO
        lda     CRITIC
        pha
        lda     #1
        sta     CRITIC
        ldx     #0
@next:
        jsr     next_device
        beq     @nobody
        txa
        pha
        ldy     ACMVAR+2
        lda     ACMVAR+1
        jsr     @call
        sta     ACMVAR+1
        pla
        tax
        bcc     @next
        bcs     @done
@nobody:
        ldy     #ERR_NODEV
@done:
        jsr     deselect
        pla
        sta     CRITIC
        lda     ACMVAR+1
        cpy     #0
        rts
@call:
        ldx     ACMVAR+3
        lda     PDVECT+1,y
        pha
        lda     PDVECT,y
        pha
        lda     ACMVAR+1
        ldy     #ERR_FUNCTION
        rts

; X = the device before, 0 at first. Selects the next that PDVMSK has. Out: X, Z set when there is none.
next_device:
        txa
        bne     @shift
        lda     #1
        bne     @test
@shift:
        asl     a
        beq     @end
@test:
        tax
        and     PDVMSK
        bne     @select
        txa
        bne     @shift
@select:
        stx     SHPDVS
        stx     PDVS
        txa
@end:
        rts

deselect:
        lda     #0
        sta     SHPDVS
        sta     PDVS
        rts
