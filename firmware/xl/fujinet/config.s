; The FujiNet's boot program: puts the N: handler at the bottom of memory, and lets the user choose hosts and disk images.
; It is booted from D1:, from an image that the FujiNet makes.
        .include "atari.inc"

FUJI          = $70
SECONDS       = 30
READ          = $40
WRITE         = $80
MOUNT_ALL     = $D7
CONFIG_BOOT   = $D9
SET_FILE      = $E2
SEEK_DIR      = $E4
UNMOUNT       = $E9
WRITE_DRIVES  = $F1
READ_DRIVES   = $F2
WRITE_HOSTS   = $F3
READ_HOSTS    = $F4
CLOSE_DIR     = $F5
READ_DIR      = $F6
OPEN_FOLDER      = $F7
MOUNT_IMAGE   = $F8

COUNT         = 8               ; hosts, and drives
HOST_BYTES    = 32
DRIVE_BYTES   = 38
NO_HOST       = $FF
PER_PAGE      = 16
NAME_BYTES    = 36
PATH_BYTES    = 256

pointer       = FMSZPG          ; a disk's page zero: BASIC may have begun to use its own
source        = FMSZPG+2
target        = FMSZPG+4

        .segment "CODE"

; ---- The boot record ----
        .byte   0
        .byte   <((ENDING-$2000+127)/128)
        .word   $2000
        .word   RESTART         ; DOSINI
        clc
        jsr     install
        jmp     menu

; Puts the handler where it was linked for, and starts it.
install:
        lda     #<handler
        sta     source
        lda     #>handler
        sta     source+1
        lda     #<HANDLER_AT
        sta     target
        lda     #>HANDLER_AT
        sta     target+1
        ldx     #>(handler_end-handler+255)
        ldy     #0
@copy:
        lda     (source),y
        sta     (target),y
        iny
        bne     @copy
        inc     source+1
        inc     target+1
        dex
        bne     @copy
        jmp     RESTART
HANDLER_AT = $0700
RESTART    = HANDLER_AT+24

; ---- Hosts and drives ----
menu:
        jsr     read_hosts
        jsr     read_drives
        jsr     show_slots
@key:
        jsr     key
        cmp     #'1'
        bcc     @letter
        cmp     #'9'
        bcs     @letter
        sec
        sbc     #'1'
        jsr     browse_host
        jmp     menu
@letter:
        cmp     #'E'
        beq     @edit
        cmp     #'X'
        beq     @eject
        cmp     #'B'
        beq     @boot
        cmp     #'Q'
        bne     @key
        lda     #ATA_CLEAR
        jsr     put
        clc                     ; back into the OS, which starts BASIC
        rts
@edit:
        jsr     edit_host
        jmp     menu
@eject:
        jsr     eject
        jmp     menu
@boot:
        lda     #0
        sta     DAUX1
        ldy     #0
        lda     #CONFIG_BOOT
        jsr     fuji
        ldy     #0
        lda     #MOUNT_ALL
        jsr     fuji
        bmi     @failed
        jmp     COLDSV
@failed:
        jsr     complain
        jmp     menu

show_slots:
        ldx     #<title
        ldy     #>title
        jsr     print
        lda     #0
        sta     slot
@host:
        jsr     number
        jsr     host_at
        jsr     print_pointer
        jsr     new_line
        inc     slot
        lda     slot
        cmp     #COUNT
        bne     @host
        ldx     #<drives_title
        ldy     #>drives_title
        jsr     print
        lda     #0
        sta     slot
@drive:
        lda     #'D'
        jsr     put
        jsr     number
        jsr     drive_at
        ldy     #0
        lda     (pointer),y
        cmp     #NO_HOST
        beq     @empty
        clc
        adc     #'1'
        jsr     put
        lda     #':'
        jsr     put
        jsr     to_name
        jsr     print_pointer
@empty:
        jsr     new_line
        inc     slot
        lda     slot
        cmp     #COUNT
        bne     @drive
        ldx     #<menu_keys
        ldy     #>menu_keys
        jmp     print

to_name:
        clc
        lda     pointer
        adc     #2
        sta     pointer
        bcc     @done
        inc     pointer+1
@done:
        rts

; slot as a digit from 1, and a blank
number:
        lda     slot
        clc
        adc     #'1'
        jsr     put
        lda     #' '
        jmp     put

; pointer = the slot's name in the table of hosts, or its entry in that of drives
host_at:
        ldx     #HOST_BYTES
        lda     #<hosts
        ldy     #>hosts
        jmp     entry
drive_at:
        ldx     #DRIVE_BYTES
        lda     #<drives
        ldy     #>drives
entry:
        sta     pointer
        sty     pointer+1
        stx     step
        ldx     slot
        beq     @done
@next:
        clc
        lda     pointer
        adc     step
        sta     pointer
        bcc     @same
        inc     pointer+1
@same:
        dex
        bne     @next
@done:
        rts

edit_host:
        ldx     #<ask_host
        ldy     #>ask_host
        jsr     ask_slot
        bcs     @done
        ldx     #<ask_name
        ldy     #>ask_name
        jsr     print
        jsr     get_line
        jsr     host_at
        ldy     #0
@copy:
        lda     line,y
        cmp     #EOL
        beq     @fill
        sta     (pointer),y
        iny
        cpy     #HOST_BYTES-1
        bne     @copy
@fill:
        lda     #0
        sta     (pointer),y
        iny
        cpy     #HOST_BYTES
        bne     @fill
        jsr     point_hosts
        ldy     #WRITE
        lda     #WRITE_HOSTS
        jsr     fuji
@done:
        rts

eject:
        ldx     #<ask_drive
        ldy     #>ask_drive
        jsr     ask_slot
        bcs     @done
        jsr     drive_at
        lda     #NO_HOST
        ldy     #0
        sta     (pointer),y
        lda     #0
        ldy     #2
        sta     (pointer),y
        lda     slot
        sta     DAUX1
        ldy     #0
        lda     #UNMOUNT
        jsr     fuji
        jsr     point_drives
        ldy     #WRITE
        lda     #WRITE_DRIVES
        jsr     fuji
@done:
        rts

; Prints a question and takes a digit. Carry set for any other key.
ask_slot:
        jsr     print
        jsr     key
        sec
        sbc     #'1'
        sta     slot
        cmp     #COUNT
        rts

; ---- A host's folders. A = host ----
browse_host:
        sta     host
        ldx     #0
        stx     path
        stx     path_length
@folder:
        lda     #0
        sta     first
        sta     first+1
@page:
        jsr     open_dir
        bpl     @listed
        jmp     complain
@listed:
        jsr     show_page
@key:
        jsr     key
        cmp     #ATA_ESC
        beq     @done
        cmp     #'-'
        beq     @up
        cmp     #EOL
        beq     @more
        sec
        sbc     #'A'
        cmp     shown
        bcs     @key
        jsr     take_entry
        bmi     @page
        bcs     @folder
        jmp     choose_drive
@up:
        jsr     parent
        jmp     @folder
@more:
        lda     shown
        cmp     #PER_PAGE
        bcc     @folder         ; the last page: from the start
        clc
        adc     first
        sta     first
        bcc     @page
        inc     first+1
        bcs     @page
@done:
        rts

; Opens the folder in path, at entry first. N on failure.
open_dir:
        lda     #0
        ldx     path_length
@clear:
        sta     path,x
        inx
        bne     @clear
        lda     host
        sta     DAUX1
        jsr     point_path
        ldy     #WRITE
        lda     #OPEN_FOLDER
        jsr     fuji
        bmi     @done
        lda     first
        sta     DAUX1
        lda     first+1
        sta     DAUX2
        ldy     #0
        lda     #SEEK_DIR
        jsr     fuji
@done:
        rts

show_page:
        lda     #ATA_CLEAR
        jsr     put
        ldx     #<path
        ldy     #>path
        jsr     print
        jsr     new_line
        jsr     new_line
        lda     #0
        sta     shown
@entry:
        lda     #NAME_BYTES
        jsr     read_entry
        bmi     @end
        lda     line
        cmp     #$7F            ; the end
        beq     @end
        lda     shown
        clc
        adc     #'A'
        jsr     put
        lda     #' '
        jsr     put
        ldx     #<line
        ldy     #>line
        jsr     print
        jsr     new_line
        inc     shown
        lda     shown
        cmp     #PER_PAGE
        bne     @entry
@end:
        ldx     #<browse_keys
        ldy     #>browse_keys
        jmp     print

; A = bytes that the name may take
read_entry:
        sta     DAUX1
        sta     DBYTLO
        lda     #0
        sta     DBYTHI
        sta     DAUX2
        lda     #<line
        sta     DBUFLO
        lda     #>line
        sta     DBUFHI
        ldy     #READ
        lda     #READ_DIR
        jmp     fuji

; A = entry of the page: its whole name is put behind the path. Carry set for a folder; N if it cannot be had.
take_entry:
        clc
        adc     first
        sta     DAUX1
        lda     first+1
        adc     #0
        sta     DAUX2
        ldy     #0
        lda     #SEEK_DIR
        jsr     fuji
        bmi     @done
        lda     #128
        jsr     read_entry
        bmi     @done
        ldx     path_length
        ldy     #0
@copy:
        lda     line,y
        sta     path,x
        beq     @whole
        iny
        inx
        cpx     #PATH_BYTES-1
        bne     @copy
@whole:
        lda     path-1,x
        cmp     #'/'
        beq     @folder
        lda     #0              ; a file: clears N
        clc
        rts
@folder:
        stx     path_length
        lda     #0
        sec
@done:
        rts

parent:
        ldx     path_length
        beq     @done
        dex
@back:
        dex
        bmi     @root
        lda     path,x
        cmp     #'/'
        bne     @back
@root:
        inx
        stx     path_length
        lda     #0
        sta     path,x
@done:
        rts

; The image in path goes into a drive.
choose_drive:
        ldx     #<ask_drive
        ldy     #>ask_drive
        jsr     ask_slot
        bcs     @done
        ldx     #<ask_mode
        ldy     #>ask_mode
        jsr     print
        jsr     key
        ldx     #1
        cmp     #'W'
        bne     @read
        inx
@read:
        stx     step
        lda     host
        asl     a
        asl     a
        asl     a
        asl     a
        ora     step
        sta     DAUX2
        lda     slot
        sta     DAUX1
        jsr     point_path
        ldy     #WRITE
        lda     #SET_FILE
        jsr     fuji
        bmi     complain
        lda     slot
        sta     DAUX1
        lda     step
        sta     DAUX2
        ldy     #0
        lda     #MOUNT_IMAGE
        jsr     fuji
        bmi     complain
@done:
        rts

complain:
        ldx     #<failed
        ldy     #>failed
        jsr     print
        jmp     key

; ---- The FujiNet ----
read_hosts:
        jsr     point_hosts
        ldy     #READ
        lda     #READ_HOSTS
        jmp     fuji
read_drives:
        jsr     point_drives
        ldy     #READ
        lda     #READ_DRIVES
        jmp     fuji

point_hosts:
        lda     #<hosts
        ldx     #>hosts
        jmp     whole_page
point_path:
        lda     #<path
        ldx     #>path
whole_page:
        sta     DBUFLO
        stx     DBUFHI
        lda     #0
        sta     DBYTLO
        lda     #1
        sta     DBYTHI
        rts
point_drives:
        lda     #<drives
        sta     DBUFLO
        lda     #>drives
        sta     DBUFHI
        lda     #<(COUNT*DRIVE_BYTES)
        sta     DBYTLO
        lda     #>(COUNT*DRIVE_BYTES)
        sta     DBYTHI
        rts

; A = command, Y = direction. Y = status, N.
fuji:
        sta     DCOMND
        sty     DSTATS
        lda     #FUJI
        sta     DDEVIC
        lda     #1
        sta     DUNIT
        lda     #SECONDS
        sta     DTIMLO
        jsr     SIOV
        ldy     DSTATS
        rts

; ---- Screen and keyboard ----
print:
        stx     pointer
        sty     pointer+1
print_pointer:
        ldy     #0
@next:
        lda     (pointer),y
        beq     @done
        sty     keep_y
        jsr     put
        ldy     keep_y
        iny
        bne     @next
@done:
        rts

new_line:
        lda     #EOL
put:
        ldx     #CIO_PUTCHR
        stx     IOCB+2
        ldx     #0
        stx     IOCB+8
        stx     IOCB+9
        jmp     CIOV

get_line:
        lda     #CIO_GETREC
        sta     IOCB+2
        lda     #<line
        sta     IOCB+4
        lda     #>line
        sta     IOCB+5
        lda     #128
        sta     IOCB+8
        ldx     #0
        stx     IOCB+9
        jmp     CIOV

; A key's ATASCII, letters in upper case.
key:
        lda     KEYBDV+4        ; GET of the keyboard handler, less one
        sta     pointer
        lda     KEYBDV+5
        sta     pointer+1
        jsr     @call
        cmp     #'a'
        bcc     @done
        cmp     #'z'+1
        bcs     @done
        and     #$DF
@done:
        rts
@call:
        lda     pointer+1
        pha
        lda     pointer
        pha
        rts

title:          .byte ATA_CLEAR, "FUJINET", EOL, EOL, "HOSTS", EOL, 0
drives_title:   .byte EOL, "DRIVES", EOL, 0
menu_keys:      .byte EOL, "1-8 browse  E edit host  X eject", EOL, "B boot      Q quit to BASIC", 0
browse_keys:    .byte EOL, "letter open  RETURN more", EOL, "-  up        ESC   back", 0
ask_host:       .byte EOL, "Host 1-8? ", 0
ask_name:       .byte EOL, "SD, TNFS server or URL: ", EOL, 0
ask_drive:      .byte EOL, "Drive 1-8? ", 0
ask_mode:       .byte "Read or Write? ", 0
failed:         .byte EOL, "The FujiNet could not do that.", 0

handler:        .incbin "nhandler-0700.bin"
handler_end:
ENDING:

        .segment "BSS"

slot:           .res 1
host:           .res 1
step:           .res 1
first:          .res 2
shown:          .res 1
path_length:    .res 1
keep_y:         .res 1
line:           .res 128
path:           .res 256
hosts:          .res COUNT*HOST_BYTES
drives:         .res COUNT*DRIVE_BYTES
