using Xunit.Sdk;
using Xunit.v3;

// What is counted here, sockets, timers and activities, belongs to the process.
[assembly: Parallelization(Mode = ParallelMode.None)]
