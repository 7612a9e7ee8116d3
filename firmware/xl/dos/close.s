; CLOSE: the last sector, the directory entry, then the table of contents.
dos_close:
        BEGIN_CALL
        jsr     find_file
        bcs     @good
        lda     f_mode,x
        cmp     #8
        beq     @written
        cmp     #9
        beq     @written
        lda     f_changed,x
        beq     @release
        inc     opening
        jsr     store_buffer
@release:
        jsr     free_buffer
@good:  jmp     succeed
@written:
        inc     opening         ; the buffer is free even if this fails
        stx     found
        lda     f_at,x
        sta     f_length,x
        lda     #0
        sta     next_sector
        sta     next_sector+1
        jsr     store_linked
        lda     f_number,x
        sta     entry
        jsr     load_entry
        ldx     found
        lda     f_count,x
        sta     directory+ENTRY_COUNT,y
        lda     f_count_high,x
        sta     directory+ENTRY_COUNT+1,y
        lda     f_extended,x    ; then DOS 2.0 is not to see it
        cmp     #1
        lda     #FLAG_USED|FLAG_DOS2
        bcc     @flags
        lda     #FLAG_OPEN|FLAG_DOS2
@flags: sta     directory,y
        jsr     store_entry
        jsr     store_contents
        jsr     free_buffer
        jmp     succeed
