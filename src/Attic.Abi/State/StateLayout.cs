using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Attic.Abi.State;

/// <summary>One field of a state struct.</summary>
/// <param name="Name">Its name; of nested structs and inline arrays with a dot or an index.</param>
/// <param name="Type">Its primitive type: u8 i8 u16 i16 u32 i32 u64 i64 f32 f64.</param>
/// <param name="Offset">Bytes from the start of the struct.</param>
/// <param name="Size">Bytes of one element: 1, 2, 4 or 8.</param>
/// <param name="Count">Elements; above 1 for an inline array of primitives.</param>
public sealed record StateField(string Name, string Type, int Offset, int Size, int Count);

/// <summary>
/// The fields of a state struct by name, type and offset: what lets an old save load by name, a comparison name the
/// register that differs, and a hash be independent of the machine that computes it.
/// </summary>
public sealed class StateLayout
{
    private const BindingFlags InstanceFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private StateLayout(string name, int size, IReadOnlyList<StateField> fields)
    {
        Name = name;
        Size = size;
        Fields = fields;
    }

    /// <summary>Plain bytes without structure.</summary>
    public static StateLayout Bytes { get; } = new("u8", 1, [new("", "u8", 0, 1, 1)]);

    /// <summary>The struct's name.</summary>
    public string Name { get; }

    /// <summary>Bytes of one element.</summary>
    public int Size { get; }

    /// <summary>The fields in the order of their offsets, together covering every byte.</summary>
    public IReadOnlyList<StateField> Fields { get; }

    /// <summary>The layout of <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">
    /// The struct has padding (its bytes would not be its state) or holds something that is not a number.
    /// </exception>
    public static StateLayout Of<T>()
        where T : unmanaged => Cache<T>.Layout ??= Build<T>();

    /// <summary>The layout as one line of text, <c>Name{field:type@offset,…}</c>, for save files and tests.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name).Append('{');
        foreach (var field in Fields)
        {
            text.Append(field.Name).Append(':').Append(field.Type);
            if (field.Count > 1)
            {
                text.Append('*').Append(field.Count);
            }

            text.Append('@').Append(field.Offset).Append(',');
        }

        text.Length -= Fields.Count > 0 ? 1 : 0;
        return text.Append('}').ToString();
    }

    private static int AddFields(Type type, string prefix, int offset, List<StateField> fields)
    {
        if (PrimitiveName(type) is { } primitive)
        {
            int size = PrimitiveSize(primitive);
            fields.Add(new(prefix, primitive, offset, size, 1));
            return size;
        }

        int length = type.GetCustomAttribute<InlineArrayAttribute>()?.Length ?? 1;
        var members = FieldsOf(type);
        if (members.Length == 0)
        {
            throw new InvalidOperationException($"{type.Name} holds nothing that can be saved.");
        }

        if (length > 1 && PrimitiveName(members[0].FieldType) is { } element)
        {
            int size = PrimitiveSize(element);
            fields.Add(new(prefix, element, offset, size, length));
            return size * length;
        }

        int at = offset;
        for (int index = 0; index < length; index++)
        {
            string stem = length > 1 ? $"{prefix}[{index}]" : prefix;
            foreach (var member in members)
            {
                string name = stem.Length == 0 ? FieldName(member) : $"{stem}.{FieldName(member)}";
                at += AddFields(member.FieldType, name, at, fields);
            }
        }

        return at - offset;
    }

    private static FieldInfo[] FieldsOf(Type type) =>
        [.. type.GetFields(InstanceFields).OrderBy(field => field.MetadataToken)];

    // An auto property's field is called <Name>k__BackingField.
    private static string FieldName(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static string? PrimitiveName(Type type)
    {
        if (type.IsEnum)
        {
            type = Enum.GetUnderlyingType(type);
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Byte or TypeCode.Boolean => "u8",
            TypeCode.SByte => "i8",
            TypeCode.UInt16 or TypeCode.Char => "u16",
            TypeCode.Int16 => "i16",
            TypeCode.UInt32 => "u32",
            TypeCode.Int32 => "i32",
            TypeCode.UInt64 => "u64",
            TypeCode.Int64 => "i64",
            TypeCode.Single => "f32",
            TypeCode.Double => "f64",
            _ => null,
        };
    }

    private static int PrimitiveSize(string name) => int.Parse(name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) / 8;

    private static StateLayout Build<T>()
        where T : unmanaged
    {
        var fields = new List<StateField>();
        int size = AddFields(typeof(T), "", 0, fields);
        return size == Unsafe.SizeOf<T>()
            ? new(typeof(T).Name, size, fields)
            : throw new InvalidOperationException(
                $"{typeof(T).Name} takes {Unsafe.SizeOf<T>()} bytes but its fields take {size}: order them by falling size, so that nothing is padding.");
    }

    private static class Cache<T>
        where T : unmanaged
    {
        // Built at the first use and not by a type initialiser, which would wrap the error that names the struct.
        public static StateLayout? Layout;
    }
}
