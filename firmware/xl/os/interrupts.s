; Who interrupts? NMI and IRQ find the cause and go through the RAM vectors.
; IRQ routines start with A on the stack and end with PLA, RTI; VBI routines with A, X, Y and end through XITVBV.
        .include "os.inc"

        .segment "HIGH"

nmi_entry:
        bit     NMIST
        bpl     @vertical_blank
        jmp     (VDSLST)
@vertical_blank:
        cld
        pha
        txa
        pha
        tya
        pha
        sta     NMIRES
        jmp     (VVBLKI)

irq_entry:
        jmp     (VIMIRQ)

irq_dispatch:
        cld
        pha
        lda     IRQST           ; serial input first: it cannot wait
        and     #IRQ_SERIN
        bne     @others
        lda     #<~IRQ_SERIN
        sta     IRQEN
        lda     POKMSK
        sta     IRQEN
        jmp     (VSERIN)

@others:
        txa
        pha
        lda     PDIMSK          ; without a device nobody drives PDVS
        beq     @pokey
        and     PDVS
        beq     @pokey
        pla
        tax
        jmp     (VPIRQ)

@pokey:
        ldx     #irq_causes_end - irq_causes - 1
@next:
        lda     irq_causes,x
        cpx     #irq_causes_end - irq_causes - 2
        bne     @latched
        and     POKMSK          ; "sent" is no latch: it counts only when asked for
        beq     @not_this
@latched:
        and     IRQST
        beq     @found
@not_this:
        dex
        bpl     @next
        jmp     pia_or_brk

@found:
        lda     irq_causes,x
        eor     #$FF
        sta     IRQEN
        lda     POKMSK
        sta     IRQEN
        cpx     #0
        bne     @vector
        pla
        tax
        jmp     (BRKKY)
@vector:
        lda     irq_vectors-1,x
        sta     JVECK

; Continues through the vector in page 2 whose low address is in JVECK.
go_through:
        ldx     JVECK
        lda     $0200,x
        sta     JVECK
        lda     $0201,x
        sta     JVECK+1
        pla
        tax
        jmp     (JVECK)

pia_or_brk:
        lda     #<VPRCED
        bit     PACTL
        bmi     @proceed
        bit     PBCTL
        bmi     @interrupt
        tsx
        lda     $0103,x         ; X, A, then P
        and     #$10
        beq     @nobody
        lda     #<VBREAK
        sta     JVECK
        jmp     go_through
@proceed:
        sta     JVECK
        lda     PORTA           ; the read clears the latch
        jmp     go_through
@interrupt:
        lda     PORTB
        lda     #<VINTER
        sta     JVECK
        jmp     go_through
@nobody:
        pla
        tax
pla_return:
        pla
just_return:
        rti

; In the reverse order of their urgency.
irq_causes:
        .byte   IRQ_BREAK, IRQ_KEY, IRQ_TIMER4, IRQ_TIMER2, IRQ_TIMER1, IRQ_XMTDON, IRQ_SEROUT
irq_causes_end:
irq_vectors:                    ; BREAK has a vector of its own
        .byte   <VKEYBD, <VTIMR4, <VTIMR2, <VTIMR1, <VSEROC, <VSEROR

; INTINV: vertical blank interrupts on; keyboard and BREAK on.
interrupt_init:
        lda     TRIG3
        sta     GINTLK
        lda     #$40
        sta     NMIEN
        lda     #<~$C0          ; drop what is latched
        sta     IRQEN
        lda     #IRQ_BREAK | IRQ_KEY
        sta     POKMSK
        sta     IRQEN
        rts
