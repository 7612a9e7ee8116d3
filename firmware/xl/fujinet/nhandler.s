; The N: handler: a CIO device whose files are URLs, opened by a FujiNet on the serial bus ($71 to $74).
;   OPEN #1,4,2,"N:HTTP://HOST/PAGE"      AUX2: ends of lines, 0 as they are, 1 CR, 2 LF, 3 CR LF
; It refers to itself by whole words only, so that a loader can put it anywhere: there is no < or > of a label in it.
        .include "atari.inc"

UNITS         = 4
BUFFER        = 128
FIRST_ID      = $71
SECONDS       = 30              ; the FujiNet answers in this time
READ          = $40
WRITE         = $80
SPEC          = 256             ; bytes that a device specification takes on the bus

; What the FujiNet puts into DVSTAT
WAITING       = DVSTAT
CONNECTED     = DVSTAT+2
NET_ERROR     = DVSTAT+3

        .segment "CODE"

start:
        .word   open-1, close-1, get-1, put-1, status-1, special-1
        jmp     install
        .byte   0               ; checksum: the loader does not ask for one
        .word   ENDING-start
        .word   0               ; link to the next handler
self:   .word   start
limit:  .word   ENDING

; Where DOSINI points when a disk brought the handler: after RESET it is entered again, and memory starts above it.
restart:
        jsr     install
        lda     limit
        sta     MEMLO
        lda     limit+1
        sta     MEMLO+1
        rts

; Puts N into HATABS, in the place of an older one if there is one. Carry set when the table is full.
install:
        ldx     #0
@look:
        lda     HATABS,x
        beq     @here
        cmp     #'N'
        beq     @here
        inx
        inx
        inx
        cpx     #33
        bcc     @look
        rts
@here:
        lda     #'N'
        sta     HATABS,x
        lda     self
        sta     HATABS+1,x
        lda     self+1
        sta     HATABS+2,x
        ldx     #UNITS-1
@unit:
        jsr     forget
        dex
        bpl     @unit
        clc
        rts

; ---- CIO's six entries; the unit is in ICDNOZ, the result in Y ----

open:
        jsr     unit
        bcs     leave
        jsr     forget
        jsr     specification
        lda     #'O'
        jmp     transfer

close:
        jsr     unit
        bcs     leave
        jsr     flush
        tya
        pha
        jsr     forget
        jsr     no_data
        lda     #'C'
        jsr     transfer
        pla
        bpl     leave           ; what was lost matters more than how it was closed
        tay
leave:
        rts

get:
        jsr     unit
        bcs     leave
@more:
        lda     rx_next,x
        cmp     rx_count,x
        bcs     @empty
        jsr     index
        inc     rx_next,x
        cpx     #2
        bcs     @upper
        lda     rx,y
        jmp     @got
@upper:
        lda     rx+256,y
@got:
        ldy     #1
        rts
@empty:
        jsr     flush
        bmi     leave
@wait:
        jsr     ask
        bmi     leave
        lda     WAITING
        ora     WAITING+1
        bne     @fetch
        lda     CONNECTED
        beq     @over
        lda     BRKKEY
        bne     @wait
        dec     BRKKEY          ; BREAK is taken
        ldy     #ERR_BREAK
        rts
@over:
        ldy     NET_ERROR
        bmi     leave
        ldy     #ERR_EOF
        rts
@fetch:
        lda     WAITING+1
        bne     @full
        lda     WAITING
        cmp     #BUFFER
        bcc     @count
@full:
        lda     #BUFFER
@count:
        sta     rx_count,x
        jsr     length
        txa
        asl     a
        tay
        lda     rx_at,y
        sta     DBUFLO
        lda     rx_at+1,y
        sta     DBUFHI
        lda     #0
        sta     rx_next,x
        ldy     #READ
        lda     #'R'
        jsr     transfer
        bpl     @more
        lda     #0
        sta     rx_count,x
        tya                     ; sets N again
        rts

; BASIC calls this without CIO: the unit is in the IOCB at X.
put:
        pha
        lda     ICDNO,x
        jsr     check
        pla
        bcs     return
        pha
        lda     tx_count,x
        jsr     index_at
        pla
        cpx     #2
        bcs     @upper
        sta     tx,y
        jmp     @stored
@upper:
        sta     tx+256,y
@stored:
        inc     tx_count,x
        cmp     #EOL
        beq     @send
        lda     tx_count,x
        cmp     #BUFFER
        bcs     @send
        ldy     #1
        rts
@send:
        jmp     flush
return:
        rts

status:
        jsr     unit
        bcs     return
        jsr     flush
        bmi     return
ask:
        lda     #4
        jsr     length
        lda     #0
        sta     DAUX1
        lda     #<DVSTAT
        sta     DBUFLO
        lda     #>DVSTAT
        sta     DBUFHI
        ldy     #READ
        lda     #'S'
        jmp     transfer

; XIO: 15 sends what waits; the others go to the FujiNet, with the name that was given where they take one.
special:
        jsr     unit
        bcs     return
        jsr     flush
        bmi     return
        lda     ICCOMZ
        cmp     #15
        beq     @done
        ldy     #plain-named-1
@named:
        cmp     named,y
        beq     @with_name
        dey
        bpl     @named
        ldy     #commands_end-plain-1
@plain:
        cmp     plain,y
        beq     @without
        dey
        bpl     @plain
        ldy     #ERR_COMMAND
        rts
@with_name:
        pha
        jsr     forget
        jsr     specification
        pla
        jmp     transfer
@without:
        pha
        jsr     no_data
        lda     ICAX1Z
        sta     DAUX1
        lda     ICAX2Z
        sta     DAUX2
        pla
        jmp     transfer
@done:
        ldy     #1
        rts

named:  .byte   $20, $21, $23, $24, $2A, $2B, $2C, $51, $FD, $FE
plain:  .byte   $50, $54, $FC
commands_end:

; ---- Helpers: X = unit less one throughout ----

unit:
        lda     ICDNOZ
check:
        sec
        sbc     #1
        tax
        cpx     #UNITS          ; carry set: no such unit
        bcc     @good
        ldy     #ERR_NODEV
@good:
        rts

forget:
        lda     #0
        sta     rx_next,x
        sta     rx_count,x
        sta     tx_count,x
        rts

; Y = offset in the buffers' 256 bytes of the next byte to read, or of the byte in A.
index:
        lda     rx_next,x
index_at:
        tay
        txa
        lsr     a
        tya
        bcc     @even
        ora     #BUFFER
@even:
        tay
        rts

; A buffer of A bytes, which AUX says too.
length:
        sta     DBYTLO
        sta     DAUX1
        lda     #0
        sta     DBYTHI
        sta     DAUX2
        rts

no_data:
        lda     #0
        jsr     length
        ldy     #0
        rts

; The name at CIO's buffer, with the IOCB's AUX bytes.
specification:
        lda     ICBALZ
        sta     DBUFLO
        lda     ICBAHZ
        sta     DBUFHI
        lda     #<SPEC
        sta     DBYTLO
        lda     #>SPEC
        sta     DBYTHI
        lda     ICAX1Z
        sta     DAUX1
        lda     ICAX2Z
        sta     DAUX2
        ldy     #WRITE
        rts

; Sends what waits. Y = status, N.
flush:
        lda     tx_count,x
        beq     @nothing
        jsr     length
        txa
        asl     a
        tay
        lda     tx_at,y
        sta     DBUFLO
        lda     tx_at+1,y
        sta     DBUFHI
        lda     #0
        sta     tx_count,x
        ldy     #WRITE
        lda     #'W'
        jmp     transfer
@nothing:
        ldy     #1
        rts

; A = command, Y = direction. Keeps X. Y = status, N; an error of the FujiNet is told by its own number.
transfer:
        sta     DCOMND
        sty     DSTATS
        lda     #FIRST_ID
        sta     DDEVIC
        stx     keep_x
        inx
        stx     DUNIT
        lda     #SECONDS
        sta     DTIMLO
        jsr     SIOV
        ldx     keep_x
        ldy     DSTATS
        bpl     @done
        cpy     #ERR_DEVICE
        bne     @done
        lda     DCOMND
        cmp     #'S'
        beq     @done
        jsr     ask
        bmi     @done
        ldy     NET_ERROR
        bmi     @done
        ldy     #ERR_DEVICE
@done:
        tya
        rts

rx_at:  .word   rx, rx+BUFFER, rx+2*BUFFER, rx+3*BUFFER
tx_at:  .word   tx, tx+BUFFER, tx+2*BUFFER, tx+3*BUFFER

        .segment "BSS"

keep_x:   .res 1
rx_next:  .res UNITS
rx_count: .res UNITS
tx_count: .res UNITS
rx:       .res UNITS*BUFFER
tx:       .res UNITS*BUFFER
ENDING:
