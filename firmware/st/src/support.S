| Routines that C needs from assembly: block operations on even addresses, the
| status register, and calls into code of unknown register habits.

	.text
	.globl	block_move, block_clear
	.globl	set_sr, call_vector, call_packet, fdc_pause

| void block_move(void *to, const void *from, u32 bytes): even addresses; may overlap
block_move:
	movea.l	4(%sp),%a1
	movea.l	8(%sp),%a0
	move.l	12(%sp),%d0
	cmpa.l	%a0,%a1
	bhi.s	move_down
	movem.l	%d2-%d7/%a2-%a6,-(%sp)
	bra.s	2f
1:	movem.l	(%a0)+,%d1-%d7/%a2-%a6	| 48 bytes a turn
	movem.l	%d1-%d7/%a2-%a6,(%a1)
	lea	48(%a1),%a1
2:	subi.l	#48,%d0
	bpl.s	1b
	addi.w	#48,%d0
	bra.s	4f
3:	move.b	(%a0)+,(%a1)+
4:	dbra	%d0,3b
	movem.l	(%sp)+,%d2-%d7/%a2-%a6
	rts
move_down:
	adda.l	%d0,%a0
	adda.l	%d0,%a1
	btst	#0,%d0
	beq.s	5f
	move.b	-(%a0),-(%a1)
	subq.l	#1,%d0
5:	movem.l	%d2-%d7/%a2-%a6,-(%sp)
	bra.s	7f
6:	lea	-48(%a0),%a0
	movem.l	(%a0),%d1-%d7/%a2-%a6
	movem.l	%d1-%d7/%a2-%a6,-(%a1)
7:	subi.l	#48,%d0
	bpl.s	6b
	addi.w	#48,%d0
	bra.s	9f
8:	move.b	-(%a0),-(%a1)
9:	dbra	%d0,8b
	movem.l	(%sp)+,%d2-%d7/%a2-%a6
	rts

| void block_clear(void *to, u32 bytes): even address
block_clear:
	movea.l	4(%sp),%a0
	move.l	8(%sp),%d0
	movem.l	%d2-%d7/%a2-%a6,-(%sp)
	adda.l	%d0,%a0
	btst	#0,%d0
	beq.s	1f
	clr.b	-(%a0)
	subq.l	#1,%d0
1:	moveq	#0,%d1
	moveq	#0,%d2
	moveq	#0,%d3
	moveq	#0,%d4
	moveq	#0,%d5
	moveq	#0,%d6
	moveq	#0,%d7
	movea.l	%d1,%a2
	movea.l	%d1,%a3
	movea.l	%d1,%a4
	movea.l	%d1,%a5
	movea.l	%d1,%a6
	bra.s	3f
2:	movem.l	%d1-%d7/%a2-%a6,-(%a0)
3:	subi.l	#48,%d0
	bpl.s	2b
	addi.w	#48,%d0
	bra.s	5f
4:	clr.b	-(%a0)
5:	dbra	%d0,4b
	movem.l	(%sp)+,%d2-%d7/%a2-%a6
	rts

| u16 set_sr(u16 sr): supervisor mode only
set_sr:
	move.w	%sr,%d0
	move.w	6(%sp),%sr
	rts

| s32 call_vector(void *routine): the routine may change any register
call_vector:
	movem.l	%d2-%d7/%a2-%a6,-(%sp)
	movea.l	48(%sp),%a0
	jsr	(%a0)
	movem.l	(%sp)+,%d2-%d7/%a2-%a6
	rts

| void call_packet(void *routine, void *packet): Kbdvbase convention, the packet
| is in a0 and on the stack
call_packet:
	movem.l	%d2-%d7/%a2-%a6,-(%sp)
	movea.l	48(%sp),%a1
	movea.l	52(%sp),%a0
	move.l	%a0,-(%sp)
	jsr	(%a1)
	addq.l	#4,%sp
	movem.l	(%sp)+,%d2-%d7/%a2-%a6
	rts

| The WD1772 wants 32 cycles between accesses to its registers.
fdc_pause:
	move.w	#5,%d0
1:	dbra	%d0,1b
	rts

| void call_with_byte(void *routine, u8 byte): the byte is in d0
	.globl	call_with_byte, wait_interrupt, cold_reset, warm_reset
call_with_byte:
	movem.l	%d2-%d7/%a2-%a6,-(%sp)
	movea.l	48(%sp),%a0
	moveq	#0,%d0
	move.b	55(%sp),%d0
	jsr	(%a0)
	movem.l	(%sp)+,%d2-%d7/%a2-%a6
	rts

| void wait_interrupt(void): sleep until something happened (timer C at the latest)
wait_interrupt:
	move.w	%sr,%d0
	stop	#0x2300
	move.w	%d0,%sr
	rts

cold_reset:
	clr.l	memvalid
warm_reset:
	movea.l	os_header+4,%a0
	jmp	(%a0)

| Default midivec: the byte comes in d0.
	.globl	midi_receive, call_with_xy
midi_receive:
	andi.l	#0xFF,%d0
	move.l	%d0,-(%sp)
	jsr	midi_put
	addq.l	#4,%sp
	rts

| u32 call_with_xy(void *routine, u16 x, u16 y): mouse vectors take and return
| the position in d0 and d1; the result here is x:y
call_with_xy:
	movem.l	%d2-%d7/%a2-%a6,-(%sp)
	movea.l	48(%sp),%a0
	move.w	54(%sp),%d0
	move.w	58(%sp),%d1
	jsr	(%a0)
	swap	%d0
	move.w	%d1,%d0
	movem.l	(%sp)+,%d2-%d7/%a2-%a6
	rts
