using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Movc.Gateway.Tests")]
