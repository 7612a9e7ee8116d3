namespace Attic.Modules.M68000.Bench;

/// <summary>Loops of typical instructions, each at 0x1000.</summary>
internal static class Programs
{
    public static IReadOnlyList<(string Name, ushort[] Words)> All { get; } =
    [
        ("wait for a word in memory", [
            0x4A79, 0x0000, 0x3000,         // loop: tst.w $3000
            0x67F8,                         // beq.s loop
        ]),
        ("copy longs", [
            0x41F9, 0x0001, 0x0000,         // loop: lea $10000,a0
            0x43F9, 0x0002, 0x0000,         // lea $20000,a1
            0x303C, 0x00FF,                 // move.w #255,d0
            0x22D8,                         // copy: move.l (a0)+,(a1)+
            0x51C8, 0xFFFC,                 // dbra d0,copy
            0x60E8,                         // bra.s loop
        ]),
        ("mixed", [
            0x41F9, 0x0001, 0x0000,         // loop: lea $10000,a0
            0x7207,                         // moveq #7,d1
            0x3018,                         // inner: move.w (a0)+,d0
            0xD041,                         // add.w d1,d0
            0xE748,                         // lsl.w #3,d0
            0x0280, 0x0000, 0x00FF,         // andi.l #$ff,d0
            0x3140, 0x0010,                 // move.w d0,16(a0)
            0x2430, 0x0004,                 // move.l 4(a0,d0.w),d2
            0xB481,                         // cmp.l d1,d2
            0x6702,                         // beq.s skip
            0x5242,                         // addq.w #1,d2
            0x6106,                         // skip: bsr.s sub
            0x51C9, 0xFFE2,                 // dbra d1,inner
            0x60D6,                         // bra.s loop
            0x2F02,                         // sub: move.l d2,-(sp)
            0x0842, 0x0003,                 // bchg #3,d2
            0x1602,                         // move.b d2,d3
            0x241F,                         // move.l (sp)+,d2
            0x4E75,                         // rts
        ]),
    ];
}
