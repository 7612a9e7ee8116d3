| TRAP #1, #2, #13 and #14. Arguments lie on the caller's stack behind the
| function number, as words and longs; C functions get each as a long. Which is
| which says the signature in the table (signature.h). All registers but d0 are
| kept; d3-d7/a3-a6 reach the function unchanged, which Supexec routines may use.

#include "signature.h"

	.text
	.globl	gemdos_trap, bios_trap, xbios_trap, aes_vdi_trap
	.globl	call_words, enter_process, leave_process, xbios_supexec

	.set	SAVED, 56		| d1-d7/a0-a6 below the exception frame

xbios_trap:
	movem.l	%d1-%d7/%a0-%a6,-(%sp)
	lea	xbios_table,%a2
	bra.s	1f
bios_trap:
	movem.l	%d1-%d7/%a0-%a6,-(%sp)
	lea	bios_table,%a2
1:	bsr.s	find_arguments
	cmp.w	(%a2)+,%d0
	bhs.s	unknown
	bsr.s	call_function
	movem.l	(%sp)+,%d1-%d7/%a0-%a6
	rte
unknown:
	ext.l	%d0			| an unknown function returns its number
	movem.l	(%sp)+,%d1-%d7/%a0-%a6
	rte

| d0 = function number, a0 = arguments, a2 = table of routine and signature.
call_function:
	lsl.w	#3,%d0
	movea.l	0(%a2,%d0.w),%a1
	move.l	4(%a2,%d0.w),%d1
	lea	-36(%sp),%sp		| room for nine: Flopfmt
	movea.l	%sp,%a2
	bsr.s	widen
	jsr	(%a1)
	lea	36(%sp),%sp
	rts

| Words and longs at a0 become longs at a2. d1 = signature; d0-d2, a0, a2 change.
widen:
	moveq	#0,%d2
	move.b	%d1,%d2
	lsr.l	#8,%d1
	bra.s	3f
1:	lsr.w	#1,%d1
	bcs.s	2f
	move.w	(%a0)+,%d0
	ext.l	%d0
	move.l	%d0,(%a2)+
	bra.s	3f
2:	move.l	(%a0)+,(%a2)+
3:	dbra	%d2,1b
	rts

| Out: d0 = function number, a0 = its arguments.
find_arguments:
	lea	SAVED+6+4(%sp),%a0
	btst	#5,SAVED+4(%sp)		| supervisor bit of the stacked SR
	bne.s	1f
	move.l	%usp,%a0
1:	move.w	(%a0)+,%d0
	rts

gemdos_trap:
	movem.l	%d1-%d7/%a0-%a6,-(%sp)
	bsr.s	find_arguments
	cmpi.w	#0x20,%d0
	beq.s	super
	cmpi.w	#0x58,%d0
	bhs.s	2f
	lea	gemdos_table,%a2
	move.w	%d0,%d1
	lsl.w	#3,%d1
	tst.l	0(%a2,%d1.w)
	beq.s	2f
	bsr.s	call_function
3:	movem.l	(%sp)+,%d1-%d7/%a0-%a6
	rte
2:	moveq	#-32,%d0		| EINVFN
	bra.s	3b

| Super(address): 1 asks the mode; else it changes, and with it the stack.
super:
	move.l	(%a0),%d1
	move.w	SAVED(%sp),%d2
	btst	#13,%d2
	bne.s	super_to_user
	moveq	#0,%d0
	cmpi.l	#1,%d1
	beq.s	3b
	tst.l	%d1			| 0: go on with the user stack
	bne.s	1f
	move.l	%usp,%a1
	move.l	%a1,%d1
1:	lea	SAVED+6(%sp),%a1
	move.l	%a1,%d0			| the supervisor stack to come back to
	ori.w	#0x2000,%d2
super_switch:
	movea.l	%d1,%a1
	move.l	SAVED+2(%sp),-(%a1)
	move.w	%d2,-(%a1)
	ori.w	#0x0700,%sr		| super_stack is shared
	move.l	%a1,super_stack
	movem.l	(%sp)+,%d1-%d7/%a0-%a6
	movea.l	super_stack,%sp
	rte
super_to_user:
	moveq	#-1,%d0
	cmpi.l	#1,%d1
	beq.s	3b
	lea	SAVED+6(%sp),%a1	| the caller's stack becomes its user stack
	move.l	%a1,%usp
	moveq	#0,%d0
	andi.w	#0xDFFF,%d2
	bra.s	super_switch

| No AES and no VDI: say so the way a program can test. AES calls return -1 in
| d0, with ap_version 0, appl_init -1 and 0 in every other result word; VDI calls
| return no results and workstation handle 0. d0 = -2 asks for GDOS: unchanged.
aes_vdi_trap:
	tst.w	%d0			| d0 = 0: an AES-less Pterm0
	beq.s	terminate
	cmpi.w	#200,%d0
	beq.s	1f
	cmpi.w	#201,%d0
	beq.s	1f
	cmpi.w	#115,%d0
	beq.s	2f
	rte
1:	movem.l	%d1-%d2/%a0-%a1,-(%sp)	| aespb: contrl, global, intin, intout, ...
	movea.l	%d1,%a0
	movea.l	(%a0),%a1
	moveq	#0,%d2
	cmpi.w	#10,(%a1)		| appl_init fails with -1, the rest with 0
	bne.s	5f
	moveq	#-1,%d2
5:	move.w	4(%a1),%d1		| number of intout words
	movea.l	4(%a0),%a1
	clr.w	(%a1)			| ap_version 0: no AES
	movea.l	12(%a0),%a1
	bra.s	4f
3:	move.w	%d2,(%a1)+
4:	dbra	%d1,3b
	movem.l	(%sp)+,%d1-%d2/%a0-%a1
	moveq	#-1,%d0
	rte
2:	movem.l	%d1/%a0-%a1,-(%sp)	| vdipb: contrl, intin, ...
	movea.l	%d1,%a0
	movea.l	(%a0),%a1
	clr.w	4(%a1)			| no points out
	clr.w	8(%a1)			| no integers out
	clr.w	12(%a1)			| handle 0: no workstation
	movem.l	(%sp)+,%d1/%a0-%a1
	rte
terminate:
	clr.w	-(%sp)
	trap	#1

| s32 enter_process(u32 *saved_ssp, u32 pc, u32 usp): run a program in user
| mode. Returns when leave_process(saved_ssp, code) is called.
enter_process:
	movem.l	%d2-%d7/%a2-%a6,-(%sp)
	move.l	%usp,%a0
	move.l	%a0,-(%sp)
	movea.l	52(%sp),%a0
	move.l	%sp,(%a0)
	movea.l	60(%sp),%a0
	move.l	%a0,%usp
	move.l	56(%sp),-(%sp)
	move.w	#0x0300,-(%sp)
	lea	zeroes(%pc),%a0
	movem.l	(%a0),%d0-%d7/%a0-%a6
	rte

leave_process:
	move.l	8(%sp),%d0
	movea.l	4(%sp),%a0
	movea.l	(%a0),%sp
	movea.l	(%sp)+,%a0
	move.l	%a0,%usp
	movem.l	(%sp)+,%d2-%d7/%a2-%a6
	rts

| s32 call_words(void *routine, u32 signature, ...): a routine behind a system
| vector, which takes words and longs; it may change any register
call_words:
	movem.l	%d2-%d7/%a2-%a6,-(%sp)
	movea.l	48(%sp),%a1
	move.l	52(%sp),%d1
	lea	56(%sp),%a0
	lea	-20(%sp),%sp		| room for five
	movea.l	%sp,%a2
	bsr.s	narrow
	jsr	(%a1)
	lea	20(%sp),%sp
	movem.l	(%sp)+,%d2-%d7/%a2-%a6
	rts

| The reverse of widen.
narrow:
	moveq	#0,%d2
	move.b	%d1,%d2
	lsr.l	#8,%d1
	bra.s	3f
1:	lsr.w	#1,%d1
	bcs.s	2f
	addq.l	#2,%a0
	move.w	(%a0)+,(%a2)+
	bra.s	3f
2:	move.l	(%a0)+,(%a2)+
3:	dbra	%d2,1b
	rts

| Entries for our own routines in the system vectors: words in, C inside.
	.macro	vector_entry name, routine, signature
	.globl	\name
\name:
	lea	\routine,%a1
	move.l	#\signature,%d1
	bra.w	enter_c
	.endm

	vector_entry bpb_entry, bios_getbpb, SIG_W
	vector_entry rwabs_entry, bios_rwabs, SIG_WLWWW
	vector_entry mediach_entry, bios_mediach, SIG_W
	vector_entry prn_in_entry, prn_in, SIG_W
	vector_entry prn_outstat_entry, prn_outstat, SIG_W
	vector_entry prn_out_entry, prn_out, SIG_WW
	vector_entry aux_instat_entry, aux_instat, SIG_W
	vector_entry aux_in_entry, aux_in, SIG_W
	vector_entry aux_outstat_entry, aux_outstat, SIG_W
	vector_entry aux_out_entry, aux_out, SIG_WW
	vector_entry kbd_constat_entry, kbd_constat, SIG_W
	vector_entry kbd_conin_entry, kbd_conin, SIG_W
	vector_entry vt52_out_entry, vt52_out, SIG_WW
	vector_entry vt52_raw_entry, vt52_raw, SIG_WW
	vector_entry midi_instat_entry, midi_instat, SIG_W
	vector_entry midi_in_entry, midi_in, SIG_W
	vector_entry midi_outstat_entry, midi_outstat, SIG_W
	vector_entry midi_out_entry, midi_out, SIG_WW
	vector_entry ikbd_outstat_entry, ikbd_ready, SIG_W
	vector_entry ikbd_out_entry, ikbd_out, SIG_WW
enter_c:
	lea	4(%sp),%a0
	movem.l	%d2/%a2,-(%sp)
	lea	-20(%sp),%sp
	movea.l	%sp,%a2
	bsr	widen
	jsr	(%a1)
	lea	20(%sp),%sp
	movem.l	(%sp)+,%d2/%a2
	rts

| etv_critic's default: the error as it is. 4(sp) = error, a word.
	.globl	critic_entry, always_entry, never_entry
critic_entry:
	move.w	4(%sp),%d0
	ext.l	%d0
	rts
always_entry:
	moveq	#-1,%d0
	rts
never_entry:
	moveq	#0,%d0
	rts

| Supexec: the traps already run in supervisor mode.
xbios_supexec:
	movea.l	4(%sp),%a0
	jmp	(%a0)

zeroes:	.space	60

	.section .bss,"aw",@nobits
	.align	2
super_stack:
	.space	4
