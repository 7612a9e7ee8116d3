; RESET: cold when memory means nothing yet or somebody asks for it, else warm. Both build the system up in the same order:
; hardware, memory, vectors, devices, screen, cartridge, boot.
        .include "os.inc"

OPTION_KEY = $04
START_KEY  = $01
MEMORY_END = $C0                ; pages that can be RAM
PAGES      = HOLD1              ; of RAM: found before memory is cleared

        .segment "LOW"

reset:
        sei
        cld
        ldx     #$FF
        txs
        jsr     port_b_on
        jsr     diagnostic_cartridge
        lda     COLDST
        bne     cold_start
        lda     PUPBT1
        cmp     #$5C
        bne     cold_start
        lda     PUPBT2
        cmp     #$93
        bne     cold_start
        lda     PUPBT3
        cmp     #$25
        bne     cold_start

; WARMSV
warm_start:
        sei
        cld
        ldx     #$FF
        txs
        jsr     port_b_on
        jsr     clear_hardware
        jsr     basic_as_before
        jsr     size_memory
        jsr     cartridge_sum
        cmp     CARTCK          ; another cartridge: nothing in memory is its
        bne     cold_start
        ldx     #0
        txa
@page2:
        sta     $0200,x
        sta     $02E8,x         ; up to $03E7
        inx
        bne     @page2
        ldy     PAGES
        ldx     #$10
@page0:
        sta     $00,x
        inx
        bpl     @page0
        sty     PAGES
        lda     #$FF
        bne     start_up

; COLDSV
cold_start:
        sei
        cld
        ldx     #$FF
        txs
        jsr     port_b_on
        jsr     clear_hardware
        lda     #$FF            ; what lies below BASIC is cleared too
        sta     PORTB
        jsr     size_memory
        jsr     clear_memory
        jsr     hold_keys
        jsr     size_memory
        jsr     cartridge_sum
        sta     CARTCK
        lda     #1
        sta     COLDST          ; RESET before we are through starts anew
        lda     #0

; A = WARMST
start_up:
        sta     WARMST
        ldx     #$FF
        txs
        jsr     memory_limits
        jsr     system_variables
        jsr     copy_tables
        jsr     interrupt_init
        jsr     sio_init
        jsr     cio_init
        jsr     disk_init
        jsr     init_devices
        cli
        jsr     pbi_init
        lda     WARMST
        bne     @no_show
        jsr     show_boot_screen
@no_show:
        jsr     open_editor
        lda     #$5C
        sta     PUPBT1
        lda     #$93
        sta     PUPBT2
        lda     #$25
        sta     PUPBT3
        lda     #0
        sta     COLDST

        lda     TRAMSZ
        beq     @no_cartridge
        jsr     call_cartridge_init
@no_cartridge:
        lda     WARMST
        beq     @boot
        jsr     warm_programs
        jsr     restart_handlers
        jmp     @started
@boot:
        lda     CKEY
        beq     @no_cassette
        jsr     boot_cassette
@no_cassette:
        lda     TRAMSZ
        beq     @disk
        lda     CARTFLAGS
        lsr     a
        bcc     @no_disk
@disk:
        jsr     boot_disk
@no_disk:
        jsr     poll_startup
@started:
        lda     TRAMSZ
        beq     run_dosvec
        lda     CARTFLAGS
        and     #$04
        beq     run_dosvec
        jmp     (CARTRUN)
run_dosvec:
        jmp     (DOSVEC)
call_cartridge_init:
        jmp     (CARTINIT)

; ---- Hardware ----

; PIA comes out of RESET with all lines as inputs: set the latch before the direction, so that the ROM stays.
port_b_on:
        ldx     #$3C
        stx     PBCTL
        lda     #$FF            ; OS ROM on, no BASIC yet, no bank, no self test
        sta     PORTB
        ldy     #$38
        sty     PBCTL
        sta     PORTB
        stx     PBCTL
        rts

diagnostic_cartridge:
        lda     TRIG3
        lsr     a
        bcc     @none
        lda     CARTPRES
        bne     @none
        lda     CARTFLAGS
        bpl     @none
        jmp     (CARTINIT)
@none:
        rts

clear_hardware:
        lda     #0
        tax
@next:
        sta     $D000,x
        sta     $D200,x
        cpx     #$0A            ; WSYNC would only cost time
        beq     @skip
        sta     $D400,x
@skip:
        inx
        cpx     #$20
        bne     @next
        lda     #3
        sta     SKCTL
        ldx     #$38            ; PORTA: inputs
        stx     PACTL
        lda     #0
        sta     PORTA
        lda     #MOTOR_OFF
        sta     PACTL
        rts

; ---- Memory ----

; Out: PAGES = pages of RAM. The first byte of each KB that does not hold what is written ends it.
size_memory:
        lda     #0
        sta     RAMLO
        tay
        lda     #$10
        sta     RAMLO+1
@next:
        lda     (RAMLO),y
        eor     #$FF
        sta     (RAMLO),y
        cmp     (RAMLO),y
        bne     @end
        eor     #$FF
        sta     (RAMLO),y
        cmp     (RAMLO),y
        bne     @end
        lda     RAMLO+1
        clc
        adc     #4
        sta     RAMLO+1
        cmp     #MEMORY_END
        bne     @next
@end:
        lda     RAMLO+1
        sta     PAGES
        rts


; Everything from $0008 up.
clear_memory:
        ldx     PAGES
        lda     #0
        sta     RAMLO
        tay
@page:
        dex
        stx     RAMLO+1
@byte:
        sta     (RAMLO),y
        iny
        bne     @byte
        cpx     #2
        bne     @page
        pla                     ; page 1: only our return address is on the stack
        sta     TRAMSZ
        pla
        sta     CMCMD
        tya
@stack:
        sta     $0100,y
        iny
        bne     @stack
        ldx     #8
        ldy     PAGES
@zero:
        sta     $00,x
        inx
        bne     @zero
        sty     PAGES
        lda     CMCMD
        pha
        lda     TRAMSZ
        pha
        rts

; OPTION keeps BASIC out, START boots from cassette.
hold_keys:
        lda     #0
        sta     CONSOL
        ldy     #1
        lda     CONSOL
        and     #START_KEY
        bne     @no_start
        sty     CKEY
@no_start:
        lda     TRIG3           ; a cartridge replaces BASIC
        lsr     a
        bcs     @no_basic
        lda     CONSOL
        and     #OPTION_KEY
        bne     basic_as_before
@no_basic:
        sty     BASICF
basic_as_before:
        lda     PORTB
        and     #<~$02
        ldy     BASICF
        beq     @basic
        ora     #$02
@basic:
        sta     PORTB
        rts

; Out: A = the sum of $BFF0-$C0EF, which changes with what is plugged in.
cartridge_sum:
        lda     #0
        tax
        clc
@next:
        adc     $BFF0,x
        inx
        bne     @next
        rts

; A cartridge or BASIC at $A000 ends RAM there.
memory_limits:
        lda     #0
        sta     TRAMSZ
        ldx     PAGES
        lda     CARTPRES
        bne     @no_cartridge
        inc     CARTPRES        ; ROM, not RAM that holds a zero?
        lda     CARTPRES
        bne     @ram
        inc     TRAMSZ
        cpx     #$A0
        bcc     @no_cartridge
        ldx     #$A0
        bne     @no_cartridge
@ram:
        dec     CARTPRES
@no_cartridge:
        stx     RAMSIZ
        stx     RAMTOP
        stx     MEMTOP+1
        lda     #0
        sta     MEMTOP
        sta     MEMLO
        sta     APPMHI
        sta     APPMHI+1
        lda     #$07
        sta     MEMLO+1
        rts

; ---- Variables ----
system_variables:
        lda     #$FF
        sta     BRKKEY
        lda     #2
        sta     LMARGN
        lda     #39
        sta     RMARGN
        lda     #<break_key
        sta     BRKKY
        lda     #>break_key
        sta     BRKKY+1
        lda     #<pbi_interrupt
        sta     VPIRQ
        lda     #>pbi_interrupt
        sta     VPIRQ+1
        ldx     #48             ; key repeat: 0.8 s, then 10 a second
        ldy     #6
        lda     PAL
        and     #$0E
        bne     @ntsc
        inc     PALNTS
        ldx     #40
        ldy     #5
@ntsc:
        stx     KRPDEL
        sty     KEYREP
        lda     #30
        sta     PTIMOT
        lda     #$CC
        sta     CHSALT
        lda     WARMST
        bne     @keep
        lda     #<SELFSV
        sta     DOSVEC
        lda     #>SELFSV
        sta     DOSVEC+1
@keep:
        rts

copy_tables:
        ldx     #<(ram_vectors_end - ram_vectors - 1)
@vectors:
        lda     ram_vectors,x
        sta     VDSLST,x
        dex
        bpl     @vectors
        ldx     #<(device_table_end - device_table - 1)
@devices:
        lda     device_table,x
        sta     HATABS,x
        dex
        bpl     @devices
        rts

init_devices:
        jsr     EDITRV+12
        jsr     SCRENV+12
        jsr     KEYBDV+12
        jsr     PRINTV+12
        jmp     CASETV+12

show_boot_screen:
        lda     PORTB
        pha
        and     #$7F
        sta     PORTB
        jsr     boot_screen
        pla
        sta     PORTB
        lda     #$FF
        sta     CH
        rts

open_editor:
        ldx     #0
        lda     #CIO_OPEN
        sta     ICCOM
        lda     #<editor_name
        sta     ICBAL
        lda     #>editor_name
        sta     ICBAH
        lda     #OPEN_UPDATE
        sta     ICAX1
        stx     ICAX2
        jsr     CIOV
        bpl     @open
        jmp     cold_start
@open:
        rts
editor_name:
        .byte   "E:",EOL
