import { describe, expect, it } from 'vitest';
import { byDuration, duration, ordered, standing, sum, what, type LimitView, type OperatorEntry, type SetpointCounts, type SupplyPoint } from '../src/lib/control';

const counts = (n: number): SetpointCounts => ({ sent: n, accepted: n + 1, rejected: n + 2, timedOut: n + 3, observed: n + 4, notFollowed: n + 5, superseded: n + 6, expired: n + 7 });
const point = (minutes: number, mw: number, isMost = false): SupplyPoint => ({ minutes, mw, isMost, dischargedKwhPerMwh: null, rmbPerMwh: null, costKw: isMost ? null : mw });

describe('setpoints', () => {
  it('are summed over aggregators, each count by itself', () => {
    expect(sum([counts(0), counts(10)])).toEqual({ sent: 10, accepted: 12, rejected: 14, timedOut: 16, observed: 18, notFollowed: 20, superseded: 22, expired: 24 });
    expect(sum([]).sent).toBe(0);
  });

  it('are held by what people call it', () => {
    expect(what({ scope: 'city', name: '' })).toBe('the whole city');
    expect(what({ scope: 'district', name: 'Nanshan' })).toBe('district Nanshan');
    expect(what({ scope: 'aggregator', name: 'aggregator-3' })).toBe('aggregator-3');
  });
});

describe('limits', () => {
  const entry = (name: string, importKw: number | null, exportKw: number | null = null): OperatorEntry => ({ recordedAt: '', at: '', action: 'limit', scope: 'district', name, by: 'lead', why: 'hot', importKw, exportKw });
  const view = (district: string, importKw: number | null, isKept: boolean): LimitView => ({ district, importKw, exportKw: null, plannedKw: 1, riseKw: 0, dropKw: 0, measuredKw: null, cut: 0, isKept });

  it('are the plan’s once a plan was made with the very same powers', () => {
    const states = standing([entry('Futian', 900), entry('Luohu', 500), entry('Dapeng', 70)], [view('Futian', 900, true), view('Luohu', 600, true), view('Dapeng', 70, false)]).map((l) => l.state);
    expect(states).toEqual(['kept', 'ordered', 'broken']);
  });

  it('are logged with what they allow', () => {
    expect(ordered(entry('Futian', 900, 50))).toBe('limit district Futian to 900 kW drawn, 50 kW delivered');
    expect(ordered({ ...entry('Futian', null), action: 'unlimit' })).toBe('unlimit district Futian');
  });
});

describe('a supply curve', () => {
  it('is read by duration, the most apart from the points with a price', () => {
    const curve = { planId: 'p', from: '', sampleVehicles: 1, vehicles: 2, points: [point(60, 3), point(30, 1), point(30, 2), point(30, 9, true), point(60, 5, true)] };
    expect(byDuration(curve).map((l) => [l.minutes, l.points.map((p) => p.mw), l.mostMw])).toEqual([[30, [1, 2], 9], [60, [3], 5]]);
    expect(byDuration({ ...curve, points: [point(30, 1)] })[0]?.mostMw).toBeNull();
    expect([duration(30), duration(120)]).toEqual(['30 min', '2 h']);
  });
});
