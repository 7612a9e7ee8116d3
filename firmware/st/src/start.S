| ROM header (OSHEADER) and what happens between the reset line and the first C function.

	.section .header,"ax"
	.globl	os_header, reset

| The MMU shows the first eight bytes at address 0 during reset, so they serve
| as stack pointer (unused) and program counter.
os_header:
	bra.s	reset			| $602E
	.word	0x0104			| layout and behaviour follow TOS 1.4
	.long	reset
	.long	os_header		| os_beg
	.long	bss_end			| os_end: first free byte of RAM
	.long	reset			| os_rsv1
	.long	gem_mupb		| os_magic
	.long	0x11212026		| build date, BCD mmddyyyy
	.word	0x0001			| os_conf: language 0 (US English), bit 0 = PAL
	.word	0x5D75			| the same date in GEMDOS form: 21 Nov 2026
	.long	p_root			| GEMDOS memory pool
	.long	kbd_shift		| keyboard shift state byte
	.long	run_process		| current basepage
	.long	0
reset:
	move.w	#0x2700,%sr
	reset
	cmpi.l	#0xFA52235F,0xFA0000	| diagnostic cartridge: runs before any RAM is used
	bne.s	no_diagnostic
	lea	no_diagnostic(%pc),%a6
	jmp	0xFA0004
no_diagnostic:

| The MMU keeps its configuration over the reset line. Reset-proof programs get
| control before anything is changed (resvector, even and below 16 MB).
	lea	0xFFFF8001.w,%a5
	cmpi.l	#0x31415926,resvalid
	bne.s	no_resvector
	move.l	resvector,%d0
	move.l	%d0,%d1
	andi.l	#0xFF000001,%d1
	bne.s	no_resvector
	tst.l	%d0
	beq.s	no_resvector
	movea.l	%d0,%a0
	lea	no_resvector(%pc),%a6
	jmp	(%a0)
no_resvector:

| Sound chip port A: both drives deselected, side 0; port B out.
	lea	0xFFFF8800.w,%a0
	move.b	#7,(%a0)
	move.b	#0xC0,2(%a0)
	move.b	#14,(%a0)
	move.b	#0x07,2(%a0)

	move.b	#2,0xFFFF820A.w		| PAL, internal sync

| Palette black until there is something to show.
	lea	0xFFFF8240.w,%a0
	moveq	#7,%d0
1:	clr.l	(%a0)+
	dbra	%d0,1b

| Warm start: the three magic numbers survived, so memctrl and phystop did too.
	moveq	#1,%d7
	cmpi.l	#0x752019F3,memvalid
	bne.s	cold
	cmpi.l	#0x237698AA,memval2
	bne.s	cold
	cmpi.l	#0x5555AAAA,memval3
	bne.s	cold
	move.b	memctrl,(%a5)
	move.l	phystop,%d5
	move.b	memctrl,%d6
	bra	sized

| Cold start. With both banks set to 2 MB, smaller chips miss address lines: A9
| and A10 reach the column lines MAD8 and MAD9 only, so 512 KB repeats every
| $400 bytes and 128 KB every $200 within a row.
cold:
	moveq	#0,%d7
	move.b	#0x0A,(%a5)
	suba.l	%a0,%a0
	lea	1f(%pc),%a6
	bra.s	probe_bank
1:	move.b	%d0,%d6
	lsl.b	#2,%d6
	move.l	%d1,%d5
	movea.l	#0x200000,%a0
	lea	2f(%pc),%a6
	bra.s	probe_bank
2:	or.b	%d0,%d6
	add.l	%d1,%d5
	move.b	%d6,(%a5)
	bra.s	sized

| a0 = start of the bank, a6 = return address (there is no stack yet).
| Out: d0 = MMU code (0 = 128 KB or absent, 1 = 512 KB, 2 = 2 MB), d1 = bytes.
| Comparison from registers: an absent bank returns what was last on the bus.
probe_bank:
	move.l	#0xA5C35A3C,%d2
	move.l	#0x18E7B14D,%d3
	move.l	%d3,0x408(%a0)
	move.l	%d3,0x208(%a0)
	move.l	%d2,8(%a0)
	moveq	#0,%d0
	moveq	#0,%d1
	cmp.l	8(%a0),%d2
	bne.s	3f
	move.l	#0x20000,%d1
	cmp.l	0x208(%a0),%d2
	beq.s	3f
	moveq	#1,%d0
	move.l	#0x80000,%d1
	cmp.l	0x408(%a0),%d2
	beq.s	3f
	moveq	#2,%d0
	move.l	#0x200000,%d1
	cmp.l	0x408(%a0),%d3		| really there, not the bus
	beq.s	3f
	moveq	#0,%d0
	moveq	#0,%d1
3:	jmp	(%a6)

| d5 = phystop, d6 = MMU code, d7 = warm. The reset vector survives a warm
| start; everything else up to the end of our variables starts as zero.
sized:
	move.l	resvalid,%d2
	move.l	resvector,%d3
	lea	8.w,%a0
	move.l	#bss_end,%d0
	sub.l	%a0,%d0
	lsr.l	#2,%d0
	moveq	#0,%d1
4:	move.l	%d1,(%a0)+
	subq.l	#1,%d0
	bne.s	4b
	tst.w	%d7
	beq.s	5f
	move.l	%d2,resvalid
	move.l	%d3,resvector
5:	move.l	%d5,phystop
	move.b	%d6,memctrl
	move.l	#0x752019F3,memvalid
	move.l	#0x237698AA,memval2
	move.l	#0x5555AAAA,memval3
	lea	kernel_stack_top,%sp
	move.l	%d7,-(%sp)
	jsr	boot_main		| never returns
	bra	reset

	.section .bss.first,"aw",@nobits
	.space	7168			| supervisor stack: traps, interrupts, nested processes
	.globl	kernel_stack_top
kernel_stack_top:
