; OPEN. ICAX1Z: 4 reads, 6 lists the directory, 8 writes, 9 appends, 12 changes in place.
dos_open:
        BEGIN_CALL
        jsr     free_buffer
        inc     opening
        jsr     select_drive
        jsr     read_name
        lda     ICAX1Z
        and     #$0F
        cmp     #6
        beq     @list
        cmp     #7
        beq     @list
        cmp     #4
        beq     @read
        cmp     #8
        beq     @write
        cmp     #9
        beq     @append
        cmp     #12
        beq     @read
        lda     #E_COMMAND
        jmp     fail
@list:  jmp     open_listing
@read:  jsr     find_entry
        lda     ICAX1Z
        and     #8
        beq     @unlocked
        jsr     refuse_locked
@unlocked:
        jsr     take_file
        jsr     load_next
        jmp     succeed
@append:
        jsr     find_entry
        jsr     refuse_locked
        jsr     load_contents
        jsr     take_file
        jsr     load_next
@last:  lda     f_next,x
        ora     f_next_high,x
        beq     @end
        jsr     load_next
        jmp     @last
@end:   lda     f_length,x
        sta     f_at,x
        jsr     mark_open
        jmp     succeed
@write: jsr     load_contents
        jsr     first_entry
        jsr     next_match
        bcs     @new
        jsr     refuse_locked
        jsr     take_file
        jsr     delete_entry
        ldx     found
        jmp     @create
@new:   lda     free_entry
        bpl     @room
        lda     #E_DIRFULL
        jmp     fail
@room:  sta     entry
        jsr     load_entry
        jsr     take_file
@create:
        jsr     allocate        ; next_sector; carry set: full
        bcs     @full
        ldx     found
        lda     next_sector
        sta     f_sector,x
        lda     next_sector+1
        sta     f_sector_high,x
        lda     #0              ; what the entry was before says nothing
        sta     f_extended,x
        jsr     note_extended
        lda     #0
        sta     f_at,x
        sta     f_length,x
        sta     f_next,x
        sta     f_next_high,x
        sta     f_count_high,x
        lda     #1
        sta     f_count,x
        jsr     load_entry
        ldx     found
        lda     #0
        sta     directory+ENTRY_COUNT,y
        sta     directory+ENTRY_COUNT+1,y
        lda     f_sector,x
        sta     directory+ENTRY_START,y
        lda     f_sector_high,x
        sta     directory+ENTRY_START+1,y
        ldx     #0
@name:  lda     name,x
        cmp     #'?'            ; a new file has a whole name
        bne     @letter
        lda     #E_NAME
        jmp     @give_up
@letter:
        sta     directory+ENTRY_NAME,y
        iny
        inx
        cpx     #11
        bne     @name
        jsr     mark_open
        jmp     succeed
@full:  lda     #E_FULL
@give_up:
        pha
        lda     #0              ; the table in memory is no longer the disk's
        sta     contents_drive
        sta     cached_drive
        pla
        jmp     fail

; A buffer for the entry's file: X, found.
take_file:
        jsr     take_buffer
        stx     found
        lda     ICAX1Z
        and     #$0F
        sta     f_mode,x
        lda     entry
        sta     f_number,x
        ldy     entry_at
        lda     directory+ENTRY_COUNT,y
        sta     f_count,x
        lda     directory+ENTRY_COUNT+1,y
        sta     f_count_high,x
        lda     directory,y
        and     #FLAG_USED
        eor     #FLAG_USED
        sta     f_extended,x
        lda     directory+ENTRY_START,y
        sta     f_next,x
        lda     directory+ENTRY_START+1,y
        sta     f_next_high,x
        rts

; The entry shows that the file is being written.
mark_open:
        lda     #FLAG_USED|FLAG_DOS2|FLAG_OPEN
        jsr     load_entry_keeping
        sta     directory,y
        jmp     store_entry

load_entry_keeping:
        pha
        jsr     load_entry
        pla
        rts

; The next sector of file X.
load_next:
        jsr     load_linked
        bcc     @good
        jmp     fail
@good:  rts

; STATUS: whether the file is there and may be written. Of an open IOCB nothing is asked: its buffer is no name any more.
dos_status:
        BEGIN_CALL
        jsr     find_file
        bcc     @good
        jsr     select_drive
        jsr     read_name
        jsr     find_entry
        jsr     refuse_locked
@good:  jmp     succeed
