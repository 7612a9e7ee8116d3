using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Attic.Cli.Bench.FloatingPoint;

/// <summary>What <c>attic bench --fp --json</c> prints for one routine of one ROM; names become snake_case.</summary>
internal sealed record FloatReport
{
    /// <summary>SHA-256 of the ROM image.</summary>
    public required string RomSha256 { get; init; }

    /// <summary>The routine's name in the Atari OS manual.</summary>
    public required string Routine { get; init; }

    /// <summary>Operands, or pairs of them.</summary>
    public required int Operands { get; init; }

    /// <summary>The greatest error in units of the last digit; null when it is beyond all measure.</summary>
    public required double? WorstError { get; init; }

    /// <summary>Operands of the greatest error, FR0 and FR1 in hexadecimal.</summary>
    public required string WorstOperands { get; init; }

    /// <summary>The mean error in units of the last digit; null when it is beyond all measure.</summary>
    public required double? MeanError { get; init; }

    /// <summary>Results more than half a unit off.</summary>
    public required int NotNearest { get; init; }

    /// <summary>Results with carry set, or that are no number at all.</summary>
    public required int Refused { get; init; }

    /// <summary>Mean processor cycles of a call.</summary>
    public required long Cycles { get; init; }

    /// <summary>The report of a measurement.</summary>
    public static FloatReport Of(ReadOnlySpan<byte> rom, FloatOperation operation, FloatAccuracy accuracy) => new()
    {
        RomSha256 = Convert.ToHexStringLower(SHA256.HashData(rom)),
        Routine = operation.Name,
        Operands = accuracy.Results,
        WorstError = Finite(accuracy.Worst),
        WorstOperands = accuracy.WorstOperands,
        MeanError = Finite(accuracy.Mean),
        NotNearest = accuracy.NotNearest,
        Refused = accuracy.Refused,
        Cycles = accuracy.Cycles / Math.Max(1, accuracy.Results),
    };

    /// <summary>Lines for a person, the ROMs side by side.</summary>
    /// <param name="names">A name for each ROM.</param>
    /// <param name="reports">For each ROM the same routines in the same order.</param>
    public static string Table(IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<FloatReport>> reports)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{reports[0][0].Operands:N0} operands for each routine; errors in units of the last digit");
        text.AppendLine(Line("", names.Select(name => $"{name,-41}")));
        text.AppendLine(Line("", names.Select(_ => $"{"worst",10} {"mean",10} {"cycles",8} {"refused",8}  ")));
        for (int routine = 0; routine < reports[0].Count; routine++)
        {
            text.AppendLine(Line(reports[0][routine].Routine, reports.Select(rom => rom[routine].Columns())));
        }

        return text.ToString().TrimEnd();
    }

    private static string Line(string first, IEnumerable<string> columns) => $"{first,-6} {string.Join("  ", columns)}".TrimEnd();

    private static double? Finite(double error) => double.IsFinite(error) ? error : null;

    private static string Units(double? error) => error switch
    {
        null => "-",
        >= 1e6 => error.Value.ToString("0.0E+0", CultureInfo.InvariantCulture),
        _ => error.Value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    private string Columns() =>
        string.Create(CultureInfo.InvariantCulture, $"{Units(WorstError),10} {Units(MeanError),10} {Cycles,8} {Refused,8}  ");
}
