namespace Attic.Modules.StAudio.Tests;

public sealed class EnvelopeTests
{
    // The manual's figure: two ramps of each shape. \ falls, / rises, _ rests at the bottom, ¯ at the top.
    [Theory]
    [InlineData(0x0, "\\_")]
    [InlineData(0x3, "\\_")]
    [InlineData(0x4, "/_")]
    [InlineData(0x7, "/_")]
    [InlineData(0x8, "\\\\")]
    [InlineData(0x9, "\\_")]
    [InlineData(0xA, "\\/")]
    [InlineData(0xB, "\\¯")]
    [InlineData(0xC, "//")]
    [InlineData(0xD, "/¯")]
    [InlineData(0xE, "/\\")]
    [InlineData(0xF, "/_")]
    public void Shapes_are_those_of_the_manual(int shape, string figure)
    {
        for (int step = 0; step < EnvelopeShapes.Steps; step++)
        {
            int ramp = step % 32;
            int expected = figure[step / 32] switch
            {
                '\\' => 31 - ramp,
                '/' => ramp,
                '_' => 0,
                _ => 31,
            };
            Assert.Equal(expected, EnvelopeShapes.Levels[(shape * EnvelopeShapes.Steps) + step]);
        }
    }

    [Fact]
    public void A_shape_that_holds_stays_and_a_new_write_starts_it_again()
    {
        var board = new Board();
        board.Write((7, 0x3F), (8, 0x10), (11, 100), (13, 0x00));
        board.Run(Board.MasterHertz);
        Assert.All(board.Listen(Board.MasterHertz / 10), sample => Assert.InRange(sample, -1, 1));
        board.Write(13, 0x00);
        Assert.True(board.Listen(Board.MasterHertz / 100).Max() > 10_000);
    }
}
