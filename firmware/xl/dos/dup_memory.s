; The memory that the menu took: MEM.SAV, and how much copies may use.

; N: MEM.SAV with what memory holds now; the next start of the menu fills it.
make_memory:
        jsr     print
        .byte   "Y MAKES MEM.SAV ON D1:", $9B, 0
        jsr     sure
        bcs     @back
        jsr     install
        jsr     saver_write
        jsr     check
        jmp     done
@back:  jmp     ask

; The routines of MEM.SAV to their place: a program may have used it.
install:
        ldx     #0
@copy:  lda     saver_image,x
        sta     saver,x
        lda     saver_image+saver_size-256,x
        sta     saver+saver_size-256,x
        inx
        bne     @copy
        rts

; Carry clear: memory can come back from MEM.SAV, and JMP saver_restore does it and goes to A (low byte), X.
leave:  sta     value
        stx     value+1
        lda     menu_state
        cmp     #MENU_SAVED
        sec
        bne     @lost
        jsr     install
        pla                     ; behind the caller
        tay
        pla
        tax
        lda     value           ; an address for RTS is one less
        bne     @low
        dec     value+1
@low:   dec     value
        lda     value+1
        pha
        lda     value
        pha
        txa
        pha
        tya
        pha
        clc
@lost:  rts

; top: the end of the memory for copies. All of it only if what was there is lost anyway, or is given up.
ask_area:
        lda     menu_state
        cmp     #MENU_SAVED
        bne     @all
        jsr     print
        .byte   "Y USES ALL MEMORY AND GIVES", $9B, "MEM.SAV UP, ELSE MORE STEPS", $9B, 0
        jsr     sure
        lda     #<saved_end
        ldx     #>saved_end
        bcs     @part
        lda     #MENU_LOST
        sta     menu_state
@all:   lda     MEMTOP
        ldx     MEMTOP+1
@part:  sta     top
        stx     top+1
        rts
