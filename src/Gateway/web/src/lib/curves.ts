import type { CityFrame, LoadCurves, Maybe } from './contract';
import type { CityClock } from './time';

/** The newest intervals that a page keeps: four weeks of ten minutes, as the API gives at most. */
export const maxIntervals = 4032;

/** Three load curves on one grid of equal intervals; kW, null where not known. */
export interface Curves {
  /** Start of the first interval, ms since 1970. */
  readonly startMs: number;
  readonly slotMs: number;
  readonly originalKw: readonly Maybe[];
  readonly chargeOnlyKw: readonly Maybe[];
  readonly afterKw: readonly Maybe[];
}

export function fromContract(curves: LoadCurves | null): Curves | null {
  if (!curves || curves.originalKw.length === 0) return null;
  return {
    startMs: Date.parse(curves.startAt),
    slotMs: curves.slotMinutes * 60_000,
    originalKw: curves.originalKw,
    chargeOnlyKw: curves.chargeOnlyKw,
    afterKw: curves.afterKw,
  };
}

/** End of the last interval, ms. */
export function endMs(curves: Curves): number {
  return curves.startMs + curves.originalKw.length * curves.slotMs;
}

export interface Appended {
  readonly curves: Curves | null;
  /** The frame does not follow on from what is there: the history must be fetched again. */
  readonly broken: boolean;
}

/**
 * Adds the interval that a frame closes. A frame of an interval already there replaces it; a jump forward leaves unknown
 * intervals and a jump back (another run) starts anew, both reported as broken.
 */
export function append(realized: Curves | null, frame: CityFrame): Appended {
  if (!frame.load || !frame.at) return { curves: realized, broken: false };
  const atMs = Date.parse(frame.at);
  const slotMs = realized?.slotMs ?? (frame.horizon?.slotMinutes ?? 10) * 60_000;
  const origin = realized?.startMs ?? 0;
  const startMs = origin + Math.floor((atMs - origin) / slotMs) * slotMs - slotMs;
  const one: Curves = {
    startMs,
    slotMs,
    originalKw: [frame.load.originalKw],
    chargeOnlyKw: [frame.load.chargeOnlyKw],
    afterKw: [frame.load.afterKw],
  };
  if (!realized) return { curves: one, broken: false };
  const index = Math.round((startMs - realized.startMs) / slotMs);
  const length = realized.originalKw.length;
  if (index < length - 1 || index >= length + maxIntervals) return { curves: one, broken: true };
  const drop = Math.max(0, index + 1 - maxIntervals);
  const put = (old: readonly Maybe[], value: Maybe): Maybe[] => {
    const next = old.slice(drop);
    while (next.length < index - drop) next.push(null);
    next[index - drop] = value;
    return next;
  };
  return {
    curves: {
      startMs: realized.startMs + drop * slotMs,
      slotMs,
      originalKw: put(realized.originalKw, frame.load.originalKw),
      chargeOnlyKw: put(realized.chargeOnlyKw, frame.load.chargeOnlyKw),
      afterKw: put(realized.afterKw, frame.load.afterKw),
    },
    broken: index > length,
  };
}

/** The realized curves followed by what is planned after them. */
export interface Joined extends Curves {
  /** Intervals that are realized; the rest is planned. */
  readonly realizedCount: number;
}

/** Puts the plan behind the realized curves; where both have an interval, what happened wins. */
export function join(realized: Curves | null, horizon: Curves | null): Joined | null {
  if (!realized && !horizon) return null;
  if (!realized) return { ...horizon!, realizedCount: 0 };
  const count = realized.originalKw.length;
  if (!horizon || horizon.slotMs !== realized.slotMs) return { ...realized, realizedCount: count };
  const offset = Math.round((horizon.startMs - realized.startMs) / realized.slotMs);
  const planned = horizon.originalKw.length;
  if (offset + planned <= count || offset > count + maxIntervals) return { ...realized, realizedCount: count };
  const weld = (past: readonly Maybe[], future: readonly Maybe[]): Maybe[] => {
    const all = past.slice();
    for (let i = count; i < offset + planned; i++) all.push(i < offset ? null : (future[i - offset] ?? null));
    return all;
  };
  return {
    startMs: realized.startMs,
    slotMs: realized.slotMs,
    originalKw: weld(realized.originalKw, horizon.originalKw),
    chargeOnlyKw: weld(realized.chargeOnlyKw, horizon.chargeOnlyKw),
    afterKw: weld(realized.afterKw, horizon.afterKw),
    realizedCount: count,
  };
}

/** Only the intervals that start at `fromMs` or later. */
export function since(curves: Joined, fromMs: number): Joined {
  const drop = Math.min(
    curves.originalKw.length,
    Math.max(0, Math.ceil((fromMs - curves.startMs) / curves.slotMs)),
  );
  return {
    startMs: curves.startMs + drop * curves.slotMs,
    slotMs: curves.slotMs,
    originalKw: curves.originalKw.slice(drop),
    chargeOnlyKw: curves.chargeOnlyKw.slice(drop),
    afterKw: curves.afterKw.slice(drop),
    realizedCount: Math.max(0, curves.realizedCount - drop),
  };
}

/** Power that the vehicles draw: a curve less the original load; kW, charging positive. */
export function fleetPower(curveKw: readonly Maybe[], originalKw: readonly Maybe[]): Maybe[] {
  return curveKw.map((value, i) => {
    const original = originalKw[i] ?? null;
    return value === null || original === null ? null : value - original;
  });
}

export interface Extremes {
  readonly peakKw: Maybe;
  readonly peakAtMs: Maybe;
  readonly valleyKw: Maybe;
  readonly valleyAtMs: Maybe;
}

export interface DayEffect {
  /** Calendar day in the city, yyyy-mm-dd. */
  readonly day: string;
  readonly intervals: number;
  readonly chargeOnly: Extremes;
  readonly after: Extremes;
  /** Peak of charge only − peak after, kW; negative = the dispatch raised the peak. */
  readonly peakShavingKw: Maybe;
  /** Valley after − valley of charge only, kW. */
  readonly valleyFillingKw: Maybe;
}

/**
 * Peak shaving and valley filling of the city day in which `atMs` lies, over its intervals on show (model.md §7). Intervals
 * in which either curve is unknown count for neither, so that both are judged on the same ones.
 */
export function dayEffect(curves: Joined | null, atMs: number, clock: CityClock): DayEffect {
  const day = clock.day(atMs);
  const chargeOnly: Maybe[] = [];
  const after: Maybe[] = [];
  const times: number[] = [];
  for (let i = 0; curves && i < curves.originalKw.length; i++) {
    const startMs = curves.startMs + i * curves.slotMs;
    // A city day lasts at most 25 hours: intervals further off need no look at the calendar.
    if (Math.abs(startMs - atMs) > 26 * 3_600_000 || clock.day(startMs) !== day) continue;
    const before = curves.chargeOnlyKw[i] ?? null;
    const now = curves.afterKw[i] ?? null;
    if (before === null || now === null) continue;
    chargeOnly.push(before);
    after.push(now);
    times.push(startMs);
  }
  const a = extremes(chargeOnly, times);
  const b = extremes(after, times);
  return {
    day,
    intervals: times.length,
    chargeOnly: a,
    after: b,
    peakShavingKw: minus(a.peakKw, b.peakKw),
    valleyFillingKw: minus(b.valleyKw, a.valleyKw),
  };
}

function extremes(values: readonly Maybe[], times: readonly number[]): Extremes {
  let peak: number | null = null;
  let valley: number | null = null;
  values.forEach((value, i) => {
    if (value === null) return;
    if (peak === null || value > (values[peak] as number)) peak = i;
    if (valley === null || value < (values[valley] as number)) valley = i;
  });
  const at = <T>(list: readonly T[], i: number | null) => (i === null ? null : (list[i] ?? null));
  return { peakKw: at(values, peak), peakAtMs: at(times, peak), valleyKw: at(values, valley), valleyAtMs: at(times, valley) };
}

function minus(a: Maybe, b: Maybe): Maybe {
  return a === null || b === null ? null : a - b;
}

/** Largest known value of the three curves, kW; decides the page's unit. */
export function peakOf(curves: Curves | null): Maybe {
  let peak: Maybe = null;
  for (const curve of curves ? [curves.originalKw, curves.chargeOnlyKw, curves.afterKw] : [])
    for (const value of curve) if (value !== null && (peak === null || value > peak)) peak = value;
  return peak;
}
