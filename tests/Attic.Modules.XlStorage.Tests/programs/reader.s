; Boots from D1:, reads a list of sectors through the operating system's SIO, and writes what it found onto D2:, sectors 1 to 3.
; For each read eight bytes: DSTATS, first byte, byte 64, last byte, checksum of all, and the time from the last read's end in VBIs,
; then VCOUNT / 2 at the end, then FF. It ends with COLOR4 set and loops.

        .setcpu "6502"

RTCLOK3 = $14
DDEVIC  = $0300
DUNIT   = $0301
DCOMND  = $0302
DSTATS  = $0303
DBUFLO  = $0304
DBUFHI  = $0305
DTIMLO  = $0306
DBYTLO  = $0308
DBYTHI  = $0309
DAUX1   = $030A
DAUX2   = $030B
COLOR4  = $02C8
VCOUNT  = $D40B
SIOV    = $E459

BUFFER  = $0600
RESULTS = $3000
READS   = 48

result  = $CB
before  = $CD
item    = $CE
sum     = $CF

        .org $0700
        .byte 0, (end - $0700 + 127) / 128
        .word $0700, $0700

        lda #<RESULTS
        sta result
        lda #>RESULTS
        sta result+1
        lda #0
        sta item
        lda RTCLOK3
        sta before

next:   ldx item
        lda sectors,x
        sta DAUX1
        lda #0
        sta DAUX2
        tax
        lda #$EE                ; so that what no drive sends shows
fill:   sta BUFFER,x
        inx
        bpl fill
        lda #1
        sta DUNIT
        lda #'R'
        sta DCOMND
        lda #$40
        ldx #<BUFFER
        ldy #>BUFFER
        jsr sio

        ldy #0
        sty sum
        lda DSTATS
        sta (result),y
        iny
        lda BUFFER
        sta (result),y
        iny
        lda BUFFER+64
        sta (result),y
        iny
        lda BUFFER+127
        sta (result),y
        ldx #0
add:    clc
        lda BUFFER,x
        adc sum
        adc #0
        sta sum
        inx
        bpl add
        iny
        lda sum
        sta (result),y
        iny
        lda RTCLOK3
        tax
        sec
        sbc before
        sta (result),y
        stx before
        iny
        lda VCOUNT
        lsr
        sta (result),y
        iny
        lda #$FF
        sta (result),y
        clc
        lda result
        adc #8
        sta result
        bcc :+
        inc result+1
:       inc item
        lda item
        cmp #READS
        beq store
        jmp next

store:  lda #1                  ; the results
        sta item
        lda #<RESULTS
        sta result
        lda #>RESULTS
        sta result+1
write:  lda item
        sta DAUX1
        lda #0
        sta DAUX2
        lda #2
        sta DUNIT
        lda #'W'
        sta DCOMND
        lda #$80
        ldx result
        ldy result+1
        jsr sio
        clc
        lda result
        adc #128
        sta result
        bcc :+
        inc result+1
:       inc item
        lda item
        cmp #4
        bne write
        lda #$34
        sta COLOR4
halt:   jmp halt

; A: direction, X and Y: buffer.
sio:    sta DSTATS
        stx DBUFLO
        sty DBUFHI
        lda #$31
        sta DDEVIC
        lda #15
        sta DTIMLO
        lda #128
        sta DBYTLO
        lda #0
        sta DBYTHI
        jmp SIOV

; Track 5 has the sectors 91 to 108.
sectors:
        .byte 91, 92, 93, 93, 93, 94, 94, 95, 96, 96, 98, 98
        .byte 97, 97, 97, 97, 97, 97, 91, 97, 91, 97, 92, 97
        .byte 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 91, 108
        .byte 97, 99, 97, 101, 97, 103, 97, 105, 97, 107, 97, 91
end:
