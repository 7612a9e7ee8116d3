using Attic.Engine.Card;

// A process to kill: holds a card's lock, or writes a file over and over, each time one of two contents.
switch (args)
{
    case ["lock", var folder]:
        using (CardLock.Take(new CardRoot(folder)))
        {
            Console.WriteLine("held");
            Console.In.ReadLine();
        }

        return 0;
    case ["write", var path]:
        byte[][] contents = [Filled('a'), Filled('b')];
        Console.WriteLine("writing");
        for (int round = 0; ; round++)
        {
            StagedFile.Write(path, contents[round % 2]);
        }

    default:
        return 2;
}

static byte[] Filled(char letter)
{
    byte[] content = new byte[100_000];
    Array.Fill(content, (byte)letter);
    return content;
}
