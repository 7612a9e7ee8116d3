namespace Attic.Abi.Chips;

/// <summary>A register's value for inspectors.</summary>
/// <param name="Component">The chip's name.</param>
/// <param name="Register">The register's name as its manual spells it.</param>
/// <param name="Value">The value.</param>
/// <param name="Bits">Its width, 1 to 64.</param>
public readonly record struct RegisterValue(string Component, string Register, ulong Value, int Bits);

/// <summary>Something whose registers can be looked at without disturbing it.</summary>
public interface IRegisterSource
{
    /// <summary>Appends the present values, always the same registers in the same order.</summary>
    void AddRegisters(ICollection<RegisterValue> registers);
}
