import type { ForesightError, ForesightView, Maybe } from './contract';

/** Middle of each interval, s since 1970. */
export function middles(view: ForesightView): number[] {
  const start = Date.parse(view.startAt) / 1000;
  return view.originalKw.map((_, i) => start + (i + 0.5) * view.slotMinutes * 60);
}

/** What the forecast is better by than who would have said that nothing changes, 0 to 1; null where that is not known. */
export function skill(error: ForesightError | null): Maybe {
  if (!error || error.meanAbsoluteKw === null || error.naiveKw === null || error.naiveKw <= 0) return null;
  return 1 - error.meanAbsoluteKw / error.naiveKw;
}

/** A table of the view, times in UTC. */
export function foresightCsv(view: ForesightView): string {
  const start = Date.parse(view.startAt);
  const cell = (value: Maybe | undefined): string => (value === null || value === undefined ? '' : String(value));
  const rows = view.originalKw.map((original, i) =>
    [
      new Date(start + i * view.slotMinutes * 60_000).toISOString(),
      cell(original), cell(view.hourAheadKw[i]), cell(view.dayAheadKw[i]), cell(view.afterKw[i]), cell(view.plannedKw[i]),
    ].join(','),
  );
  return ['start,original_kw,foreseen_hour_kw,foreseen_day_kw,after_kw,planned_hour_kw', ...rows, ''].join('\n');
}
