; The vertical blank: clock and timer 1 at every frame, all the rest when nothing time-critical runs.
        .include "os.inc"

        .segment "HIGH"

; ---- Stage 1: SYSVBV ----
vbi_stage1:
        inc     RTCLOK+2
        bne     @attract
        inc     ATRACT
        inc     RTCLOK+1
        bne     @attract
        inc     RTCLOK
@attract:
        lda     #$FE
        ldx     #0
        ldy     ATRACT
        bpl     @bright
        sta     ATRACT          ; stays until a key
        ldx     RTCLOK+1
        lda     #$F6
@bright:
        sta     DRKMSK
        stx     COLRSH

        ldx     #0              ; timer 1
        jsr     count_down
        bne     @timer1_done
        jsr     @call_timer1
@timer1_done:
        lda     CRITIC
        bne     @leave
        tsx
        lda     $0104,x         ; Y, X, A, then P: did the program hold interrupts off?
        and     #$04
        beq     vbi_stage2
@leave:
        jmp     vbi_exit
@call_timer1:
        jmp     (CDTMA1)

; ---- Stage 2 ----
vbi_stage2:
        lda     TRIG3
        cmp     GINTLK
        bne     *               ; a cartridge came or went: stop before more is lost
        lda     PENV
        sta     LPENV
        lda     PENH
        sta     LPENH
        lda     SDLSTH
        sta     DLISTH
        lda     SDLSTL
        sta     DLISTL
        lda     SDMCTL
        sta     DMACTL
        lda     GPRIOR
        sta     PRIOR
        lda     VSFLAG
        beq     @no_scroll
        cmp     #2              ; 8 to 1: lines 1 to 7
        bcc     @no_scroll
        dec     VSFLAG
        lda     #8
        sec
        sbc     VSFLAG
        sta     VSCROL
@no_scroll:
        ldx     #8
@colors:
        lda     PCOLR0,x
        eor     COLRSH
        and     DRKMSK
        sta     COLPM0,x
        dex
        bpl     @colors
        lda     CHBAS
        sta     CHBASE
        lda     CHACT
        sta     CHACTL
        lda     #8              ; loudspeaker at rest
        sta     CONSOL

        ldx     #2              ; timer 2 calls ...
        jsr     count_down
        bne     @timer2_done
        jsr     @call_timer2
@timer2_done:
        ldx     #4              ; ... 3 to 5 clear flags
@flags:
        jsr     count_down
        bne     @next_flag
        sta     CDTMF3-4,x
@next_flag:
        inx
        inx
        cpx     #10
        bne     @flags

        jsr     keyboard_tick
        jsr     read_controllers
        jmp     (VVBLKD)
@call_timer2:
        jmp     (CDTMA2)

; Counts the timer at CDTMV1+X down. Out: A = 0 and Z set when it has just reached 0.
count_down:
        lda     CDTMV1,x
        bne     @low
        lda     CDTMV1+1,x
        beq     @idle
        dec     CDTMV1+1,x
@low:
        dec     CDTMV1,x
        lda     CDTMV1,x
        ora     CDTMV1+1,x
        rts
@idle:
        lda     #$FF
        rts

; Debounce and repeat.
keyboard_tick:
        lda     SKSTAT
        and     #$04
        beq     @held
        lda     #0
        sta     SRTIMR
        lda     KEYDEL
        beq     @done
        dec     KEYDEL
@done:
        rts
@held:
        lda     SRTIMR
        beq     @done
        dec     SRTIMR
        bne     @done
        lda     KEYDIS
        bne     @done
        lda     KEYREP
        sta     SRTIMR
        lda     KBCODE
        cmp     #$9F            ; CTRL-1, HELP and function keys do not repeat
        beq     @done
        and     #$3F
        cmp     #$11
        beq     @done
        cmp     #$03
        beq     @done
        cmp     #$04
        beq     @done
        cmp     #$13
        beq     @done
        cmp     #$14
        beq     @done
        lda     KBCODE
        sta     CH
        rts

; Sticks, triggers, paddles. An XL has two ports: 2 and 3 show what 0 and 1 do.
read_controllers:
        lda     PORTA
        lsr     a
        lsr     a
        lsr     a
        lsr     a
        sta     STICK0+1
        sta     STICK0+3
        lda     PORTA
        and     #$0F
        sta     STICK0
        sta     STICK0+2
        ldx     #1
@triggers:
        lda     TRIG0,x
        sta     STRIG0,x
        sta     STRIG0+2,x
        dex
        bpl     @triggers
        ldx     #3
@paddles:
        lda     POT0,x
        sta     PADDL0,x
        sta     PADDL0+4,x
        dex
        bpl     @paddles
        sta     POTGO
        ldx     #1              ; paddle triggers are the sticks' left and right
@paddle_triggers:
        txa
        asl     a
        tay
        lda     STICK0,x
        lsr     a
        lsr     a
        lsr     a               ; carry: left
        pha
        lda     #0
        rol     a
        sta     PTRIG0,y
        sta     PTRIG0+4,y
        pla
        and     #1
        sta     PTRIG0+1,y
        sta     PTRIG0+5,y
        dex
        bpl     @paddle_triggers
        rts

; ---- XITVBV ----
vbi_exit:
        pla
        tay
        pla
        tax
        pla
        rti

; ---- SETVBV: A = 1-5 timers, 6 VVBLKI, 7 VVBLKD; X high, Y low byte. The bytes change together in the middle of a line,
; where no VBI can see half of them. ----
set_vector:
        sta     WSYNC
        pha                     ; past the cycle where a line interrupts
        pla
        pha
        pla
        asl     a
        sta     INTEMP
        txa
        ldx     INTEMP
        sta     CDTMV1-1,x
        tya
        sta     CDTMV1-2,x
        rts
