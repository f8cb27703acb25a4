using FlexiAI.Contrast;

// Plays every script on both breakers and prints the table; --update also writes it into the page, if both ended as the table says.
var failures = 0;
foreach (var row in Behaviour.All)
{
    var (polly, flexi) = (await row.PlayOnPollyAsync(), await row.PlayOnFlexiAIAsync());
    if (polly != row.Polly || flexi != row.FlexiAI)
    {
        failures++;
        Console.Error.WriteLine($"{row.Title}: expected \"{row.Polly}\" and \"{row.FlexiAI}\", got \"{polly}\" and \"{flexi}\".");
    }
}

Console.WriteLine(ContrastPage.Table());
if (failures == 0 && args.Contains("--update"))
{
    await File.WriteAllTextAsync(ContrastPage.Path, ContrastPage.Update(await File.ReadAllTextAsync(ContrastPage.Path)));
    Console.WriteLine($"{ContrastPage.Path}: updated");
}

return failures == 0 ? 0 : 1;
