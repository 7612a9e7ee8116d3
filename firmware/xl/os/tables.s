; The parts of the ROM that lie at published addresses: handler tables, jump table, identification, vectors,
; and what is copied to RAM at a start.
        .include "os.inc"

        .segment "HEADER"       ; $C000
        .word   0               ; checksum of the lower half: filled in by the image's maker
        .byte   $21,$11,$26     ; day, month, year
        .byte   $02             ; 800XL
        .byte   "AT",$00,$00,$01
        .byte   $01             ; revision

        .segment "HANDLERS"     ; $E400
        .word   editor_open-1, editor_close-1, editor_get-1, editor_put-1, success-1, no_function-1
        jmp     screen_init
        .byte   0
        .word   screen_open-1, screen_close-1, screen_get-1, screen_put-1, screen_status-1, screen_special-1
        jmp     screen_init
        .byte   0
        .word   keyboard_open-1, keyboard_close-1, keyboard_get-1, no_function-1, success-1, no_function-1
        jmp     keyboard_init
        .byte   0
        .word   printer_open-1, printer_close-1, no_function-1, printer_put-1, printer_status-1, no_function-1
        jmp     printer_init
        .byte   0
        .word   cassette_open-1, cassette_close-1, cassette_get-1, cassette_put-1, cassette_status-1, no_function-1
        jmp     cassette_init
        .byte   0

        .segment "JUMPS"        ; $E450
        jmp     disk_init       ; DISKIV
        jmp     disk_io         ; DSKINV
        jmp     cio             ; CIOV
        jmp     sio             ; SIOV
        jmp     set_vector      ; SETVBV
        jmp     vbi_stage1      ; SYSVBV
        jmp     vbi_exit        ; XITVBV
        jmp     sio_init        ; SIOINV
        jmp     send_enable     ; SENDEV
        jmp     interrupt_init  ; INTINV
        jmp     cio_init        ; CIOINV
        jmp     run_selftest    ; SELFSV
        jmp     warm_start      ; WARMSV
        jmp     cold_start      ; COLDSV
        jmp     cassette_read_block ; RBLOKV
        jmp     cassette_open_read  ; CSOPIV
        jmp     run_selftest    ; PUPDIV
        jmp     selftest_entry  ; SLFTSV
        jmp     handler_add     ; PHENTV
        jmp     handler_unlink  ; PHUNLV
        jmp     handler_init    ; PHINIV
        .word   pbi_open-1, pbi_close-1, pbi_get-1, pbi_put-1, pbi_status-1, pbi_special-1
        jmp     pbi_init        ; GPDVV

        .segment "HIGH"
success:
        ldy     #OK
        rts
no_function:
        ldy     #ERR_FUNCTION
        rts

; Makes the self test appear at $5000 and starts it.
run_selftest:
        sei
        lda     #0
        sta     NMIEN
        lda     PORTB
        and     #$7F
        sta     PORTB
        jmp     selftest_menu

; $0200-$0225
ram_vectors:
        .word   just_return     ; VDSLST
        .word   pla_return      ; VPRCED
        .word   pla_return      ; VINTER
        .word   pla_return      ; VBREAK
        .word   keyboard_irq    ; VKEYBD
        .word   serial_in       ; VSERIN
        .word   serial_out      ; VSEROR
        .word   serial_done     ; VSEROC
        .word   pla_return      ; VTIMR1
        .word   pla_return      ; VTIMR2
        .word   pla_return      ; VTIMR4
        .word   irq_dispatch    ; VIMIRQ
        .word   0,0,0,0,0       ; CDTMV1-5
        .word   vbi_stage1      ; VVBLKI
        .word   vbi_exit        ; VVBLKD
ram_vectors_end:

default_colors:                 ; COLOR0-4
        .byte   $28,$CA,$94,$46,$00

        .segment "DEVICES"      ; what HATABS begins with
device_table:
        .byte   'P'
        .word   PRINTV
        .byte   'C'
        .word   CASETV
        .byte   'E'
        .word   EDITRV
        .byte   'S'
        .word   SCRENV
        .byte   'K'
        .word   KEYBDV
device_table_end:

        .segment "IDENT"        ; $FFEE
        .byte   $21,$11,$26     ; day, month, year
        .byte   $02             ; 800XL
        .byte   "AT",$00,$00,$01
        .byte   $01             ; revision
        .word   0               ; checksum of the upper half

        .segment "VECTORS"      ; $FFFA
        .word   nmi_entry
        .word   reset
        .word   irq_entry
