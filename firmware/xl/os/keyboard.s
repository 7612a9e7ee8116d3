; K: the keyboard, from its interrupt to ATASCII.
        .include "os.inc"

CODE_CTRL1  = $9F               ; scan codes with CONTROL
CODE_HELP   = $11
KEY_IGNORE  = $80               ; values in the key table that are no characters
KEY_INVERSE = $81
KEY_CAPS    = $82
KEY_UPPER   = $83
KEY_CONTROL = $84
KEY_EOF     = $85
KEY_CLICK   = $89
KEY_F1      = $8A
KEY_HOME    = $8E
KEY_LAST    = $91

        .segment "HIGH"

keyboard_init:
        lda     #$FF
        sta     CH
        lda     #0
        sta     INVFLG
        sta     KEYDEL
        sta     HELPFG
        sta     SUPERF
        sta     NOCLIK
        sta     KEYDIS
        lda     #$40
        sta     SHFLOK
        lda     #<key_table
        sta     KEYDEF
        lda     #>key_table
        sta     KEYDEF+1
        lda     #<function_keys
        sta     FKDEF
        lda     #>function_keys
        sta     FKDEF+1
keyboard_open:
keyboard_close:
        ldy     #OK
        rts

; ---- Interrupts ----
keyboard_irq:
        txa
        pha
        lda     KBCODE
        cmp     CH1             ; a bouncing key
        bne     @new
        ldx     KEYDEL
        bne     @again
@new:
        ldx     KEYDIS
        bne     @locked
        cmp     #CODE_CTRL1
        beq     @halt
        tax
        and     #$3F
        cmp     #CODE_HELP
        beq     @help
        cmp     #$03            ; F1, F2 and F3, F4 with CONTROL
        beq     @function
        cmp     #$04
        beq     @function
        cmp     #$13
        beq     @function
        cmp     #$14
        beq     @function
@accept:
        stx     CH
@seen:
        stx     CH1
        lda     #0
        sta     ATRACT
        lda     DMASAV          ; CTRL-F2 had switched the screen off
        beq     @repeat
        sta     SDMCTL
        lda     #0
        sta     DMASAV
@repeat:
        lda     #3
        sta     KEYDEL
@again:
        lda     KRPDEL
        sta     SRTIMR
        jmp     @done
@locked:
        cmp     #$83            ; CTRL-F1 unlocks
        bne     @done
        tax
        bne     @function
@halt:
        lda     SSFLAG
        eor     #$FF
        sta     SSFLAG
        ldx     #CODE_CTRL1
        bne     @seen
@help:
        stx     HELPFG
        jmp     @seen

@function:
        cpx     #$83
        beq     @lock
        cpx     #$84
        beq     @screen_off
        cpx     #$94
        bne     @accept         ; CTRL-F3 is in the key table
        lda     CHBAS           ; CTRL-F4: the other character set
        pha
        lda     CHSALT
        sta     CHBAS
        pla
        sta     CHSALT
        jmp     @seen
@lock:
        lda     KEYDIS
        eor     #$FF
        sta     KEYDIS
        jmp     @seen
@screen_off:
        stx     CH1
        lda     SDMCTL
        beq     @done
        sta     DMASAV
        lda     #0
        sta     SDMCTL
@done:
        pla
        tax
        pla
        rti

break_key:
        lda     #0
        sta     BRKKEY
        sta     SSFLAG
        sta     CRSINH
        sta     ATRACT
        pla
        rti

; ---- GET ----
keyboard_get:
        jsr     read_key
        tay
        lda     ATACHR
        cpy     #0
        rts

; Waits for a character. Out: ATACHR, A and Y = status.
read_key:
        lda     #0
        sta     SUPERF
@wait:
        lda     BRKKEY
        beq     @break
        lda     ICAX1Z
        lsr     a
        bcs     @forced         ; "return key mode": as if RETURN were pressed
        lda     CH
        cmp     #$FF
        beq     @wait
        sta     HOLDCH
        ldx     #$FF
        stx     CH
        ldx     NOCLIK
        bne     @silent
        jsr     key_click
@silent:
        lda     HOLDCH
        cmp     #$C0
        bcs     @wait           ; CONTROL and SHIFT together have no meaning
        tay
        lda     (KEYDEF),y
        cmp     #KEY_F1
        bcc     @table
        cmp     #KEY_F1+4
        bcs     @table
        sbc     #KEY_F1-1       ; F1-F4, with SHIFT 4 to 7
        bit     HOLDCH
        bvc     @plain
        ora     #4
@plain:
        tay
        lda     (FKDEF),y
@table:
        cmp     #KEY_IGNORE
        bcc     @character
        cmp     #KEY_LAST+1
        bcs     @character
        cmp     #KEY_HOME
        bcs     @superfunction
        jsr     @modify
        bcc     @wait
        ldy     #ERR_EOF
        tya
        rts
@break:
        lda     #$FF
        sta     BRKKEY
        lda     #EOL
        sta     ATACHR
        ldy     #ERR_BREAK
        tya
        rts
@forced:
        lda     #EOL
        bne     @store
@superfunction:
        sta     SUPERF
        bne     @store

@character:
        ldx     SHFLOK
        beq     @inverse
        cmp     #'a'
        bcc     @inverse
        cmp     #'z'+1
        bcs     @inverse
        bit     HOLDCH          ; with SHIFT or CONTROL the table says it all
        bmi     @inverse
        bvs     @inverse
        and     #$DF            ; A-Z
        cpx     #$40
        beq     @inverse
        and     #$1F            ; control lock
@inverse:
        cmp     #EOL
        beq     @store
        ldx     INVFLG
        beq     @store
        jsr     is_control
        beq     @store
        eor     INVFLG
@store:
        sta     ATACHR
        ldy     #OK
        tya
        rts

; Keys that change modes. Carry set: end of file.
@modify:
        cmp     #KEY_INVERSE
        beq     @toggle_inverse
        cmp     #KEY_CAPS
        beq     @caps
        cmp     #KEY_UPPER
        beq     @upper
        cmp     #KEY_CONTROL
        beq     @control
        cmp     #KEY_CLICK
        beq     @click
        cmp     #KEY_EOF
        beq     @end_of_file
        clc
        rts
@toggle_inverse:
        lda     INVFLG
        eor     #$80
        sta     INVFLG
        clc
        rts
@caps:
        lda     SHFLOK
        beq     @upper
        lda     #0
        beq     @set
@upper:
        lda     #$40
        bne     @set
@control:
        lda     #$80
@set:
        sta     SHFLOK
        clc
        rts
@click:
        lda     NOCLIK
        eor     #$FF
        sta     NOCLIK
        clc
        rts
@end_of_file:
        sec
        rts

; Z set: A is one of the editor's control characters. Keeps A.
is_control:
        ldx     #control_codes_end - control_codes - 1
@next:
        cmp     control_codes,x
        beq     @found
        dex
        bpl     @next
@found:
        rts
control_codes:
        .byte   $1B,$1C,$1D,$1E,$1F,$7D,$7E,$7F,$9B,$9C,$9D,$9E,$9F,$FD,$FE,$FF
control_codes_end:

; ---- Sounds of the console's loudspeaker ----
key_click:
        ldx     #$20
        .byte   $2C             ; skip the next instruction
beep:
        ldx     #$FF
@half_wave:
        txa
        and     #1
        beq     @low
        lda     #8
@low:
        sta     CONSOL
        ldy     VCOUNT          ; two lines: 3.9 kHz
@line:
        cpy     VCOUNT
        beq     @line
        dex
        bne     @half_wave
        lda     #8
        sta     CONSOL
        rts
