import { describe, expect, it } from 'vitest';
import type { CityFrame, Maybe } from '../src/lib/contract';
import { append, dayEffect, endMs, fleetPower, fromContract, join, maxIntervals, peakOf, since, type Curves } from '../src/lib/curves';
import { cityClock } from '../src/lib/time';

const slot = 600_000;
const t0 = Date.parse('2026-07-14T00:00:00+08:00');
const shanghai = cityClock('Asia/Shanghai');

function frame(atMs: number, kw: Maybe): CityFrame {
  return { at: new Date(atMs).toISOString(), load: { originalKw: kw, chargeOnlyKw: kw, afterKw: kw } } as CityFrame;
}

const flat = (startMs: number, values: Maybe[]): Curves => ({
  startMs,
  slotMs: slot,
  originalKw: values,
  chargeOnlyKw: values,
  afterKw: values,
});

describe('append', () => {
  it('puts the load of the interval that ended at the frame before the frame', () => {
    const { curves } = append(null, frame(t0 + slot, 5));
    expect(curves?.startMs).toBe(t0);
    expect(curves && endMs(curves)).toBe(t0 + slot);
  });

  it('adds the next interval and leaves the old curves as they were', () => {
    const old = flat(t0, [1, 2]);
    const { curves, broken } = append(old, frame(t0 + 3 * slot, 3));
    expect(broken).toBe(false);
    expect(curves?.afterKw).toEqual([1, 2, 3]);
    expect(old.afterKw).toEqual([1, 2]);
  });

  it('replaces the interval that it already has, as when only the age of a plan changed', () => {
    const { curves, broken } = append(flat(t0, [1, 2]), frame(t0 + 2 * slot, 7));
    expect(broken).toBe(false);
    expect(curves?.afterKw).toEqual([1, 7]);
  });

  it('leaves intervals that it never saw unknown and reports the gap', () => {
    const { curves, broken } = append(flat(t0, [1]), frame(t0 + 4 * slot, 4));
    expect(broken).toBe(true);
    expect(curves?.afterKw).toEqual([1, null, null, 4]);
  });

  it('starts anew when the city goes back in time', () => {
    const { curves, broken } = append(flat(t0, [1, 2, 3]), frame(t0 + slot, 9));
    expect(broken).toBe(true);
    expect(curves?.startMs).toBe(t0);
    expect(curves?.afterKw).toEqual([9]);
  });

  it('keeps at most four weeks', () => {
    const full = flat(t0, Array.from({ length: maxIntervals }, (_, i) => i));
    const { curves } = append(full, frame(t0 + (maxIntervals + 1) * slot, -1));
    expect(curves?.afterKw.length).toBe(maxIntervals);
    expect(curves?.startMs).toBe(t0 + slot);
    expect(curves?.afterKw[0]).toBe(1);
    expect(curves?.afterKw.at(-1)).toBe(-1);
  });

  it('takes an instant inside an interval as the end of the last whole one', () => {
    const { curves, broken } = append(flat(t0, [1]), frame(t0 + 2 * slot + 120_000, 2));
    expect(broken).toBe(false);
    expect(curves?.afterKw).toEqual([1, 2]);
  });

  it('changes nothing before the first interval has ended', () => {
    const old = flat(t0, [1]);
    expect(append(old, { ...frame(t0, 1), load: null }).curves).toBe(old);
  });
});

describe('join', () => {
  it('lets what happened win over what was planned', () => {
    const joined = join(flat(t0, [1, 2, 3]), flat(t0 + 2 * slot, [30, 40, 50]));
    expect(joined?.afterKw).toEqual([1, 2, 3, 40, 50]);
    expect(joined?.realizedCount).toBe(3);
  });

  it('leaves a hole between the realized part and a later plan unknown', () => {
    expect(join(flat(t0, [1]), flat(t0 + 2 * slot, [3]))?.afterKw).toEqual([1, null, 3]);
  });

  it('ignores a plan that is all in the past', () => {
    const joined = join(flat(t0, [1, 2, 3]), flat(t0, [9, 9]));
    expect(joined?.afterKw).toEqual([1, 2, 3]);
    expect(joined?.realizedCount).toBe(3);
  });

  it('shows a plan alone before anything is realized', () => {
    expect(join(null, flat(t0, [1]))?.realizedCount).toBe(0);
    expect(join(null, null)).toBeNull();
  });
});

describe('since', () => {
  it('drops whole intervals before the instant and counts the realized ones that are left', () => {
    const joined = join(flat(t0, [1, 2, 3]), flat(t0 + 3 * slot, [4, 5]));
    const cut = since(joined!, t0 + 2 * slot);
    expect(cut.afterKw).toEqual([3, 4, 5]);
    expect(cut.startMs).toBe(t0 + 2 * slot);
    expect(cut.realizedCount).toBe(1);
  });
});

describe('dayEffect', () => {
  const day = (chargeOnly: Maybe[], after: Maybe[], startMs = t0) => ({
    startMs,
    slotMs: slot,
    originalKw: chargeOnly.map(() => 0),
    chargeOnlyKw: chargeOnly,
    afterKw: after,
    realizedCount: chargeOnly.length,
  });

  it('is the fall of the peak and the rise of the valley', () => {
    const effect = dayEffect(day([100, 400, 250], [130, 360, 250]), t0, shanghai);
    expect(effect.peakShavingKw).toBe(40);
    expect(effect.valleyFillingKw).toBe(30);
    expect(effect.after.peakAtMs).toBe(t0 + slot);
  });

  it('is negative, not zero, where the dispatch raised the peak', () => {
    expect(dayEffect(day([100, 200], [100, 230]), t0, shanghai).peakShavingKw).toBe(-30);
  });

  it('counts only the city day of the instant, not the UTC day', () => {
    // Three intervals from 23:50 of the day before: the first, with the highest peak, is not of this day.
    const effect = dayEffect(day([900, 100, 200], [800, 110, 190], t0 - slot), t0, shanghai);
    expect(effect.intervals).toBe(2);
    expect(effect.peakShavingKw).toBe(10);
    expect(effect.day).toBe('2026-07-14');
  });

  it('leaves out intervals in which either curve is unknown', () => {
    const effect = dayEffect(day([null, 100, 300], [50, 90, 280]), t0, shanghai);
    expect(effect.valleyFillingKw).toBe(-10);
    expect(effect.intervals).toBe(2);
  });

  it('is unknown without curves', () => {
    expect(dayEffect(null, t0, shanghai).peakShavingKw).toBeNull();
    expect(dayEffect(day([null], [null]), t0, shanghai).valleyFillingKw).toBeNull();
  });

  it('takes the 25 hours of the day on which summer time ends', () => {
    const start = Date.parse('2026-10-25T00:00:00+02:00');
    const all = Array.from({ length: 160 }, () => 1);
    expect(dayEffect(day(all, all, start), start + 12 * 3_600_000, cityClock('Europe/Oslo')).intervals).toBe(150);
  });
});

it('fleetPower is unknown where either curve is', () => {
  expect(fleetPower([10, null, 10], [4, 4, null])).toEqual([6, null, null]);
});

it('peakOf looks at all three curves and skips the unknown', () => {
  expect(peakOf({ ...flat(t0, [1, null]), chargeOnlyKw: [7, null] })).toBe(7);
  expect(peakOf(flat(t0, [null]))).toBeNull();
  expect(peakOf(null)).toBeNull();
});

it('fromContract takes empty curves for none', () => {
  const contract = { startAt: '2026-07-14T00:00:00+08:00', slotMinutes: 10, originalKw: [], chargeOnlyKw: [], afterKw: [] };
  expect(fromContract(contract)).toBeNull();
  expect(fromContract({ ...contract, originalKw: [1], chargeOnlyKw: [1], afterKw: [null] })?.startMs).toBe(t0);
});
