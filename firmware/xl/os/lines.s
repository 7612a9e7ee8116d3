; Rows of text and the logical lines that they form. LOGMAP has a bit for each row, set where a line begins.
        .include "os.inc"

        .segment "LOW3"

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

; Row X goes; those below move up, an empty line comes in at the bottom. Where reading began moves with its text.
delete_row:
        cpx     BUFSTR
        bcs     @began_before
        dec     BUFSTR
@began_before:
        stx     HOLD2
        jsr     target_row
        ldx     HOLD2
@next:
        inx
        cpx     BOTSCR
        bcs     @last
        lda     TOADR
        adc     #40             ; carry is clear
        sta     FRMADR
        lda     TOADR+1
        adc     #0
        sta     FRMADR+1
        jsr     copy_row
        jmp     @next
@last:
        jsr     blank_row
        jsr     keep_map
        sec                     ; the map moves up too: all of it ...
        rol     LOGMAP+3
        rol     LOGMAP+2
        rol     LOGMAP+1
        rol     LOGMAP
        jsr     restore_map
        ldx     BOTSCR
        dex
        jmp     set_line_start

; An empty row comes in at X; those below move down, the last one goes. The new row begins a line.
insert_row:
        cpx     BUFSTR
        beq     @began_here
        bcs     @began_before
@began_here:
        inc     BUFSTR
@began_before:
        stx     HOLD2
        ldx     BOTSCR
        dex
        jsr     target_row
        ldx     BOTSCR
@next:
        dex
        cpx     HOLD2
        beq     @there
        lda     TOADR
        sec
        sbc     #40
        sta     FRMADR
        lda     TOADR+1
        sbc     #0
        sta     FRMADR+1
        jsr     copy_row
        jmp     @next
@there:
        jsr     blank_row
        jsr     keep_map
        sec
        ror     LOGMAP
        ror     LOGMAP+1
        ror     LOGMAP+2
        ror     LOGMAP+3
        jsr     restore_map
        ldx     HOLD2
        jmp     set_line_start

; TOADR = row X
target_row:
        txa
        jsr     row_address
        lda     ADRESS
        sta     TOADR
        lda     ADRESS+1
        sta     TOADR+1
        rts

; 40 bytes from FRMADR to TOADR, which then is FRMADR. Keeps X.
copy_row:
        ldy     #36
@bytes:
        lda     (FRMADR),y
        sta     (TOADR),y
        iny
        lda     (FRMADR),y
        sta     (TOADR),y
        iny
        lda     (FRMADR),y
        sta     (TOADR),y
        iny
        lda     (FRMADR),y
        sta     (TOADR),y
        tya
        sec
        sbc     #7
        tay
        bpl     @bytes
        lda     FRMADR
        sta     TOADR
        lda     FRMADR+1
        sta     TOADR+1
        rts

keep_map:
        ldx     #3
@byte:
        lda     LOGMAP,x
        sta     MAP_BEFORE,x
        dex
        bpl     @byte
        rts

; ... but not the bits of the rows above HOLD2.
restore_map:
        lda     HOLD2
        and     #7
        tax
        lda     rows_before,x
        sta     SUBTMP
        lda     HOLD2
        lsr     a
        lsr     a
        lsr     a
        tax
        lda     LOGMAP,x
        eor     MAP_BEFORE,x
        and     SUBTMP
        eor     LOGMAP,x
        jmp     @store
@above:
        lda     MAP_BEFORE,x
@store:
        sta     LOGMAP,x
        dex
        bpl     @above
        rts
rows_before:
        .byte   $00,$80,$C0,$E0,$F0,$F8,$FC,$FE
MAP_BEFORE = ACMVAR+4

; 40 blanks at TOADR.
blank_row:
        lda     #0
        ldy     #39
@byte:
        sta     (TOADR),y
        dey
        bpl     @byte
        rts

; ---- Scrolling: the top logical line goes; ROWCRS moves with the text. ----
scroll_up:
        jsr     scroll_fine
        ldx     #0
        jsr     delete_row
        dec     ROWCRS
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
