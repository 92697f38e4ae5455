import type { Maybe, PlanBrief, PriceCurve } from './contract';
import { number } from './format';

/** The least gap that a logarithmic axis shows, as a ratio: what is better than this is drawn here. */
export const leastGap = 1e-7;

/** Middle of each slot, s since 1970. */
export function middles(curve: PriceCurve): number[] {
  const start = Date.parse(curve.startAt) / 1000;
  return curve.values.map((_, i) => start + (i + 0.5) * curve.slotMinutes * 60);
}

/** Gaps in per cent for a logarithmic axis; null where not known. */
export function gapPercents(plans: readonly PlanBrief[]): Maybe[] {
  return plans.map((plan) => (plan.gap === null ? null : 100 * Math.max(plan.gap, leastGap)));
}

/** What a price says, in words. */
export function meaning(price: Maybe): string {
  if (price === null) return 'not known';
  if (price > 1) return 'the day’s peak: a kW less is worth more than anywhere else';
  if (price > 0) return `a kW less here is worth ${number(price, 3)}`;
  if (price < 0) return `a kW more here is worth ${number(-price, 3)}`;
  return 'neither more nor less is worth anything';
}

/** A price's curve as a CSV document: UTC start of each slot, whether it was over, π. */
export function pricesCsv(curve: PriceCurve): string {
  const start = Date.parse(curve.startAt);
  const lines = ['startUtc,slotMinutes,kind,price'];
  curve.values.forEach((value, i) => {
    lines.push([new Date(start + i * curve.slotMinutes * 60_000).toISOString(), curve.slotMinutes, i < curve.pastSlots ? 'past' : 'planned', value ?? ''].join(','));
  });
  return lines.join('\n') + '\n';
}

/** Plans as a CSV document. */
export function plansCsv(plans: readonly PlanBrief[]): string {
  const rows = plans.map((p) => [p.at, p.id, p.status, p.objectiveKw ?? '', p.boundKw ?? '', p.gap ?? '', p.seconds ?? ''].join(','));
  return ['atUtc,plan,status,objectiveKw,boundKw,gap,seconds', ...rows].join('\n') + '\n';
}

/** Median of what is known, or null. */
export function median(values: readonly Maybe[]): Maybe {
  const known = values.filter((value): value is number => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return null;
  const middle = Math.floor(known.length / 2);
  return known.length % 2 === 1 ? (known[middle] as number) : ((known[middle - 1] as number) + (known[middle] as number)) / 2;
}
