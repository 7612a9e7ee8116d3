; The disk operating system of Attic for an Atari XL: boot sectors and DOS.SYS.
; The disk format is that of DOS 2.0S and 2.5 (Atari DOS 2.0S and 2.5 manuals; De Re Atari, chapter 9); the code is ours.
;
; $0700  boot sectors: header, loader, sector I/O
; $0880  DOS.SYS: file management system, loader of binary files
; $1700  buffers: three files, directory, table of contents
; $1C00  variables; programs begin at $1CC0

        .setcpu "6502"
        .include "atari.inc"
        .include "dos.inc"
        .include "saver.inc"

        .include "variables.s"
        .include "boot.s"
        .include "menu.s"       ; there is room
        .code
        .include "init.s"
        .include "open.s"
        .include "transfer.s"
        .include "close.s"
        .include "special.s"
        .include "point.s"
        .include "format.s"
        .include "name.s"
        .include "directory.s"
        .include "listing.s"
        .include "contents.s"
        .include "chain.s"
        .include "load.s"
