using System.Globalization;
using Attic.Abi.Media;

namespace Attic.Media.Floppies8;

#pragma warning disable RCS1194 // Without a line and an expectation there is no such error.
/// <summary>A description of a disk is wrong: in which line, and what was expected.</summary>
public sealed class SpecException : Exception
{
    /// <summary>An error in a line.</summary>
    /// <param name="line">From 1.</param>
    /// <param name="expected">What should have been there.</param>
    /// <param name="found">What was there.</param>
    public SpecException(int line, string expected, string found)
        : base($"Line {line}: expected {expected}, found {(found.Length > 0 ? $"\"{found}\"" : "the line's end")}.") => Line = line;

    /// <summary>The line, from 1.</summary>
    public int Line { get; }
}

/// <summary>
/// A disk described in a few readable lines, for <see cref="AtxWriter"/>: sectors that are twice there, not there, weak, long or
/// damaged, each at its angle.
/// </summary>
/// <remarks><see cref="Help"/> tells the language.</remarks>
public sealed class AtxSpec
{
    /// <summary>The language, for users.</summary>
    public const string Help = """
        A description has one statement a line; # begins a comment. The disk begins as a drive formats it, all sectors zero.

          density single|enhanced|double   90 KB (the default), 130 KB, 180 KB; the first statement
          boot FILE                        puts a file's bytes into sectors 1, 2, 3 …; its name is taken from the
                                           description's folder
          fill HH                          fills all sectors with a byte
          track N                          the statements below are about track N, 0 to 39
          clear                            takes all sectors off the track
          remove S                         takes sector number S off the track
          turn DEG                         turns all sectors of the track by an angle
          sector S at DEG [what…]          adds sector number S (1 to 255) with its ID field at an angle, 0 to 360 degrees;
                                           as many of one number as you like
          change S [what…]                 makes the sector S that is there different

        what:
          data HH       all its bytes are HH (hex)
          crc           its data have a wrong CRC; they are read with an error
          missing       it has an ID field and no data: nobody finds it
          deleted       its data begin with a deleted-data mark
          long N        its ID field says 256, 512 or 1024 bytes
          weak FROM     its bytes from FROM on (0 is the first) read differently each time

        Example, a track with a sector 7 three times, one weak, one with a bad CRC, one missing, one long:

          density single
          track 5
          remove 7
          sector 7 at 10 data 11
          sector 7 at 130 data 22
          sector 7 at 250 data 33
          change 3 weak 64
          change 4 crc
          change 5 missing
          change 6 long 1024
        """;

    private readonly Func<string, byte[]> _readFile;
    private AtariDiskShape _shape = AtariDiskShape.Single;
    private AtxWriter _disk = new(AtariDiskShape.Single);
    private int _track = -1;
    private bool _begun;

    private AtxSpec(Func<string, byte[]> readFile) => _readFile = readFile;

    /// <summary>Makes the file of the disk that a text describes.</summary>
    /// <param name="text">The description.</param>
    /// <param name="readFile">Reads a file that the description names.</param>
    /// <exception cref="SpecException">A line is wrong.</exception>
    public static byte[] Make(string text, Func<string, byte[]> readFile)
    {
        ArgumentNullException.ThrowIfNull(text);
        var spec = new AtxSpec(readFile);
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string[] words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                spec.Statement(new(number, words));
                spec._begun = true;
            }
        }

        return spec._disk.ToFile();
    }

    private void Statement(Words words)
    {
        string statement = words.Next("a statement");
        switch (statement)
        {
            case "density":
                Density(words);
                break;
            case "boot":
                Boot(words);
                break;
            case "fill":
                Fill(words.Hex());
                break;
            case "track":
                _track = words.Number("a track", 0, _shape.Cylinders - 1);
                break;
            case "clear":
                Track(words).Clear();
                break;
            case "remove":
                Remove(words);
                break;
            case "turn":
                Turn(words);
                break;
            case "sector":
                Add(words);
                break;
            case "change":
                Change(words);
                break;
            default:
                throw words.Error("density, boot, fill, track, clear, remove, turn, sector or change", statement);
        }

        words.End();
    }

    private void Density(Words words)
    {
        if (_begun)
        {
            throw words.Error("density as the first statement", "density");
        }

        string name = words.Next("single, enhanced or double");
        _shape = name switch
        {
            "single" => AtariDiskShape.Single,
            "enhanced" => AtariDiskShape.Enhanced,
            "double" => AtariDiskShape.Double,
            _ => throw words.Error("single, enhanced or double", name),
        };
        _disk = new(_shape);
    }

    private void Boot(Words words)
    {
        byte[] program = _readFile(words.Next("a file"));
        for (int sector = 1, at = 0; at < program.Length; sector++)
        {
            if (sector > _shape.Sectors)
            {
                throw words.Error($"a file that fits on the disk", $"{program.Length} bytes");
            }

            int length = Math.Min(_shape.LengthOf(sector), program.Length - at);
            var track = _disk.Track(_shape.TrackOf(sector));
            foreach (var place in track.Where(place => place.Number == _shape.NumberOf(sector)))
            {
                program.AsSpan(at, length).CopyTo(place.Data);
            }

            at += length;
        }
    }

    private void Fill(byte value)
    {
        for (int track = 0; track < _shape.Cylinders; track++)
        {
            foreach (var sector in _disk.Track(track))
            {
                Array.Fill(sector.Data, value);
            }
        }
    }

    private IList<AtxSector> Track(Words words) => _track >= 0 ? _disk.Track(_track) : throw words.Error("a track statement before", words.First);

    private void Remove(Words words)
    {
        var track = Track(words);
        byte number = (byte)words.Number("a sector's number", 1, 255);
        var found = track.Where(sector => sector.Number == number).ToList();
        if (found.Count == 0)
        {
            throw words.Error($"a sector that is on track {_track}", $"{number}");
        }

        found.ForEach(sector => track.Remove(sector));
    }

    private void Turn(Words words)
    {
        var track = Track(words);
        int units = words.Angle();
        for (int index = 0; index < track.Count; index++)
        {
            track[index] = track[index] with { Position = (ushort)((track[index].Position + units) % AtariSector.UnitsPerTurn) };
        }
    }

    private void Add(Words words)
    {
        var track = Track(words);
        byte number = (byte)words.Number("a sector's number", 1, 255);
        words.Require("at");
        int position = words.Angle();
        byte size = (byte)(_shape.SectorBytes >> 8);
        track.Add(What(new(number, (ushort)position, AtariSectorFlags.None, new byte[_shape.SectorBytes], size), words));
        if (track.Count > 255)
        {
            throw words.Error("at most 255 sectors on a track", "another");
        }
    }

    private void Change(Words words)
    {
        var track = Track(words);
        byte number = (byte)words.Number("a sector's number", 1, 255);
        int start = words.Position;
        bool any = false;
        for (int index = 0; index < track.Count; index++)
        {
            if (track[index].Number == number)
            {
                words.Position = start;
                track[index] = What(track[index], words);
                any = true;
            }
        }

        if (!any)
        {
            throw words.Error($"a sector that is on track {_track}", $"{number}");
        }
    }

    private AtxSector What(AtxSector sector, Words words)
    {
        while (words.TryNext(out string what))
        {
            switch (what)
            {
                case "data":
                    byte[] data = new byte[_shape.SectorBytes];
                    Array.Fill(data, words.Hex());
                    sector = sector with { Data = data };
                    break;
                case "crc":
                    sector = sector with { Flags = sector.Flags | AtariSectorFlags.CrcError };
                    break;
                case "missing":
                    sector = sector with { Flags = sector.Flags | AtariSectorFlags.NoData };
                    break;
                case "deleted":
                    sector = sector with { Flags = sector.Flags | AtariSectorFlags.Deleted };
                    break;
                case "long":
                    // The drive's controller finds another CRC behind the bytes that it takes.
                    sector = sector with { SizeCode = SizeCode(words), Flags = sector.Flags | AtariSectorFlags.Long | AtariSectorFlags.CrcError };
                    break;
                case "weak":
                    sector = sector with { WeakFrom = words.Number("a byte of the sector", 0, _shape.SectorBytes - 1) };
                    break;
                default:
                    throw words.Error("data, crc, missing, deleted, long or weak", what);
            }
        }

        return sector;
    }

    private byte SizeCode(Words words)
    {
        int bytes = words.Number("256, 512 or 1024", 1, 1024);
        byte code = bytes switch { 256 => 1, 512 => 2, 1024 => 3, _ => 0 };
        return code > _shape.SectorBytes >> 8 ? code : throw words.Error($"a size above {_shape.SectorBytes}: 256, 512 or 1024", $"{bytes}");
    }

    // The words of a line, taken one by one.
    private sealed class Words(int line, string[] words)
    {
        public int Position { get; set; }

        public string First => words[0];

        public SpecException Error(string expected, string found) => new(line, expected, found);

        public bool TryNext(out string word)
        {
            word = Position < words.Length ? words[Position++] : "";
            return word.Length > 0;
        }

        public string Next(string expected) => TryNext(out string word) ? word : throw Error(expected, "");

        public void Require(string wanted)
        {
            string word = Next(wanted);
            if (!word.Equals(wanted, StringComparison.Ordinal))
            {
                throw Error(wanted, word);
            }
        }

        public int Number(string expected, int least, int most)
        {
            string word = Next(expected);
            return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
                ? number
                : throw Error($"{expected}, {least} to {most}", word);
        }

        public byte Hex()
        {
            string word = Next("two hex digits");
            return word.Length <= 2 && byte.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
                ? value
                : throw Error("two hex digits", word);
        }

        public int Angle()
        {
            string word = Next("an angle in degrees");
            bool sound = double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double degrees) && degrees is >= 0 and < 360;
            return sound
                ? (int)Math.Round(degrees / 360 * AtariSector.UnitsPerTurn) % AtariSector.UnitsPerTurn
                : throw Error("an angle in degrees, 0 to below 360", word);
        }

        public void End()
        {
            if (TryNext(out string more))
            {
                throw Error("the line's end", more);
            }
        }
    }
}
