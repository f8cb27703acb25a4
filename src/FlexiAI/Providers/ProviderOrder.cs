namespace FlexiAI;

/// <summary>Entries in groups that are asked one after the other; within a group they take turns.</summary>
internal sealed class ProviderOrder(IEnumerable<IEnumerable<Provider>> groups)
{
    public Group[] Groups { get; } = [.. groups.Select(group => new Group([.. group]))];

    /// <summary>By priority; a chosen primary stands before all others.</summary>
    public static ProviderOrder ByPriority(IEnumerable<Provider> providers, Provider? primary) =>
        new(providers.GroupBy(provider => provider == primary ? 0 : provider.Options.Priority).OrderBy(group => group.Key));

    public sealed class Group(Provider[] members)
    {
        private uint _turns;

        public Provider[] Members { get; } = members;

        public uint NextTurn() => Members.Length == 1 ? 0 : Interlocked.Increment(ref _turns) - 1;
    }
}

/// <summary>Walks the entries for one request. A request that goes on within a group goes round it from where its turn began.</summary>
internal struct ProviderSequence(ProviderOrder order)
{
    private int _group = -1;
    private int _taken;
    private uint _turn;

    public Provider? Next()
    {
        if (_group < 0 || _taken == order.Groups[_group].Members.Length)
        {
            if (++_group == order.Groups.Length)
            {
                _group--;
                return null;
            }

            _taken = 0;
            _turn = order.Groups[_group].NextTurn();
        }

        var members = order.Groups[_group].Members;
        return members[(int)((_turn + (uint)_taken++) % (uint)members.Length)];
    }

    /// <summary>The entries still to come. Looking ahead takes nobody's turn.</summary>
    public readonly IEnumerable<Provider> Remaining()
    {
        var (turn, taken, groups, at) = (_turn, _taken, order.Groups, _group);
        var current = groups[at].Members;
        return Enumerable.Range(taken, current.Length - taken)
            .Select(i => current[(int)((turn + (uint)i) % (uint)current.Length)])
            .Concat(groups.Skip(at + 1).SelectMany(group => group.Members));
    }
}
