namespace Attic.Modules.Mos6502;

/// <summary>A number as a type argument, so that the JIT folds it.</summary>
internal interface IConstant
{
    static abstract byte Value { get; }
}

internal readonly struct FlagN : IConstant
{
    public static byte Value => Flags.N;
}

internal readonly struct FlagV : IConstant
{
    public static byte Value => Flags.V;
}

internal readonly struct FlagZ : IConstant
{
    public static byte Value => Flags.Z;
}

internal readonly struct FlagC : IConstant
{
    public static byte Value => Flags.C;
}

internal readonly struct WhenSet : IConstant
{
    public static byte Value => 1;
}

internal readonly struct WhenClear : IConstant
{
    public static byte Value => 0;
}
