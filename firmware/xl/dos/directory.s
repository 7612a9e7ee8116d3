; The directory: eight sectors of eight entries.

; Before the first entry.
first_entry:
        lda     #$FF
        sta     entry
        sta     free_entry
        rts

; The next entry that name matches. Carry set: there is none.
next_match:
        jsr     next_entry
        bcs     @done
        jsr     match
        bne     next_match
        clc
@done:  rts

; The next file. Carry set: there is none. Y: entry_at.
next_entry:
        inc     entry
        lda     entry
        cmp     #ENTRIES
        bcs     @end
        jsr     load_entry
        lda     directory,y
        beq     @unused
        bmi     @deleted
        and     #FLAG_USED|FLAG_OPEN|FLAG_DOS2
        cmp     #FLAG_USED|FLAG_OPEN|FLAG_DOS2
        beq     next_entry      ; it was never closed
        and     #FLAG_USED|FLAG_DOS2
        beq     next_entry
        clc
        rts
@deleted:
        jsr     remember
        jmp     next_entry
@unused:
        jsr     remember
@end:   sec
        rts

remember:
        bit     free_entry
        bpl     @have
        lda     entry
        sta     free_entry
@have:  rts

; The sector with the entry; Y, entry_at: its offset.
load_entry:
        lda     entry
        lsr
        lsr
        lsr
        tax
        lda     drive
        cmp     cached_drive
        bne     @load
        cpx     cached_sector
        beq     @there
@load:  lda     #0
        sta     cached_drive
        stx     cached_sector
        jsr     entry_sector
        jsr     read_sector
        jsr     check_status
        lda     drive
        sta     cached_drive
@there: lda     entry
        and     #7
        asl
        asl
        asl
        asl
        sta     entry_at
        tay
        rts

; Writes the sector with the entry back.
store_entry:
        jsr     entry_sector
        jsr     write_sector
check_status:
        cpy     #0
        jmp     check

; A, X: sector of cached_sector; zbuffer: directory.
entry_sector:
        lda     #<directory
        sta     zbuffer
        lda     #>directory
        sta     zbuffer+1
        lda     cached_sector
        clc
        adc     #<SECTOR_DIRECTORY
        ldx     #>SECTOR_DIRECTORY
        rts

; The file that name means: fails when it is missing.
find_entry:
        jsr     first_entry
        jsr     next_match
        bcc     @found
        lda     #E_MISSING
        jmp     fail
@found: rts

; Fails when the entry is locked.
refuse_locked:
        ldy     entry_at
        lda     directory,y
        and     #FLAG_LOCKED
        beq     @free
        lda     #E_LOCKED
        jmp     fail
@free:  rts
