; Words by token. Statements first: their order is that of the tokens, so the first match of an abbreviation is the documented one.

STNAMES:
        NAME "REM"
        NAME "DATA"
        NAME "INPUT"
        NAME "COLOR"
        NAME "LIST"
        NAME "ENTER"
        NAME "LET"
        NAME "IF"
        NAME "FOR"
        NAME "NEXT"
        NAME "GOTO"
        NAME "GO TO"
        NAME "GOSUB"
        NAME "TRAP"
        NAME "BYE"
        NAME "CONT"
        NAME "COM"
        NAME "CLOSE"
        NAME "CLR"
        NAME "DEG"
        NAME "DIM"
        NAME "END"
        NAME "NEW"
        NAME "OPEN"
        NAME "LOAD"
        NAME "SAVE"
        NAME "STATUS"
        NAME "NOTE"
        NAME "POINT"
        NAME "XIO"
        NAME "ON"
        NAME "POKE"
        NAME "PRINT"
        NAME "RAD"
        NAME "READ"
        NAME "RESTORE"
        NAME "RETURN"
        NAME "RUN"
        NAME "STOP"
        NAME "POP"
        NAME "?"
        NAME "GET"
        NAME "PUT"
        NAME "GRAPHICS"
        NAME "PLOT"
        NAME "POSITION"
        NAME "DOS"
        NAME "DRAWTO"
        NAME "SETCOLOR"
        NAME "LOCATE"
        NAME "SOUND"
        NAME "LPRINT"
        NAME "CSAVE"
        NAME "CLOAD"
        .byte $9B               ; assignment without LET: never typed
        NAME "ERROR-  "
        .byte 0

; Tokens from $12.
OPNAMES:
        NAME ","
        NAME "$"
        NAME ":"
        NAME ";"
        .byte $9B
KWGOTO: NAME "GOTO"
        NAME "GOSUB"
KWTO:   NAME "TO"
KWSTEP: NAME "STEP"
KWTHEN: NAME "THEN"
        NAME "#"
OPERS:  NAME "<="
        NAME "<>"
        NAME ">="
        NAME "<"
        NAME ">"
        NAME "="
        NAME "^"
        NAME "*"
        NAME "+"
        NAME "-"
        NAME "/"
KWNOT:  NAME "NOT"
        NAME "OR"
        NAME "AND"
        .byte 0                 ; the search for an operator ends here
; (a word's zero bytes are not printed)
        NAME "("
        NAME ")"
        NAME "="
        NAME "="
        NAME "<="
        NAME "<>"
        NAME ">="
        NAME "<"
        NAME ">"
        NAME "="
        NAME "+"
        NAME "-"
        NAME "("
        .byte $80, $80          ; the parenthesis belongs to the array's name
        NAME "("
        NAME "("
        NAME ","
; Functions, from $3D.
FNNAMES:
        NAME "STR$"
        NAME "CHR$"
        NAME "USR"
        NAME "ASC"
        NAME "VAL"
        NAME "LEN"
        NAME "ADR"
        NAME "ATN"
        NAME "COS"
        NAME "PEEK"
        NAME "SIN"
        NAME "RND"
        NAME "FRE"
        NAME "EXP"
        NAME "LOG"
        NAME "CLOG"
        NAME "SQR"
        NAME "SGN"
        NAME "ABS"
        NAME "INT"
        NAME "PADDLE"
        NAME "STICK"
        NAME "PTRIG"
        NAME "STRIG"
        .byte 0

; Steps over the name at P.
NEXTNAME:
        ldy #0
:       lda (P),y
        iny
        asl
        bcc :-
ADDYP:  tya
        clc
        adc P
        sta P
        bcc :+
        inc P+1
:       rts

; Q: the text from the next character on that is no blank.
SETQ:   jsr SKIPB
        tya
        clc
        adc INBUFF
        sta Q
        lda INBUFF+1
        adc #0
        sta Q+1
        rts

; Looks for the word at CIX among the names from X (low), Y (high) on. C clear: it is there, A its index and CIX behind it.
; A period abbreviates a statement.
SEARCHST:
        lda #'.'
        .byte $2C
SEARCHOP:
        lda #$FE                ; nothing that is typed
        sta T1
        stx P
        sty P+1
        jsr SETQ
        lda #0
        sta TOK
sname:  ldy #0
        lda (P),y
        beq sfail
        jsr MATCH1
        lda TOK
        bcc sdone
        jsr NEXTNAME
        inc TOK
        bne sname
sfail:  sec
sdone:  rts

; C clear: the text goes on with the word at X (low), Y (high), and CIX is behind it.
KEYWORD:
        stx P
        sty P+1
        lda #$FE
        sta T1
        jsr SETQ
; The same for the word at P and the text at Q; Y: its length.
MATCH1: ldy #0
mchar:  lda (P),y
        and #$7F
        cmp (Q),y
        bne mdiff
        lda (P),y
        bmi myes
        iny
        bne mchar
mdiff:  lda (Q),y
        cmp T1
        beq myes
        sec
        rts
myes:   iny
        tya
        clc
        adc CIX
        sta CIX
        clc
        rts
