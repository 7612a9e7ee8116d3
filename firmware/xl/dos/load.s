; Binary files: $FFFF, then segments of first address, last address and data. After a segment that set INITAD, that is
; called; at the end RUNAD is run.

; Loads the file that X (low byte), Y names. Carry set: Y is the status.
load_binary:
        stx     IOCB1+ICBAL-IOCB
        sty     IOCB1+ICBAH-IOCB
        jsr     load_close
        lda     #CIO_OPEN
        sta     IOCB1+ICCOM-IOCB
        lda     #OPEN_READ
        sta     IOCB1+ICAX1-IOCB
        lda     #0
        sta     IOCB1+ICAX2-IOCB
        sta     RUNAD
        sta     RUNAD+1
        jsr     load_call
        bmi     @failed
        jsr     load_word
        bmi     @failed
        lda     header
        and     header+1
        cmp     #$FF
        bne     @foreign
@segment:
        jsr     load_word
        bpl     @start
        cpy     #136
        bne     @failed
        jsr     load_close
        clc
        rts
@start: lda     header
        and     header+1
        cmp     #$FF
        beq     @segment
        lda     header
        sta     header+2
        lda     header+1
        sta     header+3
        lda     #0
        sta     INITAD
        sta     INITAD+1
        jsr     load_word
        bmi     @failed
        lda     header+2
        sta     IOCB1+ICBAL-IOCB
        lda     header+3
        sta     IOCB1+ICBAH-IOCB
        lda     header
        sec
        sbc     header+2
        tax
        lda     header+1
        sbc     header+3
        bcc     @foreign        ; it ends before it begins
        inx
        bne     @length
        adc     #0              ; carry is set
@length:
        stx     IOCB1+ICBLL-IOCB
        sta     IOCB1+ICBLH-IOCB
        jsr     load_call
        bmi     @failed
        lda     INITAD+1
        beq     @segment
        jsr     @init
        jmp     @segment
@init:  jmp     (INITAD)
@foreign:
        ldy     #E_SYSTEM
@failed:
        tya
        pha
        jsr     load_close
        pla
        tay
        sec
        rts

; The next two bytes to header.
load_word:
        lda     #<header
        sta     IOCB1+ICBAL-IOCB
        lda     #>header
        sta     IOCB1+ICBAH-IOCB
        lda     #2
        sta     IOCB1+ICBLL-IOCB
        lda     #0
        sta     IOCB1+ICBLH-IOCB
        lda     #CIO_GETCHR
        sta     IOCB1+ICCOM-IOCB
load_call:
        ldx     #$10
        jmp     CIOV

load_close:
        lda     #CIO_CLOSE
        sta     IOCB1+ICCOM-IOCB
        bne     load_call       ; always

; Loads and runs; comes back with carry clear if there is nothing to run or it returns.
load_and_run:
        jsr     load_binary
        bcs     @failed
        lda     RUNAD+1
        beq     @nothing
        jmp     (RUNAD)
@nothing:
        clc
@failed:
        rts
