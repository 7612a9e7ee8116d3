; DRAWTO and FILL: a line from where the last cell was written to the cursor.
; Each step adds the row's and the column's distance to an accumulator; what exceeds the longer one is a move.
        .include "os.inc"

        .segment "HIGH"

screen_special:
        ldx     #0
        lda     ICCOMZ
        cmp     #CIO_DRAWTO
        beq     @draw
        dex
        cmp     #CIO_FILL
        beq     @draw
        ldy     #ERR_COMMAND
        rts
@draw:
        stx     FILFLG
        jsr     restore_screen
        jsr     check_cursor
        beq     draw_line
        rts

draw_line:
        jsr     wait_output
        lda     ROWCRS
        sta     NEWROW
        sec                     ; rows to go, and which way
        ldx     #1
        sbc     OLDROW
        bcs     @down
        eor     #$FF
        adc     #1
        ldx     #$FF
@down:
        sta     DELTAR
        stx     ROWINC
        sec                     ; columns
        ldx     #1
        lda     COLCRS
        sta     NEWCOL
        sbc     OLDCOL
        sta     DELTAC
        lda     COLCRS+1
        sta     NEWCOL+1
        sbc     OLDCOL+1
        sta     DELTAC+1
        bcs     @right
        sec
        lda     #0
        sbc     DELTAC
        sta     DELTAC
        lda     #0
        sbc     DELTAC+1
        sta     DELTAC+1
        ldx     #$FF
@right:
        stx     COLINC

        lda     OLDROW
        sta     ROWCRS
        lda     OLDCOL
        sta     COLCRS
        lda     OLDCOL+1
        sta     COLCRS+1
        lda     #0
        sta     ROWAC
        sta     ROWAC+1
        sta     COLAC
        sta     COLAC+1
        ldx     #ROWAC          ; the shorter distance starts half full
        lda     DELTAC
        ldy     DELTAC+1
        bne     @longer
        cmp     DELTAR
        bcs     @longer
        ldx     #COLAC
        lda     DELTAR
@longer:
        sta     ENDPT
        sta     COUNTR
        sty     ENDPT+1
        sty     COUNTR+1
        lda     ENDPT+1
        lsr     a
        sta     $01,x
        lda     ENDPT
        ror     a
        sta     $00,x

@step:
        lda     COUNTR
        ora     COUNTR+1
        beq     @arrived
        lda     COUNTR
        bne     @low
        dec     COUNTR+1
@low:
        dec     COUNTR
        clc
        lda     ROWAC
        adc     DELTAR
        sta     ROWAC
        bcc     @row_sum
        inc     ROWAC+1
@row_sum:
        ldx     #ROWAC
        jsr     @exceeds
        bcc     @columns
        lda     ROWCRS
        clc
        adc     ROWINC
        sta     ROWCRS
@columns:
        clc
        lda     COLAC
        adc     DELTAC
        sta     COLAC
        lda     COLAC+1
        adc     DELTAC+1
        sta     COLAC+1
        ldx     #COLAC
        jsr     @exceeds
        bcc     @plot
        ldx     #0
        lda     COLINC
        bpl     @move
        dex
@move:
        clc
        adc     COLCRS
        sta     COLCRS
        txa
        adc     COLCRS+1
        sta     COLCRS+1
@plot:
        jsr     locate_cell
        lda     ATACHR
        jsr     @write
        lda     FILFLG
        beq     @step
        jsr     fill_right
        jmp     @step
@arrived:
        jsr     remember_place
        ldy     #OK
        rts
@write:
        ldx     DINDEX
        ldy     mode_shift,x
        bne     @pixel
        jsr     to_internal
@pixel:
        jmp     write_cell

; Accumulator X minus ENDPT when it holds so much: carry set.
@exceeds:
        lda     $00,x
        cmp     ENDPT
        lda     $01,x
        sbc     ENDPT+1
        bcc     @less
        sta     $01,x
        lda     $00,x
        sbc     ENDPT
        sta     $00,x
        sec
@less:
        rts

; From the cell right of the cursor up to the next that is not 0.
fill_right:
        lda     COLCRS
        pha
        lda     COLCRS+1
        pha
@next:
        inc     COLCRS
        bne     @low
        inc     COLCRS+1
@low:
        ldx     DINDEX
        lda     COLCRS
        cmp     mode_cols_low,x
        lda     COLCRS+1
        sbc     mode_cols_high,x
        bcs     @end
        jsr     locate_cell
        jsr     read_cell
        bne     @end
        lda     FILDAT
        ldx     DINDEX
        ldy     mode_shift,x
        bne     @pixel
        jsr     to_internal
@pixel:
        jsr     write_cell
        jmp     @next
@end:
        pla
        sta     COLCRS+1
        pla
        sta     COLCRS
        rts
