using Attic.FujiNet.Bench;

// Figures of the FujiNet: codec, round trips, sessions, sectors over a bad net. docs/fujinet.md explains them.
string what = args.Length > 0 ? args[0] : "all";
if (what is "codec" or "all")
{
    CodecBench.Run();
}

if (what is "trips" or "all")
{
    await RoundTripBench.RunAsync(args.Length > 1 ? args[1] : null);
}

if (what is "sessions" or "all")
{
    await SessionBench.RunAsync("tcp");
    await SessionBench.RunAsync("http");
}

if (what is "lossy" or "all")
{
    LossyBench.Run();
}
