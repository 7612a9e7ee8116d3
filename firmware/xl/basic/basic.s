; Attic BASIC: the language of Atari BASIC in 8 KB at $A000, for the Atari XL.
;
; Written from the Atari BASIC Reference Manual, De Re Atari (token format, run-time stack, tables),
; Mapping the Atari (page zero, floating point entries) and the published token tables.
; docs/firmware.md lists where it differs from Atari BASIC on purpose.

        .setcpu "6502"
        .include "atari.inc"
        .include "zeropage.inc"
        .include "macros.inc"

        .segment "CODE"
        .include "start.s"
        .include "names.s"
        .include "grammar.s"
        .include "tokenize.s"
        .include "memory.s"
        .include "list.s"
        .include "run.s"
        .include "flow.s"
        .include "evaluate.s"
        .include "strings.s"
        .include "variables.s"
        .include "functions.s"
        .include "maths.s"
        .include "print.s"
        .include "input.s"
        .include "files.s"
        .include "screen.s"
        .include "cio.s"
        .include "errors.s"

        .segment "CART"
        .word START             ; run address
        .byte 0                 ; a cartridge is present
        .byte $05               ; boot the disk first, then start the cartridge
        .word CARTINI           ; init address
