using System.Runtime.InteropServices;
using Attic.Abi.State;

namespace Attic.Media.Floppies8;

/// <summary>
/// What differs in an image's file from what it was when it was opened, in pages of 128 bytes: a disk's part of a machine's state.
/// </summary>
internal sealed class FileOverlay
{
    /// <summary>The longest file that a state may bring.</summary>
    public const int MaxBytes = 17 << 20;

    private const int PageBytes = 128;

    private readonly byte[] _original;
    private readonly Func<byte[]> _current;
    private readonly Action<byte[]> _restore;
    private Header _header;
    private int[] _pages = [];
    private byte[] _data = [];

    // The same as the file holds it: what a visitor leaves unchanged needs no work.
    private Header _heldHeader;
    private int[] _heldPages = [];
    private byte[] _heldData = [];
    private bool _stale;

    /// <summary>Begins with nothing modified.</summary>
    /// <param name="original">The file; a copy that nobody changes.</param>
    /// <param name="fingerprint">Of the file, above 1.</param>
    /// <param name="current">Gives the file as it is now.</param>
    /// <param name="restore">Called with the file that a loaded state holds, when it is another than now.</param>
    public FileOverlay(byte[] original, ulong fingerprint, Func<byte[]> current, Action<byte[]> restore)
    {
        (_original, Fingerprint, _current, _restore) = (original, fingerprint, current, restore);
        _header = new() { Fingerprint = fingerprint, Length = original.Length };
        _heldHeader = _header;
    }

    /// <summary>Which disk this is.</summary>
    public ulong Fingerprint { get; }

    /// <summary>Something is about to change.</summary>
    public void Touch() => _stale = true;

    /// <summary>Visits the differences; restores the file that a loader brings.</summary>
    /// <exception cref="InvalidDataException">The state was saved with another disk, or is damaged.</exception>
    public void Visit(StateVisitor visitor)
    {
        Collect();
        var header = _header;
        visitor.Struct("disk", ref header);
        if (header.Fingerprint == 0)
        {
            // Erased: power goes off, the disk stays.
            return;
        }

        if (header.Fingerprint != Fingerprint)
        {
            throw new InvalidDataException("The state was saved with another disk in the drive.");
        }

        int total = PagesOf(header.Length);
        if (header.Length is < 0 or > MaxBytes || header.Pages < 0 || header.Pages > total)
        {
            throw new InvalidDataException($"The state claims {header.Pages} modified pages of a disk of {header.Length} bytes.");
        }

        _header = header;
        Array.Resize(ref _pages, header.Pages);
        Array.Resize(ref _data, header.Pages * PageBytes);
        visitor.Array("pages", _pages.AsSpan());
        visitor.Memory("content", _data);
        if (!IsHeld)
        {
            Apply();
            Hold();
        }
    }

    private bool IsHeld =>
        _header.Length == _heldHeader.Length && _pages.AsSpan().SequenceEqual(_heldPages) && _data.AsSpan().SequenceEqual(_heldData);

    private void Hold() => (_heldHeader, _heldPages, _heldData) = (_header, [.. _pages], [.. _data]);

    private static int PagesOf(int length) => (length + PageBytes - 1) / PageBytes;

    private static Span<byte> Page(byte[] file, int page) =>
        file.AsSpan(page * PageBytes, Math.Min(PageBytes, file.Length - (page * PageBytes)));

    private void Collect()
    {
        if (!_stale)
        {
            // A load that failed on its way may have left what the file doesn't hold.
            if (!IsHeld)
            {
                (_header, _pages, _data) = (_heldHeader, [.. _heldPages], [.. _heldData]);
            }

            return;
        }

        _stale = false;
        byte[] file = _current();
        int total = PagesOf(file.Length);
        var changed = new List<int>();
        for (int page = 0; page < total; page++)
        {
            if (file.Length != _original.Length || !Page(file, page).SequenceEqual(Page(_original, page)))
            {
                changed.Add(page);
            }
        }

        _header = new() { Fingerprint = Fingerprint, Length = file.Length, Pages = changed.Count };
        _pages = [.. changed];
        Array.Resize(ref _data, changed.Count * PageBytes);
        Array.Clear(_data);
        for (int index = 0; index < _pages.Length; index++)
        {
            Page(file, _pages[index]).CopyTo(_data.AsSpan(index * PageBytes));
        }

        Hold();
    }

    // Makes the file that a loaded state holds.
    private void Apply()
    {
        byte[] file = new byte[_header.Length];
        if (file.Length == _original.Length)
        {
            _original.CopyTo(file, 0);
        }

        int last = -1;
        for (int index = 0; index < _pages.Length; index++)
        {
            int page = _pages[index];
            if (page <= last || page >= PagesOf(file.Length))
            {
                _stale = true;
                throw new InvalidDataException($"The state holds a modified page {page} of a disk of {file.Length} bytes.");
            }

            last = page;
            var target = Page(file, page);
            _data.AsSpan(index * PageBytes, target.Length).CopyTo(target);
        }

        if (!file.AsSpan().SequenceEqual(_current()))
        {
            try
            {
                _restore(file);
            }
            catch
            {
                _stale = true;
                throw;
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public ulong Fingerprint;
        public int Length;
        public int Pages;
    }
}
