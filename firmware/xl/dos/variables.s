; Buffers and variables. Nothing here is saved with DOS.SYS.
        .segment "PAGES"
file_buffers:
        .res    $300
directory:
        .res    $100            ; one sector of it
contents:
        .res    $100            ; enhanced density: its second half in the upper 128 bytes
FREE      = contents+3          ; free sectors below 720
FREE_HIGH = contents+128+122    ; ... and from 720 on

        .bss
drive:  .res    1               ; what sector I/O works on
density: .res   1
entry_stack: .res 1             ; stack when CIO called
opening: .res   1               ; not 0: a failure gives the buffer back
current: .res   1               ; offset of the IOCB
densities: .res 9               ; by drive
owners: .res    3               ; of the file buffers: offset of the IOCB plus 1, or 0
name:   .res    11              ; pattern
name_end: .res  1               ; offset of the character behind it
new_name: .res  11
entry:  .res    1               ; directory entry: number, and offset in its sector
entry_at: .res  1
free_entry: .res 1              ; the first that is free, or $FF
found:  .res    1
cached_drive: .res 1            ; what directory holds: drive, number of its sector
cached_sector: .res 1
contents_drive: .res 1          ; what contents holds; 0: nothing
contents_changed: .res 1
contents_large: .res 1          ; not 0: with a second half
contents_density: .res 1
contents_hint: .res 1           ; where the search for a free sector begins
next_sector: .res 2
command: .res   1
action: .res    2
matched: .res   1
header: .res    4

; For each of the three buffers
f_mode: .res    3               ; how it was opened
f_drive: .res   3
f_number: .res  3               ; its directory entry
f_sector: .res  3               ; the sector in the buffer
f_sector_high: .res 3
f_next: .res    3               ; what it links to
f_next_high: .res 3
f_at:   .res    3               ; next byte
f_length: .res  3               ; bytes of data
f_count: .res   3               ; sectors of the file
f_count_high: .res 3
f_changed: .res 3               ; the buffer is newer than the disk
f_extended: .res 3              ; not 0: uses sectors from 720 on
