using Attic.Abi.Machines;
using Attic.Cli.Run;

namespace Attic.Cli.Tests.Run;

public sealed class PictureWatchTests
{
    private readonly PictureWatch _watch = new();
    private readonly VideoFrame _frame = new(4, 2, [0]);

    [Fact]
    public void The_first_picture_is_a_change_and_the_same_again_is_none()
    {
        Assert.True(_watch.Changed(_frame));
        Assert.False(_watch.Changed(_frame));
    }

    [Fact]
    public void A_code_that_shows_is_a_change()
    {
        _watch.Changed(_frame);
        _frame.Codes[7] = 1;
        Assert.True(_watch.Changed(_frame));
    }

    [Fact]
    public void What_lies_behind_a_half_width_line_is_no_picture()
    {
        _frame.HalfWidth[1] = true;
        _watch.Changed(_frame);
        _frame.Codes[7] = 1;
        Assert.False(_watch.Changed(_frame));
        _frame.Codes[5] = 1;
        Assert.True(_watch.Changed(_frame));
    }
}
