; Directory, delete, rename, lock, unlock.

; Opens the file at A (low byte), Y on IOCB X with AUX1 in count.
open:   sta     ICBAL,x
        tya
        sta     ICBAH,x
        lda     count
        sta     ICAX1,x
        lda     #0
        sta     ICAX2,x
        lda     #CIO_OPEN
        jsr     call
        jmp     check

open_first:                     ; on IOCB 2, A: AUX1
        sta     count
        ldx     #$20
        lda     #<first
        ldy     #>first
        jmp     open
open_second:                    ; on IOCB 3
        sta     count
        ldx     #$30
        lda     #<second
        ldy     #>second
        jmp     open

close2: ldx     #$20
        .byte   $2C
close3: ldx     #$30
        lda     #CIO_CLOSE
        jsr     call
        jmp     check

list:   jsr     print
        .byte   "DIRECTORY: FILES, LIST TO", $9B, 0
        jsr     read_line
        jsr     first_name
        bcc     @some
        ldx     #7
@all:   lda     everything,x
        sta     first,x
        dex
        bpl     @all
@some:  lda     first+3
        cmp     #$9B            ; a device alone
        bne     @named
        ldx     #4
@tail:  lda     everything+3,x
        sta     first+3,x
        dex
        bpl     @tail
@named: lda     #6
        jsr     open_first
        jsr     comma
        bcs     @screen
        jsr     second_name
        bcs     @screen
        lda     #8
        jsr     open_second
        lda     #$30
        bne     @to             ; always
@screen:
        lda     #0
@to:    sta     channel
@next:  ldx     #$20
        lda     #CIO_GETREC
        jsr     line_buffer
        jsr     call
        cpy     #136
        beq     @end
        jsr     check
        ldx     channel
        lda     #CIO_PUTREC
        jsr     line_buffer
        jsr     call
        jsr     check
        jmp     @next
@end:   jsr     close2
        lda     channel
        beq     @back
        jsr     close3
@back:  jmp     ask

everything:
        .byte   "D1:*.*", $9B, $9B

; line as the buffer of IOCB X. Leaves A alone.
line_buffer:
        pha
        lda     #<line
        sta     ICBAL,x
        lda     #>line
        sta     ICBAH,x
        lda     #120
        sta     ICBLL,x
        lda     #0
        sta     ICBLH,x
        pla
        rts

delete: jsr     print
        .byte   "DELETE: FILES", $9B, 0
        jsr     read_line
        jsr     first_name
        bcs     give_up
        jsr     print
        .byte   "Y DELETES ", 0
        lda     #<first
        ldy     #>first
        jsr     show
        jsr     sure
        bcs     give_up
        lda     #CIO_DELETE
        bne     command         ; always
lock:   lda     #CIO_LOCK
        bne     ask_files       ; always
unlock: lda     #CIO_UNLOCK
ask_files:
        pha
        jsr     print
        .byte   "FILES", $9B, 0
        jsr     read_line
        jsr     first_name
        pla
        bcs     give_up
command:                        ; A, on what first names
        ldx     #$20
        pha
        lda     #<first
        sta     ICBAL,x
        lda     #>first
        sta     ICBAH,x
        lda     #0
        sta     ICAX1,x
        sta     ICAX2,x
        pla
        jsr     call
        jsr     check
        jmp     done
give_up:
        jmp     ask

rename: jsr     print
        .byte   "RENAME: OLD NAME, NEW NAME", $9B, 0
        jsr     read_line
        jsr     first_name
        bcs     give_up
        jsr     comma
        bcs     give_up
        ldy     #0              ; one text for CIO
@end:   lda     first,y
        iny
        cmp     #$9B
        bne     @end
        lda     #','
        sta     first-1,y
        ldx     place
@copy:  lda     line,x
        inx
        cmp     #' '
        beq     @copy
        sta     first,y
        iny
        cmp     #$9B
        beq     @named
        cpy     #79
        bcc     @copy
@named: lda     #CIO_RENAME
        bne     command         ; always
