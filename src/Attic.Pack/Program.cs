using System.Security.Cryptography;
using Attic.Engine.Card;
using Attic.Engine.Modules;
using Attic.Pack;

if (PackOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(PackOptions.Usage);
    return 2;
}

try
{
    using var key = options switch
    {
        { Unsigned: true } => null,
        { Key: { } file } => SigningKey.Load(file),
        _ => SigningKey.LoadOrCreate(AtticHome.FromEnvironment()),
    };
    var modules = ModulePacker.Find(options.Modules, options.Configuration);
    var written = ModulePacker.Pack(modules, options.Out, key);
    if (key is not null && options.Trust is { } trust)
    {
        key.PublishAloneTo(trust);
    }

    Console.WriteLine($"modules: {modules.Count} packed, {written.Count} of them new{(key is null ? ", unsigned" : $", signed by {key.KeyId}")}");
    return 0;
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or EbinFormatException or CryptographicException or ArgumentException)
{
    Console.Error.WriteLine($"Attic.Pack: {failure.Message}");
    return 1;
}
