import { expect, it, vi } from 'vitest';

// uPlot looks at the browser when it is loaded; none of what is tested here draws.
vi.mock('uplot', () => ({ default: class {} }));
const { columns, powerLabels, valueRange } = await import('../src/lib/chart');
import type { ChartView } from '../src/lib/chart';
import { toCsv } from '../src/lib/csv';
import { powerScale } from '../src/lib/format';

it('the planned part of a curve begins at its last realized point, so that it has no hole at now', () => {
  const view = {
    curves: [{ id: 'after', label: '', color: '', widthPx: 1, dash: [], valuesKw: [1, 2, 3, 4] }],
    middles: [10, 20, 30, 40],
    realizedCount: 2,
  } as unknown as ChartView;
  expect(columns(view)).toEqual([
    [10, 20, 30, 40],
    [1, 2, null, null],
    [null, 2, 3, 4],
  ]);
});

it('the axis stays open around a flat or an unknown curve', () => {
  for (const [min, max] of [[5, 5], [0, 0], [null, null], [13e6, 19e6]] as const) {
    const [low, high] = valueRange(min, max, false);
    expect(high).toBeGreaterThan(low);
  }
  expect(valueRange(100, 200, true)[0]).toBe(0);
  expect(valueRange(-200, -100, true)[1]).toBe(0);
  expect(valueRange(0, 0, true)).toEqual([-1, 1]);
});

it('axis labels have the decimals that their step needs', () => {
  expect(powerLabels([13_000_000, 14_000_000], powerScale(19e6))).toEqual(['13,000', '14,000']);
  expect(powerLabels([10_000, 10_250], powerScale(12_000))).toEqual(['10.00', '10.25']);
  expect(powerLabels([0, 2.5], powerScale(20))).toEqual(['0.0', '2.5']);
});

it('CSV tells realized from planned and leaves the unknown empty', () => {
  const text = toCsv({
    startMs: Date.parse('2026-07-14T00:00:00Z'),
    slotMs: 600_000,
    originalKw: [1.5, 2],
    chargeOnlyKw: [null, 3],
    afterKw: [2, 0],
    realizedCount: 1,
  });
  expect(text).toBe(
    'startUtc,slotMinutes,kind,originalKw,chargeOnlyKw,afterKw\n' +
      '2026-07-14T00:00:00.000Z,10,realized,1.5,,2\n' +
      '2026-07-14T00:10:00.000Z,10,planned,2,3,0\n',
  );
});
