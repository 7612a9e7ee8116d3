namespace Attic.Firmware.Xl.Tests.Basic;

/// <summary>Emulated seconds, which do not depend on the computer that runs the tests. docs/firmware.md cites the published figures.</summary>
public sealed class SpeedTests
{
    [Fact]
    public void An_empty_loop_of_a_thousand_takes_less_than_1_2_seconds() =>
        Assert.InRange(Seconds("10 FOR I=1 TO 1000:NEXT I"), 0.5, 1.2);

    [Fact]
    public void The_sieve_is_faster_than_published()
    {
        double seconds = Seconds(
            "10 DIM N$(8192)",
            "20 N$=\"0\":N$(8192)=\"0\":N$(2,8192)=N$",
            "30 FOR I=1 TO 8192:IF N$(I,I)=\"1\" THEN 60",
            "40 PRIME=I+I+1:CNT=CNT+1:K=I",
            "50 K=K+PRIME:IF K<8193 THEN N$(K,K)=\"1\":GOTO 50",
            "60 NEXT I",
            "70 PRINT CNT");
        Assert.InRange(seconds, 10, 160);
    }

    [Fact]
    public void Ahls_benchmark_is_faster_than_published()
    {
        double seconds = Seconds(
            "20 FOR N=1 TO 100:A=N",
            "30 FOR I=1 TO 10",
            "40 A=SQR(A):R=R+RND(1)",
            "50 NEXT I",
            "60 FOR I=1 TO 10",
            "70 A=A^2:R=R+RND(1)",
            "80 NEXT I",
            "90 S=S+A:NEXT N",
            "100 PRINT ABS(1010-S/5)",
            "110 PRINT ABS(1000-R)");
        Assert.InRange(seconds, 10, 130);
    }

    private static double Seconds(params string[] program)
    {
        var computer = BasicComputer.Ours();
        computer.Enter(program);
        return computer.Time("RUN", 12_000);
    }
}
