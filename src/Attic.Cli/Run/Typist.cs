using Attic.Abi.Machines;

namespace Attic.Cli.Run;

/// <summary>Turns strokes into the numbers of a machine's controls.</summary>
internal static class Typist
{
    /// <summary>The controls of each stroke, to be held together in order.</summary>
    /// <exception cref="CommandFailure">The machine has no such key.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Resolve(IReadOnlyList<KeyStroke> strokes, KeyNames keys, IInputPort input) =>
        [.. strokes.Select(stroke => Resolve(stroke, keys, input))];

    private static IReadOnlyList<int> Resolve(KeyStroke stroke, KeyNames keys, IInputPort input)
    {
        IReadOnlyList<int> controls = stroke.Character is { } character ? input.KeysFor(character) : ResolveNames(stroke, keys, input);
        return controls.Count > 0
            ? controls
            : throw CommandFailure.BadInput($"--type: this machine's keyboard has no way to type {stroke}.");
    }

    private static List<int> ResolveNames(KeyStroke stroke, KeyNames keys, IInputPort input)
    {
        var controls = new List<int>(stroke.Names.Count);
        foreach (string name in stroke.Names)
        {
            foreach (var (target, value) in keys.ControlsOf(name))
            {
                if (!input.TryResolve(target, value, out int control))
                {
                    throw CommandFailure.BadInput($"--type: this machine's keyboard has no key {{{name}}}.");
                }

                controls.Add(control);
            }
        }

        return controls;
    }
}
