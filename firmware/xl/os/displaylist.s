; Lays out screen memory and its display list below RAMTOP. The list is written from its end, so that its length
; need not be known: a row whose bytes begin in another 4 KB than those before it loads its address anew.
        .include "os.inc"

        .segment "LOW3"

BLANK_8 = $70
LOAD    = $40
SCROLL  = $20
JUMP    = $41

; In: DINDEX, HOLD4 nonzero for a text window. Out: SAVMSC, TXTMSC, SDLSTL, MEMTOP; carry clear when APPMHI is in the way.
build_display_list:
        lda     #<(-WINDOW_BYTES)
        sta     TXTMSC
        ldx     RAMTOP
        dex
        stx     TXTMSC+1
        ldx     DINDEX
        sec                     ; screen memory
        lda     #0
        sbc     mode_memory_low,x
        sta     SAVMSC
        lda     RAMTOP
        sbc     mode_memory_high,x
        sta     SAVMSC+1
        sec                     ; the list ends here
        lda     SAVMSC
        sbc     mode_gap,x
        sta     ADRESS
        lda     SAVMSC+1
        sbc     #0
        sta     ADRESS+1

        jsr     back_3          ; JVB: its address is known at the end
        lda     ADRESS
        sta     FRMADR
        lda     ADRESS+1
        sta     FRMADR+1
        lda     HOLD4
        beq     @no_window
        jsr     window_lines
@no_window:
        jsr     @fine_line
        ldx     DINDEX
        lda     mode_rows,x
        ldy     HOLD4
        beq     @rows
        lda     mode_window_rows,x
@rows:
        sta     HOLD3
        jsr     row_lines
        jsr     back_3
        ldy     #2
        lda     #BLANK_8
@blank:
        sta     (ADRESS),y
        dey
        bpl     @blank
        ldy     #2              ; the jump back
        lda     ADRESS+1
        sta     (FRMADR),y
        dey
        lda     ADRESS
        sta     (FRMADR),y
        dey
        lda     #JUMP
        sta     (FRMADR),y

        lda     ADRESS
        sta     SDLSTL
        sec
        sbc     #1
        sta     MEMTOP
        lda     ADRESS+1
        sta     SDLSTH
        sbc     #0
        sta     MEMTOP+1
        lda     MEMTOP
        cmp     APPMHI
        lda     MEMTOP+1
        sbc     APPMHI+1
        bcs     @fits
        ldx     DINDEX          ; text is shown in any case
        cpx     #1
        bcc     @fits_always
        clc
@fits:
        rts
@fits_always:
        sec
        rts

; Fine scrolling ends in a blank line as high as what has scrolled.
@fine_line:
        lda     FINE
        beq     @none
        lda     DINDEX
        bne     @none
        lda     #BLANK_8
        jmp     put_back
@none:
        rts

; HOLD3 rows, from the last to the first.
row_lines:
        dec     HOLD3
        lda     HOLD3
        beq     @load
        jsr     row_end         ; bytes of this row begin where those of the one before end
        jsr     same_4k
        bne     @load
        jsr     mode_line
        jsr     put_back
        jmp     row_lines
@load:
        lda     HOLD3
        jsr     row_end
        jsr     back_3
        jsr     mode_line
        ora     #LOAD
        ldy     #0
        sta     (ADRESS),y
        iny
        lda     TOADR
        sta     (ADRESS),y
        iny
        lda     TOADR+1
        sta     (ADRESS),y
        lda     HOLD3
        bne     row_lines
        rts

; TOADR = where row A begins. Keeps ADRESS.
row_end:
        tay
        lda     ADRESS
        pha
        lda     ADRESS+1
        pha
        tya
        jsr     row_offset
        lda     ADRESS
        sta     TOADR
        lda     ADRESS+1
        sta     TOADR+1
        pla
        sta     ADRESS+1
        pla
        sta     ADRESS
        rts

; Z set: the byte before TOADR is in the same 4 KB.
same_4k:
        lda     TOADR
        cmp     #1
        lda     TOADR+1
        sbc     #0
        eor     TOADR+1
        and     #$F0
        rts

; A = the instruction of a row.
mode_line:
        ldx     DINDEX
        lda     mode_antic,x
        cpx     #0
        bne     @done
        ldx     FINE
        beq     @done
        ora     #SCROLL
@done:
        rts

window_lines:
        ldy     #3
@line:
        lda     #$02
        jsr     put_back
        dey
        bne     @line
        jsr     back_3
        ldy     #0
        lda     #$02 | LOAD
        sta     (ADRESS),y
        iny
        lda     TXTMSC
        sta     (ADRESS),y
        iny
        lda     TXTMSC+1
        sta     (ADRESS),y
        rts

; One byte A before ADRESS. Keeps Y.
put_back:
        pha
        ldx     #1
        jsr     back
        tya
        tax
        ldy     #0
        pla
        sta     (ADRESS),y
        txa
        tay
        rts

back_3:
        ldx     #3
; ADRESS goes back X bytes. Keeps Y.
back:
        lda     ADRESS
        bne     @low
        dec     ADRESS+1
@low:
        dec     ADRESS
        dex
        bne     back
        rts

; Bytes between the beginning of screen memory and RAMTOP: with the window's, except in mode 0.
WINDOW_BYTES = 160
MEMORY_0  = 960
MEMORY_8  = 7680 + WINDOW_BYTES + 16 ; 16 bytes more: a row ends where 4 KB end
mode_memory_low:
        .byte   <MEMORY_0,<640,<400,<400,<640,<1120,<2080,<4000,<MEMORY_8,<MEMORY_8,<MEMORY_8,<MEMORY_8,<1120,<640,<4000,<MEMORY_8
mode_memory_high:
        .byte   >MEMORY_0,>640,>400,>400,>640,>1120,>2080,>4000,>MEMORY_8,>MEMORY_8,>MEMORY_8,>MEMORY_8,>1120,>640,>4000,>MEMORY_8
mode_gap:                       ; keeps the list within 1 KB
        .byte   0,0,0,0,0,0,0,96,80,80,80,80,0,0,96,80
