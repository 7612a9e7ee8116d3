namespace Attic.Abi.AtariXl;

/// <summary>The console keys that are held at the next power-on; from then on as <see cref="XlOptions.BootKeys"/> says.</summary>
public interface IXlBootKeys
{
    /// <summary>The keys; those of the configuration until they are set.</summary>
    XlConsoleKeys AtPowerOn { get; set; }
}
