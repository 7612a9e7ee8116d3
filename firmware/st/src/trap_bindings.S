| gemdos(signature, number, ...), bios(...), xbios(...) for programs: C arguments
| become the words and longs of a trap.

	.text
	.globl	gemdos, bios, xbios

	.macro	binding name, number
\name:
	movem.l	%d2/%a2,-(%sp)
	bsr.s	arrange
	trap	#\number
	lea	32(%sp),%sp
	movem.l	(%sp)+,%d2/%a2
	rts
	.endm

	binding	gemdos, 1
	binding	bios, 13
	binding	xbios, 14

| Lays the trap's arguments below the return address it was called with.
arrange:
	movea.l	(%sp)+,%a2
	move.l	12(%sp),%d1
	lea	16(%sp),%a0
	lea	-32(%sp),%sp
	movea.l	%sp,%a1
	moveq	#0,%d2
	move.b	%d1,%d2
	lsr.l	#8,%d1
	addq.l	#2,%a0
	move.w	(%a0)+,(%a1)+		| the function number
	bra.s	3f
1:	lsr.w	#1,%d1
	bcs.s	2f
	addq.l	#2,%a0
	move.w	(%a0)+,(%a1)+
	bra.s	3f
2:	move.l	(%a0)+,(%a1)+
3:	dbra	%d2,1b
	jmp	(%a2)
