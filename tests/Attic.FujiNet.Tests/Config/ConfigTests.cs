using System.Text;
using Attic.FujiNet.Config;
using Attic.FujiNet.Storage;

namespace Attic.FujiNet.Tests.Config;

public class ConfigTests
{
    [Fact]
    public async Task Without_a_file_the_defaults_are_written()
    {
        var files = new MemoryFileSystem("host");
        var config = await new FujiConfigStore(files).LoadAsync();
        Assert.True(config.NetSio.IsEnabled);
        string text = await ReadAsync(files, FujiConfigStore.Path);
        Assert.Contains("tcp_port: 65504", text, StringComparison.Ordinal);
        Assert.Contains("config_uri: persist:/boot/autorun.img", text, StringComparison.Ordinal);
        Assert.DoesNotContain("network:", text, StringComparison.Ordinal);
        Assert.Equal(FujiConfig.Default().ToYaml(), FujiConfig.Parse(text).ToYaml());
    }

    [Fact]
    public void Unknown_keys_survive_and_the_old_key_of_the_rate_is_read()
    {
        var config = FujiConfig.Parse("future: { a: [1, 2] }\nchannel: { uart_baud: 9600, odd: x }\nwifi: { passphrase: \"1234\" }\n");
        Assert.Equal(9600, config.Channel.BaudRate);
        Assert.False(config.NetSio.IsEnabled);
        string text = config.ToYaml();
        Assert.Contains("future:", text, StringComparison.Ordinal);
        Assert.Contains("odd: x", text, StringComparison.Ordinal);
        Assert.Equal("1234", FujiConfig.Parse(text).WiFi.Passphrase);
    }

    [Fact]
    public async Task A_damaged_file_gives_way_to_the_copy_of_the_last_good_one()
    {
        var files = new MemoryFileSystem("host");
        var warnings = new List<string>();
        var store = new FujiConfigStore(files, warnings.Add);
        var config = await store.LoadAsync();
        config.DeviceName = "first";
        await store.SaveAsync(config);
        await store.SaveAsync(config);
        await files.ReplaceAsync(FujiConfigStore.Path, Encoding.UTF8.GetBytes("a: [unclosed"));
        Assert.Equal("first", (await store.LoadAsync()).DeviceName);
        Assert.Single(warnings);
    }

    [Theory]
    [InlineData("sessions: 100000", 256)]
    [InlineData("sessions: 0", 1)]
    [InlineData("sessions: many", 4)]
    public void Sessions_stay_in_their_range(string key, int expected) =>
        Assert.Equal(expected, FujiConfig.Parse($"network: {{ {key} }}").Network.Sessions);

    [Fact]
    public void What_a_run_overrides_is_not_written_and_what_it_then_sets_is()
    {
        var config = FujiConfig.Parse("clock: { timezone: CET-1 }");
        config.Override(changed => (changed.Clock.Timezone, changed.Devices.Printer.Output) = ("EST5", "pdf"));
        Assert.Equal(("EST5", "pdf"), (config.Clock.Timezone, config.Devices.Printer.Output));
        Assert.Contains("timezone: CET-1", config.ToYaml(), StringComparison.Ordinal);
        Assert.DoesNotContain("output", config.ToYaml(), StringComparison.Ordinal);
        config.Clock.Timezone = "PST8";
        Assert.Contains("timezone: PST8", config.ToYaml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1234")]
    [InlineData("true")]
    [InlineData("")]
    [InlineData("a: b # c")]
    public void Texts_come_back_as_they_were_and_in_quotes_where_they_look_like_something_else(string text)
    {
        var config = FujiConfig.Default();
        config.WiFi.Ssid = text;
        Assert.Equal(text, FujiConfig.Parse(config.ToYaml()).WiFi.Ssid);
    }

    [Fact]
    public void A_file_that_is_written_has_the_references_keys_in_its_order_and_plain_numbers()
    {
        string[] lines = FujiConfig.Default().ToYaml().Split('\n');
        Assert.Equal("fujinet:", lines[0]);
        Assert.Contains("  port: 9997", lines);
        Assert.Contains("  enabled: true", lines[Array.IndexOf(lines, "netsio:")..]);
        Assert.True(Array.IndexOf(lines, "boot:") < Array.IndexOf(lines, "channel:"));
    }

    private static async Task<string> ReadAsync(MemoryFileSystem files, string path)
    {
        await using var file = await files.OpenAsync(path, StoredFileMode.Read);
        byte[] bytes = new byte[file.Length];
        await file.ReadAsync(0, bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
