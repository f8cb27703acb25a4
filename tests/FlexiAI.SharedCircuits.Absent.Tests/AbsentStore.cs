namespace FlexiAI.Tests.Circuits;

/// <content>There is none: the circuits go by themselves.</content>
internal static partial class SuiteStore
{
}
