; All other commands: XIO 32 to 38, 253 and 254.
dos_special:
        BEGIN_CALL
        lda     ICCOMZ
        sta     command
        cmp     #CIO_POINT
        bne     @note
        jmp     dos_point
@note:  cmp     #CIO_NOTE
        bne     @disk
        jmp     dos_note
@disk:  jsr     select_drive
        lda     command
        cmp     #252
        beq     dos_boot
        cmp     #253
        bcc     @files
        cmp     #255
        bcs     @unknown
        jmp     dos_format
@files: sec
        sbc     #CIO_RENAME
        bcc     @unknown
        cmp     #CIO_UNLOCK-CIO_RENAME+1
        bcs     @unknown
        tax
        lda     actions_high,x
        beq     @unknown
        sta     action+1
        lda     actions,x
        sta     action
        jsr     read_name
        lda     command
        cmp     #CIO_RENAME
        bne     @first
        jsr     read_new_name
@first: jsr     first_entry
        lda     #0
        sta     matched
@next:  jsr     next_match
        bcs     @end
        inc     matched
        jsr     @act
        jmp     @next
@act:   jmp     (action)
@end:   lda     matched
        bne     @some
        lda     #E_MISSING
        jmp     fail
@some:  jsr     store_contents
        jmp     succeed
@unknown:
        lda     #E_COMMAND
        jmp     fail

; XIO 252, for the menu: boot sectors for a DOS.SYS that begins at sector AUX1, AUX2.
dos_boot:
        lda     ICAX1Z
        sta     dos_sector
        lda     ICAX2Z
        sta     dos_sector+1
        lda     density
        lsr                     ; 1 in double density
        adc     #1
        sta     ztemp
        jsr     write_boot
        jmp     succeed

actions:
        .byte   <do_rename, <do_delete, 0, <do_lock, <do_unlock
actions_high:
        .byte   >do_rename, >do_delete, 0, >do_lock, >do_unlock

; The second name of "D:OLD.EXT,NEW.EXT".
read_new_name:
        ldx     #10
@save:  lda     name,x
        sta     new_name,x
        dex
        bpl     @save
        ldy     name_end
        lda     (ICBALZ),y
        cmp     #','
        beq     @comma
        lda     #E_NAME
        jmp     fail
@comma: iny
        jsr     read_name_at
        ldx     #10
@swap:  lda     name,x
        ldy     new_name,x
        sta     new_name,x
        tya
        sta     name,x
        dex
        bpl     @swap
        rts

do_rename:
        jsr     refuse_locked
        ldx     #0
@next:  lda     new_name,x
        cmp     #'?'            ; keeps the character
        beq     @keep
        sta     directory+ENTRY_NAME,y
@keep:  iny
        inx
        cpx     #11
        bne     @next
        jmp     store_entry

do_lock:
        ldy     entry_at
        lda     directory,y
        ora     #FLAG_LOCKED
        bne     changed_flags   ; always
do_unlock:
        ldy     entry_at
        lda     directory,y
        and     #$FF-FLAG_LOCKED
changed_flags:
        sta     directory,y
        jmp     store_entry

do_delete:
        jsr     refuse_locked
        jsr     load_contents
        inc     opening         ; for the buffer
        jsr     take_file
        jsr     delete_entry
        jsr     store_contents
        jsr     free_buffer
        dec     opening
        jmp     load_entry
