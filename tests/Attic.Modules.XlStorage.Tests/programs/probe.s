; Talks to devices on the serial bus without an operating system and writes down when they answered.
;
; The script at SCRIPT: a byte with the number of its steps, then five bytes a step: device, command, aux1, aux2, bytes of data.
; Bit 7 of the step's command is sent as it is; a step whose data are to be sent (W, P, O) sends bytes of FILL + index.
; SPEED holds POKEY's divisor. For each step sixteen bytes go to RESULTS:
;   0 ACK byte or 0     1 completion byte or 0   2 sum of the data     3 last data byte
;   4-6 time when COMMAND rose, 7-9 when the completion had come, 10-12 when the last byte had come
;   13-15 the first three data bytes
; A time is a 16-bit count of VBIs and VCOUNT. DONE becomes $FF at the end.

        .setcpu "6502"

SCRIPT  = $3000
SPEED   = $2FFE
FILL    = $2FFD
DONE    = $2FFF
RESULTS = $4000

AUDF3   = $D204
AUDF4   = $D206
AUDCTL  = $D208
SKREST  = $D20A
SEROUT  = $D20D
SERIN   = $D20D
IRQEN   = $D20E
IRQST   = $D20E
SKCTL   = $D20F
PACTL   = $D302
PBCTL   = $D303
VCOUNT  = $D40B
NMIEN   = $D40E
NMIRES  = $D40F

frame   = $80                   ; 16 bits, counted by the VBI
step    = $83
script  = $84
result  = $86
length  = $88
count   = $89
sum     = $8A
limit   = $8C                   ; frames to wait for an answer, low byte of the frame that ends it
now     = $8D                   ; a time
work    = $90
header  = $92                   ; command frame
lastb   = $97
send    = $98
needack = $99

        .segment "CODE"

start:  sei
        cld
        ldx #$FF
        txs
        lda #0
        sta NMIEN
        sta frame
        sta frame+1
        sta step
        sta DONE
        sta IRQEN
        lda #$3C
        sta PACTL               ; motor off
        sta PBCTL               ; COMMAND high
        lda #3
        sta SKCTL
        lda #$28
        sta AUDCTL              ; 1.79 MHz into 3, joined with 4
        lda SPEED
        sta AUDF3
        lda #0
        sta AUDF4
        lda #$40
        sta NMIEN
        lda #<(SCRIPT+1)
        sta script
        lda #>(SCRIPT+1)
        sta script+1
        lda #<RESULTS
        sta result
        lda #>RESULTS
        sta result+1

next:   lda step
        cmp SCRIPT
        bne run
        lda #$FF
        sta DONE
halt:   jmp halt

run:    ldy #3                  ; the command frame
copy:   lda (script),y
        sta header,y
        dey
        bpl copy
        ldy #4
        lda (script),y
        sta length
        ldy #15
        lda #0
clear:  sta (result),y
        dey
        bpl clear
        sta send
        lda header+1
        cmp #'W'
        beq sends
        cmp #'P'
        beq sends
        cmp #'O'
        bne asks
sends:  inc send
asks:   jsr transact
        clc
        lda script
        adc #5
        sta script
        bcc :+
        inc script+1
:       clc
        lda result
        adc #16
        sta result
        bcc :+
        inc result+1
:       inc step
        jmp next

; A whole command.
transact:
        lda #$34
        sta PBCTL               ; COMMAND low
        ldx #0                  ; at least 750 us before the first bit
:       inx
        bne :-
        lda #$23
        sta SKCTL
        lda #$10
        sta IRQEN
        lda #0
        sta sum
        ldx #0
hdr:    lda header,x
        jsr putsum
        inx
        cpx #4
        bne hdr
        lda sum
        jsr put
        jsr flush
        lda #$3C
        sta PBCTL               ; COMMAND high
        lda #4
        jsr stamp
        lda #16                 ; frames
        jsr get
        bcs gone
        ldy #0
        sta (result),y
        cmp #'A'
        bne gone
        lda send
        beq wait

        ldx #0                  ; a data frame; 1 ms after the ACK
:       inx
        bne :-
:       inx
        bne :-
        lda #$23
        sta SKCTL
        lda #$10
        sta IRQEN
        lda #0
        sta sum
        ldx #0
body:   txa
        clc
        adc FILL
        jsr putsum
        inx
        cpx length
        bne body
        lda sum
        jsr put
        jsr flush
        lda #16
        jsr get
        bcs gone
        cmp #'A'
        bne gone

wait:   lda #250                ; a search can take seconds; a format more
        jsr get
        bcc came
        lda #250
        jsr get
        bcc came
        lda #250
        jsr get
        bcc came
gone:   rts
came:   pha
        lda #7
        jsr stamp
        pla
        ldy #1
        sta (result),y
        lda send
        bne gone
        lda length
        beq gone
        lda #0
        sta sum
        sta count
data:   lda #8
        jsr get
        bcs gone
        sta lastb
        ldx count
        cpx #3
        bcs :+
        pha
        txa
        clc
        adc #13
        tay
        pla
        sta (result),y
:       clc
        lda lastb
        adc sum
        adc #0
        sta sum
        inc count
        lda count
        cmp length
        bne data
        ldy #2
        lda sum
        sta (result),y
        iny
        lda lastb
        sta (result),y
        lda #8
        jsr get                 ; the checksum
        bcs gone
        lda #10
        jmp stamp

; Sends A and adds it to the checksum.
putsum: pha
        clc
        adc sum
        adc #0
        sta sum
        pla
put:    sta SEROUT
        lda #$10
:       bit IRQST
        bne :-
        lda #0                  ; acknowledge
        sta IRQEN
        lda #$10
        sta IRQEN
        rts

; Waits for the last bit; then listens.
flush:  lda #$08
:       bit IRQST
        bne :-
        lda #$13
        sta SKCTL
        sta SKREST
        lda #0
        sta IRQEN
        lda #$20
        sta IRQEN
        rts

; Waits A frames for a byte. Carry set when none came.
get:    clc
        adc frame
        sta limit
:       lda #$20
        bit IRQST
        beq got
        lda frame
        cmp limit
        bne :-
        sec
        rts
got:    lda #$13
        sta SKCTL
        lda SERIN
        pha
        lda #0
        sta IRQEN
        lda #$20
        sta IRQEN
        pla
        clc
        rts

; Puts the present time at offset A of the result: frames (low, high) and VCOUNT. Quickly: bytes are coming in.
; The VBI comes when VCOUNT is 124, so that value can belong to either picture.
stamp:  sta work
again:  lda frame
        sta now
        lda frame+1
        sta now+1
        lda VCOUNT
        sta now+2
        cmp #124
        beq again
        lda frame
        cmp now
        bne again
        ldy work
        lda now
        sta (result),y
        iny
        lda now+1
        sta (result),y
        iny
        lda now+2
        sta (result),y
        rts

nmi:    inc frame
        bne :+
        inc frame+1
:       sta NMIRES
irq:    rti

        .segment "VECTORS"
        .word nmi, start, irq
