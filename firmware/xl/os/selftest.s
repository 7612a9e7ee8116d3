; The self test: memory, sound and colour, keyboard. SELECT chooses, START runs, RESET leaves.
        .include "os.inc"

CHOICES     = 4
SELECT_KEY  = $02
START_KEY   = $01

POINTER     = RAMLO
CHOICE      = $80               ; nothing else runs: page zero of programs is free
COUNT       = $81
SUM         = $82
KEPT        = $84
FIRST_PAGE  = $08
ROM_WINDOW  = $50               ; what lies at $5000 now is not RAM
ROM_END     = $58

        .segment "SELFTEST"

selftest_menu:
        sei
        cld
        ldx     #$FF
        txs
        lda     #0
        sta     NMIEN
        jsr     interrupt_init
        jsr     sio_init
        jsr     keyboard_init
        jsr     cio_init
        lda     #2
        sta     LMARGN
        lda     #0
        sta     CRITIC
        sta     CHOICE
        lda     #$FF
        sta     BRKKEY
        cli
        jsr     open_editor
menu:
        lda     #1
        sta     CRSINH
        ldx     #0
        lda     #<menu_text
        sta     ICBAL
        lda     #>menu_text
        sta     ICBAH
        lda     #menu_text_end - menu_text
        sta     ICBLL
        stx     ICBLH
        lda     #CIO_PUTCHR
        sta     ICCOM
        jsr     CIOV
        jsr     show_choice
@wait:
        jsr     console
        beq     @wait
        lsr     a
        bcs     @start
        lsr     a
        bcc     @wait
        jsr     hide_choice
        inc     CHOICE
        lda     CHOICE
        and     #CHOICES-1
        sta     CHOICE
        jsr     show_choice
        jmp     @wait
@start:
        lda     CHOICE
        asl     a
        tax
        lda     tests+1,x
        pha
        lda     tests,x
        pha
        lda     #<clear_text
        ldx     #>clear_text
        jmp     print_text      ; and then to the test
tests:
        .word   memory_test-1, sound_test-1, keyboard_test-1, all_tests-1

; A = the console keys that were pressed and are released again, 1 START, 2 SELECT, 4 OPTION.
console:
        lda     CONSOL
        eor     #$07
        and     #$07
        beq     @none
        pha
@held:
        lda     CONSOL
        and     #$07
        cmp     #$07
        bne     @held
        lda     #0
        sta     ATRACT
        pla
@none:
        rts

show_choice:
        lda     #$1F            ; an arrow to the right
        bne     mark
hide_choice:
        lda     #' '
mark:
        pha
        lda     CHOICE
        clc
        adc     #5
        sta     ROWCRS
        lda     #4
        sta     COLCRS
        lda     #ATA_ESC
        jsr     editor_put
        pla
        jmp     editor_put

all_tests:
        jsr     memory_run
        jsr     sound_run
        jsr     console
        beq     all_tests
        jmp     menu

; ---- Memory ----
memory_test:
        jsr     memory_run
        jmp     wait_and_menu

memory_run:
        lda     #<rom_text
        ldx     #>rom_text
        jsr     print_text
        lda     #$C0            ; two sums, as the image's maker has filled them in
        ldx     #$E0
        jsr     sum_pages
        sec                     ; without the sum itself
        lda     SUM
        sbc     $C000
        bcs     @no_borrow
        dec     SUM+1
        sec
@no_borrow:
        sbc     $C001
        bcs     @compare
        dec     SUM+1
@compare:
        cmp     $C000
        bne     @bad
        lda     SUM+1
        cmp     $C001
        bne     @bad
        lda     #$E0
        ldx     #0
        jsr     sum_pages
        sec
        lda     SUM
        sbc     $FFF8
        bcs     @no_borrow2
        dec     SUM+1
        sec
@no_borrow2:
        sbc     $FFF9
        bcs     @compare2
        dec     SUM+1
@compare2:
        cmp     $FFF8
        bne     @bad
        lda     SUM+1
        cmp     $FFF9
        bne     @bad
        jsr     good
        jmp     @ram
@bad:
        jsr     failed
@ram:
        lda     #<ram_text
        ldx     #>ram_text
        jsr     print_text
        lda     #0
        sta     POINTER
        sta     COUNT
        lda     #FIRST_PAGE
        sta     POINTER+1
@page:
        cmp     #ROM_WINDOW
        bne     @test
        lda     #ROM_END
        sta     POINTER+1
@test:
        jsr     test_page
        beq     @page_good
        inc     COUNT
@page_good:
        lda     POINTER+1       ; a mark for each four pages
        and     #3
        cmp     #3
        bne     @next
        lda     #$A0            ; a white block
        ldx     COUNT
        beq     @show
        lda     #'X'
@show:
        jsr     editor_put
@next:
        inc     POINTER+1
        lda     POINTER+1
        cmp     SDLSTH          ; the picture stays
        bne     @page
        lda     COUNT
        beq     good
failed:
        lda     #<failed_text
        ldx     #>failed_text
        jmp     print_text
good:
        lda     #<good_text
        ldx     #>good_text
        jmp     print_text

; Z set: every bit of the page holds 0 and 1. Its contents stay.
test_page:
        ldy     #0
@byte:
        lda     (POINTER),y
        sta     KEPT
        lda     #$55
        sta     (POINTER),y
        cmp     (POINTER),y
        bne     @bad
        asl     a
        sta     (POINTER),y
        cmp     (POINTER),y
        bne     @bad
        lda     KEPT
        sta     (POINTER),y
        iny
        bne     @byte
        rts
@bad:
        ldx     KEPT
        txa
        sta     (POINTER),y
        ldx     #1
        rts

; SUM = the bytes from page A to before page X. The registers' pages hold the self test, which is at $5000 now.
sum_pages:
        stx     COUNT
        ldy     #0
        sty     POINTER
        sty     SUM
        sty     SUM+1
@page:
        pha
        cmp     #$D0
        bcc     @there
        cmp     #$D8
        bcs     @there
        sbc     #$7F            ; carry is clear: $D0 becomes $50
@there:
        sta     POINTER+1
@byte:
        lda     (POINTER),y
        clc
        adc     SUM
        sta     SUM
        bcc     @low
        inc     SUM+1
@low:
        iny
        bne     @byte
        pla
        clc
        adc     #1
        cmp     COUNT
        bne     @page
        rts

; ---- Sound and colour: each voice plays a scale, each note has a colour ----
sound_test:
        jsr     sound_run
        jmp     wait_and_menu

sound_run:
        lda     #<sound_text
        ldx     #>sound_text
        jsr     print_text
        lda     #0
        sta     AUDCTL
        sta     COUNT           ; voice * 2
@voice:
        ldx     #0
@note:
        stx     KEPT
        lda     notes,x
        ldy     COUNT
        sta     AUDF1,y
        lda     #$A8
        sta     AUDC1,y
        txa
        asl     a
        asl     a
        asl     a
        asl     a
        asl     a
        ora     #$06
        sta     COLOR2
        lda     #8
        jsr     pause
        ldx     KEPT
        inx
        cpx     #8
        bne     @note
        ldy     COUNT
        lda     #0
        sta     AUDC1,y
        iny
        iny
        sty     COUNT
        cpy     #8
        bne     @voice
        lda     #$94
        sta     COLOR2
        rts
notes:                          ; C major from 262 Hz: 63,920 / (2 * (n + 1))
        .byte   121,108,96,91,81,72,64,60

; A frames.
pause:
        clc
        adc     RTCLOK+2
@wait:
        cmp     RTCLOK+2
        bne     @wait
        rts

; ---- Keyboard: every key shows what it types; BREAK or START leaves ----
keyboard_test:
        lda     #<keyboard_text
        ldx     #>keyboard_text
        jsr     print_text
        lda     #0
        sta     ICAX1Z
@key:
        jsr     console
        bne     @leave
        lda     BRKKEY
        beq     @leave
        lda     CH
        cmp     #$FF
        beq     @key
        jsr     read_key
        bmi     @leave
        lda     ATACHR
        pha
        lda     #ATA_ESC
        jsr     editor_put
        pla
        jsr     editor_put
        jmp     @key
@leave:
        lda     #$FF
        sta     BRKKEY
        jmp     menu

wait_and_menu:
        lda     #<leave_text
        ldx     #>leave_text
        jsr     print_text
@wait:
        jsr     console
        beq     @wait
        jmp     menu

menu_text:
        .byte   ATA_CLEAR,EOL,"    A T T I C   S E L F   T E S T",EOL,EOL,EOL,EOL
        .byte   "    MEMORY",EOL,"    SOUND AND COLOUR",EOL,"    KEYBOARD",EOL,"    EVERYTHING, AGAIN AND AGAIN",EOL,EOL,EOL
        .byte   "  SELECT chooses, START goes,",EOL,"  RESET leaves.",EOL
menu_text_end:
        .assert menu_text_end - menu_text < 256, error
clear_text:
        .byte   ATA_CLEAR,EOL
rom_text:
        .byte   "ROM",EOL
ram_text:
        .byte   "RAM",EOL
good_text:
        .byte   " GOOD",EOL
failed_text:
        .byte   " FAULTY",EOL
sound_text:
        .byte   "FOUR VOICES",EOL
keyboard_text:
        .byte   "TYPE. START LEAVES.",EOL
leave_text:
        .byte   $1D,"START OR SELECT: MENU",EOL
