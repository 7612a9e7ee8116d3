; DOSINI: after boot and after each RESET. The first time, AUTORUN.SYS is loaded.
dos_start:
dos_init:
        ldx     #2
        lda     #0
        sta     contents_drive
        sta     cached_drive
@close: sta     owners,x
        dex
        bpl     @close
        lda     #<dos_end
        sta     MEMLO
        lda     #>dos_end
        sta     MEMLO+1
        lda     #<dos_menu
        sta     DOSVEC
        lda     #>dos_menu
        sta     DOSVEC+1
        ldx     #0
@entry: lda     HATABS,x        ; D: or the first free place
        beq     @ours
        cmp     #'D'
        beq     @ours
        inx
        inx
        inx
        cpx     #36
        bcc     @entry
        rts
@ours:  lda     #'D'
        sta     HATABS,x
        lda     #<handler
        sta     HATABS+1,x
        lda     #>handler
        sta     HATABS+2,x
        lda     started
        beq     @first
        jmp     leave_menu
@first: inc     started
        ldx     #<autorun_name
        ldy     #>autorun_name
        jmp     load_and_run

handler:
        .word   dos_open-1, dos_close-1, dos_get-1, dos_put-1, dos_status-1, dos_special-1
        jmp     dos_init

; Every call: remembers the IOCB and the stack for errors. X: IOCB.
.macro  BEGIN_CALL
        stx     current
        tsx
        stx     entry_stack
        ldx     #0
        stx     opening
.endmacro

; Ends the call with status A, from any depth.
fail:   ldx     entry_stack
        txs
        pha
        ldx     opening
        beq     @keep
        jsr     free_buffer
@keep:  pla
        tay
        ldx     current
        tya
        rts

; Ends it well.
succeed:
        lda     #0
        sta     opening
        lda     #1
        bne     fail            ; always

; Status Y of sector I/O, with the flags of Y: goes on when it is good.
check:  bpl     @good
        tya
        jmp     fail
@good:  rts

; X := buffer of the IOCB. Carry set: it has none.
find_file:
        ldx     #2
        ldy     current
        iny
@next:  tya
        cmp     owners,x
        beq     @found
        dex
        bpl     @next
        sec
        rts
@found: clc
        ; falls into set_buffer

; zbuffer := buffer X, and drive and density of its file. Leaves carry and X alone.
set_buffer:
        lda     #0
        sta     zbuffer
        txa
        pha
        clc
        adc     #>file_buffers
        sta     zbuffer+1
        ldy     f_drive,x
        sty     drive
        lda     densities,y
        sta     density
        pla
        clc
        rts

; A free buffer for the IOCB: X, zbuffer.
take_buffer:
        ldx     max_files
        cpx     #4
        bcc     @next
        ldx     #3
@next:  dex
        bmi     @none
        lda     owners,x
        bne     @next
        ldy     current
        iny
        tya
        sta     owners,x
        lda     drive
        sta     f_drive,x
        lda     #0
        sta     f_mode,x
        sta     f_changed,x
        sta     f_extended,x
        sta     f_count,x
        sta     f_count_high,x
        sta     f_at,x
        sta     f_length,x
        beq     set_buffer      ; always
@none:  lda     #E_OPEN
        jmp     fail

; Gives the IOCB's buffer back.
free_buffer:
        jsr     find_file
        bcs     @none
        lda     #0
        sta     owners,x
@none:  rts

; Offset of the links in a sector, in A and Y.
link_offset:
        ldy     #125
        lda     density
        cmp     #DOUBLE
        bne     @short
        ldy     #253
@short: tya
        rts

; drive and density of the device that CIO names.
select_drive:
        ldx     ICDNOZ
        beq     @none
        cpx     #9
        bcs     @none
        stx     drive
        lda     drive_bits
@bit:   lsr
        dex
        bne     @bit
        bcc     @none
        jsr     ask_drive
        bcs     @status
        ldx     drive
        lda     density
        sta     densities,x
        lda     #0              ; the disk may be another one
        sta     cached_drive
        rts
@none:  lda     #E_DRIVE
        bne     @fail           ; always
@status:
        tya
@fail:  jmp     fail
