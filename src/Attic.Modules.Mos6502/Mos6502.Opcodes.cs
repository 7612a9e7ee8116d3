namespace Attic.Modules.Mos6502;

/// <content>The opcode matrix, a row of sixteen opcodes a block.</content>
public sealed unsafe partial class Mos6502<TBus>
{
    private static delegate*<Mos6502<TBus>, int, int>[] BuildHandlers() =>
    [
        // 00
        &Brk, &Read<IndirectX, Ora>, &Jam, &Modify<IndirectX, Slo>,
        &Read<ZeroPage, Nop>, &Read<ZeroPage, Ora>, &Modify<ZeroPage, Asl>, &Modify<ZeroPage, Slo>,
        &Php, &Read<Immediate, Ora>, &ModifyAccumulator<Asl>, &Read<Immediate, Anc>,
        &Read<Absolute, Nop>, &Read<Absolute, Ora>, &Modify<Absolute, Asl>, &Modify<Absolute, Slo>,

        // 10
        &Branch<FlagN, WhenClear>, &Read<IndirectY, Ora>, &Jam, &Modify<IndirectY, Slo>,
        &Read<ZeroPageX, Nop>, &Read<ZeroPageX, Ora>, &Modify<ZeroPageX, Asl>, &Modify<ZeroPageX, Slo>,
        &Implied<Clc>, &Read<AbsoluteY, Ora>, &Implied<NopImplied>, &Modify<AbsoluteY, Slo>,
        &Read<AbsoluteX, Nop>, &Read<AbsoluteX, Ora>, &Modify<AbsoluteX, Asl>, &Modify<AbsoluteX, Slo>,

        // 20
        &Jsr, &Read<IndirectX, And>, &Jam, &Modify<IndirectX, Rla>,
        &Read<ZeroPage, Bit>, &Read<ZeroPage, And>, &Modify<ZeroPage, Rol>, &Modify<ZeroPage, Rla>,
        &Plp, &Read<Immediate, And>, &ModifyAccumulator<Rol>, &Read<Immediate, Anc>,
        &Read<Absolute, Bit>, &Read<Absolute, And>, &Modify<Absolute, Rol>, &Modify<Absolute, Rla>,

        // 30
        &Branch<FlagN, WhenSet>, &Read<IndirectY, And>, &Jam, &Modify<IndirectY, Rla>,
        &Read<ZeroPageX, Nop>, &Read<ZeroPageX, And>, &Modify<ZeroPageX, Rol>, &Modify<ZeroPageX, Rla>,
        &Implied<Sec>, &Read<AbsoluteY, And>, &Implied<NopImplied>, &Modify<AbsoluteY, Rla>,
        &Read<AbsoluteX, Nop>, &Read<AbsoluteX, And>, &Modify<AbsoluteX, Rol>, &Modify<AbsoluteX, Rla>,

        // 40
        &Rti, &Read<IndirectX, Eor>, &Jam, &Modify<IndirectX, Sre>,
        &Read<ZeroPage, Nop>, &Read<ZeroPage, Eor>, &Modify<ZeroPage, Lsr>, &Modify<ZeroPage, Sre>,
        &Pha, &Read<Immediate, Eor>, &ModifyAccumulator<Lsr>, &Read<Immediate, Alr>,
        &JmpAbsolute, &Read<Absolute, Eor>, &Modify<Absolute, Lsr>, &Modify<Absolute, Sre>,

        // 50
        &Branch<FlagV, WhenClear>, &Read<IndirectY, Eor>, &Jam, &Modify<IndirectY, Sre>,
        &Read<ZeroPageX, Nop>, &Read<ZeroPageX, Eor>, &Modify<ZeroPageX, Lsr>, &Modify<ZeroPageX, Sre>,
        &Cli, &Read<AbsoluteY, Eor>, &Implied<NopImplied>, &Modify<AbsoluteY, Sre>,
        &Read<AbsoluteX, Nop>, &Read<AbsoluteX, Eor>, &Modify<AbsoluteX, Lsr>, &Modify<AbsoluteX, Sre>,

        // 60
        &Rts, &Read<IndirectX, Adc>, &Jam, &Modify<IndirectX, Rra>,
        &Read<ZeroPage, Nop>, &Read<ZeroPage, Adc>, &Modify<ZeroPage, Ror>, &Modify<ZeroPage, Rra>,
        &Pla, &Read<Immediate, Adc>, &ModifyAccumulator<Ror>, &Read<Immediate, Arr>,
        &JmpIndirect, &Read<Absolute, Adc>, &Modify<Absolute, Ror>, &Modify<Absolute, Rra>,

        // 70
        &Branch<FlagV, WhenSet>, &Read<IndirectY, Adc>, &Jam, &Modify<IndirectY, Rra>,
        &Read<ZeroPageX, Nop>, &Read<ZeroPageX, Adc>, &Modify<ZeroPageX, Ror>, &Modify<ZeroPageX, Rra>,
        &Sei, &Read<AbsoluteY, Adc>, &Implied<NopImplied>, &Modify<AbsoluteY, Rra>,
        &Read<AbsoluteX, Nop>, &Read<AbsoluteX, Adc>, &Modify<AbsoluteX, Ror>, &Modify<AbsoluteX, Rra>,

        // 80
        &Read<Immediate, Nop>, &Write<IndirectX, Sta>, &Read<Immediate, Nop>, &Write<IndirectX, Sax>,
        &Write<ZeroPage, Sty>, &Write<ZeroPage, Sta>, &Write<ZeroPage, Stx>, &Write<ZeroPage, Sax>,
        &Implied<Dey>, &Read<Immediate, Nop>, &Implied<Txa>, &Read<Immediate, Ane>,
        &Write<Absolute, Sty>, &Write<Absolute, Sta>, &Write<Absolute, Stx>, &Write<Absolute, Sax>,

        // 90
        &Branch<FlagC, WhenClear>, &Write<IndirectY, Sta>, &Jam, &ShaIndirectY,
        &Write<ZeroPageX, Sty>, &Write<ZeroPageX, Sta>, &Write<ZeroPageY, Stx>, &Write<ZeroPageY, Sax>,
        &Implied<Tya>, &Write<AbsoluteY, Sta>, &Implied<Txs>, &Tas,
        &Shy, &Write<AbsoluteX, Sta>, &Shx, &ShaAbsoluteY,

        // A0
        &Read<Immediate, Ldy>, &Read<IndirectX, Lda>, &Read<Immediate, Ldx>, &Read<IndirectX, Lax>,
        &Read<ZeroPage, Ldy>, &Read<ZeroPage, Lda>, &Read<ZeroPage, Ldx>, &Read<ZeroPage, Lax>,
        &Implied<Tay>, &Read<Immediate, Lda>, &Implied<Tax>, &Read<Immediate, Lxa>,
        &Read<Absolute, Ldy>, &Read<Absolute, Lda>, &Read<Absolute, Ldx>, &Read<Absolute, Lax>,

        // B0
        &Branch<FlagC, WhenSet>, &Read<IndirectY, Lda>, &Jam, &Read<IndirectY, Lax>,
        &Read<ZeroPageX, Ldy>, &Read<ZeroPageX, Lda>, &Read<ZeroPageY, Ldx>, &Read<ZeroPageY, Lax>,
        &Implied<Clv>, &Read<AbsoluteY, Lda>, &Implied<Tsx>, &Read<AbsoluteY, Las>,
        &Read<AbsoluteX, Ldy>, &Read<AbsoluteX, Lda>, &Read<AbsoluteY, Ldx>, &Read<AbsoluteY, Lax>,

        // C0
        &Read<Immediate, Cpy>, &Read<IndirectX, Cmp>, &Read<Immediate, Nop>, &Modify<IndirectX, Dcp>,
        &Read<ZeroPage, Cpy>, &Read<ZeroPage, Cmp>, &Modify<ZeroPage, Dec>, &Modify<ZeroPage, Dcp>,
        &Implied<Iny>, &Read<Immediate, Cmp>, &Implied<Dex>, &Read<Immediate, Sbx>,
        &Read<Absolute, Cpy>, &Read<Absolute, Cmp>, &Modify<Absolute, Dec>, &Modify<Absolute, Dcp>,

        // D0
        &Branch<FlagZ, WhenClear>, &Read<IndirectY, Cmp>, &Jam, &Modify<IndirectY, Dcp>,
        &Read<ZeroPageX, Nop>, &Read<ZeroPageX, Cmp>, &Modify<ZeroPageX, Dec>, &Modify<ZeroPageX, Dcp>,
        &Implied<Cld>, &Read<AbsoluteY, Cmp>, &Implied<NopImplied>, &Modify<AbsoluteY, Dcp>,
        &Read<AbsoluteX, Nop>, &Read<AbsoluteX, Cmp>, &Modify<AbsoluteX, Dec>, &Modify<AbsoluteX, Dcp>,

        // E0
        &Read<Immediate, Cpx>, &Read<IndirectX, Sbc>, &Read<Immediate, Nop>, &Modify<IndirectX, Isc>,
        &Read<ZeroPage, Cpx>, &Read<ZeroPage, Sbc>, &Modify<ZeroPage, Inc>, &Modify<ZeroPage, Isc>,
        &Implied<Inx>, &Read<Immediate, Sbc>, &Implied<NopImplied>, &Read<Immediate, Sbc>,
        &Read<Absolute, Cpx>, &Read<Absolute, Sbc>, &Modify<Absolute, Inc>, &Modify<Absolute, Isc>,

        // F0
        &Branch<FlagZ, WhenSet>, &Read<IndirectY, Sbc>, &Jam, &Modify<IndirectY, Isc>,
        &Read<ZeroPageX, Nop>, &Read<ZeroPageX, Sbc>, &Modify<ZeroPageX, Inc>, &Modify<ZeroPageX, Isc>,
        &Implied<Sed>, &Read<AbsoluteY, Sbc>, &Implied<NopImplied>, &Modify<AbsoluteY, Isc>,
        &Read<AbsoluteX, Nop>, &Read<AbsoluteX, Sbc>, &Modify<AbsoluteX, Inc>, &Modify<AbsoluteX, Isc>,
    ];
}
