; What the XL's loader gets of the N: handler: its table, and code that fetches the handler itself, which the FujiNet links for the
; address that it is told. All of it fits into the loader's first block: some systems ask for that one again and again.
        .include "atari.inc"

LOAD_ID       = $7E
FETCH         = $27             ; AUX: the address
READ          = $40
SECONDS       = 8
        .include "nsize.inc"    ; HANDLER_SIZE, with its buffers; HANDLER_BYTES, without

        .segment "CODE"

start:
        .word   0, 0, 0, 0, 0, 0
        jmp     fetch
        .byte   0
        .word   HANDLER_SIZE
        .word   0

        .segment "STUB"

fetch:
        ldx     #11
@block:
        lda     block,x
        sta     DDEVIC,x
        dex
        bpl     @block
        jsr     SIOV
        bmi     @failed
        jmp     start+12        ; the handler's own start
@failed:
        sec
        rts

block:  .byte   LOAD_ID, 1, FETCH, READ
        .word   start
        .byte   SECONDS, 0
        .word   HANDLER_BYTES
        .word   start           ; AUX
