| Exceptions nobody handles: note the registers in the processor save area
| ($380) and show them. One BSR per vector tells which one it was.

	.text
	.globl	exception_entries, install_exceptions, null_rte

| void install_exceptions(void): vectors 2 to 255
install_exceptions:
	lea	8.w,%a0
	move.l	#exception_entries,%d0
	move.w	#253,%d1
1:	move.l	%d0,(%a0)+
	addq.l	#4,%d0
	dbra	%d1,1b
	rts

exception_entries:
	.rept	254
	bsr.w	unexpected
	.endr

unexpected:
	move.w	#0x2700,%sr
	move.l	#0x12345678,proc_lives
	movem.l	%d0-%d7/%a0-%a6,proc_dregs
	move.l	(%sp)+,%d0		| entry + 4
	lea	exception_entries(%pc),%a0
	sub.l	%a0,%d0
	lsr.l	#2,%d0			| entry number + 1
	addq.w	#1,%d0			| vector number
	lsl.l	#8,%d0			| in the top byte
	swap	%d0
	clr.w	%d0
	move.l	%d0,proc_enum
	move.l	%sp,proc_aregs+28
	move.l	%usp,%a0
	move.l	%a0,proc_usp
	movea.l	%sp,%a0
	lea	proc_stk,%a1
	moveq	#15,%d0
2:	move.w	(%a0)+,(%a1)+
	dbra	%d0,2b
	lea	exception_stack_top,%sp	| the old stack may be what is broken
	jsr	exception_screen
	jmp	abandon_process		| does not return

null_rte:
	rte

	.section .bss,"aw",@nobits
	.align	2
	.space	2048
exception_stack_top:
