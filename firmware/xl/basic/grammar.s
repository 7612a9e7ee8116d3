; What follows each statement's name, as a program of bytes. From $20 on: the sign that is typed. Below: a parser of
; PARSERS; those from GOPT on take bytes from the program, and go to a place in it.

.enum
        GEND
        GE                      ; number
        GS                      ; string
        GV                      ; variable or element that receives a number
        GSV                     ; variable without an index
        GVAR                    ; variable, element or string that receives
        GANY                    ; number or string
        GDIM                    ; one variable of DIM
        GLET                    ; assignment
        GTHEN                   ; line number or statements
        GREM                    ; anything
        GKEY                    ; the word with this token
        GOPT                    ; perhaps this sign; without it go to ...
        GOPTK                   ; perhaps this word
        GEOS                    ; at the end of the statement go to ...
        GJMP
.endenum

PARSERS:
        .word PNUM-1, PSTR-1, PTARGET-1, PSCALAR-1, PVARANY-1, PANY-1, PDIM-1, PLET-1, PTHEN-1, PREM-1
        .word PKEY-1, POPT-1, POPTK-1, PEOS-1, PJUMP-1

SIGS:
G4:     .byte GE, ','
G3:     .byte GE, ','
G2:     .byte GE, ','
G1:     .byte GE
G0:     .byte GEND
GXIO:   .byte GE, ','
GOPEN:  .byte '#', GE, ',', GE, ',', GE, ','
GSTR:   .byte GS, GEND
GPOINT: .byte '#', GE, ',', GV, ',', GV, GEND
GGET:   .byte '#', GE, ',', GV, GEND
GPUT:   .byte '#', GE, ',', GE, GEND
GCLOSE: .byte '#', GE, GEND
GLOC:   .byte GE, ',', GE, ',', GV, GEND
GFR:    .byte GSV, '=', GE, GKEY, T_TO, GE, GOPTK, T_STEP, G0 - SIGS, GE, GEND
GNEXT:  .byte GSV, GEND
GIFS:   .byte GE, GKEY, T_THEN, GTHEN, GEND
GONS:   .byte GE, GOPTK, T_GOTO, onsub - SIGS
onlist: .byte GE, GOPT, ',', G0 - SIGS, GJMP, onlist - SIGS
onsub:  .byte GKEY, T_GOSUB, GJMP, onlist - SIGS
GINP:   .byte GOPT, '#', GVS - SIGS, GE, GOPT, ';', incomma - SIGS, GJMP, GVS - SIGS
incomma:
        .byte ','
GVS:    .byte GVAR, GOPT, ',', G0 - SIGS, GJMP, GVS - SIGS
GPRN:   .byte GOPT, '#', pritm - SIGS, GE
prsp:   .byte GOPT, ',', prsp2 - SIGS, GJMP, pritm - SIGS
prsp2:  .byte GOPT, ';', G0 - SIGS
pritm:  .byte GEOS, G0 - SIGS, GOPT, ',', pritm2 - SIGS, GJMP, pritm - SIGS
pritm2: .byte GOPT, ';', pritm3 - SIGS, GJMP, pritm - SIGS
pritm3: .byte GANY, GJMP, prsp - SIGS
GDM:    .byte GDIM, GOPT, ',', G0 - SIGS, GJMP, GDM - SIGS
GLT:    .byte GLET, GEND
GOE:    .byte GEOS, G0 - SIGS, GE, GEND
GOS:    .byte GEOS, G0 - SIGS, GS, GEND
GLS:    .byte GEOS, G0 - SIGS, GANY, GOPT, ',', G0 - SIGS, GEOS, G0 - SIGS, GE, GOPT, ',', G0 - SIGS, GJMP, GOE - SIGS
GRM:    .byte GREM

; By statement token: the grammar, then the routine.
.macro  STATEMENTS each
        each GRM, DONOTHING     ; REM
        each GRM, DONOTHING     ; DATA
        each GINP, INPUT
        each G1, SETCOL
        each GLS, LIST
        each GSTR, ENTER
        each GLT, LET
        each GIFS, IFTHEN
        each GFR, FOR
        each GNEXT, NEXT
        each G1, GOTO
        each G1, GOTO
        each G1, GOSUB
        each G1, TRAP
        each G0, BYE
        each G0, CONT
        each GDM, DIM
        each GCLOSE, CLOSE
        each G0, CLR
        each G0, DEG
        each GDM, DIM
        each G0, ENDPROG
        each G0, NEW
        each GOPEN, OPEN
        each GSTR, LOAD
        each GSTR, SAVE
        each GGET, STATE
        each GPOINT, NOTE
        each GPOINT, POINT
        each GXIO, XIO
        each GONS, ONGO
        each G2, POKE
        each GPRN, PRINT
        each G0, RAD
        each GVS, READ
        each GOE, RESTORE
        each G0, RETURN
        each GOS, RUN
        each G0, STOP
        each G0, POP
        each GPRN, PRINT
        each GGET, GET
        each GPUT, PUT
        each G1, GRAPHICS
        each G2, PLOT
        each G2, POSITION
        each G0, DOS
        each G2, DRAWTO
        each G3, SETCOLOR
        each GLOC, LOCATE
        each G4, SOUND
        each GPRN, LPRINT
        each G0, CSAVE
        each G0, CLOAD
        each GLT, LET
        each GRM, GARBLED
.endmacro

.macro  SIGOF sig, routine
        .byte sig - SIGS
.endmacro
.macro  DOOF sig, routine
        .word routine - 1
.endmacro

STSIGS: STATEMENTS SIGOF
STDO:   STATEMENTS DOOF
