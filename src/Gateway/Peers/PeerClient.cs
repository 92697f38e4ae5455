using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Movc.Domain;
using Movc.Gateway.Json;

namespace Movc.Gateway.Peers;

/// <summary>Asks the processes of a role over HTTP.</summary>
internal sealed class PeerClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>For what is worked out when it is asked.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly PeerAddresses _addresses;
    private readonly HttpClient _http;

    /// <param name="addresses">Where they are.</param>
    /// <param name="token">Between the roles; null = none.</param>
    public PeerClient(PeerAddresses addresses, string? token)
    {
        _addresses = addresses;
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), AllowAutoRedirect = false, UseProxy = false }) { Timeout = Longest };
        if (!string.IsNullOrEmpty(token)) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public PeerAddresses Addresses => _addresses;

    /// <summary>Asks all of them at the same time.</summary>
    public async Task<IReadOnlyList<PeerAnswer<T>>> AskAllAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        IReadOnlyList<Uri> peers = await _addresses.ResolveAsync(cancellationToken);
        return await Task.WhenAll(peers.Select(p => AskAsync<T>(new Uri(p, path), Patience, cancellationToken)));
    }

    /// <summary>Asks one after the other until one answers.</summary>
    /// <param name="role">Whom, in words.</param>
    /// <param name="path">What.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="patience">How long each may take; null = as long as an answer that is at hand.</param>
    /// <exception cref="HttpRequestException">None does.</exception>
    public async Task<T?> AskAnyAsync<T>(string role, string path, CancellationToken cancellationToken, TimeSpan? patience = null)
        where T : class
    {
        string fault = "the name is not known";
        foreach (Uri peer in await _addresses.ResolveAsync(cancellationToken))
        {
            PeerAnswer<T> answer = await AskAsync<T>(new Uri(peer, path), patience ?? Patience, cancellationToken);
            if (answer.Status is { } status && (int)status is >= 200 and < 300) return answer.Value;
            fault = answer.Fault;
        }
        throw new HttpRequestException($"the {role} at {_addresses} cannot be asked ({fault})");
    }

    /// <summary>Tells the first that takes it; what it refuses is the sender's fault.</summary>
    /// <exception cref="InputException">It refuses, with its reason.</exception>
    /// <exception cref="HttpRequestException">None takes it.</exception>
    public async Task<TAnswer?> TellAnyAsync<TBody, TAnswer>(string role, string path, TBody body, CancellationToken cancellationToken)
        where TAnswer : class
    {
        string fault = "the name is not known";
        foreach (Uri peer in await _addresses.ResolveAsync(cancellationToken))
        {
            try
            {
                using HttpResponseMessage response = await _http.PostAsJsonAsync(new Uri(peer, path), body, GatewayJson.Options, cancellationToken);
                if (response.StatusCode == HttpStatusCode.UnprocessableEntity) throw new InputException(await response.Content.ReadAsStringAsync(cancellationToken));
                if (response.StatusCode == HttpStatusCode.NoContent) return null;
                if (response.IsSuccessStatusCode) return await response.Content.ReadFromJsonAsync<TAnswer>(GatewayJson.Options, cancellationToken);
                fault = $"it answers {(int)response.StatusCode}";
            }
            catch (HttpRequestException e)
            {
                fault = e.Message;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                fault = $"no answer within {Longest.TotalSeconds} s";
            }
        }
        throw new HttpRequestException($"the {role} at {_addresses} cannot be told ({fault})");
    }

    public void Dispose() => _http.Dispose();

    private async Task<PeerAnswer<T>> AskAsync<T>(Uri address, TimeSpan patience, CancellationToken cancellationToken)
        where T : class
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(patience);
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(address, late.Token);
            if (response.StatusCode == HttpStatusCode.NoContent) return new PeerAnswer<T>(address, response.StatusCode, null, string.Empty);
            if (!response.IsSuccessStatusCode)
                return new PeerAnswer<T>(address, response.StatusCode, null, response.StatusCode == HttpStatusCode.Unauthorized ? $"it asks for another {PeerHost.TokenVariable}" : $"it answers {(int)response.StatusCode}");
            return new PeerAnswer<T>(address, response.StatusCode, await response.Content.ReadFromJsonAsync<T>(GatewayJson.Options, late.Token), string.Empty);
        }
        catch (HttpRequestException e)
        {
            return new PeerAnswer<T>(address, null, null, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PeerAnswer<T>(address, null, null, $"no answer within {patience.TotalSeconds} s");
        }
        catch (JsonException e)
        {
            return new PeerAnswer<T>(address, null, null, $"its answer cannot be read: {e.Message}");
        }
    }
}
