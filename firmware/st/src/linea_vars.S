| The Line-A variables: names and offsets of "Line-A" in the Atari developer
| documentation (GEM VDI appendix and "A Hitchhiker's Guide").

	.macro	variable name, offset
	.globl	\name
	.set	\name, linea_base + (\offset)
	.endm

	.section .bss,"aw",@nobits
	.align	4
	.space	912			| the part below the base
	.globl	linea_base
linea_base:
	.space	128

	variable CUR_FONT, -910
	variable M_POS_HX, -856
	variable M_POS_HY, -854
	variable M_PLANES, -852
	variable M_CDB_BG, -850
	variable M_CDB_FG, -848
	variable MASK_FORM, -846
	variable INQ_TAB, -782
	variable DEV_TAB, -692
	variable GCURX, -602
	variable GCURY, -600
	variable M_HID_CT, -598
	variable MOUSE_BT, -596
	variable REQ_COL, -594
	variable SIZ_TAB, -498
	variable TERM_CH, -468
	variable CUR_WORK, -464
	variable DEF_FONT, -460
	variable FONT_RING, -456
	variable FONT_COUNT, -440
	variable CUR_MS_STAT, -348
	variable V_HID_CNT, -346
	variable CUR_X, -344
	variable CUR_Y, -342
	variable CUR_FLAG, -340
	variable MOUSE_FLAG, -339
	variable V_SAV_XY, -334
	variable SAVE_LEN, -330
	variable USER_TIM, -66
	variable NEXT_TIM, -62
	variable USER_BUT, -58
	variable USER_CUR, -54
	variable USER_MOT, -50
	variable V_CEL_HT, -46
	variable V_CEL_MX, -44
	variable V_CEL_MY, -42
	variable V_CEL_WR, -40
	variable V_COL_BG, -38
	variable V_COL_FG, -36
	variable V_CUR_AD, -34
	variable V_CUR_OFF, -30
	variable V_CUR_XY, -28
	variable V_PERIOD, -24
	variable V_CUR_CT, -23
	variable V_FNT_AD, -22
	variable V_FNT_ND, -18
	variable V_FNT_ST, -16
	variable V_FNT_WD, -14
	variable V_REZ_HZ, -12
	variable V_OFF_AD, -10
	variable V_STAT_0, -6
	variable V_REZ_VT, -4
	variable BYTES_LIN, -2
	variable V_PLANES, 0
	variable V_LIN_WR, 2
	variable CONTRL, 4
	variable INTIN, 8
	variable PTSIN, 12
	variable INTOUT, 16
	variable PTSOUT, 20
	variable COLBIT0, 24
	variable LSTLIN, 32
	variable LNMASK, 34
	variable WMODE, 36
	variable X1, 38
	variable Y1, 40
	variable X2, 42
	variable Y2, 44
	variable PATPTR, 46
	variable PATMSK, 50
	variable MFILL, 52
	variable CLIP, 54
	variable XMINCL, 56
	variable YMINCL, 58
	variable XMAXCL, 60
	variable YMAXCL, 62
	variable SOURCEX, 72
	variable SOURCEY, 74
	variable DESTX, 76
	variable DESTY, 78
	variable DELX, 80
	variable DELY, 82
	variable FBASE, 84
	variable FWIDTH, 88
	variable STYLE, 90
	variable LITEMASK, 92
	variable SKEWMASK, 94
	variable WEIGHT, 96
	variable TEXTFG, 106
	variable SCRTCHP, 108
	variable TEXTBG, 114
	variable COPYTRAN, 116
	variable SEEDABORT, 118
