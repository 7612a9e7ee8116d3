; The two pages that a program disk shows at $D500, seen while no cartridge is in the slot. Reading $D5FF gives the next
; byte of the program, $D5FE is 0 while there is one; any write to $D5FF goes back to the first. So the loaders need no RAM
; of their own. "ca65 loader.s && ld65 -t none" gives the bytes of ProgramPages.cs; a test compares the two.
;
; Addresses of the OS: Atari 400/800 Operating System Users Manual; Mapping the Atari XL/XE.

ptr     = $43           ; free while no DOS is loaded (FMS zero page)
count   = $45
RAMTOP  = $6A
RUNAD   = $02E0
INITAD  = $02E2
MEMLO   = $02E7
HATABS  = $031A
ICCOM   = $0342
ICBA    = $0344
ICAX1   = $034A
BASICF  = $03F8
PORTB   = $D301
CIOV    = $E456
ICAX1Z  = $2A
more    = $D5FE
data    = $D5FF

; ---------------------------------------------------------------- binary load files: XEX, COM
        .segment "CODE"
        .org $D500
binary: lda PORTB               ; BASIC off, if it is on, and the screen where it belongs without it
        and #2
        bne load
        lda PORTB
        ora #2
        sta PORTB
        sta BASICF
        lda #$C0
        sta RAMTOP
        ldx #0
        lda #12                 ; CLOSE
        sta ICCOM
        jsr CIOV
        ldx #0
        lda #3                  ; OPEN
        sta ICCOM
        lda #<editor
        sta ICBA
        lda #>editor
        sta ICBA+1
        lda #12                 ; for input and output
        sta ICAX1
        lda #0
        sta ICAX1+1
        jsr CIOV
load:   sta data
        lda data                ; where it runs if it does not say: its first segment
        sta RUNAD
        lda data
        sta RUNAD+1
next:   lda #<done
        sta INITAD
        lda #>done
        sta INITAD+1
        lda data
        sta count
        lda data
        sta count+1
        ora count
        beq run
        lda data
        sta ptr
        lda data
        sta ptr+1
        ldy #0
copy:   lda data
        sta (ptr),y
        inc ptr
        bne :+
        inc ptr+1
:       lda count
        bne :+
        dec count+1
:       dec count
        lda count
        ora count+1
        bne copy
        jsr init
        jmp next
init:   jmp (INITAD)
run:    jsr start
stop:   jmp stop
start:  jmp (RUNAD)
done:   clc
        rts
editor: .byte "E:", $9B
        .res $D600-*, $FF

; ---------------------------------------------------------------- BASIC programs: a device D: and a line typed for the user
table   = $0710         ; E:'s handler table with our GET, in what the boot sector left free
old     = $0720
index   = $0722
position = $0723

        .org $D500
basic:  jsr device
        ldx #0
find:   lda HATABS,x
        cmp #'E'
        beq found
        inx
        inx
        inx
        bne find
found:  stx index
        lda HATABS+1,x
        sta old
        sta ptr
        lda HATABS+2,x
        sta old+1
        sta ptr+1
        ldy #15
:       lda (ptr),y
        sta table,y
        dey
        bpl :-
        lda #<(type-1)
        sta table+4
        lda #>(type-1)
        sta table+5
        lda #<table
        sta HATABS+1,x
        lda #>table
        sta HATABS+2,x
        lda #0
        sta position
        clc
        rts

device: lda #$80                ; also after RESET: DOSINI
        sta MEMLO
        lda #$07
        sta MEMLO+1
        ldx #0
:       lda HATABS,x
        beq enter
        cmp #'D'
        beq enter
        inx
        inx
        inx
        bne :-
enter:  lda #'D'
        sta HATABS,x
        lda #<handler
        sta HATABS+1,x
        lda #>handler
        sta HATABS+2,x
        clc
        rts

type:   ldx position
        lda text,x
        inc position
        pha
        lda text+1,x
        bne :+
        ldx index               ; the last one: the keyboard is the user's
        lda old
        sta HATABS+1,x
        lda old+1
        sta HATABS+2,x
:       pla
        ldy #1
        rts

open:   lda ICAX1Z
        and #8
        bne denied
        sta data
good:   ldy #1
        rts
get:    lda more
        bne ended
        lda data
        ldy #1
        rts
ended:  ldy #136
        rts
denied: ldy #135
        rts
never:  ldy #146
        rts
handler:
        .word open-1, good-1, get-1, denied-1, good-1, never-1
        jmp good
        .res $D5E8-*, $FF
text:   .res $D600-*, $00
