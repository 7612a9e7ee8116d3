namespace Attic.Abi.Machines;

/// <summary>A machine that can tell what text its screen shows.</summary>
public interface IScreenText
{
    /// <summary>The text of the last picture: lines joined by newlines, trailing blanks cut, unknown cells as U+FFFD.</summary>
    string ReadScreenText();
}
