; From text to tokens: recursive descent over the line at INBUFF, tokens to the page at LOMEM.

; The line at CIX as tokens, number LN. C set: it has a fault; then it is an ERROR line and has been listed.
TOKENIZE:
        lda CIX
        pha
        tsx
        stx SAVS
        jsr LINEHEAD
stmt:   lda COX
        sta STMIX
        jsr EMIT                ; length, patched when it is known
        ldx #<STNAMES
        ldy #>STNAMES
        jsr SEARCHST
        bcc :+
        lda #S_ILET
:       jsr EMIT
        tax
        lda STSIGS,x
        sta SYNI
gram:   jsr GBYTE
        beq stend
        cmp #$20
        bcs sign
        jsr PARSE
        jmp gram
sign:   jsr EXPECT
        bne gram
stend:  jsr SKIPB
        cmp #':'
        bne :+
        jsr EXPECT
        jsr PATCH
        bne stmt
:       cmp #EOL
        bne SYNTAX
        lda #T_EOL
        jsr EMIT
        jsr PATCH
linend: jsr LINELEN
        ldx SAVS
        txs
        pla
        clc
        rts

GBYTE:  ldx SYNI
        inc SYNI
        lda SIGS,x
        rts

PARSE:  asl
        tax
        lda PARSERS-1,x
        pha
        lda PARSERS-2,x
        pha
        rts

; The line does not follow the grammar at CIX: keep its text.
SYNTAX: ldx SAVS
        txs
        ldy CIX
        lda (INBUFF),y
        cmp #EOL
        bne :+
        iny                     ; the fault is at the end: behind a blank
        sta (INBUFF),y
        dey
        lda #' '
:       eor #$80
        sta (INBUFF),y
        pla
        sta CIX                 ; where the text begins
        jsr LINEHEAD
        jsr EMIT
        lda #S_ERROR
        jsr EMIT
        jsr copy
        ldy #3
        jsr PATCHY
        jsr LINELEN
        lda LOMEM
        sta Q
        lda LOMEM+1
        sta Q+1
        lda #0
        sta IODVC
        jsr LISTLINE
        sec
        rts

; The number and a place for the length.
LINEHEAD:
        lda #0
        sta COX
        lda LN
        jsr EMIT
        lda LN+1
        jsr EMIT
EMIT:   ldy COX
        sta (LOMEM),y
        inc COX
        beq :+
        rts
:       FAIL E_LONG

LINELEN:
        lda COX
        ldy #2
        sta (LOMEM),y
        rts

; The length of the statement is known.
PATCH:  ldy STMIX
PATCHY: pha
        lda COX
        sta (LOMEM),y
        pla
        rts

; The sign in A must follow; its token is written.
EXPECT: pha
        jsr SKIPB
        pla
        cmp (INBUFF),y
        bne SYNTAX1
        ldx #6
:       cmp signs,x
        beq :+
        dex
        bpl :-
:       lda signtok,x
        inc CIX
        bne EMIT
signs:  .byte ",#=:;()"
signtok:
        .byte T_COMMA, T_HASH, T_LETN, T_COLON, T_SEMI, T_OPEN, T_CLOSE

PCLOSE: lda #')'
        bne EXPECT

; ---- Expressions ----

; A number.
PNUM:   jsr PANY
        lda KIND
        bmi SYNTAX1
        rts
SYNTAX1:
        jmp SYNTAX

; A number or a string; KIND says which.
PANY:   tsx
        cpx #$30
        bcc SYNTAX1             ; nested too deep
        jsr POPERAND
        lda KIND
        bmi pret
pbin:   ldx #<OPERS
        ldy #>OPERS
        jsr SEARCHOP
        bcs pret
        cmp #T_NOT - T_LE
        beq SYNTAX1
        clc
        adc #T_LE
        jsr EMIT
        jsr PNUMOP
        beq pbin
pret:   rts

; An operand that is a number.
PNUMOP: jsr POPERAND
        lda KIND
        bmi SYNTAX1
        rts

; An operand with the signs before it; two strings that are compared are a number.
POPERAND:
        jsr SKIPB
        ldx #T_MINUS
        cmp #'-'
        beq unary
        dex
        cmp #'+'
        beq unary
        cmp #'('
        beq paren
        ldx #<KWNOT
        ldy #>KWNOT
        jsr KEYWORD
        bcs :+
        lda #T_NOT
        jsr EMIT
        bne PNUMOP
:       jsr POP1ND
        lda KIND
        bpl pret
        ldx #<OPERS
        ldy #>OPERS
        jsr SEARCHOP
        bcs pret
        cmp #6
        bcs SYNTAX1
        adc #T_SLE
        jsr EMIT
        jsr PSTR
        lda #0
        sta KIND
        rts
unary:  txa
        jsr EMIT
        inc CIX
        bne PNUMOP
paren:  jsr EXPECT
        jsr PNUM
        jmp PCLOSE

; A string, not compared.
PSTR:   jsr POP1ND
        lda KIND
        bpl SYNTAX2
        rts
SYNTAX2:
        jmp SYNTAX

; One constant, variable or function.
POP1ND: jsr SKIPB
        cmp #'"'
        beq pquote
        cmp #'.'
        beq PCONST
        jsr ISDIGIT
        bcs PIDENT
PCONST: jsr AFP
        bcs SYNTAX2
        lda #T_NUMBER
        jsr EMIT
        ldx #0
:       lda FR0,x
        jsr EMIT
        inx
        cpx #6
        bne :-
        lda #0
        sta KIND
        rts
pquote: lda #T_STRING
        jsr EMIT
        lda COX
        pha
        jsr EMIT
        ldx #$FF
:       inx
        inc CIX
        ldy CIX
        lda (INBUFF),y
        cmp #EOL
        beq :+
        cmp #'"'
        beq qend
        jsr EMIT
        bne :-
qend:   inc CIX
:       pla
        tay
        txa
        sta (LOMEM),y
strkind:
        lda #$80
        sta KIND
        rts

; A function or a variable.
PIDENT: jsr IDENT
        lda CIX
        pha
        lda #<FNNAMES
        sta P
        lda #>FNNAMES
        sta P+1
        lda #T_STRS
        sta TOK
pfn:    ldy #0
        lda (P),y
        beq nofn
        jsr MATCH1
        bcs :+
        cpy IDLEN
        beq isfn
        pla
        sta CIX
        pha
:       jsr NEXTNAME
        inc TOK
        bne pfn
isfn:   jsr SKIPB
        cmp #'('
        beq fn
nofn:   pla
        sta CIX
        jmp PVARREF
fn:     pla
        lda TOK
        pha
        jsr EMIT
        lda #T_FUNC
        jsr EMIT
        inc CIX
        pla
        cmp #T_ATN
        bcs fnum
        cmp #T_ASC
        bcs fstr
        cmp #T_USR
        beq fusr
        jsr PNUM
        jsr PCLOSE
        bne strkind
fusr:   jsr PNUM
        jsr PARGSEP
        bcs fend
        bcc fusr
fstr:   jsr PSTR
        bmi fend
fnum:   jsr PNUM
fend:   jsr PCLOSE
numkind:
        lda #0
        sta KIND
        rts

; C clear: a comma between arguments follows, and its token is written.
PARGSEP:
        jsr SKIPB
        cmp #','
        bne :+
        inc CIX
        lda #T_ARGSEP
        jsr EMIT
        clc
        rts
:       sec
        rts

; ---- Names ----

; A name at CIX: Q its address, IDLEN its length, with $.
IDENT:  jsr SETQ
        ldy #0
        jsr ISLETTER
        bcs idbad
:       iny
        jsr ISLETTER
        bcc :-
        jsr ISDIGIT
        bcc :-
        lda (Q),y
        cmp #'$'
        bne :+
        iny
:       sty IDLEN
        rts
idbad:  jmp SYNTAX

; C clear: (Q),Y is a letter. A: the character.
ISLETTER:
        lda (Q),y
        cmp #'A'
        bcc :+
        cmp #'Z'+1
        rts
:       sec
        rts

; A variable with its index or range.
PVARREF:
        jsr PVAR
        lda T2
        beq numkind
        bmi psub
        lda #T_INDEX
        jsr PINDEX
        bne numkind
psub:   jsr SKIPB
        cmp #'('
        bne strkind1
        inc CIX
        lda #T_SUBSTR
        jsr PINDEX
strkind1:
        jmp strkind

; One or two numbers and the parenthesis; A the token of the opening one.
PINDEX: jsr EMIT
        jsr PNUM
        jsr PARGSEP
        bcs :+
        jsr PNUM
:       jmp PCLOSE

; Finds the variable of IDENT's name, or makes it, and writes its token. T2: its type.
PVAR:   ldy IDLEN
        dey
        lda (Q),y
        iny
        ldx #$80
        cmp #'$'
        beq ptype
        ldx #0
        lda (Q),y
        cmp #'('
        bne ptype
        ldx #$40
        inc IDLEN
ptype:  stx T2
        lda IDLEN
        clc
        adc CIX
        sta CIX
        lda VNTP
        sta P
        lda VNTP+1
        sta P+1
        lda #$80
        sta TOK
pvnext: lda P
        cmp VNTD
        lda P+1
        sbc VNTD+1
        bcs pvnew
        ldy #0
:       lda (P),y
        bmi pvlast
        cmp (Q),y
        bne pvdiff
        iny
        bne :-
pvlast: and #$7F
        cmp (Q),y
        bne pvdiff
        iny
        cpy IDLEN
        beq pvfound
pvdiff: jsr NEXTNAME
        inc TOK
        bne pvnext
        FAIL E_VARS
pvnew:  lda IDLEN
        ldx #VNTD
        jsr EXPANDA
        ldy IDLEN
        dey
        lda (Q),y
        ora #$80
:       sta (DST),y
        dey
        bmi :+
        lda (Q),y
        bne :-
:       lda #8
        ldx #STMTAB
        jsr EXPANDA
        ldy #7
        lda #0
:       sta (DST),y
        dey
        bne :-
        lda T2
        sta (DST),y
        iny
        lda TOK
        and #$7F
        sta (DST),y
pvfound:
        lda TOK
        jmp EMIT

; ---- What PARSERS need besides ----

PTARGET:
        jsr PVARANY
        lda KIND
        bmi SYNTAX3
        rts
SYNTAX3:
        jmp SYNTAX

PSCALAR:
        jsr IDENT
        jsr PVAR
        lda T2
        bne SYNTAX3
        rts

SYNTAX5:
        jmp SYNTAX

PVARANY:
        jsr IDENT
        jmp PVARREF

; A line number goes on as an expression does; a statement begins like any other.
PTHEN:  jsr SKIPB
        jsr ISDIGIT
        bcs :+
        jmp PCONST
:       jsr PATCH
        jmp stmt

PKEY:   jsr pkword
        bcs SYNTAX3
        rts
POPTK:  jsr pkword
        bcs PJUMP
        inc SYNI
        rts
; C clear: the word with the token in the grammar follows; it is written.
pkword: jsr GBYTE
        sta T2
        jsr SKIPB
        tya
        pha
        ldx #<KWGOTO
        ldy #>KWGOTO
        jsr SEARCHOP
        bcs :+
        adc #T_GOTO
        cmp T2
        bne :+
        tax
        pla
        txa
        jsr EMIT
        clc
        rts
:       pla
        sta CIX
        sec
        rts

POPT:   jsr SKIPB
        jsr GBYTE
        cmp (INBUFF),y
        bne PJUMP
        inc SYNI
        jmp EXPECT

PEOS:   jsr SKIPB
        cmp #':'
        beq PJUMP
        cmp #EOL
        beq PJUMP
        inc SYNI
        rts
PJUMP:  jsr GBYTE
        sta SYNI
        rts

PDIM:   jsr IDENT
        jsr PVAR
        lda T2
        beq SYNTAX5
        bmi :+
        lda #T_DIMA
        jmp PINDEX
:       lda #'('
        jsr EXPECT
        dec COX
        lda #T_DIMS
        jsr EMIT
        jsr PNUM
        jmp PCLOSE

PLET:   jsr PVARANY
        lda #'='
        jsr EXPECT
        lda KIND
        bpl :+
        dec COX
        lda #T_LETS
        jsr EMIT
        jmp PSTR
:       jmp PNUM

; The rest of the line as it is.
PREM:   jsr copy
        jsr PATCH
        jmp linend
copy:   jsr SKIPB
:       ldy CIX
        lda (INBUFF),y
        inc CIX
        jsr EMIT
        cmp #EOL
        bne :-
        rts
