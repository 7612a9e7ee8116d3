; The disk utilities of Attic DOS: DUP.SYS, a binary file that the resident part loads for its menu.
        .setcpu "6502"
        .include "atari.inc"
        .include "saver.inc"

DOS_START   = $0880             ; DOS.SYS in memory
DOS_BYTES   = $0E80
XIO_BOOT    = 252

source      = $E0               ; 2 each, floating point's: programs keep nothing there
target      = $E2
size        = $E4

        .import __CODE_LOAD__, __CODE_SIZE__, __BSS_LOAD__, __BSS_SIZE__
        .segment "HEAD"
        .word   $FFFF, saver, saver+saver_size-1
        .incbin "saver.bin"
        .word   INITAD, INITAD+1, saver_save
        .word   __CODE_LOAD__, __CODE_LOAD__+__CODE_SIZE__-1
        .segment "TAIL"
        .word   RUNAD, RUNAD+1, menu

        .code
        jmp     menu
        jmp     loaded
saver_image:
        .incbin "saver.bin"
saver_size = *-saver_image
        .include "dup_menu.s"
        .include "dup_text.s"
        .include "dup_names.s"
        .include "dup_files.s"
        .include "dup_copy.s"
        .include "dup_disks.s"
        .include "dup_programs.s"
        .include "dup_memory.s"

        .bss
device_name: .res 4
line:   .res    128             ; what was typed
first:  .res    40              ; its first name, its second
second: .res    40
place:  .res    1               ; in line
channel: .res   1               ; offset of an IOCB
back:   .res    2               ; where print returns to
pages:  .res    1               ; of the text that it prints
value:  .res    2               ; a number
drive:  .res    1
other:  .res    1
sector: .res    2
last:   .res    2
fill:   .res    2
passed: .res    2
block:  .res    2
long:   .res    1               ; not 0: sectors of 256 bytes
count:  .res    1
left:   .res    1               ; files still to copy
swap:   .res    1               ; not 0: source and destination share a drive
top:    .res    2               ; end of the memory for copies
names:  .res    64*12
buffer:                         ; up to top
