| Raster colours of the boot screen: timer B counts display lines and gives
| every eighth its sky and its title colour.

	.text
	.globl	raster_isr, raster_start
	.set	LINES, 8

raster_isr:
	move.l	%a0,-(%sp)
	movea.l	raster_at,%a0
	move.w	(%a0)+,0xFFFF8240.w
	move.w	(%a0)+,0xFFFF825A.w	| colour 13
	move.l	%a0,raster_at
	movea.l	(%sp)+,%a0
	move.b	#0xFE,0xFFFFFA0F.w	| channel 8
	rte

| VBL routine: first colours, and the counter from the top.
raster_start:
	lea	raster_colours,%a0
	move.w	(%a0)+,0xFFFF8240.w
	move.w	(%a0)+,0xFFFF825A.w
	move.l	%a0,raster_at
	clr.b	0xFFFFFA1B.w
	move.b	#LINES,0xFFFFFA21.w
	move.b	#8,0xFFFFFA1B.w		| event count mode
	rts

	.section .bss,"aw",@nobits
	.align	2
raster_at:
	.space	4
