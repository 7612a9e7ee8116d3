; The menu.
menu:   cld
        ldx     #$FF
        txs
        ldx     #$70            ; all but the screen
@close: stx     channel
        lda     #CIO_CLOSE
        jsr     call
        lda     channel
        sec
        sbc     #$10
        tax
        bne     @close
        jsr     print
        .byte   $7D, "ATTIC DOS", $9B, $9B
        .byte   "A DIRECTORY       I FORMAT DISK", $9B
        .byte   "B RUN CARTRIDGE   J DUPLICATE DISK", $9B
        .byte   "C COPY FILES      K BINARY SAVE", $9B
        .byte   "D DELETE FILES    L BINARY LOAD", $9B
        .byte   "E RENAME FILES    M RUN AT ADDRESS", $9B
        .byte   "F LOCK FILES      N MAKE MEM.SAV", $9B
        .byte   "G UNLOCK FILES    O DUPLICATE FILE", $9B
        .byte   "H WRITE DOS FILES P FORMAT SINGLE", $9B, 0
        jmp     loaded
ask:    ldx     #$FF
        txs
        jsr     print
        .byte   $9B, "SELECT, OR RETURN FOR THE MENU", $9B, 0
        jsr     read_line
        lda     line
        cmp     #$9B
        bne     @item
        jmp     menu
@item:
        and     #$DF
        sec
        sbc     #'A'
        cmp     #16
        bcs     ask
        asl
        tax
        lda     items+1,x
        pha
        lda     items,x
        pha
        rts                     ; to the item; it comes back to ask by a jump

items:  .word   list-1, cartridge-1, copy-1, delete-1, rename-1, lock-1, unlock-1, write_dos-1
        .word   format-1, duplicate-1, save-1, load-1, run-1, make_memory-1, duplicate_file-1, format_single-1

; Status Y: goes on when it is good, else shows it and asks again.
check:  bmi     failed
        rts
failed: tya
        pha
        jsr     print
        .byte   "ERROR ", 0
        pla
        ldx     #0              ; three digits
        ldy     #'0'
@hundreds:
        cmp     #100
        bcc     @put_hundreds
        sbc     #100
        iny
        bne     @hundreds
@put_hundreds:
        sty     line
        ldy     #'0'
@tens:  cmp     #10
        bcc     @put_tens
        sbc     #10
        iny
        bne     @tens
@put_tens:
        sty     line+1
        ora     #'0'
        sta     line+2
        lda     #$9B
        sta     line+3
        jsr     show_line
        ldx     #$70
@close: stx     channel
        lda     #CIO_CLOSE
        jsr     call
        lda     channel
        sec
        sbc     #$10
        tax
        bne     @close
        jmp     ask

done:   jsr     print
        .byte   "DONE", $9B, 0
        jmp     ask

; How a load ended, if there was one.
loaded: ldy     load_status
        beq     @ask
        lda     #0
        sta     load_status
        tya
        bpl     done
        cpy     #163
        beq     @foreign
        jmp     failed
@foreign:
        jsr     print
        .byte   "THIS IS NO BINARY FILE", $9B, 0
@ask:   jmp     ask
