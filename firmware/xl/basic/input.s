; INPUT and READ.

INPUT:  lda #0
        sta IODVC
        lda #'?'
        pha
        ldy TIX
        lda (STMCUR),y
        cmp #T_HASH
        bne inpline
        pla
        jsr HASH
        lda #0
        pha
inpline:
        pla
        pha
        beq :+
        jsr PUTC
:       jsr inbuf
        jsr GETREC
        bpl :+
        jmp IOERR
:       lda #0
inpitem:
        pha                     ; place in the line
        jsr TARGET
        jsr inbuf
        pla
        sta CIX
        ldx #EOL
        jsr TAKE
        jsr ATEND
        beq inpend
        inc TIX
        jsr SKIPB
        cmp #','
        bne inpline             ; another line for the rest
        inc CIX
        lda CIX
        bne inpitem
inpend: pla
        rts

inbuf:  lda LOMEM
        sta INBUFF
        lda LOMEM+1
        sta INBUFF+1
        rts

; The variable at TIX that receives; KIND: its type. VP, or the target of ASSIGN.
TARGET: ldy TIX
        lda (STMCUR),y
        jsr GETVP
        and #$80
        sta KIND
        bmi :+
        jmp NUMREF
:       lda #6
        jsr STRREF
        jmp KEEPTO

; Takes what is at CIX of the text: a number, or a string up to EOL or the character X.
TAKE:   stx T1
        lda KIND
        bmi takestr
        jsr AFP
        bcs takebad
        jsr SKIPB
        cmp #','
        beq :+
        cmp #EOL
        bne takebad
:       jmp STOREVP
takebad:
        FAIL E_INPUT
takestr:
        lda CIX
        clc
        adc INBUFF
        sta SA
        lda INBUFF+1
        adc #0
        sta SA+1
        ldy CIX
        ldx #0
        stx SL+1
:       lda (INBUFF),y
        cmp #EOL
        beq :+
        cmp T1
        beq :+
        iny
        inx
        bne :-
:       stx SL
        sty CIX
        jmp ASSIGN

; READ takes from the text of DATA as it lies in the program.
READ:   jsr TARGET
        lda DATAD
        pha
        lda DATALN
        sta LN
        lda DATALN+1
        sta LN+1
        jsr LOOKUP
        pla
        tax
        bne rditem              ; within a line
rdline: ldy #1
        lda (P),y
        bmi nodata
        sta DATALN+1
        dey
        lda (P),y
        sta DATALN
        ; statements of the line
        ldy #2
        lda (P),y
        sta T1
        iny
rdstmt: lda (P),y
        pha
        iny
        lda (P),y
        iny
        cmp #S_DATA
        beq rdfound
        pla
        tay
        cpy T1
        bcc rdstmt
        ldy T1
        jsr ADDYP
        jmp rdline
nodata: FAIL E_DATA
rdfound:
        pla
        tya
        tax
rditem: stx CIX
        lda P
        sta INBUFF
        lda P+1
        sta INBUFF+1
        ldx #','
        jsr TAKE
        ldy CIX
        lda (INBUFF),y
        iny
        cmp #','
        beq :+
        ldy #0                  ; the line is used up
        inc DATALN
        bne :+
        inc DATALN+1
:       sty DATAD
        jsr ATEND
        beq :+
        inc TIX
        bne READ
:       rts
