namespace Attic.FujiNet.Protocols;

/// <summary>A parameter of a FujiBus packet: an unsigned integer and the bytes that it takes on the wire.</summary>
/// <param name="Value">The value; it fits into the size.</param>
/// <param name="Size">1, 2 or 4 bytes.</param>
public readonly record struct FujiBusParameter(uint Value, byte Size)
{
    /// <summary>A parameter of one byte.</summary>
    public static FujiBusParameter Byte(byte value) => new(value, 1);

    /// <summary>A parameter of two bytes.</summary>
    public static FujiBusParameter Word(ushort value) => new(value, 2);

    /// <summary>A parameter of four bytes.</summary>
    public static FujiBusParameter Long(uint value) => new(value, 4);
}

/// <summary>The parameters of a packet, read one after the other: <c>foreach (var p in packet.Parameters)</c>.</summary>
public readonly ref struct FujiBusParameters
{
    private readonly ReadOnlySpan<byte> _descriptors;
    private readonly ReadOnlySpan<byte> _values;

    internal FujiBusParameters(ReadOnlySpan<byte> descriptors, ReadOnlySpan<byte> values)
    {
        _descriptors = descriptors;
        _values = values;
    }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (byte descriptor in _descriptors)
            {
                count += FujiBusDescriptor.Count(descriptor);
            }

            return count;
        }
    }

    /// <summary>Starts at the first.</summary>
    public Enumerator GetEnumerator() => new(_descriptors, _values);

    /// <summary>Walks over the parameters.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _descriptors;
        private ReadOnlySpan<byte> _values;
        private int _left;

        internal Enumerator(ReadOnlySpan<byte> descriptors, ReadOnlySpan<byte> values)
        {
            _descriptors = descriptors;
            _values = values;
            _left = descriptors.IsEmpty ? 0 : FujiBusDescriptor.Count(descriptors[0]);
        }

        /// <summary>The parameter at which it stands.</summary>
        public FujiBusParameter Current { get; private set; }

        /// <summary>Goes to the next.</summary>
        public bool MoveNext()
        {
            while (_left == 0)
            {
                if (_descriptors.Length <= 1)
                {
                    return false;
                }

                _descriptors = _descriptors[1..];
                _left = FujiBusDescriptor.Count(_descriptors[0]);
            }

            int size = FujiBusDescriptor.Size(_descriptors[0]);
            uint value = 0;
            for (int octet = 0; octet < size; octet++)
            {
                value |= (uint)_values[octet] << (8 * octet);
            }

            _values = _values[size..];
            _left--;
            Current = new(value, (byte)size);
            return true;
        }
    }
}
