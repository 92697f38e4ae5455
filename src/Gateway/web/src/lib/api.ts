import type { CityAnswer, CityStateView, DeadLettersAnswer, ForesightView, PastSpan, PlanBrief, PlanView, ReplayCommand, ReplayView, SourceStatus, StudyView } from './contract';
import { readToken } from './token';

/** The gateway wants a token, or another one. */
export class Unauthorized extends Error {}

async function ask(path: string, accept: string, body?: string): Promise<Response> {
  const token = readToken();
  const response = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { accept, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body ?? null,
    cache: 'no-store',
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status === 401) throw new Unauthorized('the gateway asks for a token');
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response;
}

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
export const control = async (command: ReplayCommand): Promise<ReplayView> => (await (await ask('/api/v1/replay', 'application/json', JSON.stringify(command))).json()) as ReplayView;

export const getStudies = (): Promise<readonly StudyView[]> => get('/api/v1/studies');

export const getStudyReport = async (name: string): Promise<string> => (await ask(`/api/v1/studies/${encodeURIComponent(name)}/report`, 'text/html')).text();
