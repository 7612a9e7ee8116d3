; MEM.SAV: what the menu's program takes of memory is saved before that program is loaded, and comes back when it is left.
; These routines stay in memory beside the menu's program; DUP.SYS begins with them and their INITAD.
        .setcpu "6502"
        .include "atari.inc"
        .include "saver.inc"

DOS_LOAD    = $0714
sum_at      = $E0               ; floating point's
E_ABSENT    = 170

        .code
        jmp     save
        jmp     restore
        jmp     write
        jmp     load
        .res    28              ; saver_name

; What is there goes to MEM.SAV, if the disk has that file.
save:   lda     menu_state
        bne     @done           ; lost before
        inc     menu_state
        jsr     named
        lda     #CIO_STATUS
        jsr     call
        cpy     #E_ABSENT
        beq     @done
        jsr     write
        bmi     @failed
        inc     menu_state
@done:  rts
@failed:
        lda     #CIO_PUTREC
        jsr     line
        lda     #CIO_GETREC
        jsr     line
        lda     answer
        cmp     #'Y'
        beq     @done
        ldx     #$10            ; DUP.SYS
        lda     #CIO_CLOSE
        jsr     call
        dec     menu_state      ; 0
        lda     TRAMSZ
        beq     @again
        lda     #$FF
        sta     WARMST
        jmp     (CARTRUN)
@again: jmp     (DOSVEC)

; CIO command A for a record of the editor.
line:   pha
        lda     #<complaint
        sta     ICBAL
        lda     #>complaint
        sta     ICBAH
        lda     #answer_end-answer
        sta     ICBLL
        ldx     #0
        stx     ICBLH
        pla
        jmp     call

complaint:
answer: .byte   "MEM.SAV IS NOT WRITTEN. Y: MENU", $9B
answer_end:

; Memory comes back from MEM.SAV; WARMST: whether it did. Comes back to the caller: jump here with an address on the stack.
restore:
        lda     #CIO_GETCHR
        jsr     transfer
        ldx     #$FF
        iny
        dey
        bpl     @there
        inx
@there: stx     WARMST
        lda     #0
        sta     menu_state
        rts

; Memory to MEM.SAV, which is made if it is not there. Y, N: status.
write:  lda     #CIO_PUTCHR

; Memory by CIO command A, which is 3 more than OPEN's AUX1. Y, N: status.
transfer:
        pha
        jsr     close
        jsr     named
        pla
        pha
        sec
        sbc     #CIO_GETCHR-OPEN_READ
        sta     ICAX1,x
        lda     #0
        sta     ICAX2,x
        lda     #CIO_OPEN
        jsr     call
        bmi     failed
        lda     #<dup_start
        sta     ICBAL,x
        lda     #>dup_start
        sta     ICBAH,x
        lda     #<saved_bytes
        sta     ICBLL,x
        lda     #>saved_bytes
        sta     ICBLH,x
        pla
        jsr     call
        bmi     close_failed
close:  ldx     #$20
        lda     #CIO_CLOSE
call:   sta     ICCOM,x
        jmp     CIOV
failed: pla
close_failed:
        tya
        pha
        jsr     close
        pla
        tay
        rts

named:  ldx     #$20
        lda     #<file
        sta     ICBAL,x
        lda     #>file
        sta     ICBAH,x
        rts
file:   .byte   "D1:MEM.SAV", $9B

; Loads and runs the file at saver_name, over memory as it was before the menu if MEM.SAV has it. A file that leaves the menu's
; program whole comes back to it, any other loads it anew.
load:   lda     menu_state
        cmp     #MENU_SAVED
        bne     @lost
        jsr     restore
        jsr     run
@menu:  jmp     (DOSVEC)
@lost:  jsr     sum
        sta     sum_before
        stx     sum_before+1
        jsr     run
        jsr     sum
        cmp     sum_before
        bne     @menu
        cpx     sum_before+1
        bne     @menu
        jmp     dup_loaded

run:    ldx     #<saver_name
        ldy     #>saver_name
        jsr     DOS_LOAD
        bcs     @failed
        ldy     #1
@failed:
        sty     load_status
        rts

; A, X: the sum of the menu's program.
sum:    ldy     #0
        sty     sum_at
        lda     #>dup_start
        sta     sum_at+1
        tya
        tax
        clc
@byte:  adc     (sum_at),y
        bcc     @low
        inx
        clc
@low:   iny
        bne     @byte
        inc     sum_at+1
        ldy     sum_at+1
        cpy     #>dup_start+dup_pages
        bcs     @end
        ldy     #0
        beq     @byte           ; always; carry is clear
@end:   rts
sum_before: .word 0
