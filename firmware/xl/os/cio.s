; CIO: one way to every device. In: X = 16 * IOCB, A = a byte when the length is 0. Out: Y = status, N set on error.
; The IOCB is worked on in page zero; only status and length go back.
        .include "os.inc"

        .segment "HIGH"

cio_init:
        ldx     #0
@next:
        lda     #$FF
        sta     ICHID,x
        lda     #<(not_open-1)
        sta     ICPTL,x
        lda     #>(not_open-1)
        sta     ICPTH,x
        txa
        clc
        adc     #$10
        tax
        bpl     @next
        rts

not_open:
        ldy     #ERR_NOTOPEN
        rts

cio:
        sta     CIOCHR
        stx     ICIDNO
        txa
        and     #$0F
        bne     @bad_iocb
        cpx     #$80
        bcc     @fetch
@bad_iocb:
        ldy     #ERR_IOCB
        lda     CIOCHR
        cpy     #0
        rts

@fetch:
        ldy     #0
@copy:
        lda     ICHID,x
        sta     ZIOCB,y
        inx
        iny
        cpy     #12
        bne     @copy
        lda     ICCOMZ
        cmp     #CIO_OPEN
        bcc     @bad_command
        beq     @open
        cmp     #CIO_CLOSE
        beq     @close
        bcs     @special
        ldy     ICHIDZ          ; input and output need an open IOCB
        bmi     @closed
        cpy     #$7F
        bne     @transfer
        jsr     load_provisional
        bmi     finish
@transfer:
        lda     ICCOMZ
        cmp     #CIO_PUTREC-1
        bcs     @put
        jmp     cio_get
@put:
        jmp     cio_put
@open:
        jmp     cio_open
@close:
        jmp     cio_close
@special:
        jmp     status_or_special
@bad_command:
        ldy     #ERR_COMMAND
        bne     finish
@closed:
        ldy     #ERR_NOTOPEN

; Y = status: back to the IOCB and the caller.
finish:
        sty     ICSTAZ
        ldx     ICIDNO
        lda     ICBLLZ
        sta     ICBLL,x
        lda     ICBLHZ
        sta     ICBLH,x
        tya
        sta     ICSTA,x
        lda     #0
        sta     HNDLOD
        lda     CIOCHR
        ldy     ICSTAZ
        rts

; ---- OPEN ----
cio_open:
        lda     ICHIDZ
        cmp     #$FF
        beq     @closed
        ldy     #ERR_INUSE
        bne     finish
@closed:
        jsr     find_device
        bcs     @unknown
        jsr     open_found
        jmp     finish
@unknown:
        jsr     poll_device     ; somebody on the serial bus may bring the handler
        jmp     finish

; Opens device ICHIDZ. Out: Y = status, N.
open_found:
        ldy     #HANDLER_OPEN
        jsr     call_handler
        cpy     #0
        bmi     @failed
        ldx     ICIDNO
        lda     ICHIDZ
        sta     ICHID,x
        lda     ICDNOZ
        sta     ICDNO,x
        jsr     handler_of_device
        ldy     #HANDLER_PUT
        lda     (ICAX3Z),y
        sta     ICPTL,x
        iny
        lda     (ICAX3Z),y
        sta     ICPTH,x
        ldy     ICSTAZ
@failed:
        rts

; ---- CLOSE ----
cio_close:
        ldy     #OK
        sty     ICSTAZ
        lda     ICHIDZ
        bmi     @closed
        cmp     #$7F
        beq     @forget
        ldy     #HANDLER_CLOSE
        jsr     call_handler
@forget:
        ldx     ICIDNO
        lda     #$FF
        sta     ICHID,x
        lda     #<(not_open-1)
        sta     ICPTL,x
        lda     #>(not_open-1)
        sta     ICPTH,x
@closed:
        ldy     ICSTAZ
        jmp     finish

; ---- STATUS and everything above: on a closed IOCB the device is only looked up ----
status_or_special:
        lda     ICHIDZ
        bpl     @open
        jsr     find_device
        bcc     @call
        ldy     #ERR_NODEV
        jmp     finish
@open:
        cmp     #$7F
        bne     @call
        jsr     load_provisional
        bmi     @done
@call:
        ldy     #HANDLER_STATUS
        lda     ICCOMZ
        cmp     #CIO_STATUS
        beq     @go
        ldy     #HANDLER_SPECIAL
@go:
        jsr     call_handler
@done:
        jmp     finish

; ---- GET ----
cio_get:
        lda     ICAX1Z
        and     #OPEN_READ
        bne     @allowed
        ldy     #ERR_WRITEONLY
        jmp     finish
@allowed:
        jsr     length_is_zero
        bne     @loop
        jsr     get_byte        ; into A alone
        jmp     finish
@loop:
        jsr     get_byte
        bmi     @stop
        ldy     #0
        sta     (ICBALZ),y
        jsr     one_done
        lda     ICCOMZ
        and     #2
        bne     @more           ; GET BYTES looks at the count only
        lda     CIOCHR
        cmp     #EOL
        beq     @stop
@more:
        jsr     length_is_zero
        bne     @loop
        lda     ICCOMZ
        and     #2
        bne     @stop
@skip:                          ; the record is too long: drop the rest
        jsr     get_byte
        bmi     @stop
        cmp     #EOL
        bne     @skip
        lda     ICBALZ
        bne     @back
        dec     ICBAHZ
@back:
        dec     ICBALZ
        ldy     #0
        lda     #EOL            ; and end what there is
        sta     (ICBALZ),y
        lda     #ERR_TRUNCATED
        sta     ICSTAZ
@stop:
        jsr     count_moved
        ldy     ICSTAZ
        jmp     finish

; Out: A = CIOCHR, ICSTAZ, N set on error.
get_byte:
        ldy     #HANDLER_GET
        jsr     call_handler
        sta     CIOCHR
        cpy     #0
        rts

; ---- PUT ----
cio_put:
        lda     ICAX1Z
        and     #OPEN_WRITE
        bne     @allowed
        ldy     #ERR_READONLY
        jmp     finish
@allowed:
        jsr     length_is_zero
        bne     @loop
        lda     CIOCHR
        jsr     put_byte
        jmp     finish
@loop:
        ldy     #0
        lda     (ICBALZ),y
        sta     CIOCHR
        jsr     put_byte
        bmi     @stop
        jsr     one_done
        lda     ICCOMZ
        and     #2
        bne     @more
        lda     CIOCHR
        cmp     #EOL
        beq     @stop
@more:
        jsr     length_is_zero
        bne     @loop
        lda     ICCOMZ
        and     #2
        bne     @stop
        lda     #EOL            ; a record ends with one
        jsr     put_byte
@stop:
        jsr     count_moved
        ldy     ICSTAZ
        jmp     finish

put_byte:
        ldy     #HANDLER_PUT
        jsr     call_handler
        cpy     #0
        rts

; ---- Counting ----
length_is_zero:
        lda     ICBLLZ
        ora     ICBLHZ
        rts

one_done:
        inc     ICBALZ
        bne     @same_page
        inc     ICBAHZ
@same_page:
        lda     ICBLLZ
        bne     @low
        dec     ICBLHZ
@low:
        dec     ICBLLZ
        rts

; The IOCB still holds the length asked for.
count_moved:
        ldx     ICIDNO
        sec
        lda     ICBLL,x
        sbc     ICBLLZ
        sta     ICBLLZ
        lda     ICBLH,x
        sbc     ICBLHZ
        sta     ICBLHZ
        rts

; ---- Handlers ----
HANDLER_OPEN    = 0
HANDLER_CLOSE   = 2
HANDLER_GET     = 4
HANDLER_PUT     = 6
HANDLER_STATUS  = 8
HANDLER_SPECIAL = 10

; ICAX3Z = the handler table of device ICHIDZ. Keeps X, Y.
handler_of_device:
        stx     COUNTR_X
        ldx     ICHIDZ
        lda     HATABS+1,x
        sta     ICAX3Z
        lda     HATABS+2,x
        sta     ICAX4Z
        ldx     COUNTR_X
        rts
COUNTR_X = ACMVAR

; Calls entry Y of the handler with A; Out: A from the handler, Y and ICSTAZ the status.
call_handler:
        pha
        jsr     handler_of_device
        pla
        tax
        lda     (ICAX3Z),y
        pha
        iny
        lda     (ICAX3Z),y
        sta     ICAX4Z
        pla
        sta     ICAX3Z
        txa
        ldx     ICIDNO
        ldy     #ERR_FUNCTION
        jsr     @go
        sty     ICSTAZ
        rts
@go:
        sta     COUNTR_X
        lda     ICAX4Z
        pha
        lda     ICAX3Z
        pha
        lda     COUNTR_X
        rts

; Looks the name at ICBALZ up in HATABS, the latest entry first. Out: carry clear, ICHIDZ, ICDNOZ.
find_device:
        ldy     #0
        lda     (ICBALZ),y
        beq     @none
        ldx     #HATABS_LAST
@next:
        cmp     HATABS,x
        beq     @found
        dex
        dex
        dex
        bpl     @next
@none:
        jsr     @unit
        ldy     #ERR_NODEV
        sty     ICSTAZ
        sec
        rts
@found:
        stx     ICHIDZ
        jsr     @unit
        clc
        rts
@unit:
        ldy     #1              ; a digit, or 1
        lda     (ICBALZ),y
        sec
        sbc     #'0'
        cmp     #10
        bcs     @first
        cmp     #0
        bne     @store
@first:
        lda     #1
@store:
        sta     ICDNOZ
        rts
HATABS_LAST = 33
