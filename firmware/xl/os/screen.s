; S: the screen, by rows and columns, in every mode.
        .include "os.inc"

TEXT_MODE    = 0

        .segment "HIGH"

screen_init:
        lda     #$FF
        sta     CH
        lda     RAMSIZ
        sta     RAMTOP
        lda     #0
        sta     FINE
        sta     CRSINH
        rts

; ---- OPEN: AUX1 bit 4 text window, bit 5 keep the screen; AUX2 the mode ----
screen_open:
        lda     ICAX2Z
        and     #$0F
        jmp     open_mode

screen_close:
screen_status:
        ldy     #OK
        rts

; A = mode, ICAX1Z = window and clear. Out: Y = status.
open_mode:
        pha
        jsr     restore_screen  ; the window's variables back in their place
        lda     #0
        sta     SWPFLG
        sta     DMACTL
        ldx     #$0B
@colors:
        cpx     #5
        bcs     @skip
        lda     default_colors,x
        sta     COLOR0,x
@skip:
        lda     #0
        sta     ROWCRS,x        ; also column, OLDROW ...
        sta     TXTROW,x
        dex
        bpl     @colors
        lda     #$02
        sta     CHACT
        lda     #$E0
        sta     CHBAS
        lda     #OK
        sta     DSTAT
        pla
        sta     DINDEX
        tax
        lda     GPRIOR
        and     #$3F
        ora     mode_gtia,x
        sta     GPRIOR
        lda     mode_window_rows,x
        beq     @no_window
        lda     ICAX1Z
        and     #OPEN_WINDOW
@no_window:
        sta     HOLD4           ; nonzero: with a window
        jsr     build_display_list
        bcc     too_big
        lda     ICAX1Z
        and     #OPEN_NOCLEAR
        bne     @keep
        jsr     clear_all
@keep:
        lda     LMARGN
        sta     TXTCOL
        ldx     #24
        ldy     DINDEX
        beq     @text_rows
        ldx     #0
        lda     HOLD4
        beq     @text_rows
        ldx     #4
@text_rows:
        stx     BOTSCR
        cpy     #TEXT_MODE
        bne     @shown
        lda     LMARGN
        sta     COLCRS
@shown:
        jsr     all_line_starts
        lda     #$22
        sta     SDMCTL
        lda     #$40
        sta     NMIEN
@wait:                          ; the vertical blank brings it to the screen
        lda     VCOUNT
        cmp     #100
        bcc     @wait
@blank:
        lda     VCOUNT
        cmp     #100
        bcs     @blank
        ldy     #OK
        rts

; No room above APPMHI: text mode instead, and the error.
too_big:
        lda     #0
        sta     ICAX1Z
        jsr     open_mode
        ldy     #ERR_MEMORY
        rts

; ---- GET, PUT ----
screen_get:
        jsr     restore_screen
        jsr     check_cursor
        bne     @error
        jsr     locate_cell
        jsr     remember_place
        jsr     read_cell
        sta     CHAR
        ldx     DINDEX
        jsr     is_text
        bne     @pixel
        jsr     to_ascii
@pixel:
        sta     ATACHR
        jsr     advance
        lda     ATACHR
        ldy     #OK
@error:
        rts

screen_put:
        sta     ATACHR
        jsr     restore_screen
        lda     ATACHR
        cmp     #ATA_CLEAR
        bne     @no_clear
        jsr     clear_screen
        ldy     #OK
        rts
@no_clear:
        jsr     check_cursor
        bne     @error
        jsr     wait_output
        lda     ATACHR
        cmp     #EOL
        beq     @next_row
        ldx     DINDEX
        jsr     is_text
        bne     @pixel
        jsr     to_internal
@pixel:
        sta     CHAR
        jsr     locate_cell
        jsr     remember_place
        lda     CHAR
        jsr     write_cell
        jsr     advance
        ldy     #OK
        rts
@next_row:
        jsr     remember_place
        jsr     first_column
        inc     ROWCRS
        jsr     stay_inside
        ldy     #OK
@error:
        rts

; CTRL-1 holds output; BREAK lets it go on.
wait_output:
        lda     SSFLAG
        bne     wait_output
        rts

; Where DRAWTO starts.
remember_place:
        lda     ROWCRS
        sta     OLDROW
        lda     COLCRS
        sta     OLDCOL
        lda     COLCRS+1
        sta     OLDCOL+1
        rts

; To the next cell, at the end of the row to the next row.
advance:
        inc     COLCRS
        bne     @low
        inc     COLCRS+1
@low:
        ldx     DINDEX
        bne     @pixels
        lda     RMARGN
        cmp     COLCRS
        bcs     @done
        bcc     @wrap
@pixels:
        lda     COLCRS
        cmp     mode_cols_low,x
        lda     COLCRS+1
        sbc     mode_cols_high,x
        bcc     @done
@wrap:
        jsr     first_column
        inc     ROWCRS
        jmp     stay_inside
@done:
        rts

first_column:
        lda     #0
        sta     COLCRS+1
        ldx     DINDEX
        bne     @zero
        lda     LMARGN
@zero:
        sta     COLCRS
        rts

; Below the last row comes the first again.
stay_inside:
        jsr     rows_of_mode
        cmp     ROWCRS
        bne     @done
        lda     #0
        sta     ROWCRS
@done:
        rts

; Z set: mode X shows characters.
is_text:
        pha
        lda     mode_shift,x
        tax
        pla
        cpx     #0
        rts

; A = rows of the screen, without its window. Keeps Y.
rows_of_mode:
        ldx     DINDEX
        lda     BOTSCR
        cmp     #4
        bne     @full
        lda     SWPFLG
        bne     @window
        lda     mode_window_rows,x
        bne     @have
@full:
        lda     mode_rows,x
@have:
        rts
@window:
        lda     #4
        rts

; Out: Y = status, Z set when the cursor is on the screen.
check_cursor:
        jsr     rows_of_mode
        sec
        sbc     #1
        cmp     ROWCRS
        bcc     @outside
        lda     COLCRS
        cmp     mode_cols_low,x
        lda     COLCRS+1
        sbc     mode_cols_high,x
        bcs     @outside
        ldy     #OK
        lda     #0
        rts
@outside:
        lda     #0
        sta     ROWCRS
        jsr     first_column
        ldy     #ERR_CURSOR
        lda     #1
        rts

; ---- Cells ----

; ADRESS = the byte of the cursor's cell, DMASK = its bits.
locate_cell:
        lda     ROWCRS
        jsr     row_offset
        ldx     DINDEX
        lda     mode_shift,x
        tay
        lda     COLCRS
        sta     SHFAMT
        lda     COLCRS+1
        sta     SUBTMP
        cpy     #0
        beq     @byte
@shift:
        lsr     SUBTMP
        ror     SHFAMT
        dey
        bne     @shift
@byte:
        lda     SHFAMT
        clc
        adc     ADRESS
        sta     ADRESS
        bcc     @mask
        inc     ADRESS+1
@mask:
        ldy     mode_shift,x
        lda     cell_mask_of,y  ; cells of a byte - 1: also where their masks are
        and     COLCRS
        clc
        adc     cell_mask_of,y
        tay
        lda     cell_masks,y
        sta     DMASK
        rts

; ADRESS = SAVMSC + A * bytes of a row
row_offset:
        sta     ADRESS
        ldy     #0
        sty     ADRESS+1
        asl     a               ; * 10: at most 1,910
        rol     ADRESS+1
        asl     a
        rol     ADRESS+1
        clc
        adc     ADRESS
        bcc     @no_carry
        inc     ADRESS+1
@no_carry:
        ldx     DINDEX
        ldy     mode_row_doubles,x
@double:
        asl     a
        rol     ADRESS+1
        dey
        bne     @double
        clc
        adc     SAVMSC
        sta     ADRESS
        lda     ADRESS+1
        adc     SAVMSC+1
        sta     ADRESS+1
        rts

; Out: A = the cell at ADRESS, DMASK.
read_cell:
        ldy     #0
        lda     DMASK
        sta     HOLD2
        and     (ADRESS),y
        sta     SHFAMT
@shift:
        lsr     HOLD2
        bcs     @done
        lsr     SHFAMT
        bcc     @shift
@done:
        lda     SHFAMT
        rts

; A = value for the cell at ADRESS, DMASK.
write_cell:
        jsr     fill_byte
        ldy     #0
        eor     (ADRESS),y
        and     DMASK
        eor     (ADRESS),y
        sta     (ADRESS),y
        rts

; A = a cell's value; Out: A = a byte full of it.
fill_byte:
        ldx     DINDEX
        ldy     mode_shift,x
        beq     @done
        dey
        beq     @nibbles
        dey
        beq     @pairs
        lsr     a
        lda     #0
        bcc     @done
        lda     #$FF
@done:
        rts
@pairs:
        and     #3
        tax
        lda     pair_fill,x
        rts
@nibbles:
        and     #$0F
        sta     SHFAMT
        asl     a
        asl     a
        asl     a
        asl     a
        ora     SHFAMT
        rts

; ATASCII to the codes of the character set and back.
to_internal:
        pha
        rol     a
        rol     a
        rol     a
        rol     a
        and     #3
        tax
        pla
        and     #$9F
        ora     internal_block,x
        rts
to_ascii:
        pha
        rol     a
        rol     a
        rol     a
        rol     a
        and     #3
        tax
        pla
        and     #$9F
        ora     ascii_block,x
        rts

; ---- Clearing ----

; The screen without its window; in the window only that.
clear_screen:
        lda     #0
        sta     ROWCRS
        sta     COLCRS+1
        jsr     first_column
        lda     SAVMSC
        sta     ADRESS
        lda     SAVMSC+1
        sta     ADRESS+1
        jsr     rows_of_mode
        jsr     rows_end
        jsr     clear_to_end
        lda     DINDEX
        bne     @done
        jmp     all_line_starts
@done:
        rts

; MLTTMP = behind row A - 1
rows_end:
        pha
        lda     ADRESS
        pha
        lda     ADRESS+1
        pha
        tsx
        lda     $0103,x
        jsr     row_offset
        lda     ADRESS
        sta     MLTTMP
        lda     ADRESS+1
        sta     MLTTMP+1
        pla
        sta     ADRESS+1
        pla
        sta     ADRESS
        pla
        rts

; From SAVMSC to the end of memory.
clear_all:
        lda     SAVMSC
        sta     ADRESS
        lda     SAVMSC+1
        sta     ADRESS+1
        lda     #0
        sta     MLTTMP
        lda     RAMTOP
        sta     MLTTMP+1
; From ADRESS to before MLTTMP.
clear_to_end:
        sec
        lda     MLTTMP
        sbc     ADRESS
        sta     MLTTMP
        lda     MLTTMP+1
        sbc     ADRESS+1
        tax                     ; pages
        ldy     #0
        tya
        cpx     #0
        beq     @rest
@page:
        sta     (ADRESS),y
        iny
        bne     @page
        inc     ADRESS+1
        dex
        bne     @page
@rest:
        cpy     MLTTMP
        beq     @done
        sta     (ADRESS),y
        iny
        bne     @rest
@done:
        rts

; ---- Window ----

; Exchanges the variables of screen and window so that the screen's are in page zero.
restore_screen:
        lda     SWPFLG
        beq     @done
        jsr     swap_variables
@done:
        rts
swap_variables:
        ldx     #11
@next:
        lda     ROWCRS,x
        ldy     TXTROW,x
        sta     TXTROW,x
        sty     ROWCRS,x
        dex
        bpl     @next
        lda     SWPFLG
        eor     #$FF
        sta     SWPFLG
        rts

; ---- Modes 0 to 15 ----
mode_rows:
        .byte   24,24,12,24,48,48,96,96,192,192,192,192,24,12,192,192
mode_window_rows:
        .byte   0,20,10,20,40,40,80,80,160,0,0,0,20,10,160,160
mode_cols_low:
        .byte   40,20,20,40,80,80,160,160,<320,80,80,80,40,40,160,160
mode_cols_high:
        .byte   0,0,0,0,0,0,0,0,>320,0,0,0,0,0,0,0
mode_shift:                     ; cells of a byte, as a power of two
        .byte   0,0,0,2,3,2,3,2,3,1,1,1,0,0,3,2
mode_row_doubles:               ; bytes of a row = 5 * 2 to the power of this
        .byte   3,2,2,1,1,2,2,3,3,3,3,3,3,3,2,3
mode_antic:
        .byte   $02,$06,$07,$08,$09,$0A,$0B,$0D,$0F,$0F,$0F,$0F,$04,$05,$0C,$0E
mode_gtia:
        .byte   0,0,0,0,0,0,0,0,0,$40,$80,$C0,0,0,0,0
cell_mask_of:
        .byte   0,1,3,7
cell_masks:
        .byte   $FF
        .byte   $F0,$0F
        .byte   $C0,$30,$0C,$03
        .byte   $80,$40,$20,$10,$08,$04,$02,$01
pair_fill:
        .byte   $00,$55,$AA,$FF
internal_block:
        .byte   $40,$00,$20,$60
ascii_block:
        .byte   $20,$40,$00,$60
