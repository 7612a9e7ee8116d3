namespace Attic.Modules.Mos6502;

/// <content>The opcode matrix for quiet stretches, a row of sixteen opcodes a block.</content>
public sealed unsafe partial class Mos6502<TBus>
{
    private static delegate*<Mos6502<TBus>, int, int, int>[] BuildQuietHandlers() =>
    [
        // 00
        &NeverQuiet, &QuietRead<QuietIndirectX, Ora>, &NeverQuiet, &QuietModify<QuietIndirectX, Slo>,
        &QuietRead<QuietZeroPage, Nop>, &QuietRead<QuietZeroPage, Ora>, &QuietModify<QuietZeroPage, Asl>, &QuietModify<QuietZeroPage, Slo>,
        &NeverQuiet, &QuietImmediate<Ora>, &QuietAccumulator<Asl>, &QuietImmediate<Anc>,
        &QuietRead<QuietAbsolute, Nop>, &QuietRead<QuietAbsolute, Ora>, &QuietModify<QuietAbsolute, Asl>, &QuietModify<QuietAbsolute, Slo>,

        // 10
        &QuietBranch<FlagN, WhenClear>, &QuietRead<QuietIndirectY, Ora>, &NeverQuiet, &QuietModify<QuietIndirectY, Slo>,
        &QuietRead<QuietZeroPageX, Nop>, &QuietRead<QuietZeroPageX, Ora>, &QuietModify<QuietZeroPageX, Asl>, &QuietModify<QuietZeroPageX, Slo>,
        &QuietImplied<Clc>, &QuietRead<QuietAbsoluteY, Ora>, &QuietImplied<NopImplied>, &QuietModify<QuietAbsoluteY, Slo>,
        &QuietRead<QuietAbsoluteX, Nop>, &QuietRead<QuietAbsoluteX, Ora>, &QuietModify<QuietAbsoluteX, Asl>, &QuietModify<QuietAbsoluteX, Slo>,

        // 20
        &QuietJsr, &QuietRead<QuietIndirectX, And>, &NeverQuiet, &QuietModify<QuietIndirectX, Rla>,
        &QuietRead<QuietZeroPage, Bit>, &QuietRead<QuietZeroPage, And>, &QuietModify<QuietZeroPage, Rol>, &QuietModify<QuietZeroPage, Rla>,
        &NeverQuiet, &QuietImmediate<And>, &QuietAccumulator<Rol>, &QuietImmediate<Anc>,
        &QuietRead<QuietAbsolute, Bit>, &QuietRead<QuietAbsolute, And>, &QuietModify<QuietAbsolute, Rol>, &QuietModify<QuietAbsolute, Rla>,

        // 30
        &QuietBranch<FlagN, WhenSet>, &QuietRead<QuietIndirectY, And>, &NeverQuiet, &QuietModify<QuietIndirectY, Rla>,
        &QuietRead<QuietZeroPageX, Nop>, &QuietRead<QuietZeroPageX, And>, &QuietModify<QuietZeroPageX, Rol>, &QuietModify<QuietZeroPageX, Rla>,
        &QuietImplied<Sec>, &QuietRead<QuietAbsoluteY, And>, &QuietImplied<NopImplied>, &QuietModify<QuietAbsoluteY, Rla>,
        &QuietRead<QuietAbsoluteX, Nop>, &QuietRead<QuietAbsoluteX, And>, &QuietModify<QuietAbsoluteX, Rol>, &QuietModify<QuietAbsoluteX, Rla>,

        // 40
        &NeverQuiet, &QuietRead<QuietIndirectX, Eor>, &NeverQuiet, &QuietModify<QuietIndirectX, Sre>,
        &QuietRead<QuietZeroPage, Nop>, &QuietRead<QuietZeroPage, Eor>, &QuietModify<QuietZeroPage, Lsr>, &QuietModify<QuietZeroPage, Sre>,
        &QuietPha, &QuietImmediate<Eor>, &QuietAccumulator<Lsr>, &QuietImmediate<Alr>,
        &QuietJump, &QuietRead<QuietAbsolute, Eor>, &QuietModify<QuietAbsolute, Lsr>, &QuietModify<QuietAbsolute, Sre>,

        // 50
        &QuietBranch<FlagV, WhenClear>, &QuietRead<QuietIndirectY, Eor>, &NeverQuiet, &QuietModify<QuietIndirectY, Sre>,
        &QuietRead<QuietZeroPageX, Nop>, &QuietRead<QuietZeroPageX, Eor>, &QuietModify<QuietZeroPageX, Lsr>, &QuietModify<QuietZeroPageX, Sre>,
        &NeverQuiet, &QuietRead<QuietAbsoluteY, Eor>, &QuietImplied<NopImplied>, &QuietModify<QuietAbsoluteY, Sre>,
        &QuietRead<QuietAbsoluteX, Nop>, &QuietRead<QuietAbsoluteX, Eor>, &QuietModify<QuietAbsoluteX, Lsr>, &QuietModify<QuietAbsoluteX, Sre>,

        // 60
        &QuietRts, &QuietRead<QuietIndirectX, Adc>, &NeverQuiet, &QuietModify<QuietIndirectX, Rra>,
        &QuietRead<QuietZeroPage, Nop>, &QuietRead<QuietZeroPage, Adc>, &QuietModify<QuietZeroPage, Ror>, &QuietModify<QuietZeroPage, Rra>,
        &QuietPla, &QuietImmediate<Adc>, &QuietAccumulator<Ror>, &QuietImmediate<Arr>,
        &NeverQuiet, &QuietRead<QuietAbsolute, Adc>, &QuietModify<QuietAbsolute, Ror>, &QuietModify<QuietAbsolute, Rra>,

        // 70
        &QuietBranch<FlagV, WhenSet>, &QuietRead<QuietIndirectY, Adc>, &NeverQuiet, &QuietModify<QuietIndirectY, Rra>,
        &QuietRead<QuietZeroPageX, Nop>, &QuietRead<QuietZeroPageX, Adc>, &QuietModify<QuietZeroPageX, Ror>, &QuietModify<QuietZeroPageX, Rra>,
        &NeverQuiet, &QuietRead<QuietAbsoluteY, Adc>, &QuietImplied<NopImplied>, &QuietModify<QuietAbsoluteY, Rra>,
        &QuietRead<QuietAbsoluteX, Nop>, &QuietRead<QuietAbsoluteX, Adc>, &QuietModify<QuietAbsoluteX, Ror>, &QuietModify<QuietAbsoluteX, Rra>,

        // 80
        &QuietImmediate<Nop>, &QuietWrite<QuietIndirectX, Sta>, &QuietImmediate<Nop>, &QuietWrite<QuietIndirectX, Sax>,
        &QuietWrite<QuietZeroPage, Sty>, &QuietWrite<QuietZeroPage, Sta>, &QuietWrite<QuietZeroPage, Stx>, &QuietWrite<QuietZeroPage, Sax>,
        &QuietImplied<Dey>, &QuietImmediate<Nop>, &QuietImplied<Txa>, &QuietImmediate<Ane>,
        &QuietWrite<QuietAbsolute, Sty>, &QuietWrite<QuietAbsolute, Sta>, &QuietWrite<QuietAbsolute, Stx>, &QuietWrite<QuietAbsolute, Sax>,

        // 90
        &QuietBranch<FlagC, WhenClear>, &QuietWrite<QuietIndirectY, Sta>, &NeverQuiet, &NeverQuiet,
        &QuietWrite<QuietZeroPageX, Sty>, &QuietWrite<QuietZeroPageX, Sta>, &QuietWrite<QuietZeroPageY, Stx>, &QuietWrite<QuietZeroPageY, Sax>,
        &QuietImplied<Tya>, &QuietWrite<QuietAbsoluteY, Sta>, &QuietImplied<Txs>, &NeverQuiet,
        &NeverQuiet, &QuietWrite<QuietAbsoluteX, Sta>, &NeverQuiet, &NeverQuiet,

        // A0
        &QuietImmediate<Ldy>, &QuietRead<QuietIndirectX, Lda>, &QuietImmediate<Ldx>, &QuietRead<QuietIndirectX, Lax>,
        &QuietRead<QuietZeroPage, Ldy>, &QuietRead<QuietZeroPage, Lda>, &QuietRead<QuietZeroPage, Ldx>, &QuietRead<QuietZeroPage, Lax>,
        &QuietImplied<Tay>, &QuietImmediate<Lda>, &QuietImplied<Tax>, &QuietImmediate<Lxa>,
        &QuietRead<QuietAbsolute, Ldy>, &QuietRead<QuietAbsolute, Lda>, &QuietRead<QuietAbsolute, Ldx>, &QuietRead<QuietAbsolute, Lax>,

        // B0
        &QuietBranch<FlagC, WhenSet>, &QuietRead<QuietIndirectY, Lda>, &NeverQuiet, &QuietRead<QuietIndirectY, Lax>,
        &QuietRead<QuietZeroPageX, Ldy>, &QuietRead<QuietZeroPageX, Lda>, &QuietRead<QuietZeroPageY, Ldx>, &QuietRead<QuietZeroPageY, Lax>,
        &QuietImplied<Clv>, &QuietRead<QuietAbsoluteY, Lda>, &QuietImplied<Tsx>, &QuietRead<QuietAbsoluteY, Las>,
        &QuietRead<QuietAbsoluteX, Ldy>, &QuietRead<QuietAbsoluteX, Lda>, &QuietRead<QuietAbsoluteY, Ldx>, &QuietRead<QuietAbsoluteY, Lax>,

        // C0
        &QuietImmediate<Cpy>, &QuietRead<QuietIndirectX, Cmp>, &QuietImmediate<Nop>, &QuietModify<QuietIndirectX, Dcp>,
        &QuietRead<QuietZeroPage, Cpy>, &QuietRead<QuietZeroPage, Cmp>, &QuietModify<QuietZeroPage, Dec>, &QuietModify<QuietZeroPage, Dcp>,
        &QuietImplied<Iny>, &QuietImmediate<Cmp>, &QuietImplied<Dex>, &QuietImmediate<Sbx>,
        &QuietRead<QuietAbsolute, Cpy>, &QuietRead<QuietAbsolute, Cmp>, &QuietModify<QuietAbsolute, Dec>, &QuietModify<QuietAbsolute, Dcp>,

        // D0
        &QuietBranch<FlagZ, WhenClear>, &QuietRead<QuietIndirectY, Cmp>, &NeverQuiet, &QuietModify<QuietIndirectY, Dcp>,
        &QuietRead<QuietZeroPageX, Nop>, &QuietRead<QuietZeroPageX, Cmp>, &QuietModify<QuietZeroPageX, Dec>, &QuietModify<QuietZeroPageX, Dcp>,
        &QuietImplied<Cld>, &QuietRead<QuietAbsoluteY, Cmp>, &QuietImplied<NopImplied>, &QuietModify<QuietAbsoluteY, Dcp>,
        &QuietRead<QuietAbsoluteX, Nop>, &QuietRead<QuietAbsoluteX, Cmp>, &QuietModify<QuietAbsoluteX, Dec>, &QuietModify<QuietAbsoluteX, Dcp>,

        // E0
        &QuietImmediate<Cpx>, &QuietRead<QuietIndirectX, Sbc>, &QuietImmediate<Nop>, &QuietModify<QuietIndirectX, Isc>,
        &QuietRead<QuietZeroPage, Cpx>, &QuietRead<QuietZeroPage, Sbc>, &QuietModify<QuietZeroPage, Inc>, &QuietModify<QuietZeroPage, Isc>,
        &QuietImplied<Inx>, &QuietImmediate<Sbc>, &QuietImplied<NopImplied>, &QuietImmediate<Sbc>,
        &QuietRead<QuietAbsolute, Cpx>, &QuietRead<QuietAbsolute, Sbc>, &QuietModify<QuietAbsolute, Inc>, &QuietModify<QuietAbsolute, Isc>,

        // F0
        &QuietBranch<FlagZ, WhenSet>, &QuietRead<QuietIndirectY, Sbc>, &NeverQuiet, &QuietModify<QuietIndirectY, Isc>,
        &QuietRead<QuietZeroPageX, Nop>, &QuietRead<QuietZeroPageX, Sbc>, &QuietModify<QuietZeroPageX, Inc>, &QuietModify<QuietZeroPageX, Isc>,
        &QuietImplied<Sed>, &QuietRead<QuietAbsoluteY, Sbc>, &QuietImplied<NopImplied>, &QuietModify<QuietAbsoluteY, Isc>,
        &QuietRead<QuietAbsoluteX, Nop>, &QuietRead<QuietAbsoluteX, Sbc>, &QuietModify<QuietAbsoluteX, Inc>, &QuietModify<QuietAbsoluteX, Isc>,
    ];
}
