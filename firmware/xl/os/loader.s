; Handlers that come from peripherals: polls, the relocating loader, and the chain of loaded handlers.
; A poll goes to device $4F, command "@". Type 3 asks everybody at a start, type 4 for one device name; the answer in
; DVSTAT is the handler's size, the serial address to load it from, and a version (Atari XL OS manual, addendum).
        .include "os.inc"

POLL_DEVICE   = $4F
POLL_COMMAND  = $40
LOAD_COMMAND  = $26
BLOCK         = 128
POLL_RESET    = $4F
POLL_END      = $4E
PROVISIONAL   = $7F

; The handler's linkage table, at the beginning of what is loaded
LINK_INIT     = 12              ; JMP
LINK_CHECKSUM = 15
LINK_SIZE     = 16
LINK_NEXT     = 18

; Records: type, length of what follows
RECORD_TEXT   = 0               ; address relative to LOADAD, text; 1 the same in page zero
RECORD_LOW    = 2               ; offsets of low bytes of addresses in the text before; 3 in page zero
RECORD_ZERO   = 4               ; ... of addresses in page zero; 5
RECORD_WORD   = 6               ; ... of words; 7
RECORD_HIGH   = 8               ; pairs: offset of a high byte, the low byte that goes with it; 9
RECORD_FIXED  = 10              ; address, text
RECORD_END    = 11              ; flag and start address

        .segment "LOW3"

; ---- Type 3: everybody who has a handler for us ----
; A question is repeated as SIO repeats every command: a peripheral may answer a certain repeat only, so that two do not at once.
poll_startup:
        lda     #POLL_RESET
        tax
        jsr     poll
@next:
        lda     #0
        tax
        jsr     poll_block
        jsr     sio
        bmi     @end
        jsr     load_handler
        bcc     @next
@end:
        lda     #POLL_END
        tax

; A, X = auxiliary bytes; asked once. Out: Y = status, N.
poll:
        jsr     poll_block
        jmp     sio_single

poll_block:
        sta     DAUX1
        stx     DAUX2
        lda     #<DVSTAT
        sta     DBUFLO
        lda     #>DVSTAT
        sta     DBUFHI
        lda     #4
        sta     DBYTLO
        lda     #0
        sta     DBYTHI
        lda     #POLL_DEVICE
        sta     DDEVIC
        lda     #1
        sta     DUNIT
        lda     #POLL_COMMAND
        sta     DCOMND
        lda     #$40
        sta     DSTATS
        lda     #2
        sta     DTIMLO
        rts

; ---- Type 4: CIO opens a device that is not in HATABS. Out: Y = status. ----
poll_device:
        ldy     #0
        lda     (ICBALZ),y
        ldx     ICDNOZ
        jsr     poll
        bmi     @none
        ldx     ICIDNO
        ldy     #0
        lda     (ICBALZ),y
        sta     ICAX3,x
        lda     ICDNOZ
        sta     ICDNO,x
        lda     #PROVISIONAL    ; open, but nothing is loaded before it is needed
        sta     ICHID,x
        lda     #<(provisional_put-1)
        sta     ICPTL,x
        lda     #>(provisional_put-1)
        sta     ICPTH,x
        ldy     #OK
        lda     HNDLOD
        beq     @done
        jsr     load_provisional
        bpl     @done
        ldx     ICIDNO
        lda     #$FF
        sta     ICHID,x
@done:
        rts
@none:
        ldy     #ERR_NODEV
        rts

; Whoever writes through ICPTL goes the long way once.
provisional_put:
        pha
        lda     #CIO_PUTCHR
        sta     ICCOM,x
        lda     #0
        sta     ICBLL,x
        sta     ICBLH,x
        pla
        jmp     CIOV

; Loads what a provisionally opened IOCB needs and opens it. Out: Y = status, N.
load_provisional:
        ldx     ICIDNO
        lda     ICAX3,x
        pha
        lda     ICDNO,x
        sta     ICDNOZ
        tax
        pla
        pha
        jsr     poll
        bmi     @failed
        jsr     load_handler
        bcs     @failed
        pla
        ldx     #33
@find:
        cmp     HATABS,x
        beq     @found
        dex
        dex
        dex
        bpl     @find
        bmi     @no_device
@failed:
        pla
@no_device:
        ldy     #ERR_NODEV
        rts
@found:
        stx     ICHIDZ
        txa
        ldx     ICIDNO
        sta     ICHID,x
        jmp     open_found

; ---- Loading: DVSTAT says what. Out: carry set on failure. ----
load_handler:
        lda     MEMLO           ; an even address
        lsr     a
        bcc     @even
        inc     MEMLO
        bne     @even
        inc     MEMLO+1
@even:
        clc
        lda     MEMLO
        sta     LOADAD
        adc     DVSTAT
        sta     NEWADR
        lda     MEMLO+1
        sta     LOADAD+1
        adc     DVSTAT+1
        sta     NEWADR+1
        bcs     @failed
        lda     MEMTOP
        cmp     NEWADR
        lda     MEMTOP+1
        sbc     NEWADR+1
        bcc     @failed
        lda     #$80            ; page zero for handlers
        sta     ZLOADA
        lda     #0
        sta     ZLOADA+1
        sta     HIUSED
        sta     HIUSED+1
        sta     DAUX2
        lda     #$FF            ; the first block is block 0
        sta     DAUX1
        lda     #BLOCK
        sta     BPTR
        lda     DVSTAT+2
        sta     LOAD_DEVICE
        lda     #<serial_byte
        sta     GBYTEA
        lda     #>serial_byte
        sta     GBYTEA+1
        jsr     relocate
        bcs     @failed
        lda     LOADAD          ; enters the chain and HATABS
        tay
        lda     LOADAD+1
        jsr     handler_init
        bcs     @failed
        lda     NEWADR
        sta     MEMLO
        lda     NEWADR+1
        sta     MEMLO+1
        clc
        rts
@failed:
        sec
        rts
LOAD_DEVICE = JMPERS         ; SIO does not touch it

; The next byte of the blocks that the peripheral sends. Out: A, carry set on failure. Keeps X, Y.
serial_byte:
        txa
        pha
        tya
        pha
        ldx     BPTR
        cpx     #BLOCK
        bcc     @there
        jsr     load_block
        bmi     @failed
        ldx     #0
@there:
        lda     CASBUF,x
        inx
        stx     BPTR
        sta     HOLD4
        clc
        bcc     @done
@failed:
        sec
@done:
        pla
        tay
        pla
        tax
        lda     HOLD4
        rts

load_block:
        inc     DAUX1
        lda     LOAD_DEVICE
        sta     DDEVIC
        lda     #<CASBUF
        sta     DBUFLO
        lda     #>CASBUF
        sta     DBUFHI
        lda     #BLOCK
        sta     DBYTLO
        lda     #0
        sta     DBYTHI
        lda     #LOAD_COMMAND
        sta     DCOMND
        lda     #$40
        sta     DSTATS
        jmp     SIOV

; ---- The relocating loader: bytes through GBYTEA to LOADAD and ZLOADA. Out: RUNADR; carry set on failure. ----
relocate:
        jsr     load_byte
        bcs     @failed
        sta     HOLD2           ; type
        jsr     load_byte
        bcs     @failed
        sta     HOLD3           ; length
        lda     HOLD2
        cmp     #RECORD_END
        beq     @end
        bcs     @failed
        cmp     #RECORD_LOW
        bcc     @text
        cmp     #RECORD_FIXED
        bcs     @text
        jsr     references
        bcc     relocate
@failed:
        sec
        rts
@end:
        jsr     load_byte
        bcs     @failed
        sta     RUNADR
        jsr     load_byte
        bcs     @failed
        sta     RUNADR+1
        lda     HOLD3           ; 0: the address means nothing
        clc
        rts

@text:
        jsr     load_byte
        bcs     @failed
        sta     LTEMP
        jsr     load_byte
        bcs     @failed
        sta     LTEMP+1
        ldx     #0              ; LOADAD
        lda     HOLD2
        cmp     #RECORD_FIXED
        beq     @absolute
        lsr     a
        bcc     @add
        ldx     #ZLOADA-LOADAD
@add:
        clc
        lda     LTEMP
        adc     LOADAD,x
        sta     LTEMP
        lda     LTEMP+1
        adc     LOADAD+1,x
        sta     LTEMP+1
@absolute:
        ldy     #0
@byte:
        tya
        clc
        adc     #2              ; the address counts
        cmp     HOLD3
        bcs     @stored
        jsr     load_byte
        bcs     @failed
        sta     (LTEMP),y
        iny
        bne     @byte
@stored:
        tya
        clc
        adc     LTEMP
        tax
        lda     #0
        adc     LTEMP+1
        cmp     HIUSED+1
        bcc     @lower
        stx     HIUSED
        sta     HIUSED+1
@lower:
        jmp     relocate

load_byte:
        jmp     (GBYTEA)

; HOLD3 bytes that name places in the text at LTEMP.
references:
        lda     HOLD3
        beq     @done
        dec     HOLD3
        jsr     load_byte
        bcs     @failed
        tay
        lda     HOLD2
        cmp     #RECORD_HIGH
        bcs     @high
        cmp     #RECORD_WORD
        bcs     @word
        ldx     #0
        cmp     #RECORD_ZERO
        bcc     @low
        ldx     #ZLOADA-LOADAD
@low:
        lda     (LTEMP),y
        clc
        adc     LOADAD,x
        sta     (LTEMP),y
        jmp     references
@word:
        lda     (LTEMP),y
        clc
        adc     LOADAD
        sta     (LTEMP),y
        iny
        lda     (LTEMP),y
        adc     LOADAD+1
        sta     (LTEMP),y
        jmp     references
@high:
        dec     HOLD3
        jsr     load_byte
        bcs     @failed
        adc     LOADAD          ; carry is clear
        lda     (LTEMP),y
        adc     LOADAD+1
        sta     (LTEMP),y
        jmp     references
@done:
        clc
@failed:
        rts

; ---- PHENTV: X = name, A high, Y low byte of a handler table. Carry set: N set HATABS is full, else the name is there. ----
handler_add:
        pha
        tya
        pha
        txa
        ldx     #0
@next:
        cmp     HATABS,x
        beq     @there
        ldy     HATABS,x
        beq     @free
        inx
        inx
        inx
        cpx     #36
        bne     @next
        pla
        tay
        pla
        sec
        ldx     #$FF            ; sets N
        rts
@there:
        pla
        tay
        pla
        sec
        inx
        rts
@free:
        sta     HATABS,x
        pla
        tay
        sta     HATABS+1,x
        pla
        sta     HATABS+2,x
        clc
        rts

; ---- The chain: CHLINK, then each table's own link ----

; PHINIV: A high, Y low byte of a linkage table: starts it and appends it. Carry set on failure.
handler_init:
        sty     ZCHAIN
        sta     ZCHAIN+1
        tya
        pha
        lda     ZCHAIN+1
        pha
        jsr     start_handler
        pla
        tax
        pla
        bcs     @done
        pha                     ; low, and X high
        stx     TABLE_HIGH
        lda     #<(CHLINK-LINK_NEXT)
        sta     ZCHAIN
        lda     #>(CHLINK-LINK_NEXT)
        sta     ZCHAIN+1
@walk:
        ldy     #LINK_NEXT+1
        lda     (ZCHAIN),y
        beq     @append
        tax
        dey
        lda     (ZCHAIN),y
        sta     ZCHAIN
        stx     ZCHAIN+1
        jmp     @walk
@append:
        pla
        tax
        lda     TABLE_HIGH
        sta     (ZCHAIN),y
        dey
        txa
        sta     (ZCHAIN),y
        stx     ZCHAIN
        lda     TABLE_HIGH
        sta     ZCHAIN+1
        iny
        lda     #0
        sta     (ZCHAIN),y
        dey
        sta     (ZCHAIN),y
        clc
@done:
        rts
TABLE_HIGH = HOLD3

; Calls the JMP in the linkage table at ZCHAIN.
start_handler:
        clc
        lda     ZCHAIN
        adc     #LINK_INIT
        sta     ADRESS
        lda     ZCHAIN+1
        adc     #0
        sta     ADRESS+1
        clc
        jmp     (ADRESS)

; PHUNLV: A high, Y low byte of a linkage table: takes it out of the chain. Carry set when it was not in it.
handler_unlink:
        sty     ADRESS
        sta     ADRESS+1
        lda     #<(CHLINK-LINK_NEXT)
        sta     ZCHAIN
        lda     #>(CHLINK-LINK_NEXT)
        sta     ZCHAIN+1
@walk:
        ldy     #LINK_NEXT+1
        lda     (ZCHAIN),y
        beq     @absent
        tax
        dey
        lda     (ZCHAIN),y
        cpx     ADRESS+1
        bne     @next
        cmp     ADRESS
        beq     @found
@next:
        sta     ZCHAIN
        stx     ZCHAIN+1
        jmp     @walk
@found:
        lda     (ADRESS),y
        sta     (ZCHAIN),y
        iny
        lda     (ADRESS),y
        sta     (ZCHAIN),y
        clc
        rts
@absent:
        sec
        rts

; After RESET: every handler of the chain starts again, and MEMLO stays above it.
restart_handlers:
        lda     CHLINK
        sta     ZCHAIN
        lda     CHLINK+1
@next:
        sta     ZCHAIN+1
        beq     @done
        lda     ZCHAIN
        pha
        lda     ZCHAIN+1
        pha
        jsr     start_handler
        pla
        sta     ZCHAIN+1
        pla
        sta     ZCHAIN
        ldy     #LINK_SIZE
        clc
        lda     ZCHAIN
        adc     (ZCHAIN),y
        tax
        iny
        lda     ZCHAIN+1
        adc     (ZCHAIN),y
        cpx     MEMLO
        tay
        sbc     MEMLO+1
        bcc     @below
        stx     MEMLO
        sty     MEMLO+1
@below:
        ldy     #LINK_NEXT
        lda     (ZCHAIN),y
        tax
        iny
        lda     (ZCHAIN),y
        stx     ZCHAIN
        jmp     @next
@done:
        rts
