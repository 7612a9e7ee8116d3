; The resident disk handler: sectors of D1: to D8: through the device control block. In: DUNIT, DCOMND, DBUFLO/HI, DAUX1/2.
        .include "os.inc"

TIMEOUT_IO     = 7              ; units of 64 frames
TIMEOUT_FORMAT = 160            ; until a drive tells

        .segment "HIGH"

disk_init:
        lda     #TIMEOUT_FORMAT
        sta     DSKTIM
        lda     #<128
        sta     DSCTLN
        lda     #>128
        sta     DSCTLN+1
        rts

disk_io:
        lda     #$31
        sta     DDEVIC
        lda     #TIMEOUT_IO
        ldx     DCOMND
        cpx     #SIO_FORMAT
        beq     @format
        cpx     #SIO_FORMATMD
        bne     @timeout
@format:
        lda     DSKTIM
@timeout:
        sta     DTIMLO
        ldy     DSCTLN
        lda     DSCTLN+1
        cpx     #SIO_STATUS
        bne     @length
        lda     #<DVSTAT
        sta     DBUFLO
        lda     #>DVSTAT
        sta     DBUFHI
        ldy     #4
        lda     #0
@length:
        sty     DBYTLO
        sta     DBYTHI
        lda     #$40            ; receive
        cpx     #SIO_PUT
        beq     @send
        cpx     #SIO_WRITE
        bne     @direction
@send:
        lda     #$80
@direction:
        sta     DSTATS
        jsr     SIOV
        cpy     #0
        bmi     @done
        lda     DCOMND
        cmp     #SIO_STATUS
        bne     @not_status
        lda     DVSTAT+2        ; how long this drive formats
        sta     DSKTIM
        bne     @good
@not_status:
        cmp     #SIO_FORMAT
        beq     @bad_sectors
        cmp     #SIO_FORMATMD
        bne     @good
@bad_sectors:                   ; the answer lists them, $FFFF ends it: DBYT = bytes before the end
        jsr     count_bad
@good:
        ldy     DSTATS
@done:
        rts

count_bad:
        lda     DBUFLO
        sta     BUFADR
        lda     DBUFHI
        sta     BUFADR+1
        ldy     #0
@next:
        lda     (BUFADR),y
        iny
        and     (BUFADR),y
        iny
        cmp     #$FF
        beq     @end
        cpy     #128
        bne     @next
        iny
        iny
@end:
        dey
        dey
        sty     DBYTLO
        lda     #0
        sta     DBYTHI
        rts
