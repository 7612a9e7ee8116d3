; P: the printer: lines of 40 characters, sent when EOL comes or the buffer is full.
        .include "os.inc"

PRINTER_DEVICE = $40
LINE_NORMAL    = 40
LINE_SIDEWAYS  = 29
LINE_DOUBLE    = 20

        .segment "TOP"

printer_init:
        lda     #30
        sta     PTIMOT
        rts

printer_open:
        jsr     printer_status
        lda     #0
        sta     PBPNT
        tya
        rts

; The printer's four bytes come to DVSTAT; the third says how long a line may take.
printer_status:
        lda     #<DVSTAT
        ldx     #>DVSTAT
        jsr     printer_block
        lda     #4
        sta     DBYTLO
        lda     #SIO_STATUS
        sta     DCOMND
        lda     #$40
        sta     DSTATS
        jsr     SIOV
        bmi     @done
        lda     DVSTAT+2
        beq     @done
        sta     PTIMOT
@done:
        tya
        rts

printer_put:
        sta     CHAR
        jsr     line_length
        ldx     PBPNT
        lda     CHAR
        sta     PRNBUF,x
        inx
        cmp     #EOL
        beq     fill_line
        stx     PBPNT
        cpx     PBUFSZ
        bcs     send_line
        ldy     #OK
        rts

; What is left of the line is sent too.
printer_close:
        jsr     line_length
        ldx     PBPNT
        ldy     #OK
        cpx     #0
        beq     @nothing
        lda     #EOL
        sta     PRNBUF,x
        inx
        bne     fill_line
@nothing:
        rts
fill_line:
        lda     #' '
@blank:
        cpx     PBUFSZ
        bcs     send_line
        sta     PRNBUF,x
        inx
        bne     @blank

send_line:
        lda     #0
        sta     PBPNT
        lda     #<PRNBUF
        ldx     #>PRNBUF
        jsr     printer_block
        lda     PBUFSZ
        sta     DBYTLO
        lda     #SIO_WRITE
        sta     DCOMND
        lda     #$80
        sta     DSTATS
        lda     DAUX1_NEXT
        sta     DAUX1
        jmp     SIOV
DAUX1_NEXT = TEMP1

printer_block:
        sta     DBUFLO
        stx     DBUFHI
        lda     #PRINTER_DEVICE
        sta     DDEVIC
        lda     #1
        sta     DUNIT
        lda     PTIMOT
        sta     DTIMLO
        lda     #0
        sta     DBYTHI
        sta     DAUX2
        rts

; AUX2 of the IOCB chooses the type: N normal, S sideways, D double width.
line_length:
        ldx     #LINE_NORMAL
        ldy     #'N'
        lda     ICAX2Z
        cmp     #'S'
        bne     @not_sideways
        ldx     #LINE_SIDEWAYS
        tay
@not_sideways:
        cmp     #'D'
        bne     @store
        ldx     #LINE_DOUBLE
        tay
@store:
        stx     PBUFSZ
        sty     DAUX1_NEXT
        rts
