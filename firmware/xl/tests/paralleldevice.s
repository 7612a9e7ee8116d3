; A device of the parallel bus, for the tests: writes down how it was called. It takes SIO's commands for device $77.
        .setcpu "6502"
        .include "atari.inc"

CLEAR      = $D1FE              ; written: the interrupt is served
started    = $4F00
command    = $4F01              ; DCOMND, DAUX1
passed     = $4F03              ; commands that it left to others
interrupts = $4F04
opened     = $4F05              ; IOCB, AUX1
kept       = $4F07              ; byte, IOCB
closed     = $4F09
special    = $4F0A              ; command
selected   = $4F0B              ; SHPDVS at the interrupt

        .word   0               ; sum
        .byte   1, $80, 0       ; version, ID, kind
        jmp     low_level
        jmp     interrupt
        .byte   $91, 'Q'
        .word   open-1, close-1, get-1, put-1, status-1, do_special-1
        jmp     start

start:  inc     started
        lda     SHPDVS
        ora     PDVMSK
        sta     PDVMSK
        lda     SHPDVS
        ora     PDIMSK
        sta     PDIMSK
        ldx     #'Q'
        lda     #>GPDVV
        ldy     #<GPDVV
        jmp     PHENTV

low_level:
        lda     DDEVIC
        cmp     #$77
        beq     @ours
        inc     passed
        clc
        rts
@ours:  lda     DCOMND
        sta     command
        lda     DAUX1
        sta     command+1
        ldy     #OK
        sec
        rts

interrupt:
        inc     interrupts
        lda     SHPDVS
        sta     selected
        sta     CLEAR
        rts

open:   stx     opened
        lda     ICAX1Z
        sta     opened+1
        jmp     good
put:    sta     kept
        stx     kept+1
        jmp     good
get:    lda     kept
        jmp     good
close:  inc     closed
        jmp     good
do_special:
        lda     ICCOMZ
        sta     special
good:   ldy     #OK
        sec
        rts
status: ldy     #ERR_NAK
        sec
        rts
