| Interrupt service: VBL, HBL, MFP timer C, keyboard/MIDI ACIAs, RS-232.

	.text
	.globl	vbl_isr, hbl_isr, timer_c_isr, acia_isr, rs232_rx_isr, rs232_error_isr
	.globl	default_etv_timer, just_rts

| Vertical blank ("vbclock" order of the BIOS guide): the count always, the
| work only when vblsem allows it.
vbl_isr:
	addq.l	#1,_frclock
	subq.w	#1,vblsem
	bmi.s	9f
	movem.l	%d0-%d7/%a0-%a6,-(%sp)
	addq.l	#1,_vbclock
	jsr	vbl_service
	move.w	nvbls,%d7
	beq.s	3f
	movea.l	_vblqueue,%a0
	bra.s	2f
1:	move.l	(%a0)+,%d0
	beq.s	2f
	movem.l	%d7/%a0,-(%sp)
	movea.l	%d0,%a0
	jsr	(%a0)
	movem.l	(%sp)+,%d7/%a0
2:	dbra	%d7,1b
3:	movem.l	(%sp)+,%d0-%d7/%a0-%a6
9:	addq.w	#1,vblsem
	rte

| Horizontal blank: an interrupted program at level 0 is raised to 3, which
| keeps these interrupts away.
hbl_isr:
	move.w	%d0,-(%sp)
	move.w	2(%sp),%d0
	andi.w	#0x0700,%d0
	bne.s	1f
	ori.w	#0x0300,2(%sp)
1:	move.w	(%sp)+,%d0
	rte

| 200 Hz. Every fourth call does the 50 Hz work and etv_timer.
timer_c_isr:
	addq.l	#1,_hz_200
	rol.w	timer_c_phase
	bpl.s	1f
	movem.l	%d0-%d7/%a0-%a6,-(%sp)
	jsr	tick_50hz
	move.w	_timr_ms,-(%sp)
	movea.l	etv_timer,%a0
	jsr	(%a0)
	addq.l	#2,%sp
	movem.l	(%sp)+,%d0-%d7/%a0-%a6
1:	move.b	#0xDF,0xFFFFFA11.w	| end of interrupt: channel 5
	rte

default_etv_timer:
just_rts:
	rts

acia_isr:
	movem.l	%d0-%d7/%a0-%a6,-(%sp)
1:	movea.l	kbdvecs+28,%a0		| midisys
	jsr	(%a0)
	movea.l	kbdvecs+32,%a0		| ikbdsys
	jsr	(%a0)
	btst	#4,0xFFFFFA01.w		| both ACIAs share the line
	beq.s	1b
	move.b	#0xBF,0xFFFFFA11.w
	movem.l	(%sp)+,%d0-%d7/%a0-%a6
	rte

rs232_rx_isr:
	movem.l	%d0-%d2/%a0-%a2,-(%sp)
	jsr	rs232_receive
	move.b	#0xEF,0xFFFFFA0F.w	| channel 12
	movem.l	(%sp)+,%d0-%d2/%a0-%a2
	rte

rs232_error_isr:
	move.l	%d0,-(%sp)
	move.b	0xFFFFFA2B.w,%d0	| reading RSR and UDR clears the error
	move.b	0xFFFFFA2F.w,%d0
	move.b	#0xF7,0xFFFFFA0F.w	| channel 11
	move.l	(%sp)+,%d0
	rte

	.section .bss,"aw",@nobits
	.globl	timer_c_phase
	.align	2
timer_c_phase:
	.space	2
