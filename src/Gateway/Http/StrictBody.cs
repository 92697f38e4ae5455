using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Movc.Domain;
using Movc.Gateway.Json;

namespace Movc.Gateway.Http;

/// <summary>Reads JSON bodies strictly: a field that is missing or misspelt must not be taken for one that was left out.</summary>
internal static class StrictBody
{
    private static readonly JsonSerializerOptions Strict = new(GatewayJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>Reads a body.</summary>
    /// <exception cref="InputException">It is not what is wanted.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, cancellationToken) ?? throw new InputException("the body is null");
        }
        catch (JsonException wrong)
        {
            throw new InputException($"the body is not understood: {wrong.Message}", wrong);
        }
    }
}
