; The boot screen: an attic at dusk whose window is lit. It shows for a second and a half; a key ends it.
; Runs at $5000 beside the self test, and uses memory that the start has just cleared and clears it again.
        .include "os.inc"

DISPLAY_LIST = $1F00
PICTURE      = $2000
ROWS         = 78               ; of 40 bytes, four pixels each: 1 silhouette, 2 window, 3 stars
GABLE_TOP    = 16
GABLE_ROWS   = 58
WINDOW_TOP   = 42
WINDOW_ROWS  = 15
LIT_AFTER    = 35               ; frames
SHOWN_FOR    = 95

NIGHT        = $00
STAR         = $0A
LAMP         = $2A

SKY          = $FE              ; scratch in page zero that nobody uses yet
TIME         = $FD
ROW_POINTER  = ADRESS

        .segment "SELFTEST"
        jmp     selftest_menu   ; $5000
selftest_entry:
        jmp     selftest_menu   ; $5003

boot_screen:
        jsr     draw_sky
        jsr     draw_house
        ldx     #<(display_list_end - display_list - 1)
@list:
        lda     display_list,x
        sta     DISPLAY_LIST,x
        dex
        bpl     @list
        lda     #<DISPLAY_LIST
        sta     SDLSTL
        lda     #>DISPLAY_LIST
        sta     SDLSTH
        lda     #$22
        sta     SDMCTL
        lda     #$E0
        sta     CHBAS
        lda     #2
        sta     CHACT
        lda     #NIGHT
        sta     COLOR0
        sta     COLOR1
        sta     COLOR4
        lda     #STAR
        sta     COLOR2
        lda     #SHOWN_FOR
        sta     TIME

@frame:
        jsr     paint_sky
        lda     SKSTAT          ; any key
        and     #$04
        beq     @end
        lda     TIME
        cmp     #SHOWN_FOR - LIT_AFTER
        bcs     @dark
        ldx     COLOR1          ; the lamp comes up within ten frames
        cpx     #LAMP
        bcs     @dark
        txa
        ora     #LAMP & $F0
        clc
        adc     #1
        sta     COLOR1
@dark:
        lda     TIME            ; the stars twinkle a little
        lsr     a
        lsr     a
        and     #$02
        ora     #STAR & $FC
        sta     COLOR2
        dec     TIME
        bne     @frame
@end:
        lda     #0
        sta     SDMCTL
        sta     DMACTL
        tay
        sta     ROW_POINTER
        ldx     #>DISPLAY_LIST
@clear:
        stx     ROW_POINTER+1
@byte:
        sta     (ROW_POINTER),y
        iny
        bne     @byte
        inx
        cpx     #>PICTURE + 16
        bne     @clear
        rts

; One frame: the background follows the beam, eight lines a colour.
paint_sky:
        lda     VCOUNT
        cmp     #8
        bcc     paint_sky
        cmp     #100
        bcs     paint_sky
@line:
        lda     VCOUNT
        cmp     #112
        bcs     @done
        lsr     a
        lsr     a
        tax
        lda     sky_colors,x
        sta     WSYNC
        nop                     ; the processor goes on at cycle 105: past the right edge
        nop
        nop
        sta     COLBK
        jmp     @line
@done:
        rts

; ---- The picture ----
draw_sky:
        lda     #<PICTURE
        sta     ROW_POINTER
        ldx     #0
@star:
        ldy     star_places+1,x
        bmi     @done
        tya
        clc
        adc     #>PICTURE
        sta     ROW_POINTER+1
        ldy     star_places,x
        lda     star_shapes,x
        sta     (ROW_POINTER),y
        inx
        inx
        bne     @star
@done:
        rts

draw_house:
        lda     #<(PICTURE + 40 * GABLE_TOP)
        sta     ROW_POINTER
        lda     #>(PICTURE + 40 * GABLE_TOP)
        sta     ROW_POINTER+1
        ldx     #0
@row:
        cpx     #10             ; the chimney
        bcc     @no_chimney
        cpx     #30
        bcs     @no_chimney
        ldy     #26
        lda     #$55
        sta     (ROW_POINTER),y
        iny
        lda     #$50
        sta     (ROW_POINTER),y
@no_chimney:
        txa                     ; the roof: one pixel wider at each side than the row above
        lsr     a
        lsr     a
        sta     SKY
        txa
        and     #3
        tay
        lda     left_edges,y
        pha
        lda     right_edges,y
        pha
        lda     #20
        clc
        adc     SKY
        tay
        pla
        ora     (ROW_POINTER),y ; beside the chimney
        sta     (ROW_POINTER),y
        lda     #19
        sec
        sbc     SKY
        sta     SKY+1
@inside:
        dey
        cpy     SKY+1
        beq     @left
        lda     #$55
        sta     (ROW_POINTER),y
        bne     @inside
@left:
        pla
        sta     (ROW_POINTER),y

        cpx     #WINDOW_TOP - GABLE_TOP
        bcc     @no_window
        cpx     #WINDOW_TOP - GABLE_TOP + WINDOW_ROWS
        bcs     @no_window
        cpx     #WINDOW_TOP - GABLE_TOP + WINDOW_ROWS / 2
        beq     @no_window
        ldy     #21
@pane:
        lda     window_panes-18,y
        sta     (ROW_POINTER),y
        dey
        cpy     #18
        bcs     @pane
@no_window:
        jsr     next_row
        inx
        cpx     #GABLE_ROWS
        bne     @row

        ldx     #ROWS - GABLE_TOP - GABLE_ROWS
@ground:
        ldy     #39
        lda     #$55
@byte:
        sta     (ROW_POINTER),y
        dey
        bpl     @byte
        jsr     next_row
        dex
        bne     @ground
        rts

next_row:
        lda     ROW_POINTER
        clc
        adc     #40
        sta     ROW_POINTER
        bcc     @done
        inc     ROW_POINTER+1
@done:
        rts

left_edges:
        .byte   $01,$05,$15,$55
right_edges:
        .byte   $40,$50,$54,$55
window_panes:
        .byte   $AA,$A9,$6A,$AA
star_places:                    ; offsets, high byte $FF at the end
        .word   45, 98, 151, 190, 246, 301, 363, 404, 478, 596, 652, 713, 842, 875, 1013, 1124
        .byte   0,$FF
star_shapes:
        .byte   $C0,0,$0C,0,$30,0,$03,0,$0C,0,$C0,0,$30,0,$0C,0,$C0,0,$03,0,$30,0,$C0,0,$0C,0,$30,0,$C0,0,$0C,0

; By VCOUNT / 4, from the top: dusk.
sky_colors:
        .byte   $80,$80,$80,$80,$80,$80,$80,$82,$82,$82,$72,$72,$72,$74,$74,$64
        .byte   $64,$64,$56,$56,$46,$46,$36,$00,$00,$00,$00,$00

display_list:
        .byte   $70,$70,$70
        .byte   $4D
        .word   PICTURE
        .res    ROWS-1,$0D
        .byte   $70,$47
        .word   title
        .byte   $30,$06
        .byte   $41
        .word   DISPLAY_LIST
display_list_end:
        .assert display_list_end - display_list <= 128, error

; Codes of the character set, with the colour in bits 6 and 7.
.macro  line color, text
        .repeat .strlen(text), i
        .byte   (.strat(text, i) - 32) | color
        .endrepeat
.endmacro
title:
        line    $40, "      ATTIC XL      "
        line    $80, " XL OPERATING SYSTEM"
