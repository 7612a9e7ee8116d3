; The game workload of "attic bench" on an XL: what an action game does, without anybody playing.
;
; A boot disk of 16 sectors. It scrolls a landscape of ANTIC mode 4 (HSCROL, a byte further every four steps), moves four
; players and four missiles over it in the vertical blank interrupt, changes colours and a missile's place in six display
; list interrupts with WSYNC, plays four voices (two of them joined to 16 bits, one of noise), and meanwhile
; draws into the landscape, looks for collisions, sorts, and keeps a score in decimal mode. It never waits for the next
; picture.
;
; Build: ca65 -o xl-game.o xl-game.s && ld65 -C xl-game.cfg -o xl-game.bin xl-game.o
; A test compares the result with the bytes in src/Attic.Cli/Bench/XlGameProgram.cs.

        .setcpu "6502"

VDSLST  = $0200
VVBLKD  = $0224
SDLSTL  = $0230
SDMCTL  = $022F
GPRIOR  = $026F
PCOLR0  = $02C0
COLOR0  = $02C4

HPOSP0  = $D000
HPOSM0  = $D004
SIZEP0  = $D008
SIZEM   = $D00C
COLPF2  = $D018
COLBK   = $D01A
GRACTL  = $D01D
HITCLR  = $D01E
M0PF    = $D000
P0PF    = $D004
P0PL    = $D00C
AUDF1   = $D200
AUDC1   = $D201
AUDF2   = $D202
AUDC2   = $D203
AUDF3   = $D204
AUDC3   = $D205
AUDF4   = $D206
AUDC4   = $D207
AUDCTL  = $D208
RANDOM  = $D20A
SKCTL   = $D20F
WSYNC   = $D40A
HSCROL  = $D404
PMBASE  = $D407
NMIEN   = $D40E
XITVBV  = $E462
SETVBV  = $E45C

LINES   = 20                    ; mode lines of the landscape
MAP     = $4000                 ; a page for each of them
SHAPES  = $3000                 ; players and missiles, one line resolution
SECTORS = 16

        .zeropage
scroll: .res 1                  ; place in the landscape, quarters of a character
column: .res 1
place:  .res 4                  ; players' horizontal positions
height: .res 4                  ; and vertical ones
turn:   .res 1                  ; which display list interrupt comes next
tick:   .res 1
source: .res 2
target: .res 2
score:  .res 3
hits:   .res 2
seed:   .res 1
row:    .res 1

        .segment "CODE"
boot:   .byte 0, SECTORS
        .addr boot, start
        jmp start               ; the OS continues here once all sectors are loaded

start:  sei
        cld
        lda #0
        ldx #row - scroll
clear:  sta scroll,x
        dex
        bpl clear
        sta SDMCTL
        sta NMIEN

; The landscape: each line one page, hills of a height that changes by steps.
        lda #<MAP
        sta target
        lda #>MAP
        sta target+1
        ldx #0
fill:   ldy #0
cell:   txa
        asl
        asl
        asl
        adc #60
        sta source
        tya
        and #$3F
        cmp #$20
        bcc slope
        eor #$3F
slope:  asl
        asl
        adc source
        and #$7F
        ora #$01
        sta (target),y
        iny
        bne cell
        inc target+1
        inx
        cpx #LINES
        bcc fill

; Shapes: a disc for each player, further down for the next.
        lda #0
        tay
wipe:   sta SHAPES+$300,y
        sta SHAPES+$400,y
        sta SHAPES+$500,y
        sta SHAPES+$600,y
        sta SHAPES+$700,y
        iny
        bne wipe
        ldx #3
put:    lda first,x
        sta height,x
        sta place,x
        dex
        bpl put

        lda #<list
        sta SDLSTL
        lda #>list
        sta SDLSTL+1
        lda #<colours
        sta VDSLST
        lda #>colours
        sta VDSLST+1
        lda #>SHAPES
        sta PMBASE
        lda #3
        sta GRACTL
        sta SKCTL
        lda #$11                ; players in front, missiles a fifth player
        sta GPRIOR
        ldx #3
paint:  lda tints,x
        sta PCOLR0,x
        lda ground,x
        sta COLOR0,x
        dex
        bpl paint
        lda #$00
        sta COLOR0+4
        lda #$01
        sta SIZEP0+1
        lda #$03
        sta SIZEP0+3
        lda #$44
        sta SIZEM
        lda #%01010000          ; voices 1 and 2 joined, counting at 1.79 MHz
        sta AUDCTL
        lda #$3E                ; normal playfield, players, missiles, single lines, display list
        sta SDMCTL
        ldy #<frame
        ldx #>frame
        lda #7
        jsr SETVBV
        lda #$C0
        sta NMIEN
        cli

; Between two interrupts: dig into the landscape at a random place, count what was hit, add it up in decimal.
game:   lda RANDOM
        sta target
        lda RANDOM
        and #15
        clc
        adc #>MAP
        sta target+1
        ldy #0
        ldx #24
dig:    lda (target),y
        eor seed
        and #$7F
        sta (target),y
        adc seed
        ror
        sta seed
        iny
        dex
        bne dig
        ldx #3
look:   lda P0PF,x
        ora M0PF,x
        ora P0PL,x
        beq none
        inc hits
        bne none
        inc hits+1
none:   dex
        bpl look
        sta HITCLR
        sed
        clc
        lda score
        adc #$17
        sta score
        lda score+1
        adc #0
        sta score+1
        lda score+2
        adc #0
        sta score+2
        cld
        jsr sort
        jmp game

; A few passes of a bubble sort over sixteen numbers.
sort:   ldx #14
swap:   lda table,x
        cmp table+1,x
        bcc sorted
        tay
        lda table+1,x
        sta table,x
        tya
        sta table+1,x
sorted: dex
        bpl swap
        lda RANDOM
        and #15
        tax
        lda RANDOM
        sta table,x
        rts

; The vertical blank, deferred.
frame:  inc tick
        lda #0
        sta turn

; Scroll a quarter of a character; every four steps the lines' addresses move.
        inc scroll
        lda scroll
        and #3
        eor #3
        sta HSCROL
        cmp #3
        bne moved
        inc column
        ldx #0
        ldy #LINES
address:
        lda column
        sta list+4,x
        inx
        inx
        inx
        dey
        bne address
moved:

; Players: erase, move, draw.
        ldx #3
player: jsr erase
        lda place,x
        clc
        adc step,x
        sta place,x
        sta HPOSP0,x
        eor #$55
        sta HPOSM0,x
        lda tick
        and pace,x
        bne still
        inc height,x
        lda height,x
        cmp #200
        bcc still
        lda #40
        sta height,x
still:  jsr draw
        dex
        bpl player

; Four voices.
        lda tick
        lsr
        lsr
        lsr
        and #7
        tay
        lda melody,y
        sta AUDF2
        lda #0
        sta AUDF1
        sta AUDC1
        lda #$A6
        sta AUDC2
        lda bass,y
        sta AUDF3
        lda #$A4
        sta AUDC3
        lda tick
        and #15
        eor #15
        lsr
        ora #$80
        sta AUDC4
        lda tick
        sta AUDF4
        jmp XITVBV

; The display list interrupts: another sky and ground for each stretch of the landscape.
colours:pha
        txa
        pha
        ldx turn
        inc turn
        lda skies,x
        sta WSYNC
        sta COLBK
        lda grounds,x
        sta COLPF2
        lda place,x
        sta HPOSM0+1
        pla
        tax
        pla
        rti

erase:  jsr page
        lda #0
        ldy #15
rub:    sta (source),y
        dey
        bpl rub
        rts

draw:   jsr page
        ldy #15
stripe: lda disc,y
        sta (source),y
        dey
        bpl stripe
        rts

; Where player X's shape lies.
page:   lda height,x
        sta source
        txa
        clc
        adc #>SHAPES + 4
        sta source+1
        rts

first:  .byte 48, 92, 136, 180
step:   .byte 1, 255, 2, 254
pace:   .byte 1, 3, 1, 0
tints:  .byte $28, $5A, $9A, $CC
ground: .byte $12, $24, $36, $48
skies:  .byte $82, $84, $86, $74, $62, $50, $40
grounds:.byte $C6, $D4, $E4, $F4, $24, $34, $44
melody: .byte 9, 8, 7, 6, 7, 8, 9, 11
bass:   .byte 121, 121, 96, 96, 81, 81, 108, 108
disc:   .byte $18, $3C, $7E, $7E, $FF, $DB, $FF, $FF, $FF, $FF, $BD, $C3, $7E, $7E, $3C, $18
table:  .byte 9, 3, 12, 7, 1, 15, 4, 10, 6, 2, 14, 8, 0, 11, 5, 13

list:   .byte $70, $70, $70
        .repeat LINES, line
        .byte ((line .mod 3) = 2) << 7 | $54
        .addr MAP + line * $100
        .endrepeat
        .byte $41
        .addr list

        .res SECTORS * 128 - (* - boot)
