using SnippetCheck;

var update = args.Contains("--update");
var root = Path.GetFullPath(args.FirstOrDefault(arg => !arg.StartsWith('-')) ?? ".");
var problems = new List<string>();
var snippets = SnippetReader.ReadAll(root, problems);
foreach (var path in Pages.Find(root))
{
    var page = new Page(Path.GetRelativePath(root, path), File.ReadAllText(path));
    problems.AddRange(page.Check(snippets, update));
    if (page.Changed)
    {
        File.WriteAllText(path, page.Text);
        Console.WriteLine($"{page.Name}: updated");
    }
}

// The form that MSBuild shows as errors of the build.
foreach (var problem in problems)
{
    Console.WriteLine(problem);
}

return problems.Count == 0 ? 0 : 1;
