using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Movc.Gateway.Http;

/// <summary>The OpenAPI document of the API.</summary>
internal static class OpenApiSetup
{
    public static void Add(IServiceCollection services, bool tokenRequired) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Movc",
                Version = "v1",
                Description = "The live twin of a city's electric vehicles. Power in kW, charging positive; energy in kWh; times ISO 8601; null is not known. "
                    + (tokenRequired ? "Every request but health carries Authorization: Bearer." : "No token is needed here."),
            };
            // Addresses are the reader's business: the same document is served under any name.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // Types with a converter of ours have no schema of their own accord.
            Type type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type == typeof(double))
            {
                schema.Type = JsonSchemaType.Number | JsonSchemaType.Null;
                schema.Format = "double";
            }
            else if (typeof(IEnumerable<double>).IsAssignableFrom(type))
            {
                schema.Items = new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.Null, Format = "double" };
            }
            else if (type == typeof(DateTimeOffset))
            {
                bool nullable = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is not null;
                schema.Type = nullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
                schema.Format = "date-time";
            }
            return Task.CompletedTask;
        });
    });
}
