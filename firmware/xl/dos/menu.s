; DOSVEC: the menu, which is a program on the disk.
dos_menu:
        ldx     #$FF
        txs
        ldx     #<menu_name
        ldy     #>menu_name
        jsr     load_and_run
        ldx     #0
        lda     #CIO_PUTREC
        sta     ICCOM
        lda     #<menu_missing
        sta     ICBAL
        lda     #>menu_missing
        sta     ICBAH
        lda     #40
        sta     ICBLL
        stx     ICBLH
        jsr     CIOV
        lda     TRAMSZ
        beq     @wait
        jmp     (CARTRUN)
@wait:  lda     #$FF            ; any key tries again
        sta     CH
@key:   lda     CH
        cmp     #$FF
        beq     @key
        bne     dos_menu

menu_name:
        .byte   "D1:DUP.SYS", $9B
menu_missing:
        .byte   "NO DUP.SYS", $9B
autorun_name:
        .byte   "D1:AUTORUN.SYS", $9B

; RESET: memory that the menu has taken comes back from MEM.SAV, or BASIC is not to look for its program.
leave_menu:
        lda     menu_state
        beq     @done
        lsr                     ; 0: lost
        sta     menu_state
        bne     @saved
        sta     WARMST
@done:  rts
@saved: jmp     saver_restore
