| Start of a program: keep what it needs of the memory, own stack, main, end.

#include "signature.h"

	.set	STACK, 4096

	.section .text.start,"ax"
	.globl	_start
_start:
	movea.l	4(%sp),%a0		| basepage
	move.l	%a0,basepage
	lea	stack_top,%sp
	move.l	0x0C(%a0),%d0		| text, data, BSS (the stack is in it), basepage
	add.l	0x14(%a0),%d0
	add.l	0x1C(%a0),%d0
	addi.l	#256,%d0
	move.l	%d0,-(%sp)
	move.l	%a0,-(%sp)
	clr.w	-(%sp)
	move.w	#0x4A,-(%sp)		| Mshrink
	trap	#1
	lea	12(%sp),%sp
	jsr	main
	move.w	%d0,-(%sp)
	move.w	#0x4C,-(%sp)		| Pterm
	trap	#1

	.section .bss,"aw",@nobits
	.align	4
	.globl	basepage
basepage:
	.space	4
	.space	STACK
stack_top:
