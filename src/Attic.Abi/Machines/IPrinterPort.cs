namespace Attic.Abi.Machines;

/// <summary>What a printer prints on. Never waits: the machine's thread calls it.</summary>
public interface IPrinterPaper
{
    /// <summary>Takes characters in the computer's own code; the 8-bit Ataris end lines with 9B.</summary>
    void Print(ReadOnlySpan<byte> characters);
}

/// <summary>A printer; off while it has no paper, so that the computer gets no answer.</summary>
public interface IPrinterPort
{
    /// <summary>Loads paper, or takes it out with null.</summary>
    void Load(IPrinterPaper? paper);
}
