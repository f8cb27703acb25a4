using System.Text;

namespace FlexiAI.Tests;

public class RawBodyTests
{
    [Theory]
    [InlineData("""{"model":"a","stream":true}""", "a", true)]
    [InlineData("""  {"messages":[{"model":"no","stream":true}],"model" : "b" }  """, "b", false)]
    [InlineData("""{"stream":null,"mod\u0065l":"\u00e4"}""", "ä", false)]
    [InlineData("""{"model":null}""", null, false)]
    [InlineData("{}", null, false)]
    public void Model_and_stream_of_the_outermost_object_are_read(string json, string? model, bool streamed)
    {
        using var body = Parse(json);

        Assert.Equal(model, body.Model);
        Assert.Equal(streamed, body.IsStreamed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"model\":\"a\"")]
    [InlineData("{\"model\":\"a\"} x")]
    [InlineData("{\"model\":\"a\"}{}")]
    [InlineData("{\"a\":01}")]
    [InlineData("\ufeff{}")]
    public void What_is_not_one_JSON_object_is_refused(string json) => Assert.Null(Refused(json).Param);

    [Theory]
    [InlineData("""{"model":1}""", "model")]
    [InlineData("""{"model":"\ud800"}""", "model")]
    [InlineData("""{"model":"a","model":"b"}""", "model")]
    [InlineData("""{"model":"a","m\u006fdel":"b"}""", "model")]
    [InlineData("""{"stream":"yes"}""", "stream")]
    [InlineData("""{"stream":true,"stream":false}""", "stream")]
    public void A_field_that_is_not_what_it_should_be_is_named(string json, string param) => Assert.Equal(param, Refused(json).Param);

    [Theory]
    [InlineData("""{"model":"a","x":1}""", """{"model":"new \"one\"","x":1}""")]
    [InlineData("""{ "x" : 1.50 , "model"	: "a\u0062" }""", """{ "x" : 1.50 , "model"	: "new \"one\"" }""")]
    [InlineData("""{"x":1}""", """{"x":1}""")]
    public async Task Only_the_model_is_another_when_the_body_is_sent_on(string json, string expected)
    {
        using var body = Parse(json);
        using var content = new SplicedContent(body, Encoding.UTF8.GetBytes("\"new \\\"one\\\"\""));

        Assert.Equal(expected, await content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Encoding.UTF8.GetByteCount(expected), content.Headers.ContentLength);
    }

    [Fact]
    public async Task The_memory_is_given_back_when_nobody_sends_it_any_more()
    {
        var owner = new Owner();
        var body = RawBody.Parse(Encoding.UTF8.GetBytes("""{"model":"a"}"""), owner);
        using var content = new SplicedContent(body, null);
        using var slow = new SlowStream();
        var sending = content.CopyToAsync(slow, TestContext.Current.CancellationToken);

        body.Dispose();
        Assert.False(owner.Disposed);
        slow.GoOn.SetResult();
        await sending;

        Assert.True(owner.Disposed);
        using var late = new MemoryStream();
        using var again = new SplicedContent(body, null);
        await Assert.ThrowsAnyAsync<Exception>(() => again.CopyToAsync(late, TestContext.Current.CancellationToken));
        Assert.Equal(0, late.Length);
    }

    [Fact]
    public void A_body_that_is_refused_gives_its_memory_back()
    {
        var owner = new Owner();

        Assert.Throws<RawBodyException>(() => RawBody.Parse("[]"u8.ToArray(), owner));

        Assert.True(owner.Disposed);
    }

    private static RawBody Parse(string json) => RawBody.Parse(Encoding.UTF8.GetBytes(json));

    private static RawBodyException Refused(string json) => Assert.Throws<RawBodyException>(() => Parse(json));

    private sealed class Owner : IDisposable
    {
        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }

    private sealed class SlowStream : MemoryStream
    {
        public TaskCompletionSource GoOn { get; } = new();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await GoOn.Task;
    }
}
