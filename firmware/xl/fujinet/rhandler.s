; The R: handler: a CIO device for the serial port of an 850 at $50, or of a FujiNet's modem.
;   OPEN #1,13,0,"R:"         then XIO 40 starts concurrent mode: bytes pass freely until CLOSE
;   XIO 36 rate (AUX1, as the 850 takes it: 8 300 baud … 15 19200), XIO 34 DTR and RTS, XIO 38 translation, XIO 32 sends what waits
; AUX1 of XIO 38: 0 ends of lines become CR and back, 32 nothing is changed, + 64 a line feed goes behind each CR.
; It refers to itself by whole words only, so that a loader can put it anywhere: there is no < or > of a label in it.
        .include "atari.inc"

PORT          = $50
BLOCK         = 64              ; bytes of a block on the bus
SECONDS       = 8
READ          = $40
WRITE         = $80
SERIAL_INPUT  = $20             ; of IRQEN and POKMSK
SENT          = $08             ; of IRQST: low when nothing is being sent
BOTH_WAYS     = $73             ; SKCTL: keyboard, both directions at the rate of channel 4
CR            = 13
LF            = 10
NO_TRANSLATION = 32
ADD_LF        = 64
ERR_NOT_CONCURRENT = 154

        .segment "CODE"

start:
        .word   open-1, close-1, get-1, put-1, status-1, special-1
        jmp     install
        .byte   0               ; checksum: the loader does not ask for one
        .word   ENDING-start
        .word   0               ; link to the next handler
self:   .word   start
heard_at: .word heard
block_at: .word block
pokey_at: .word pokey

; Puts R into HATABS, in the place of an older one if there is one. Carry set when the table is full.
install:
        ldx     #0
@look:
        lda     HATABS,x
        beq     @here
        cmp     #'R'
        beq     @here
        inx
        inx
        inx
        cpx     #33
        bcc     @look
        rts
@here:
        lda     #'R'
        sta     HATABS,x
        lda     self
        sta     HATABS+1,x
        lda     self+1
        sta     HATABS+2,x
        lda     #0
        sta     active
        sta     count
        sta     translation
        clc
        rts

; ---- CIO's six entries ----

open:
        jsr     stop
        lda     ICAX1Z
        sta     direction
        lda     #0
        sta     count
        sta     translation
        ldy     #1
        rts

close:
        jsr     flush
        jsr     stop
        ldy     #1
        rts

get:
        lda     active
        beq     @not
@wait:
        ldx     first
        cpx     next
        bne     @there
        lda     BRKKEY
        bne     @wait
        dec     BRKKEY          ; BREAK is taken
        ldy     #ERR_BREAK
        rts
@there:
        lda     ring,x
        inc     first
        ldy     #1
        pha
        lda     translation
        and     #NO_TRANSLATION
        bne     @raw
        pla
        and     #$7F
        cmp     #CR
        bne     @got
        lda     #EOL
@got:
        rts
@raw:
        pla
        rts
@not:
        ldy     #ERR_NOT_CONCURRENT
        rts

put:
        tax
        lda     translation
        and     #NO_TRANSLATION
        bne     @as_it_is
        cpx     #EOL
        bne     @as_it_is
        lda     #CR
        jsr     send
        bmi     @done
        lda     translation
        and     #ADD_LF
        beq     @line
        lda     #LF
        jsr     send
        bmi     @done
@line:
        lda     active
        bne     @good
        jmp     flush
@good:
        ldy     #1
@done:
        rts
@as_it_is:
        txa

; One byte, onto the line or into the block.
send:
        ldy     active
        beq     @block
        pha
@busy:
        lda     IRQST
        and     #SENT
        bne     @busy
        pla
        sta     SEROUT
        ldy     #1
        rts
@block:
        ldx     count
        sta     block,x
        inc     count
        cpx     #BLOCK-1
        bcs     flush
        ldy     #1
        rts

; Sends the block. Y = status, N.
flush:
        ldx     count
        bne     @some
        ldy     #1
        rts
@some:
        stx     DAUX1
        lda     #0
        sta     count
        sta     DAUX2
        lda     block_at
        sta     DBUFLO
        lda     block_at+1
        sta     DBUFHI
        ldx     #BLOCK
        ldy     #WRITE
        lda     #'W'
        jmp     transfer

; DVSTAT: errors and lines from the port; in concurrent mode errors, and how many bytes have come.
status:
        lda     active
        bne     @counted
        lda     #<DVSTAT
        sta     DBUFLO
        lda     #>DVSTAT
        sta     DBUFHI
        ldx     #2
        ldy     #READ
        lda     #'S'
        jmp     transfer
@counted:
        lda     #0
        sta     DVSTAT
        sta     DVSTAT+2
        sta     DVSTAT+3
        lda     next
        sec
        sbc     first
        sta     DVSTAT+1
        ldy     #1
        rts

; BASIC's XIO puts its numbers where OPEN's were, which CIO goes by when it reads and writes: they come back, here and where a CIO
; takes them from. X = the IOCB.
special:
        lda     ICAX1Z
        sta     DAUX1
        lda     direction
        sta     ICAX1,x
        sta     ICAX1Z
        lda     ICAX2Z
        sta     DAUX2
        lda     ICCOMZ
        cmp     #32
        beq     flush
        cmp     #40
        beq     concurrent
        cmp     #38
        beq     @translate
        ldx     active
        bne     @refused        ; a command would end concurrent mode
        cmp     #34
        beq     @control
        cmp     #36
        beq     @configure
@refused:
        ldy     #ERR_COMMAND
        rts
@translate:
        lda     DAUX1
        sta     translation
        ldy     #1
        rts
@control:
        lda     #'A'
        .byte   $2C             ; BIT, over the next instruction
@configure:
        lda     #'B'
        ldx     #0
        ldy     #0
        jmp     transfer

; ---- Concurrent mode ----

; The port says what POKEY needs; from then on it listens and speaks without commands.
concurrent:
        lda     active
        bne     @good
        jsr     flush
        lda     pokey_at
        sta     DBUFLO
        lda     pokey_at+1
        sta     DBUFHI
        ldx     #9
        ldy     #READ
        lda     #'X'
        jsr     transfer
        bmi     @done
        sei
        ldx     #8
@register:
        lda     pokey,x
        sta     AUDF1,x
        dex
        bpl     @register
        lda     #BOTH_WAYS
        sta     SKCTL
        lda     VSERIN
        sta     old
        lda     VSERIN+1
        sta     old+1
        lda     heard_at
        sta     VSERIN
        lda     heard_at+1
        sta     VSERIN+1
        lda     #0
        sta     first
        sta     next
        inc     active
        lda     POKMSK
        ora     #SERIAL_INPUT
        sta     POKMSK
        sta     IRQEN
        cli
@good:
        ldy     #1
@done:
        rts

; A byte has come. The OS has saved A.
heard:
        txa
        pha
        ldx     next
        lda     SERIN
        sta     ring,x
        inx
        cpx     first
        beq     @full           ; what does not fit is lost
        stx     next
@full:
        pla
        tax
        pla
        rti

; Any command ends concurrent mode.
stop:
        lda     active
        beq     @done
        sei
        lda     POKMSK
        and     #255-SERIAL_INPUT
        sta     POKMSK
        sta     IRQEN
        lda     old
        sta     VSERIN
        lda     old+1
        sta     VSERIN+1
        lda     #0
        sta     active
        cli
        jmp     status
@done:
        rts

; A = command, X = bytes, Y = direction; AUX is set where it matters. Y = status, N.
transfer:
        sta     DCOMND
        stx     DBYTLO
        sty     DSTATS
        lda     #0
        sta     DBYTHI
        lda     #PORT
        sta     DDEVIC
        lda     #1
        sta     DUNIT
        lda     #SECONDS
        sta     DTIMLO
        jsr     SIOV
        ldy     DSTATS
        rts

        .segment "BSS"

active:      .res 1
direction:   .res 1
translation: .res 1
count:       .res 1
first:       .res 1
next:        .res 1
old:         .res 2
pokey:       .res 9
block:       .res BLOCK
ring:        .res 256
        .res    $20             ; room for what fetches the handler
ENDING:
