| Line-A opcodes: $A000 returns addresses, $A001-$A00E are routines. Programs
| may also call the routines directly, through the table $A000 returns in a2.

	.text
	.globl	linea_trap, linea_mouse_packet

linea_trap:
	movem.l	%d1-%d2/%a0-%a3,-(%sp)
	movea.l	26(%sp),%a3		| the opcode
	move.w	(%a3)+,%d2
	move.l	%a3,26(%sp)
	andi.w	#0x0FFF,%d2
	beq.s	linea_zero
	cmpi.w	#15,%d2
	bhi.s	1f
	add.w	%d2,%d2
	add.w	%d2,%d2
	lea	linea_table(%pc),%a3
	movea.l	0(%a3,%d2.w),%a3
	jsr	(%a3)
1:	movem.l	(%sp)+,%d1-%d2/%a0-%a3
	rte
linea_zero:
	movem.l	(%sp)+,%d1-%d2/%a0-%a3
	bsr.s	routine_0
	rte

routine_0:
	lea	linea_base,%a0
	move.l	%a0,%d0
	lea	linea_fonts,%a1
	lea	linea_table(%pc),%a2
	rts
routine_7:
	move.l	%a6,-(%sp)
	jsr	linea_bitblt
	addq.l	#4,%sp
	rts
routine_12:
	move.l	%a2,-(%sp)
	jsr	linea_undraw_sprite
	addq.l	#4,%sp
	rts
routine_13:
	move.l	%a2,-(%sp)
	move.l	%a0,-(%sp)
	move.l	%d1,-(%sp)
	move.l	%d0,-(%sp)
	jsr	linea_draw_sprite
	lea	16(%sp),%sp
	rts
routine_15:				| contour fill: absent
	rts

	.align	2
linea_table:
	.long	routine_0, linea_put_pixel, linea_get_pixel, linea_line
	.long	linea_hline, linea_rectangle, linea_polygon, routine_7
	.long	linea_text, linea_show_mouse, linea_hide_mouse, linea_transform_mouse
	.long	routine_12, routine_13, linea_copy_raster, routine_15

| Default mousevec: a0 points to header, dx, dy.
linea_mouse_packet:
	move.l	%a0,-(%sp)
	jsr	linea_mouse_moved
	addq.l	#4,%sp
	rts
