| The busy workload of "attic bench": a GEMDOS program that never waits and never returns.
| Counts the primes below 8192 with a sieve, then mixes their flags with shifts, multiplications and
| divisions, over and over: byte and long moves, indexed addressing, branches both ways. No STOP, no system call
| after the greeting. Position independent; the flags lie in the BSS right behind the text.
|
| Build: m68k-linux-gnu-as -m68000 -o busy.o busy.S && m68k-linux-gnu-objcopy -O binary busy.o busy.bin
| A test compares the result with the bytes in src/Attic.Cli/Bench/BusyProgram.cs.

        .equ    SIZE, 8192

        .text
start:  pea     greeting(%pc)
        move.w  #9,-(%sp)               | Cconws
        trap    #1
        addq.l  #6,%sp

again:  lea     flags(%pc),%a0
        move.w  #SIZE/4-1,%d0
        move.l  #0x01010101,%d1
fill:   move.l  %d1,(%a0)+
        dbra    %d0,fill

        lea     flags(%pc),%a0
        moveq   #2,%d2
sieve:  tst.b   (%a0,%d2.w)
        beq.s   composite
        move.w  %d2,%d3
        mulu.w  %d2,%d3
        cmp.l   #SIZE,%d3
        bcc.s   composite
strike: clr.b   (%a0,%d3.w)
        add.w   %d2,%d3
        cmp.w   #SIZE,%d3
        bcs.s   strike
composite:
        addq.w  #1,%d2
        cmp.w   #SIZE,%d2
        bcs.s   sieve

        moveq   #0,%d4
        moveq   #0,%d5
        move.w  #SIZE-1,%d0
mix:    move.b  (%a0)+,%d5
        add.w   %d5,%d4
        rol.l   #3,%d4
        move.w  %d4,%d6
        or.w    #1,%d6
        swap    %d4
        eor.w   %d6,%d4
        bsr.s   scale
        dbra    %d0,mix
        bra.s   again

scale:  movem.l %d0-%d1/%a0,-(%sp)
        move.w  %d4,%d1
        mulu.w  #40503,%d1
        divu.w  #65521,%d1
        eor.w   %d1,%d4
        movem.l (%sp)+,%d0-%d1/%a0
        rts

greeting:
        .ascii  "BUSY\r\n"
        .byte   0
        .even
flags:
