; The tables and how they grow and shrink.

; An empty program above MEMLO.
NEWPROG:
        lda MEMLO
        sta LOMEM
        lda MEMLO+1
        sta LOMEM+1
        ldx #VNTP - LOMEM
        ldy #0
:       lda newoff,y
        clc
        adc LOMEM
        sta LOMEM,x
        lda LOMEM+1
        adc #1
        sta LOMEM+1,x
        inx
        inx
        iny
        cpy #newend - newoff
        bne :-
        ldy #3
:       lda newtab,y
        sta (VNTP),y
        dey
        bpl :-
        lda #0
        sta LOADFLG
        sta ENTDTD
        lda #$80
        sta STOPLN+1
; The state in which RUN and NEW start.
SETUP:  lda #0
        sta DATAD
        sta DATALN
        sta DATALN+1
        sta RADFLG
        lda #$80
        sta TRAPLN+1
        rts
; VNTP ... TOPSTK less the page of tokens, and what lies there: the end of the names, the line 32768.
newoff: .byte 0, 0, 1, 1, 1, 4, 4, 4
newend:
newtab: .byte 0, 0, $80, 3

nomem:  FAIL E_MEMORY

; Makes room of A bytes (EXPAND: N) at the pointer X; it and all above move up. DST: where the room is.
EXPANDA:
        sta N
        lda #0
        sta N+1
EXPAND: lda TOPSTK
        clc
        adc N
        tay
        lda TOPSTK+1
        adc N+1
        bcs nomem
        adc EDITING             ; a page for the line that is typed
        cmp MEMTOP+1
        bcc room
        bne nomem
        cpy MEMTOP
        bcs nomem
room:   lda 0,x
        sta MVS
        sta DST
        lda 1,x
        sta MVS+1
        sta DST+1
        txa
        pha
        ; move down from the end: Y the odd bytes, X the pages
        lda TOPSTK
        sec
        sbc MVS
        tay
        lda TOPSTK+1
        sbc MVS+1
        tax
        clc
        adc MVS+1
        sta MVS+1
        lda MVS
        clc
        adc N
        sta MVD
        lda MVS+1
        adc N+1
        sta MVD+1
        inx
        bne movein
movepg: dec MVS+1
        dec MVD+1
moveb:  dey
        lda (MVS),y
        sta (MVD),y
movein: cpy #0
        bne moveb
        dex
        bne movepg
        pla
        tax
        bne shift

; Removes the line at P.
DELETE: ldy #2
        lda (P),y
        sta T1
        ldx P
        stx MVD
        clc
        adc P
        sta MVS
        lda P+1
        sta MVD+1
        adc #0
        sta MVS+1
        lda TOPSTK
        sec
        sbc MVS
        sta N
        lda TOPSTK+1
        sbc MVS+1
        sta N+1
        jsr MOVE
        ldx #STARP
        lda #0
        sec
        sbc T1
        sta N
        lda #$FF
        sta N+1
; All pointers from X on plus N.
shift:  lda 0,x
        clc
        adc N
        sta 0,x
        lda 1,x
        adc N+1
        sta 1,x
        inx
        inx
        cpx #TOPSTK+2
        bcc shift
        rts

; N bytes from MVS to MVD, the first first: a string moved one place up within itself repeats.
MOVE:   ldy #0
        ldx N+1
        beq mtail
mpage:  lda (MVS),y
        sta (MVD),y
        iny
        bne mpage
        inc MVS+1
        inc MVD+1
        dex
        bne mpage
mtail:  ldx N
        beq mdone
mbyte:  lda (MVS),y
        sta (MVD),y
        iny
        dex
        bne mbyte
mdone:  rts

; Puts the line of tokens into the program, in place of one of its number. STMCUR: where it is.
INSERT: jsr FINDLINE
        bne :+
        jsr DELETE
:       lda P
        sta STMCUR
        lda P+1
        sta STMCUR+1
        ldy #2
        lda (LOMEM),y
        ldx #STMCUR
        jsr EXPANDA
        ldy N
:       dey
        lda (LOMEM),y
        sta (DST),y
        cpy #0
        bne :-
        lda DST
        sta STMCUR
        lda DST+1
        sta STMCUR+1
        rts

; The line LN: Z set, P its address; or Z clear, P the first one behind it.
FINDLINE:
        lda STMTAB
        sta P
        lda STMTAB+1
        sta P+1
FINDFROM:
        ldy #1
        lda (P),y
        cmp LN+1
        bcc fnext
        bne fdone
        dey
        lda (P),y
        cmp LN
        bcs fdone
fnext:  ldy #2
        lda (P),y
        clc
        adc P
        sta P
        bcc FINDFROM
        inc P+1
        bne FINDFROM
fdone:  rts

; The same by way of the cache. An entry counts only if a line of that number lies where it says.
LOOKUP: lda LN
        lsr
        eor LN+1
        and #$3F
        tax
        lda CACHEH,x
        beq lmiss
        sta P+1
        lda CACHEL,x
        sta P
        ldy #0
        lda (P),y
        cmp LN
        bne lmiss
        iny
        lda (P),y
        cmp LN+1
        beq fdone
lmiss:  jsr FINDLINE
        bne :+
        lda P
        sta CACHEL,x
        lda P+1
        sta CACHEH,x
        lda #0
:       rts

; No line's address is known.
FORGET: ldx #$3F
        lda #0
:       sta CACHEH,x
        dex
        bpl :-
        rts
