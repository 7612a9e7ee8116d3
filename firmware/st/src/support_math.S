| What compiled C calls by itself: 32-bit arithmetic for the 68000 (the
| toolchain's libgcc is for other processors), memcpy and memset.

	.text
	.globl	__mulsi3, __udivsi3, __umodsi3, __divsi3, __modsi3
	.globl	memcpy, memset

__mulsi3:
	move.w	4(%sp),%d0		| a.hi * b.lo
	mulu.w	10(%sp),%d0
	move.w	6(%sp),%d1		| a.lo * b.hi
	mulu.w	8(%sp),%d1
	add.w	%d1,%d0
	swap	%d0
	clr.w	%d0
	move.w	6(%sp),%d1
	mulu.w	10(%sp),%d1
	add.l	%d1,%d0
	rts

| d0 / d1 -> d0 quotient, d1 remainder; d2 kept.
divide:
	cmpi.l	#0x10000,%d1
	bhs.s	1f
	move.l	%d2,-(%sp)		| divisor of 16 bits: two DIVU steps
	move.w	%d1,%d2
	move.l	%d0,-(%sp)
	clr.w	%d0
	swap	%d0
	divu.w	%d2,%d0
	move.w	%d0,%d1			| high quotient
	move.w	2(%sp),%d0
	divu.w	%d2,%d0
	addq.l	#4,%sp
	swap	%d1
	move.w	%d0,%d1
	exg	%d0,%d1			| d0 = quotient, d1.hi = remainder
	clr.w	%d1
	swap	%d1
	move.l	(%sp)+,%d2
	rts
1:	movem.l	%d2-%d4,-(%sp)		| long divisor: at most 16 quotient bits
	move.l	%d1,%d2
	moveq	#0,%d1
	moveq	#31,%d3
2:	add.l	%d0,%d0
	addx.l	%d1,%d1
	bcs.s	4f			| a divisor above 2^31: the carry is bit 32
	cmp.l	%d2,%d1
	bcs.s	3f
4:	sub.l	%d2,%d1
	addq.w	#1,%d0
3:	dbra	%d3,2b
	movem.l	(%sp)+,%d2-%d4
	rts

__udivsi3:
	move.l	4(%sp),%d0
	move.l	8(%sp),%d1
	bra	divide
__umodsi3:
	move.l	4(%sp),%d0
	move.l	8(%sp),%d1
	bsr	divide
	move.l	%d1,%d0
	rts
__divsi3:
	move.l	4(%sp),%d0
	bpl.s	1f
	neg.l	%d0
1:	move.l	8(%sp),%d1
	bpl.s	2f
	neg.l	%d1
2:	bsr	divide
	move.b	4(%sp),%d1
	eor.b	%d1,8(%sp)
	bpl.s	3f
	neg.l	%d0
3:	rts
__modsi3:
	move.l	4(%sp),%d0
	bpl.s	1f
	neg.l	%d0
1:	move.l	8(%sp),%d1
	bpl.s	2f
	neg.l	%d1
2:	bsr	divide
	move.l	%d1,%d0
	tst.b	4(%sp)
	bpl.s	3f
	neg.l	%d0
3:	rts

| void *memcpy(void *to, const void *from, u32 bytes)
memcpy:
	movea.l	4(%sp),%a0
	movea.l	8(%sp),%a1
	move.l	12(%sp),%d0
	bra.s	2f
1:	move.b	(%a1)+,(%a0)+
2:	subq.l	#1,%d0
	bcc.s	1b
	movea.l	4(%sp),%a0
	move.l	%a0,%d0
	rts

| void *memset(void *to, int value, u32 bytes)
memset:
	movea.l	4(%sp),%a0
	move.l	8(%sp),%d1
	move.l	12(%sp),%d0
	bra.s	2f
1:	move.b	%d1,(%a0)+
2:	subq.l	#1,%d0
	bcc.s	1b
	movea.l	4(%sp),%a0
	move.l	%a0,%d0
	rts

