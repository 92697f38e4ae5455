import type { CityAnswer, DeadLettersAnswer, ForesightView, PlanBrief, PlanView, ReplayCommand, ReplayView } from './contract';
import type { CityStateView, PastSpan, SourceStatus, StudyView } from './panels';
import type { FlexibilityAnswer, FlexibilityAsk, HoldCommand, HoldsView, RegretView, SetpointsView, SupplyCurve } from './control';
import { readToken } from './token';

/** The gateway wants a token, or another one. */
export class Unauthorized extends Error {}

async function ask(path: string, accept: string, body?: string, longestMs = 10_000): Promise<Response> {
  const token = readToken();
  const response = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { accept, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body ?? null,
    cache: 'no-store',
    signal: AbortSignal.timeout(longestMs),
  });
  if (response.status === 401) throw new Unauthorized('the gateway asks for a token');
  if (!response.ok) throw new Error(await reason(response, path));
  return response;
}

/** What a refusal says is wrong, else its status. */
async function reason(response: Response, path: string): Promise<string> {
  const problem = response.headers.get('content-type')?.includes('json') ? ((await response.json().catch(() => null)) as { detail?: string } | null) : null;
  return problem?.detail && response.status < 500 ? problem.detail : `${path} answered ${response.status}`;
}

const post = async <T>(path: string, body: unknown, longestMs?: number): Promise<T> => (await (await ask(path, 'application/json', JSON.stringify(body), longestMs)).json()) as T;

async function get<T>(path: string): Promise<T> {
  return (await (await ask(path, 'application/json')).json()) as T;
}

export const getCity = (): Promise<CityAnswer> => get('/api/v1/city');

export const getDeadLetters = (limit: number): Promise<DeadLettersAnswer> => get(`/api/v1/dead-letters?limit=${limit}`);

export const getPlan = (): Promise<PlanView> => get('/api/v1/plan');

export const getPlans = (limit: number): Promise<readonly PlanBrief[]> => get(`/api/v1/plans?limit=${limit}`);

export const getForesight = (from: string): Promise<ForesightView> => get(`/api/v1/city/foresight?from=${encodeURIComponent(from)}`);

export const getState = (at: string): Promise<CityStateView> => get(`/api/v1/state?at=${encodeURIComponent(at)}`);

export const getStateSpan = (): Promise<PastSpan> => get('/api/v1/state/span');

export const getSources = (): Promise<readonly SourceStatus[]> => get('/api/v1/sources');

/** Tells the replay what to do. */
export const control = (command: ReplayCommand): Promise<ReplayView> => post('/api/v1/replay', command);

export const getAggregators = (): Promise<SetpointsView> => get('/api/v1/aggregators');

export const getRegret = (): Promise<RegretView> => get('/api/v1/regret');

export const getHolds = (): Promise<HoldsView> => get('/api/v1/holds');

export const changeHold = (command: HoldCommand): Promise<HoldsView> => post('/api/v1/holds', command);

export const askFlexibility = (question: FlexibilityAsk): Promise<FlexibilityAnswer> => post('/api/v1/flexibility/ask', question, 30_000);

/** Worked out when it is asked for. */
export const getSupplyCurve = async (): Promise<SupplyCurve> => (await (await ask('/api/v1/flexibility/curve', 'application/json', undefined, 60_000)).json()) as SupplyCurve;

export const getStudies = (): Promise<readonly StudyView[]> => get('/api/v1/studies');

export const getStudyReport = async (name: string): Promise<string> => (await ask(`/api/v1/studies/${encodeURIComponent(name)}/report`, 'text/html')).text();
