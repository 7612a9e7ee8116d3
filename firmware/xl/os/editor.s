; E: the screen editor. Output obeys control characters; input is a logical line, from where the cursor stood when
; reading began.
        .include "os.inc"

BELL_COLUMN = 113

        .segment "HIGH"

editor_open:
        jsr     restore_screen
        lda     ICAX1Z
        and     #$0F
        sta     ICAX1Z
        lda     #0
        jsr     open_mode
        lda     #0
        sta     BUFCNT
        sta     ESCFLG
        sta     DSPFLG
        sta     CRSINH
        ldx     #14
        lda     #1              ; a tab stop at each eighth column
@tabs:
        sta     TABMAP,x
        dex
        bpl     @tabs
        tya
        pha
        jsr     cursor_on
        pla
        tay
        rts

editor_close:
        jsr     restore_screen
        ldy     #OK
        rts

; ---- PUT ----
editor_put:
        sta     ATACHR
        jsr     text_in
        jsr     text_range
        bcs     @error
        jsr     cursor_off
        jsr     put_character
        jsr     cursor_on
@error:
        jsr     restore_screen
        ldy     DSTAT
        lda     #OK
        sta     DSTAT
        lda     ATACHR
        rts

; ---- GET ----
editor_get:
        jsr     text_in
        lda     BUFCNT
        bne     @from_line
        jsr     read_line
        bmi     @error
@from_line:
        dec     BUFCNT
        beq     @end_of_line
        jsr     next_of_line
        jmp     @give
@end_of_line:
        jsr     cursor_off
        lda     BUFSTR          ; where the line was, it is left
        sta     ROWCRS
        lda     BUFSTR+1
        sta     COLCRS
        jsr     new_line
        jsr     cursor_on
        lda     #EOL
        sta     ATACHR
@give:
        lda     #OK
        sta     DSTAT
@error:
        jsr     restore_screen
        ldy     DSTAT
        lda     #OK
        sta     DSTAT
        lda     ATACHR
        rts

; The text's variables in page zero; full-screen graphics give way to text.
text_in:
        lda     DINDEX
        beq     @ready
        lda     SWPFLG
        bne     @ready
        lda     BOTSCR
        cmp     #4
        beq     @window
        lda     ICAX1Z
        pha
        lda     #0
        sta     ICAX1Z
        jsr     editor_open
        sty     DSTAT
        pla
        sta     ICAX1Z
        rts
@window:
        jsr     swap_variables
@ready:
        rts

; A cursor that somebody placed outside comes home: carry set.
text_range:
        lda     ROWCRS
        cmp     BOTSCR
        bcs     @row
        lda     COLCRS+1
        bne     @outside
        lda     COLCRS
        cmp     #40
        bcc     @inside         ; carry clear
@row:
        jsr     home
@outside:
        lda     #0
        sta     COLCRS+1
        jsr     left_margin
        lda     #ERR_CURSOR
        sta     DSTAT
        sec
@inside:
        rts

; ---- Reading a line ----

; Out: BUFSTR where it begins, BUFCNT its characters and EOL; N set and DSTAT on error.
read_line:
        jsr     text_range
        lda     #OK
        sta     DSTAT
        lda     ROWCRS
        sta     BUFSTR
        lda     COLCRS
        sta     BUFSTR+1
@next:
        jsr     read_key
        bmi     @error
        lda     ATACHR
        cmp     #EOL
        beq     @complete
        jsr     cursor_off
        jsr     put_character
        jsr     cursor_on
        jsr     logical_column
        cmp     #BELL_COLUMN
        bne     @next
        jsr     bell
        jmp     @next
@error:
        sty     DSTAT
        lda     #0
        sta     BUFCNT
        tya
        rts

@complete:
        jsr     cursor_off
        jsr     line_start      ; X = first row of the line with the cursor
        stx     TMPROW
        ldx     BUFSTR
        jsr     line_start_of
        cpx     TMPROW
        beq     @same_line
        lda     TMPROW
        sta     BUFSTR
        lda     LMARGN
        sta     BUFSTR+1
@same_line:
        jsr     line_end        ; TMPROW, TMPCOL = behind the last character
        jsr     count_characters
        lda     #0
        rts

; BUFCNT = characters from BUFSTR to before TMPROW, TMPCOL, plus EOL.
count_characters:
        ldx     BUFSTR
        lda     BUFSTR+1
        sta     HOLD1
        ldy     #1
@next:
        cpx     TMPROW
        bcc     @count
        bne     @done
        lda     HOLD1
        cmp     TMPCOL
        bcs     @done
@count:
        iny
        lda     HOLD1
        inc     HOLD1
        cmp     RMARGN
        bcc     @next
        lda     LMARGN
        sta     HOLD1
        inx
        bne     @next
@done:
        sty     BUFCNT
        rts

; ATACHR = the character at BUFSTR, which goes on.
next_of_line:
        lda     BUFSTR
        jsr     row_address
        ldy     BUFSTR+1
        lda     (ADRESS),y
        sta     CHAR
        jsr     to_ascii
        sta     ATACHR
        lda     BUFSTR+1
        inc     BUFSTR+1
        cmp     RMARGN
        bcc     @done
        lda     LMARGN
        sta     BUFSTR+1
        inc     BUFSTR
@done:
        rts

; ---- The cursor ----
cursor_on:
        lda     ROWCRS
        jsr     row_address
        lda     COLCRS
        clc
        adc     ADRESS
        sta     OLDADR
        lda     ADRESS+1
        adc     #0
        sta     OLDADR+1
        jsr     logical_column
        ldy     #0
        lda     (OLDADR),y
        sta     OLDCHR
        ldx     CRSINH
        bne     @hidden
        eor     #$80
        sta     (OLDADR),y
@hidden:
        rts

; Only where the cursor still is: what a program has put there since stays.
cursor_off:
        ldy     #0
        lda     (OLDADR),y
        eor     #$80
        cmp     OLDCHR
        bne     @gone
        lda     OLDADR+1
        beq     @gone
        lda     OLDCHR
        sta     (OLDADR),y
@gone:
        rts

; A and LOGCOL = the column in the logical line.
logical_column:
        jsr     line_start
        stx     HOLD1
        sec
        lda     ROWCRS
        sbc     HOLD1
        tax
        lda     COLCRS
        cpx     #0
        beq     @done
@row:
        clc
        adc     #40
        dex
        bne     @row
@done:
        sta     LOGCOL
        rts

; ---- Characters ----

; ATACHR at the cursor: shown or obeyed.
put_character:
        jsr     wait_output
        lda     SUPERF
        beq     @ordinary
        lda     #0
        sta     SUPERF
        jmp     super_function
@ordinary:
        lda     ATACHR
        cmp     #EOL
        bne     @not_eol
        lda     #0
        sta     ESCFLG
        jmp     new_line
@not_eol:
        lda     ESCFLG
        asl     a
        lda     #0
        sta     ESCFLG
        bcs     show_character
        lda     DSPFLG
        bne     show_character
        lda     ATACHR          ; most characters are none that control
        and     #$7F
        cmp     #ATA_ESC
        bcc     show_character
        cmp     #$20
        bcc     @control
        cmp     #ATA_CLEAR
        bcc     show_character
@control:
        lda     ATACHR
        ldx     #(control_routines_end - control_routines) / 3 * 3 - 3
@find:
        cmp     control_routines,x
        beq     obey
        dex
        dex
        dex
        bpl     @find

show_character:
        lda     ATACHR
        jsr     to_internal
        sta     CHAR
        lda     ROWCRS
        jsr     row_address
        ldy     COLCRS
        lda     CHAR
        sta     (ADRESS),y
        cpy     RMARGN
        bcs     next_row_of_line
        inc     COLCRS
        rts

; Behind the right margin: the logical line grows up to three rows.
next_row_of_line:
        lda     LMARGN
        sta     COLCRS
        jsr     line_start
        txa
        clc
        adc     #2
        cmp     ROWCRS
        beq     new_line
        bcc     new_line
        inc     ROWCRS
        lda     ROWCRS
        cmp     BOTSCR
        bcc     @on_screen
        jsr     scroll_up
        ldx     ROWCRS
        jmp     clear_line_start
@on_screen:
        tax
        jsr     is_line_start
        beq     @there          ; it has this row already
        ldx     ROWCRS
        jsr     insert_row
        ldx     ROWCRS
        jmp     clear_line_start
@there:
        rts

; To the next logical line.
new_line:
        lda     LMARGN
        sta     COLCRS
@next:
        inc     ROWCRS
        lda     ROWCRS
        cmp     BOTSCR
        bcs     @scroll
        tax
        jsr     is_line_start
        beq     @next
        rts
@scroll:
        jmp     scroll_up

obey:
        lda     control_routines+2,x
        pha
        lda     control_routines+1,x
        pha
        rts

super_function:
        lda     ATACHR
        cmp     #$8E
        beq     home
        cmp     #$8F
        beq     lower_left
        cmp     #$90
        beq     left_margin
        lda     RMARGN
        sta     COLCRS
        rts
lower_left:
        ldx     BOTSCR
        dex
        stx     ROWCRS
left_margin:
        lda     LMARGN
        sta     COLCRS
        rts
home:
        lda     #0
        sta     ROWCRS
        sta     COLCRS+1
        beq     left_margin

control_routines:
        .byte   ATA_ESC
        .word   do_escape-1
        .byte   ATA_UP
        .word   do_up-1
        .byte   ATA_DOWN
        .word   do_down-1
        .byte   ATA_LEFT
        .word   do_left-1
        .byte   ATA_RIGHT
        .word   do_right-1
        .byte   ATA_CLEAR
        .word   clear_screen-1
        .byte   ATA_BACKSPACE
        .word   do_backspace-1
        .byte   ATA_TAB
        .word   do_tab-1
        .byte   ATA_DELLINE
        .word   do_delete_line-1
        .byte   ATA_INSLINE
        .word   do_insert_line-1
        .byte   ATA_CLRTAB
        .word   do_clear_tab-1
        .byte   ATA_SETTAB
        .word   do_set_tab-1
        .byte   ATA_BELL
        .word   bell-1
        .byte   ATA_DELCHAR
        .word   do_delete_char-1
        .byte   ATA_INSCHAR
        .word   do_insert_char-1
control_routines_end:

do_escape:
        lda     #$80
        sta     ESCFLG
        rts

do_up:
        dec     ROWCRS
        bpl     @done
        ldx     BOTSCR
        dex
        stx     ROWCRS
@done:
        rts
do_down:
        inc     ROWCRS
        lda     ROWCRS
        cmp     BOTSCR
        bcc     @done
        lda     #0
        sta     ROWCRS
@done:
        rts
do_left:
        dec     COLCRS
        bmi     @wrap
        lda     COLCRS
        cmp     LMARGN
        bcs     @done
@wrap:
        lda     RMARGN
        sta     COLCRS
@done:
        rts
do_right:
        inc     COLCRS
        lda     RMARGN
        cmp     COLCRS
        bcs     @done
        lda     LMARGN
        sta     COLCRS
@done:
        rts

do_backspace:
        ldx     ROWCRS
        lda     LMARGN
        cmp     COLCRS
        bcc     @same_row
        jsr     is_line_start
        bne     @blank          ; nothing is left of it
        lda     RMARGN
        sta     COLCRS
        dec     ROWCRS
        jsr     drop_empty_row
        jmp     @blank
@same_row:
        dec     COLCRS
@blank:
        lda     ROWCRS
        jsr     row_address
        ldy     COLCRS
        lda     #0
        sta     (ADRESS),y
        rts

bell:
        lda     #8
        sta     HOLD1
@again:
        jsr     beep
        dec     HOLD1
        bne     @again
        rts

; ---- Tabs ----
do_tab:
@next:
        lda     COLCRS
        cmp     RMARGN
        bcs     @end_of_row
        inc     COLCRS
        bne     @test
@end_of_row:
        jsr     next_row_of_line
        ldx     ROWCRS
        jsr     is_line_start
        bne     @done
@test:
        jsr     tab_bit
        and     TABMAP,x
        beq     @next
@done:
        rts
do_set_tab:
        jsr     tab_bit
        ora     TABMAP,x
        sta     TABMAP,x
        rts
do_clear_tab:
        jsr     tab_bit
        eor     #$FF
        and     TABMAP,x
        sta     TABMAP,x
        rts
; X = byte, A = bit of the cursor's column.
tab_bit:
        jsr     logical_column
        pha
        and     #7
        tax
        lda     bits,x
        tay
        pla
        lsr     a
        lsr     a
        lsr     a
        tax
        tya
        rts
bits:
        .byte   $80,$40,$20,$10,$08,$04,$02,$01

; ---- Inserting and deleting ----

; The rest of the logical line moves right; what falls off its end begins one more row.
do_insert_char:
        jsr     line_last_row   ; TMPROW
        lda     TMPROW
        jsr     row_address
        ldy     RMARGN
        lda     (ADRESS),y
        beq     @room
        jsr     grow_line
@room:
        lda     ROWCRS
        sta     HOLD1
        lda     COLCRS
        sta     INSDAT
        lda     #0
        sta     HOLDCH          ; what moves in
@row:
        lda     HOLD1
        jsr     row_address
        ldy     INSDAT
@column:
        lda     (ADRESS),y
        pha
        lda     HOLDCH
        sta     (ADRESS),y
        pla
        sta     HOLDCH
        cpy     RMARGN
        iny
        bcc     @column
        lda     LMARGN
        sta     INSDAT
        lda     HOLD1
        cmp     TMPROW
        inc     HOLD1
        bcc     @row
        rts

; One more row behind TMPROW, when the line has less than three.
grow_line:
        jsr     line_start
        inx
        inx
        cpx     TMPROW
        beq     @done
        inc     TMPROW
        lda     TMPROW
        cmp     BOTSCR
        bcc     @insert
        lda     ROWCRS
        pha
        lda     TMPROW
        sta     ROWCRS
        jsr     scroll_up
        pla                     ; everything is higher now
        sec
        sbc     TMPROW
        clc
        adc     ROWCRS
        ldx     ROWCRS
        sta     ROWCRS
        stx     TMPROW
        jmp     clear_line_start
@insert:
        tax
        jsr     insert_row
        ldx     TMPROW
        jmp     clear_line_start
@done:
        rts

; The rest of the logical line moves left; a last row that is empty then goes.
do_delete_char:
        jsr     line_last_row
        lda     TMPROW
        sta     HOLD1
        lda     #0
        sta     HOLDCH
@row:
        lda     HOLD1
        jsr     row_address
        lda     LMARGN
        ldx     HOLD1
        cpx     ROWCRS
        bne     @begin
        lda     COLCRS
@begin:
        sta     INSDAT
        ldy     RMARGN
@column:
        lda     (ADRESS),y
        pha
        lda     HOLDCH
        sta     (ADRESS),y
        pla
        sta     HOLDCH
        cpy     INSDAT
        beq     @row_done
        dey
        bpl     @column
@row_done:
        lda     HOLD1
        dec     HOLD1
        cmp     ROWCRS
        bne     @row
        lda     TMPROW
        cmp     ROWCRS
        beq     drop_done
        ldx     TMPROW
; Row X, a continuation: away with it when it is blank.
drop_empty_row:
        stx     TMPROW
        txa
        jsr     row_address
        ldy     RMARGN
@blank:
        lda     (ADRESS),y
        bne     drop_done
        dey
        bmi     @drop
        cpy     LMARGN
        bcs     @blank
@drop:
        ldx     TMPROW
        jmp     delete_row
drop_done:
        rts

do_delete_line:
        jsr     line_start
        stx     ROWCRS
@next:
        ldx     ROWCRS
        jsr     delete_row
        ldx     ROWCRS
        jsr     is_line_start
        beq     @next
        jmp     left_margin

do_insert_line:
        ldx     ROWCRS
        jsr     insert_row
        ldx     ROWCRS
        jsr     set_line_start
        ldx     ROWCRS          ; what was cut off its line is a line of its own
        inx
        cpx     BOTSCR
        bcs     @done
        jsr     set_line_start
@done:
        jmp     left_margin

; TMPROW = the last row of the cursor's logical line.
line_last_row:
        ldx     ROWCRS
@next:
        inx
        cpx     BOTSCR
        bcs     @found
        jsr     is_line_start
        beq     @next
@found:
        dex
        stx     TMPROW
        rts
