import { describe, expect, it } from 'vitest';
import { gapPercents, leastGap, meaning, median, middles, plansCsv, pricesCsv } from '../src/lib/certificate';
import type { PlanBrief, PriceCurve } from '../src/lib/contract';

const curve: PriceCurve = { startAt: '2026-07-01T00:00:00+00:00', slotMinutes: 10, pastSlots: 1, values: [1, -0.25, null] };
const plan = (gap: number | null, seconds: number | null): PlanBrief => ({ id: 'p', at: '2026-07-01T00:10:00+00:00', status: 'solved', objectiveKw: 2, boundKw: 1.5, gap, seconds });

describe('prices', () => {
  it('stand in the middle of their slots', () => {
    expect(middles(curve)).toEqual([1782864300, 1782864900, 1782865500]);
  });
  it('are told in words by their sign', () => {
    expect(meaning(0.5)).toBe('a kW less here is worth 0.500');
    expect(meaning(-0.25)).toBe('a kW more here is worth 0.250');
    expect(meaning(0)).toContain('neither');
    expect(meaning(3)).toContain('peak');
    expect(meaning(null)).toBe('not known');
  });
  it('are saved with what was over and what is planned, unknown ones empty', () => {
    expect(pricesCsv(curve).split('\n')).toEqual([
      'startUtc,slotMinutes,kind,price',
      '2026-07-01T00:00:00.000Z,10,past,1',
      '2026-07-01T00:10:00.000Z,10,planned,-0.25',
      '2026-07-01T00:20:00.000Z,10,planned,',
      '',
    ]);
  });
});

describe('gaps', () => {
  it('are per cent, fit for a logarithmic axis', () => {
    expect(gapPercents([plan(0.001, 1), plan(-1e-16, 1), plan(null, 1)])).toEqual([0.1, 100 * leastGap, null]);
  });
  it('are saved with what is not known left empty', () => {
    expect(plansCsv([plan(0.001, null)]).split('\n')[1]).toBe('2026-07-01T00:10:00+00:00,p,solved,2,1.5,0.001,');
  });
});

describe('the median', () => {
  it('takes what is known', () => {
    expect(median([3, null, 1])).toBe(2);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([null])).toBeNull();
  });
});
