using Xunit.Sdk;
using Xunit.v3;

// Samples write to the console, of which there is one.
[assembly: Parallelization(Mode = ParallelMode.None)]
