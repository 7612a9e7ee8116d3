; What the XL's loader gets of the N: handler, or with R_HANDLER of the R: handler: its table, and code that fetches the handler
; itself, which the FujiNet links for the address that it is told. All of it fits into the loader's first block: some systems ask for that one again and again.
        .include "atari.inc"

FETCH         = $27             ; AUX: the address
READ          = $40
SECONDS       = 8
        ; LOAD_ID, where it comes from; HANDLER_SIZE, with its buffers; HANDLER_BYTES, without
.ifdef R_HANDLER
        .include "rsize.inc"
.else
        .include "nsize.inc"
.endif

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
