using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Movc.RollingOptimizer.Tests")]
[assembly: InternalsVisibleTo("Movc.Benchmarks")]
[assembly: InternalsVisibleTo("movc")]
