; Rows of text and the logical lines that they form. LOGMAP has a bit for each row, set where a line begins.
        .include "os.inc"

        .segment "LOW"

; ADRESS = row A
row_address = row_offset

; ---- LOGMAP ----

; Z clear: a line begins in row X. Keeps X.
is_line_start:
        jsr     line_bit
        and     LOGMAP,y
        rts
set_line_start:
        jsr     line_bit
        ora     LOGMAP,y
        sta     LOGMAP,y
        rts
clear_line_start:
        jsr     line_bit
        eor     #$FF
        and     LOGMAP,y
        sta     LOGMAP,y
        rts
; Y = byte, A = bit of row X.
line_bit:
        txa
        lsr     a
        lsr     a
        lsr     a
        tay
        stx     SUBTMP
        txa
        and     #7
        tax
        lda     bits,x
        ldx     SUBTMP
        rts
all_line_starts:
        lda     #$FF
        sta     LOGMAP
        sta     LOGMAP+1
        sta     LOGMAP+2
        sta     LOGMAP+3
        rts

; X, HOLD1 = the row in which the cursor's logical line begins.
line_start:
        ldx     ROWCRS
line_start_of:
        jsr     is_line_start
        bne     @found
        dex
        bpl     line_start_of
        inx
@found:
        stx     HOLD1
        rts

; TMPROW, TMPCOL = behind the last character of the cursor's logical line.
line_end:
        jsr     line_last_row
@row:
        lda     TMPROW
        jsr     row_address
        ldy     RMARGN
@column:
        lda     (ADRESS),y
        bne     @found
        cpy     LMARGN
        beq     @empty
        dey
        bpl     @column
@empty:
        ldx     TMPROW
        jsr     is_line_start
        bne     @at_start
        dec     TMPROW
        bpl     @row
@at_start:
        ldy     LMARGN
        dey
@found:
        iny
        sty     TMPCOL
        rts

; ---- Moving rows ----

; Row X goes; those below move up, an empty line comes in at the bottom.
delete_row:
        stx     HOLD2
        txa
        jsr     row_address     ; to
        lda     ADRESS
        sta     TOADR
        lda     ADRESS+1
        sta     TOADR+1
        ldx     HOLD2
        inx
@next:
        cpx     BOTSCR
        bcs     @last
        lda     TOADR
        clc
        adc     #40
        sta     FRMADR
        lda     TOADR+1
        adc     #0
        sta     FRMADR+1
        ldy     #39
@byte:
        lda     (FRMADR),y
        sta     (TOADR),y
        dey
        bpl     @byte
        lda     FRMADR
        sta     TOADR
        lda     FRMADR+1
        sta     TOADR+1
        inx
        bne     @next
@last:
        jsr     blank_row
        ldx     HOLD2           ; the map below moves up too
@bit:
        inx
        cpx     BOTSCR
        bcs     @new_bit
        jsr     is_line_start
        php
        dex
        plp
        jsr     copy_bit
        inx
        bne     @bit
@new_bit:
        dex
        jmp     set_line_start

; An empty row comes in at X; those below move down, the last one goes. The new row begins a line.
insert_row:
        stx     HOLD2
        ldx     BOTSCR
        dex
        txa
        jsr     row_address
        lda     ADRESS
        sta     TOADR
        lda     ADRESS+1
        sta     TOADR+1
        ldx     BOTSCR
        dex
@next:
        cpx     HOLD2
        beq     @there
        lda     TOADR
        sec
        sbc     #40
        sta     FRMADR
        lda     TOADR+1
        sbc     #0
        sta     FRMADR+1
        ldy     #39
@byte:
        lda     (FRMADR),y
        sta     (TOADR),y
        dey
        bpl     @byte
        lda     FRMADR
        sta     TOADR
        lda     FRMADR+1
        sta     TOADR+1
        dex
        bne     @next
@there:
        jsr     blank_row
        ldx     BOTSCR
        dex
@bit:
        cpx     HOLD2
        beq     @new_bit
        dex
        jsr     is_line_start
        php
        inx
        plp
        jsr     copy_bit
        dex
        bne     @bit
@new_bit:
        jmp     set_line_start

; Z set: clears, else sets the bit of row X. Keeps X.
copy_bit:
        beq     @clear
        jmp     set_line_start
@clear:
        jmp     clear_line_start

; 40 blanks at TOADR.
blank_row:
        lda     #0
        ldy     #39
@byte:
        sta     (TOADR),y
        dey
        bpl     @byte
        rts

; ---- Scrolling: the top logical line goes; ROWCRS and where reading began move with the text. ----
scroll_up:
        jsr     scroll_fine
        ldx     #0
        jsr     delete_row
        dec     ROWCRS
        lda     BUFSTR
        beq     @top
        dec     BUFSTR
@top:
        lda     FINE
        beq     @coarse
        lda     #0
        sta     VSFLAG
        sta     VSCROL
@coarse:
        ldx     #0
        jsr     is_line_start
        beq     scroll_up
        rts

; Lets the vertical blanks move the picture by seven lines; the eighth is the row itself, right behind a vertical blank.
scroll_fine:
        lda     FINE
        beq     @done
        lda     DINDEX
        ora     SWPFLG
        bne     @done
        lda     CRITIC
        bne     @done
        lda     #8
        sta     VSFLAG
@wait:
        lda     VSFLAG
        cmp     #2
        bcs     @wait
        lda     RTCLOK+2
@frame:
        cmp     RTCLOK+2
        beq     @frame
@done:
        rts
