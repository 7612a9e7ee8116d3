/* System variables; their addresses are in sysvars.ld. */
#ifndef SYSVARS_H
#define SYSVARS_H

#include "types.h"

#define MEMVALID_MAGIC  0x752019F3UL
#define MEMVAL2_MAGIC   0x237698AAUL
#define MEMVAL3_MAGIC   0x5555AAAAUL
#define RESVALID_MAGIC  0x31415926UL
#define PROC_LIVES_MAGIC 0x12345678UL

typedef s32 (*vector_t)(void);

/* Memory descriptor and parameter block (Getmpb). */
struct md {
    struct md *link;
    u32 start, length;
    void *owner;
};
struct mpb {
    struct md *free, *allocated, *rover;
};

extern volatile u32 proc_lives, proc_dregs[8], proc_aregs[8], proc_enum, proc_usp;
extern volatile u16 proc_stk[16];

extern void (*etv_timer)(void);
extern void *etv_critic;                    /* routines that take words are called by call_words */
extern void (*etv_term)(void);
extern u32 etv_xtra[5];

extern volatile u32 memvalid, memval2, memval3, resvalid, resvector;
extern volatile u8 memctrl;
extern u32 phystop, _membot, _memtop;
extern volatile u16 flock;
extern u16 seekrate, _timr_ms, _fverify, _bootdev, palmode;
extern u8 defshiftmd;
extern u8 sshiftmd;
extern volatile u32 _v_bas_ad;
extern volatile s16 vblsem;
extern u16 nvbls;
extern void (**_vblqueue)(void);
extern const u16 *volatile colorptr;
extern volatile u32 screenpt, _vbclock, _frclock;
extern void (*hdv_init)(void);
extern void (*swv_vec)(void);
extern void *hdv_bpb, *hdv_rw, *hdv_mediach;
extern s32 (*hdv_boot)(void);
extern u16 _cmdload;
extern u8 conterm;
extern struct md themd;
extern void *savptr;
extern u16 _nflops;
extern u32 con_state;
extern void *_bufl[2];
extern volatile u32 _hz_200;
extern const char *the_env;
extern u32 _drvbits;
extern u8 *_dskbufp;
extern const char *_autopath;
extern void (*_vbl_list[8])(void);
extern volatile s16 _dumpflg;
extern u16 _prtabt;
extern u32 _sysbase, _shell_p, end_os, exec_os;
extern void (*scr_dump)(void);
extern vector_t prv_lsto, prv_lst, prv_auxo, prv_aux;
extern void *pun_ptr;
extern void *xconstat[8], *xconin[8], *xcostat[8], *xconout[8];
extern u16 _longframe;
extern void *_p_cookies;
extern u32 ramtop, ramvalid;
extern void (*bell_hook)(void), (*kcl_hook)(void);

#endif
