namespace Attic.Modules.M68000;

/// <summary>What BTST, BCHG, BCLR and BSET do with the bit they tested.</summary>
internal interface IBit
{
    static abstract bool Changes { get; }

    static abstract bool Clears { get; }

    static abstract uint Apply(uint operand, uint bit);
}

internal readonly struct TestBit : IBit
{
    public static bool Changes => false;

    public static bool Clears => false;

    public static uint Apply(uint operand, uint bit) => operand;
}

internal readonly struct ChangeBit : IBit
{
    public static bool Changes => true;

    public static bool Clears => false;

    public static uint Apply(uint operand, uint bit) => operand ^ bit;
}

internal readonly struct ClearBit : IBit
{
    public static bool Changes => true;

    public static bool Clears => true;

    public static uint Apply(uint operand, uint bit) => operand & ~bit;
}

internal readonly struct SetBit : IBit
{
    public static bool Changes => true;

    public static bool Clears => false;

    public static uint Apply(uint operand, uint bit) => operand | bit;
}

/// <summary>Where the bit number comes from.</summary>
internal interface IBitNumber
{
    static abstract bool InRegister { get; }
}

internal readonly struct NumberInRegister : IBitNumber
{
    public static bool InRegister => true;
}

internal readonly struct NumberInExtension : IBitNumber
{
    public static bool InRegister => false;
}
