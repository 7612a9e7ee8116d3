using System.Globalization;
using System.Text.RegularExpressions;
using Attic.Abi.Cpu;
using Attic.Assembler.M68000;
using Attic.Modules.M68000.Tests;
using Attic.Modules.M68000.Tests.Vectors;

namespace Attic.Assembler.Tests.M68000;

/// <summary>Disassembler and processor know the same instructions and the same lengths.</summary>
public sealed partial class AgreementTests
{
    private static readonly string[] Leaves = ["jmp", "jsr", "rts", "rtr", "rte", "stop", "trap", "illegal", "divu", "divs", "chk"];

    [Fact]
    public void The_processor_refuses_exactly_what_reads_as_data()
    {
        var rig = new Rig();
        for (int opcode = 0; opcode < 0x10000; opcode++)
        {
            Run(rig, (ushort)opcode);
            bool refused = rig.Sink.Exceptions.Exists(exception => exception.Vector is 4 or 10 or 11);
            string text = Disassemble((ushort)opcode).Text;
            bool data = text.StartsWith("dc.w", StringComparison.Ordinal) || text == "illegal";
            Assert.True(refused == data, $"{opcode:x4} {text}: refused {refused}");
        }
    }

    [Fact]
    public void Every_opcode_that_goes_on_takes_its_length()
    {
        var rig = new Rig();
        int compared = 0;
        for (int opcode = 0; opcode < 0x10000; opcode++)
        {
            var line = Disassemble((ushort)opcode);
            string mnemonic = line.Text.Split(' ')[0];
            bool leaves = line.Text.StartsWith("dc.", StringComparison.Ordinal) || (opcode >> 12) == 6 ||
                Leaves.Contains(mnemonic.Split('.')[0], StringComparer.Ordinal) || mnemonic.StartsWith("db", StringComparison.Ordinal);
            if (leaves)
            {
                continue;
            }

            Run(rig, (ushort)opcode);
            Assert.True(rig.Next == Rig.Start + (uint)line.Length, $"{opcode:x4} {line.Text}: {rig.Next - Rig.Start} bytes");
            compared++;
        }

        Assert.True(compared > 35_000);
    }

    [SkippableFact]
    public void The_vectors_instructions_take_their_lengths_and_have_their_names()
    {
        Skip.IfNot(Directory.Exists(VectorFolder.Path), "Put the shared vectors beside the repository, or name them in ATTIC_VECTORS.");
        int lengths = 0;
        foreach (string path in Directory.EnumerateFiles(VectorFolder.Path, "*.json.bin.gz"))
        {
            foreach (var vector in CpuVector.Read(path))
            {
                var line = Disassembler.Disassemble(CodeOf(vector), vector.Initial.Pc - 4);
                CompareName(vector.Name, line.Text);
                bool straight = vector.Final.Pc - vector.Initial.Pc is > 0 and <= 10 && !Path.GetFileName(path).StartsWith('B');
                if (straight)
                {
                    Assert.True(vector.Final.Pc - vector.Initial.Pc == (uint)line.Length, $"{vector.Name}: {line}");
                    lengths++;
                }
            }
        }

        Assert.True(lengths > 10_000);
    }

    private static DisassembledInstruction Disassemble(ushort opcode) =>
        Disassembler.Disassemble([(byte)(opcode >> 8), (byte)opcode, 0, 0, 0, 0, 0, 0, 0, 0], Rig.Start);

    // All registers even and within memory, extension words zero.
    private static void Run(Rig rig, ushort opcode)
    {
        ref var r = ref rig.Registers;
        r = default;
        for (int i = 0; i < 8; i++)
        {
            r.A[i] = 0x6000;
        }

        (r.Sr, r.Pc, r.Ird) = (0x2700, Rig.Start + 4, opcode);
        r.RunState = M68kRunState.Running;
        for (uint address = Rig.Start; address < Rig.Start + 16; address += 2)
        {
            rig.Memory[address] = 0;
        }

        rig.Sink.Clear();
        rig.Cpu.Step();
    }

    // The words that the instruction was seen to prefetch, after the two that it began with.
    private static byte[] CodeOf(CpuVector vector)
    {
        var words = vector.Initial.Memory.Where(cell => cell.Address % 2 == 0).ToDictionary(cell => cell.Address, cell => cell.Word);
        var code = new byte[10];
        for (uint i = 0; i < 5; i++)
        {
            ushort word = i switch
            {
                0 => vector.Initial.Ird,
                1 => vector.Initial.Irc,
                _ => words.GetValueOrDefault((vector.Initial.Pc + (2 * i) - 4) & 0xFF_FFFE),
            };
            (code[2 * i], code[(2 * i) + 1]) = ((byte)(word >> 8), (byte)word);
        }

        return code;
    }

    // "021 ADD.w D6, (A2) dd52" against "add.w d6,(a2)".
    private static void CompareName(string name, string text)
    {
        var parts = VectorName().Match(name);
        string theirMnemonic = parts.Groups[1].Value;
        string[] theirs = [.. OperandComma().Split(parts.Groups[2].Value).Where(operand => operand.Length > 0)];
        if (theirMnemonic is "ILLEGAL_LINEA" or "ILLEGAL_LINEF" || theirMnemonic.Contains("to", StringComparison.Ordinal) || theirMnemonic.Contains("from", StringComparison.Ordinal))
        {
            return;
        }

        string mnemonic = text.Split(' ')[0];
        string[] ours = text.Contains(' ', StringComparison.Ordinal) ? OperandComma().Split(text.Split(' ')[1]) : [];
        Assert.True(SameMnemonic(theirMnemonic, mnemonic), $"{name}: {text}");
        Assert.True(theirs.Length == ours.Length && theirs.Zip(ours).All(pair => SameOperand(pair.First, pair.Second)), $"{name}: {text}");
    }

    private static bool SameMnemonic(string theirs, string ours)
    {
        string bare = ours.Split('.')[0];
        return theirs switch
        {
            "Bcc" => bare[0] == 'b',
            "Scc" => bare[0] == 's',
            "DBcc" => bare.StartsWith("db", StringComparison.Ordinal),
            "UNLINK" => bare == "unlk",
            "MOVE.q" => bare == "moveq",
            _ when theirs.Contains('.', StringComparison.Ordinal) => SuffixOfForm().Replace(ours, "$1.") == theirs.ToLowerInvariant() || ours == theirs.ToLowerInvariant(),
            _ => bare == theirs.ToLowerInvariant(),
        };
    }

    private static bool SameOperand(string theirs, string ours)
    {
        if (int.TryParse(theirs, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number))
        {
            return ours.StartsWith('$') || ours == $"#{number}" || ours == (number < 0 ? $"#-${-number:x}" : $"#${number:x}");
        }

        return theirs switch
        {
            "#" => ours[0] is '#' or '$' or 'd' or 'a',
            "(xxx).w" => ours.EndsWith(".w", StringComparison.Ordinal) && ours[0] == '$',
            "(xxx).l" => ours[0] == '$' && !ours.EndsWith(".w", StringComparison.Ordinal),
            _ => theirs.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal) == Pattern(ours),
        };
    }

    private static string Pattern(string ours) =>
        IndexedOperand().Replace(DisplacedOperand().Replace(ours, "(d16,$1)"), "(d8,$1,xn)");

    [GeneratedRegex(@"^\d+ (\S+)(?: (.*))? [0-9a-f]{4}$")]
    private static partial Regex VectorName();

    [GeneratedRegex(@",\s*(?![^(]*\))")]
    private static partial Regex OperandComma();

    [GeneratedRegex(@"^(add|sub|and|or|eor|cmp)[iqm]\.")]
    private static partial Regex SuffixOfForm();

    [GeneratedRegex(@"^-?\$[0-9a-f]+\((a\d|pc)\)$")]
    private static partial Regex DisplacedOperand();

    [GeneratedRegex(@"^-?\$[0-9a-f]+\((a\d|pc),[da]\d\.[wl]\)$")]
    private static partial Regex IndexedOperand();
}
