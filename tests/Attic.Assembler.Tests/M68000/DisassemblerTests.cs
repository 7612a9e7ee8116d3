using Attic.Assembler.M68000;
using FsCheck;
using FsCheck.Fluent;

namespace Attic.Assembler.Tests.M68000;

public sealed class DisassemblerTests
{
    [Theory]
    [InlineData("4e71", "nop")]
    [InlineData("4e75", "rts")]
    [InlineData("4afc", "illegal")]
    [InlineData("4afb", "dc.w $4afb")]
    [InlineData("a00d", "dc.w $a00d")]
    [InlineData("f4e8", "dc.w $f4e8")]
    [InlineData("7eff", "moveq #-$1,d7")]
    [InlineData("303cabcd", "move.w #$abcd,d0")]
    [InlineData("103c1234", "move.b #$34,d0")]
    [InlineData("23fc0000000100ff8240", "move.l #$1,$ff8240")]
    [InlineData("33c0ffff8240", "move.w d0,$ffff8240")]
    [InlineData("31c08240", "move.w d0,$ffff8240.w")]
    [InlineData("20280010", "move.l $10(a0),d0")]
    [InlineData("2028fff0", "move.l -$10(a0),d0")]
    [InlineData("203018fe", "move.l -$2(a0,d1.l),d0")]
    [InlineData("2030a004", "move.l $4(a0,a2.w),d0")]
    [InlineData("203a0010", "move.l $1012(pc),d0")]
    [InlineData("203bc0fe", "move.l $1000(pc,a4.w),d0")]
    [InlineData("2f08", "move.l a0,-(a7)")]
    [InlineData("205f", "movea.l (a7)+,a0")]
    [InlineData("48e7e0c0", "movem.l d0-d2/a0-a1,-(a7)")]
    [InlineData("4cdf0307", "movem.l (a7)+,d0-d2/a0-a1")]
    [InlineData("48e7fffe", "movem.l d0-d7/a0-a6,-(a7)")]
    [InlineData("48a70000", "movem.w #0,-(a7)")]
    [InlineData("4c907000", "movem.w (a0),a4-a6")]
    [InlineData("60fe", "bra.s $1000")]
    [InlineData("6100ff00", "bsr.w $f02")]
    [InlineData("6608", "bne.s $100a")]
    [InlineData("51c8fffe", "dbf d0,$1000")]
    [InlineData("57c80002", "dbeq d0,$1004")]
    [InlineData("5ac0", "spl.b d0")]
    [InlineData("5088", "addq.l #8,a0")]
    [InlineData("5340", "subq.w #1,d0")]
    [InlineData("0c6d00130008", "cmpi.w #$13,$8(a5)")]
    [InlineData("08390005fffa01", "dc.w $0839")]
    [InlineData("08390005fffffa01", "btst #5,$fffffa01")]
    [InlineData("0900", "btst d4,d0")]
    [InlineData("01c80004", "movep.l d0,$4(a0)")]
    [InlineData("4e56fff8", "link a6,#-$8")]
    [InlineData("4e41", "trap #1")]
    [InlineData("4e722300", "stop #$2300")]
    [InlineData("46fc2700", "move.w #$2700,sr")]
    [InlineData("007c0700", "ori.w #$700,sr")]
    [InlineData("4e60", "move.l a0,usp")]
    [InlineData("c188", "exg d0,a0")]
    [InlineData("e048", "lsr.w #8,d0")]
    [InlineData("e7b8", "rol.l d3,d0")]
    [InlineData("e5d0", "roxl.w (a0)")]
    [InlineData("b308", "cmpm.b (a0)+,(a1)+")]
    [InlineData("c308", "abcd.b -(a0),-(a1)")]
    [InlineData("4ef9", "dc.w $4ef9")]
    [InlineData("4e", "dc.b $4e")]
    public void Code_reads_as_the_assembler_would_write_it(string hex, string text)
    {
        byte[] code = Convert.FromHexString(hex);
        var line = Disassembler.Disassemble(code, 0x1000);
        Assert.Equal(text, line.Text);
        Assert.Equal(text.StartsWith("dc.", StringComparison.Ordinal) ? Math.Min(2, code.Length) : code.Length, line.Length);
    }

    [Fact]
    public void Nothing_cannot_be_disassembled() =>
        Assert.Throws<ArgumentException>(() => Disassembler.Disassemble([], 0));

    [Fact]
    public void Any_bytes_give_a_line_that_fits_them() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<uint>(), (code, address) =>
        {
            if (code.Length > 0)
            {
                var line = Disassembler.Disassemble(code, address);
                Assert.InRange(line.Length, 1, Math.Min(10, code.Length));
                Assert.NotEmpty(line.Text);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Every_opcode_disassembles_whatever_follows()
    {
        var random = new Random(68000);
        Span<byte> code = stackalloc byte[10];
        for (int opcode = 0; opcode < 0x10000; opcode++)
        {
            random.NextBytes(code);
            (code[0], code[1]) = ((byte)(opcode >> 8), (byte)opcode);
            var line = Disassembler.Disassemble(code, (uint)random.Next());
            Assert.True(line.Length is >= 2 and <= 10 && line.Length % 2 == 0, line.Text);
        }
    }
}
