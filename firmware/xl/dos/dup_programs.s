; Binary files, addresses, the cartridge.

load:   jsr     print
        .byte   "BINARY LOAD: FILE", $9B, 0
        jsr     read_line
        jsr     first_name
        bcs     @back
        jsr     install
        ldx     #27
@name:  lda     first,x
        sta     saver_name,x
        dex
        bpl     @name
        jmp     saver_load
@back:  jmp     ask

save:   jsr     print
        .byte   "BINARY SAVE: FILE,START,END,INIT,RUN", $9B, 0
        jsr     read_line
        jsr     second_name
        bcs     @back
        jsr     comma
        bcs     @back
        jsr     number
        bcs     @back
        jsr     to_sector
        jsr     comma
        bcs     @back
        jsr     number
        bcs     @back
        lda     value
        sta     last
        lda     value+1
        sta     last+1
        lda     last            ; the end is not before the start
        cmp     sector
        lda     last+1
        sbc     sector+1
        bcs     @ordered
@back:  jmp     ask
@ordered:
        lda     #8
        jsr     open_second
        lda     #$FF
        sta     line+100
        sta     line+101
        ldy     #3
@header:
        lda     sector,y        ; sector and last lie one behind the other
        sta     line+102,y
        dey
        bpl     @header
        lda     #6
        jsr     put_line
        lda     sector
        sta     ICBAL,x
        lda     sector+1
        sta     ICBAH,x
        lda     last
        sec
        sbc     sector
        sta     ICBLL,x
        lda     last+1
        sbc     sector+1
        sta     ICBLH,x
        inc     ICBLL,x
        bne     @length
        inc     ICBLH,x
@length:
        lda     #CIO_PUTCHR
        jsr     call
        jsr     check
        lda     #<INITAD
        jsr     vector
        lda     #<RUNAD
        jsr     vector
        jsr     close3
        jmp     done

to_sector:
        lda     value
        sta     sector
        lda     value+1
        sta     sector+1
        rts

; A segment that sets the vector at $0200+A to the next number of the line, if there is one.
vector: sta     line+100
        clc
        adc     #1
        sta     line+102
        lda     #>RUNAD
        sta     line+101
        sta     line+103
        jsr     comma
        bcs     @none
        jsr     number
        bcs     @none
        lda     value
        sta     line+104
        lda     value+1
        sta     line+105
        lda     #6
        jmp     put_line
@none:  rts

; A bytes from line+100 to IOCB 3; X: its offset.
put_line:
        ldx     #$30
        sta     ICBLL,x
        lda     #0
        sta     ICBLH,x
        lda     #<(line+100)
        sta     ICBAL,x
        lda     #>(line+100)
        sta     ICBAH,x
        lda     #CIO_PUTCHR
        jsr     call
        jsr     check
        ldx     #$30
        rts

run:    jsr     print
        .byte   "RUN: ADDRESS", $9B, 0
        jsr     read_line
        jsr     number
        bcs     @back
        lda     DOSVEC          ; where it goes back to if memory was restored
        ldx     DOSVEC+1
        sec
        sbc     #1
        bcs     @same_page
        dex
@same_page:
        tay
        txa
        pha
        tya
        pha
        lda     value
        ldx     value+1
        jsr     leave
        bcs     @lost
        jmp     saver_restore
@lost:  jsr     @call
@back:  jmp     ask
@call:  jmp     (value)

cartridge:
        lda     TRAMSZ
        bne     @there
        jsr     print
        .byte   "THERE IS NO CARTRIDGE", $9B, 0
        jmp     ask
@there: lda     CARTRUN
        ldx     CARTRUN+1
        jsr     leave
        bcs     @lost
        jmp     saver_restore
@lost:  lda     #0              ; BASIC begins anew
        sta     WARMST
        sta     menu_state
        jmp     (CARTRUN)
